"""The built-in class room (`meetbot room`): `https://host:8765/CODE`, or the bare code on this machine.

`meetbot/web/classroom.py` describes the messages. Each student's page makes a connection of its own to the
bot, with the camera's picture and nothing else; what it does not send can't be read.
"""

import asyncio
import re
import secrets
from collections.abc import Callable, Coroutine, Mapping
from contextlib import suppress
from functools import cache
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from aiortc import RTCIceServer

from meetbot.errors import RoomError
from meetbot.passes import class_note, find
from meetbot.rooms.base import (
    NONSENSE,
    Camera,
    Ended,
    Joined,
    Left,
    Looking,
    Lost,
    RoomKind,
    Talking,
    TrackSink,
    Visit,
)
from meetbot.rooms.card import Card
from meetbot.rooms.classroom_peer import PersonPeer
from meetbot.rooms.loopback import reach_itself
from meetbot.rooms.peer import ice_server
from meetbot.settings import ROOM_PORT
from meetbot.types import Role

Message = Mapping[str, Any]

_ANSWER_WITHIN = 8.0  # seconds
_PING_EVERY = 10.0  # seconds
_CODE = r"[A-Za-z0-9][A-Za-z0-9-]{2,39}"
_HANG_UP = (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSING, aiohttp.WSMsgType.CLOSED)


