"""A WHEP server to the letter of the draft: redirects, 409 with Retry-After, ETag, relative Location."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web
from aiortc import RTCPeerConnection, RTCSessionDescription, VideoStreamTrack

from tests.live.network import HOST

PORT = 8280
TOKEN = "let-me-see"


class WhepServer:
    """One stream at /live/class-5b; `track` is None while nobody publishes."""

    def __init__(self, track: VideoStreamTrack | None) -> None:
        self.track = track
        self.viewers: dict[str, RTCPeerConnection] = {}
        self.refused_early = 0

    async def redirect(self, request: web.Request) -> web.StreamResponse:
        """The address that is given out leads to another one, as behind a load balancer."""
        raise web.HTTPTemporaryRedirect(f"http://{HOST}:{PORT}/live/class-5b")

    async def offer(self, request: web.Request) -> web.Response:
        """A viewer's offer."""
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return web.Response(status=401)
        assert request.content_type == "application/sdp"
        if self.track is None:
            self.refused_early += 1
            return web.Response(status=409, headers={"Retry-After": "1"})
        peer = RTCPeerConnection()
        await peer.setRemoteDescription(RTCSessionDescription(await request.text(), "offer"))
        peer.addTrack(self.track)
        await peer.setLocalDescription(await peer.createAnswer())
        number = str(len(self.viewers) + 1)
        self.viewers[number] = peer
        headers = {"Location": f"session/{number}", "ETag": f'"{number}"', "Content-Type": "application/sdp"}
        return web.Response(status=201, headers=headers, text=peer.localDescription.sdp)

    async def end(self, request: web.Request) -> web.Response:
        """A viewer's good-bye."""
        await self.viewers.pop(request.match_info["number"]).close()
        return web.Response()


@asynccontextmanager
async def whep_server(track: VideoStreamTrack | None) -> AsyncIterator[WhepServer]:
    """A running server."""
    server = WhepServer(track)
    app = web.Application()
    app.router.add_post("/whep/class-5b", server.redirect)
    app.router.add_post("/live/class-5b", server.offer)
    app.router.add_delete("/live/session/{number}", server.end)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, HOST, PORT).start()
    try:
        yield server
    finally:
        for peer in server.viewers.values():
            await peer.close()
        await runner.cleanup()
