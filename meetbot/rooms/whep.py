"""WHEP (draft-ietf-wish-whep): one address is one stream, of one person or of a composed gallery."""

import asyncio
import re
from contextlib import suppress
from urllib.parse import urljoin, urlsplit

import aiohttp
from aiortc import RTCIceServer, RTCPeerConnection

from meetbot.errors import RoomError
from meetbot.rooms.base import Joined, Lost, RoomKind, TrackSink, Video, Visit
from meetbot.rooms.peer import SENSELESS, OneSender, description, ice_server, new_peer
from meetbot.settings import WHEP_ANSWER_MOST, WHEP_RETRY, WHEP_RETRY_MOST

_KEY = "stream"
_NOBODY_YET = (409, 503)
_LINK = re.compile(r'<(?P<url>(?:stun|turns?):[^>]+)>(?P<rest>[^<]*rel="?ice-server"?[^<]*)')


class WhepStream:
    """One viewer's session. While nobody publishes, it asks again as often as the server wishes."""

    def __init__(self, address: str, visit: Visit) -> None:
        self._url = address.removeprefix("whep+")
        self._visit = visit
        self._headers = {"Authorization": f"Bearer {visit.pin}"} if visit.pin else {}
        self._http: aiohttp.ClientSession | None = None
        self._session: str | None = None
        self._peer: RTCPeerConnection | None = None
        self._asking: asyncio.Task[None] | None = None
        self._sink: TrackSink = lambda news: None

    async def join(self, sink: TrackSink) -> None:
        """Ask for the stream; returns also when it has not begun yet."""
        self._sink = sink
        self._http = aiohttp.ClientSession(headers=self._headers)
        try:
            wait = await self._ask()
        except BaseException:
            await self.leave()
            raise
        sink(Joined(_KEY, urlsplit(self._url).path.rstrip("/").rpartition("/")[2] or "Stream"))
        if wait is not None:
            self._asking = asyncio.create_task(self._ask_again(wait))

    async def leave(self) -> None:
        """End the session, so that the server need not wait for a time-out."""
        self._sink = lambda news: None
        if self._asking is not None:
            self._asking.cancel()
            with suppress(asyncio.CancelledError):
                await self._asking
        if self._peer is not None:
            await self._peer.close()
        if self._http is not None:
            session, self._session = self._session, None
            if session is not None:
                with suppress(aiohttp.ClientError, TimeoutError):
                    await self._http.delete(session)
            await self._http.close()

    async def _ask(self) -> float | None:
        """One offer; the seconds after which to offer again when nobody publishes yet."""
        assert self._http is not None
        peer = new_peer(self._visit.ice or await self._offered_servers())
        receiver = peer.addTransceiver("video", direction="recvonly").receiver
        headers = {"Content-Type": "application/sdp"}
        try:
            await peer.setLocalDescription(await peer.createOffer())
            offer = peer.localDescription.sdp
            async with self._http.post(self._url, data=offer, headers=headers) as response:
                if response.status in _NOBODY_YET:
                    return _seconds(response.headers.get("Retry-After"))
                if response.status != 201:
                    raise RoomError(self._refusal(response.status, (await _text(response))[:200]))
                location = response.headers.get("Location")
                # Relative to where a redirect led, not to where we asked.
                self._session = urljoin(str(response.url), location) if location else None
                answer = await _text(response)
            await peer.setRemoteDescription(description(answer, "answer"))
            self._peer = peer
        except (aiohttp.ClientError, OSError, *SENSELESS) as error:
            raise RoomError(
                f"No WHEP stream answers at {self._url} ({error or type(error).__name__}); check the address."
            ) from error
        finally:
            if self._peer is not peer:
                await peer.close()
        # The connection's own state stays "connected" when the other side says good-bye.
        receiver.transport.on("statechange", lambda: self._on_state(receiver.transport.state))
        peer.on("connectionstatechange", lambda: self._on_state(peer.connectionState))
        stream = OneSender(receiver.track, receiver, self._on_change)
        self._sink(Video(_KEY, stream))
        return None

    async def _ask_again(self, wait: float | None) -> None:
        try:
            while wait is not None:
                await asyncio.sleep(wait)
                wait = await self._ask()
        except RoomError as error:
            self._sink(Lost(str(error)))

    async def _offered_servers(self) -> list[RTCIceServer]:
        """The STUN and TURN servers that the stream's server names, if it does."""
        assert self._http is not None
        try:
            async with self._http.options(self._url) as response:
                links = ", ".join(response.headers.getall("Link", []))
        except (aiohttp.ClientError, OSError):
            return []  # the offer will say it better
        return [server for found in _LINK.finditer(links) if (server := _server(found["url"], found["rest"]))]

    def _refusal(self, status: int, said: str) -> str:
        if status in (401, 403):
            return f"{self._url} wants a token, or another one; give it with --pin or in MEETBOT_PIN."
        if status == 404:
            return f"{self._url} is no stream of that server; check the address."
        return f"{self._url} refuses with status {status}: {said or 'no reason given'}."

    def _on_change(self) -> None:
        """A new publisher: what comes from here on belongs to a connection of its own."""
        self._sink(Lost(f"the stream {self._url} changed its sender"))

    def _on_state(self, state: str) -> None:
        if state in ("failed", "closed"):
            self._sink(Lost(f"the stream {self._url} ended"))


def _seconds(retry_after: str | None) -> float:
    asked = float(retry_after) if retry_after and retry_after.isdecimal() else WHEP_RETRY
    return min(max(0.2, asked), WHEP_RETRY_MOST)


async def _text(response: aiohttp.ClientResponse) -> str:
    """What the server answers; one that never stops has said nothing."""
    said = bytearray()
    async for piece in response.content.iter_chunked(2**16):
        said += piece
        if len(said) > WHEP_ANSWER_MOST:
            raise ValueError("its answer has no end")
    return said.decode()


def _server(url: str, rest: str) -> RTCIceServer | None:
    """Nothing for one that can't be used: another way may do."""
    given = dict(re.findall(r'(username|credential)="([^"]*)"', rest))
    try:
        return ice_server(url, given.get("username"), given.get("credential"))
    except ValueError:
        return None


KIND = RoomKind(
    name="WHEP stream",
    example="whep+https://media.example/whep/class-5b",
    matches=lambda address: bool(re.match(r"whep\+https?://", address)),
    open=WhepStream,
    composed=True,
)
