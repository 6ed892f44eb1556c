"""People in the built-in class room who are no browsers: they speak its messages and send by aiortc."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from aiortc import MediaStreamTrack, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import MediaStreamError
from av.video.frame import VideoFrame

from meetbot.types import Image
from meetbot.web.hall import Hall
from meetbot.web.serve import Place, opened_room
from tests.live.network import HOST
from tests.live.tracks import Camera

CODE = "moba-keto"


@asynccontextmanager
async def open_class(hall: Hall | None = None, port: int = 0) -> AsyncIterator[str]:
    """A class on the test's own network, and its address."""
    room = hall or Hall(CODE)
    async with opened_room(room, Place(HOST, port)) as address:
        yield f"{address}/{room.code}"


class Pupil:
    """What a student's page does towards the bot: offers it the camera, unless the student said no."""

    def __init__(self, name: str, picture: Image, analysed: bool = True) -> None:
        self.name = name
        self.key = ""
        self.offered = 0
        self.readings: list[Any] = []  # of what the bot says that it reads of this one
        self.seen: list[VideoFrame] = []  # of what the bot shows
        self._picture = picture
        self._analysed = analysed
        self._http: aiohttp.ClientSession | None = None
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._peer: RTCPeerConnection | None = None
        self._bot: str | None = None
        self._tasks: list[asyncio.Task[None]] = []

    async def enter(self, address: str, **more: Any) -> None:
        """Come into the class."""
        self._http = aiohttp.ClientSession()
        self._socket = await self._http.ws_connect(f"{address}/socket")
        token = f"token-of-{self.name}-0123456789".replace(" ", "-")[:64]
        wish = {"role": "person", "analysed": self._analysed, "camera": True, "microphone": False}
        await self._socket.send_json({"type": "join", "name": self.name, "token": token, **wish, **more})
        welcome = await self._socket.receive_json()
        assert welcome["type"] == "welcome", welcome
        self.key = welcome["you"]["key"]
        for person in welcome["people"]:
            await self._meet(person)
        self._tasks.append(asyncio.create_task(self._listen()))

    async def switch(self, **switches: bool) -> None:
        """Tell of a switch; being analysed again means a new offer, as the page makes it."""
        assert self._socket is not None
        await self._socket.send_json({"type": "switch", **switches})
        if switches.get("analysed") and self._bot is not None:
            await self.offer()

    async def look(self, on: bool) -> None:
        """Ask to be shown what the bot reads, or no more."""
        assert self._socket is not None
        await self._socket.send_json({"type": "mirror", "on": on})

    async def offer(self) -> None:
        """Offer the camera to the bot."""
        assert self._socket is not None
        await self._hang_up()
        peer = self._peer = RTCPeerConnection()
        peer.addTrack(Camera(self._picture))  # a track ends with its connection
        peer.on("track", lambda track: self._tasks.append(asyncio.create_task(self._look(track))))
        await peer.setLocalDescription(await peer.createOffer())
        description = {"type": "offer", "sdp": peer.localDescription.sdp}
        self.offered += 1
        await self._socket.send_json({"type": "signal", "to": self._bot, "description": description})

    async def leave(self) -> None:
        """Go."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._hang_up()
        if self._socket is not None and self._http is not None:
            await self._socket.close()
            await self._http.close()

    async def _listen(self) -> None:
        assert self._socket is not None
        async for message in self._socket:
            said = message.json()
            if said["type"] == "reading":
                self.readings.append(said["reading"])
            elif said["type"] == "joined":
                await self._meet(said["person"])
            elif said["type"] == "signal" and self._peer is not None:
                answer = said["description"]
                await self._peer.setRemoteDescription(RTCSessionDescription(answer["sdp"], answer["type"]))

    async def _meet(self, person: dict[str, Any]) -> None:
        if person["role"] == "bot":
            self._bot = person["key"]
            if self._analysed:
                await self.offer()

    async def _look(self, track: MediaStreamTrack) -> None:
        try:
            while True:
                frame = await track.recv()
                assert isinstance(frame, VideoFrame)
                self.seen = [*self.seen[-5:], frame]
        except MediaStreamError:
            return

    async def _hang_up(self) -> None:
        if self._peer is not None:
            await self._peer.close()
            self._peer = None
