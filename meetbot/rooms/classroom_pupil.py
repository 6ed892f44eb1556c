"""A student of the built-in class room who is no browser: the pictures are made by a program.

Such a student speaks the messages that `meetbot/web/classroom.py` describes, and sends the bot a picture as a
page does, and everybody with a page as well; other such students would only decode it for nobody.
"""

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

import aiohttp
from aiortc import MediaStreamTrack, RTCIceServer
from av.video.frame import VideoFrame

from meetbot.errors import RoomError
from meetbot.rooms.classroom_peer import PersonPeer
from meetbot.rooms.loopback import reach_itself
from meetbot.settings import LEAVE_WITHIN
from meetbot.types import Image

Cue = Literal["come", "camera_off", "camera_on", "talk", "hush"]
Draw = Callable[[], Image]  # the camera's picture at this moment, in colours

_RATE = 5  # pictures a second, as pages send the bot
_AGAIN_AFTER = 1.0  # seconds from a broken connection to the next offer
_CLOCK = 90_000  # ticks a second, as in RTP
_SWITCHES: Mapping[Cue, tuple[str, bool]] = {
    "camera_off": ("camera", False),
    "camera_on": ("camera", True),
    "talk": ("talking", True),
    "hush": ("talking", False),
}


@dataclass(frozen=True, slots=True)
class Part:
    """Who a student is, and where."""

    address: str
    name: str
    token: str
    companions: frozenset[str] = frozenset()  # keys of those who have no page to look at others


def sit_in(part: Part, draw: Draw, cues: Iterator[Cue]) -> None:
    """Do what the cues say, one after the other; when they end, go."""
    asyncio.run(_sit_in(Pupil(part, draw), cues))


async def _sit_in(pupil: "Pupil", cues: Iterator[Cue]) -> None:
    try:
        while (cue := await asyncio.to_thread(next, cues, None)) is not None:
            await pupil.act(cue)
    finally:
        with suppress(TimeoutError):
            await asyncio.wait_for(pupil.leave(), LEAVE_WITHIN)


class Pictures(MediaStreamTrack):
    """A camera whose pictures are drawn when they are due."""

    kind = "video"

    def __init__(self, draw: Draw) -> None:
        super().__init__()
        self._draw = draw
        self._began = self._due = time.monotonic()

    async def recv(self) -> VideoFrame:
        """The next picture."""
        await asyncio.sleep(self._due - time.monotonic())
        frame = VideoFrame.from_ndarray(self._draw(), "bgr24")
        frame.pts, frame.time_base = round((self._due - self._began) * _CLOCK), Fraction(1, _CLOCK)
        self._due = max(self._due + 1 / _RATE, time.monotonic())  # what is missed is not made up for
        return frame


class Pupil:
    """One student, from coming in to going."""

    def __init__(self, part: Part, draw: Draw) -> None:
        self._part = part
        self._draw = draw
        self._camera = True
        self._http: aiohttp.ClientSession | None = None
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._ice: tuple[RTCIceServer, ...] = ()
        self._peers: dict[str, PersonPeer] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def act(self, cue: Cue) -> None:
        """Come in, or turn a switch."""
        if cue == "come":
            await self._come()
            return
        switch, on = _SWITCHES[cue]
        if switch == "camera":
            self._camera = on
            for peer in self._peers.values():
                peer.show(on)
        await self._say({"type": "switch", switch: on})

    async def leave(self) -> None:
        """Go, whatever state the connection is in."""
        for task in [*self._tasks]:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(peer.close() for peer in self._peers.values()))
        self._peers.clear()
        if self._socket is not None:
            await self._socket.close()
        if self._http is not None:
            await self._http.close()

    async def _come(self) -> None:
        reach_itself()
        self._http = aiohttp.ClientSession()
        self._socket = await self._http.ws_connect(f"{self._part.address}/socket")
        wish = {"analysed": True, "camera": True, "microphone": True}
        me = {"role": "person", "name": self._part.name, "token": self._part.token}
        await self._say({"type": "join", **me, **wish})
        welcome = await self._socket.receive_json()
        if welcome["type"] != "welcome":
            raise RoomError(f"{self._part.name} was not let in: {welcome.get('why')}")
        self._ice = tuple(
            RTCIceServer(one["urls"], one.get("username"), one.get("credential")) for one in welcome["ice"]
        )
        for person in welcome["people"]:
            await self._offer_to(person)
        self._do(self._listen())

    async def _listen(self) -> None:
        assert self._socket is not None
        async for message in self._socket:
            said = message.json()
            match said["type"]:
                # Whoever comes offers a connection to those who are there; only the bot waits for offers.
                case "joined" if said["person"]["role"] == "bot":
                    await self._offer_to(said["person"])
                case "left":
                    await self._hang_up(said["key"])
                case "signal":
                    await self._signalled(said["from"], said)

    async def _signalled(self, key: str, said: Mapping[str, Any]) -> None:
        description = said.get("description")
        if description and description["type"] == "offer":
            peer = await self._peer(key)
            answer = await peer.answer(description)
            if answer is not None:
                await self._describe(key, answer)
        elif key in self._peers and description:
            await self._peers[key].agree(description)
        elif key in self._peers:
            await self._peers[key].add(said["candidate"])

    async def _offer_to(self, person: Mapping[str, Any]) -> None:
        key = person["key"]
        if key not in self._part.companions:
            peer = await self._peer(key)
            await self._describe(key, await peer.offer(lambda: self._do(self._offer_again(person, peer))))

    async def _offer_again(self, person: Mapping[str, Any], broken: PersonPeer) -> None:
        """As a page does; whoever has gone in the meantime, or has a new connection, is left alone."""
        await asyncio.sleep(_AGAIN_AFTER)
        if self._peers.get(person["key"]) is broken:
            await self._offer_to(person)

    async def _peer(self, key: str) -> PersonPeer:
        """A new connection to somebody, in place of any that was there."""
        await self._hang_up(key)
        peer = self._peers[key] = PersonPeer(key, self._ice, Pictures(self._draw))
        return peer

    async def _describe(self, key: str, description: Mapping[str, Any]) -> None:
        self._peers[key].show(self._camera)
        await self._say({"type": "signal", "to": key, "description": description})

    async def _hang_up(self, key: str) -> None:
        if key in self._peers:
            await self._peers.pop(key).close()

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _say(self, message: Mapping[str, Any]) -> None:
        assert self._socket is not None
        with suppress(ConnectionError, aiohttp.ClientError):  # the class may end while we speak
            await self._socket.send_json(message)