class ClassRoom:
    """One visit to one class."""

    def __init__(self, address: str, visit: Visit) -> None:
        bare = re.fullmatch(_CODE, address)
        # This machine's own room may have a certificate or not: both are tried.
        bases = [f"{scheme}://localhost:{ROOM_PORT}/{address}" for scheme in ("http", "https")]
        self._addresses = bases if bare else [address.partition("#")[0].rstrip("/")]
        self._shown = address
        self._visit = visit
        self._ice: tuple[RTCIceServer, ...] = visit.ice
        self._sink: TrackSink = lambda news: None
        self._http: aiohttp.ClientSession | None = None
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._people: dict[str, Message] = {}
        self._peers: dict[str, PersonPeer] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._closing: set[asyncio.Task[None]] = set()

    async def join(self, sink: TrackSink) -> None:
        """Come in, hear who is there, and let their pages connect."""
        self._sink = sink
        self._http = aiohttp.ClientSession()
        try:
            self._socket = await self._connect()
            self._look_around(await self._ask_in())
        except BaseException:
            await self.leave()
            raise
        self._do(self._read())

    async def leave(self) -> None:
        """Go, whatever state the connection is in."""
        self._sink = lambda news: None
        for task in [*self._tasks]:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        # A connection that is closed by half keeps a thread that nothing ends, and so the whole process.
        await asyncio.gather(*self._closing, *(peer.close() for peer in self._peers.values()))
        self._peers.clear()
        if self._socket is not None:
            await self._socket.close()
        if self._http is not None:
            await self._http.close()

    async def _connect(self) -> aiohttp.ClientWebSocketResponse:
        assert self._http is not None
        reason: Exception | None = None
        for address in self._addresses:
            local = _is_loopback(urlsplit(address).hostname or "")
            if local:
                reach_itself()
            try:
                return await self._http.ws_connect(
                    f"{address}/socket",
                    heartbeat=_PING_EVERY,
                    timeout=aiohttp.ClientWSTimeout(ws_close=2.0),
                    ssl=not local,  # nobody stands between this machine and itself
                )
            except (aiohttp.ClientError, OSError, ValueError) as error:
                reason = error
        raise RoomError(self._no_answer(reason)) from reason

    def _no_answer(self, error: Exception | None) -> str:
        if isinstance(error, aiohttp.WSServerHandshakeError) and error.status == 404:
            return (
                f"{self._shown} is no class there; check the class code, and that `meetbot room` still runs."
            )
        if isinstance(error, aiohttp.ClientConnectorCertificateError):
            return (
                f"The certificate of {self._shown} is not trusted on this machine; name the file of the "
                "school's own authority in the environment variable SSL_CERT_FILE."
            )
        reason = str(error) or type(error).__name__
        where = self._addresses[0]
        if len(self._addresses) > 1:  # a bare class code
            return (
                f"No class {self._shown} is open on this machine: nothing answers at {where}; "
                "open it with `meetbot room`, or join by the students' link."
            )
        return f"No class room answers at {where} ({reason}); check the address, and that it is open."

    def _key(self) -> str:
        """What lets us in: the key that this machine's room left, else what was given for one elsewhere."""
        return str(find(class_note(self._addresses[0])).get("bot") or self._visit.pin or "")

    async def _ask_in(self) -> Message:
        assert self._socket is not None
        hello = {
            "type": "join",
            "role": "bot",
            "name": self._visit.name,
            "token": _token(),
            "camera": True,
            "key": self._key(),
            "mirrors": self._visit.mirrors,
        }
        try:
            await self._socket.send_json(hello)
            said = await self._socket.receive_json(timeout=_ANSWER_WITHIN)
        except TimeoutError as error:
            raise RoomError(
                f"{self._shown} takes messages but does not answer; is it a class room?"
            ) from error
        except (*NONSENSE, ConnectionError) as error:
            raise RoomError(f"{self._shown} answers, but not as a class room of meetbot does.") from error
        if not isinstance(said, dict):
            raise RoomError(f"{self._shown} answers, but not as a class room of meetbot does.")
        if said.get("type") != "welcome":
            why = str(said.get("why", "no reason was given")).rstrip(".")
            raise RoomError(f"{self._shown} can't be joined: {why}.")
        return said

    def _look_around(self, welcome: Message) -> None:
        try:
            self._ice = self._ice or tuple(
                ice_server(one["urls"], one.get("username"), one.get("credential")) for one in welcome["ice"]
            )
            for person in welcome["people"]:
                self._meet(person)
        except NONSENSE as error:
            raise RoomError(f"{self._shown} answers, but not as a class room of meetbot does.") from error

    async def _read(self) -> None:
        try:
            over = await self._listen()
        except NONSENSE:
            self._sink(Lost(f"{self._shown} said something that no class room says"))
            return
        if over is None:
            self._sink(Lost(f"the connection to {self._shown} broke"))
        else:
            self._sink(Ended(str(over["why"]).rstrip(".")))

    async def _listen(self) -> Message | None:
        """Act on what is said until the end; the last word, if there was one."""
        assert self._socket is not None
        while (message := await self._socket.receive()).type not in _HANG_UP:
            if message.type is aiohttp.WSMsgType.TEXT:
                said: Message = message.json()
                if said["type"] in ("ended", "refused"):
                    return said
                self._hear(said)
        return None

    def _hear(self, said: Message) -> None:
        match said["type"]:
            case "joined" | "changed":
                self._meet(said["person"])
            case "left":
                self._part(said["key"])
            case "mirror" if self._visit.mirrors:
                self._sink(Looking(said["key"], self._mirror(said["key"]) if said["on"] else None))
            case "signal" if "description" in said:
                self._greet(said["from"], said["description"])
            case "signal" if said["from"] in self._peers:
                self._do(self._peers[said["from"]].add(said["candidate"]))

    def _meet(self, person: Message) -> None:
        """Somebody is new, or something about them is."""
        person = {**person, "analysed": person["analysed"] is True}  # whatever else is said means no
        key = person["key"]
        before = self._people.get(key)
        self._people[key] = person
        if before is None or before["analysed"] != person["analysed"] or before["name"] != person["name"]:
            role: Role = "teacher" if person["teacher"] else "student"
            self._sink(Joined(key, person["name"], person["analysed"], role))
            if not person["analysed"]:
                self._hang_up(key)
        if before is None or before["camera"] != person["camera"]:
            self._sink(Camera(key, person["camera"]))
        if person["talking"] != (before or {"talking": False})["talking"]:
            self._sink(Talking(key, person["talking"]))

    def _mirror(self, key: str) -> Callable[[Message | None], None]:
        """A way to show one person, and no other, what was read of them; called from any thread."""
        loop = asyncio.get_running_loop()

        def show(reading: Message | None) -> None:
            with suppress(RuntimeError):  # the visit is over
                loop.call_soon_threadsafe(lambda: self._do(self._say_to(key, reading)))

        return show

    async def _say_to(self, key: str, reading: Message | None) -> None:
        if self._socket is not None and self._people.get(key, {"analysed": False})["analysed"]:
            with suppress(ConnectionError, aiohttp.ClientError):  # the reading task tells of it
                await self._socket.send_json({"type": "reading", "to": key, "reading": reading})

    def _part(self, key: str) -> None:
        if self._people.pop(key, None) is not None:
            self._hang_up(key)
            self._sink(Left(key))

    def _greet(self, key: str, offer: Message) -> None:
        """A student's page offers its picture; whoever said no is not listened to, even then."""
        if offer.get("type") != "offer" or not self._people.get(key, {"analysed": False})["analysed"]:
            return
        self._hang_up(key)
        peer = self._peers[key] = PersonPeer(key, self._ice, Card(), lambda news: self._sink(news))
        self._do(self._answer(peer, offer))

    async def _answer(self, peer: PersonPeer, offer: Message) -> None:
        answer = await peer.answer(offer)
        if answer is not None and self._socket is not None:
            with suppress(ConnectionError, aiohttp.ClientError):  # the reading task tells of it
                await self._socket.send_json({"type": "signal", "to": peer.key, "description": answer})

    def _hang_up(self, key: str) -> None:
        if key in self._peers:
            _begin(self._peers.pop(key).close(), self._closing)

    def _do(self, work: Coroutine[None, None, None]) -> None:
        _begin(work, self._tasks)


def _begin(work: Coroutine[None, None, None], kept: set[asyncio.Task[None]]) -> None:
    task = asyncio.create_task(work)
    kept.add(task)
    task.add_done_callback(kept.discard)


@cache
def _token() -> str:
    """By which the room knows a bot that comes again from the one that is already there."""
    return secrets.token_urlsafe(16)


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


KIND = RoomKind(
    name="meetbot's own class room",
    example=f"http://localhost:{ROOM_PORT}/moba-keto, or just its class code",
    matches=lambda address: bool(re.fullmatch(rf"https?://[^/\s]+/{_CODE}/?(#.*)?|{_CODE}", address)),
    open=ClassRoom,
)
