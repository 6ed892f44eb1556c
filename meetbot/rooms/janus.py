"""Janus's VideoRoom: `janus://host:8188/1234`, and `janus+wss://` where the server has a certificate."""

import asyncio
import re
from collections.abc import Coroutine, Sequence
from functools import partial
from urllib.parse import unquote, urlsplit

from meetbot import settings
from meetbot.errors import RoomError, UsageError
from meetbot.rooms.base import (
    NONSENSE,
    Ended,
    Joined,
    Left,
    Lost,
    News,
    RoomKind,
    Talking,
    TrackSink,
    Visit,
)
from meetbot.rooms.janus_session import Id, JanusSession, Message
from meetbot.rooms.janus_wave import Wave
from meetbot.rooms.peer import SENSELESS
from meetbot.roster import is_left_out

_ROOM_UNKNOWN, _PIN_MISSING, _PIN_WRONG, _ROOM_FULL = 426, 429, 433, 432
_NO_HANDLE = 0
_PORT = {"janus": 8188, "janus+wss": 8989}


class JanusRoom:
    """One visit to one VideoRoom."""

    def __init__(self, address: str, visit: Visit) -> None:
        parts = urlsplit(address)
        self._address = address
        self._visit = visit
        self._number = _room_number(address, unquote(parts.path.strip("/")))
        secure = "wss" if parts.scheme == "janus+wss" else "ws"
        host = f"[{parts.hostname}]" if parts.hostname and ":" in parts.hostname else parts.hostname
        url = f"{secure}://{host}:{parts.port or _PORT[parts.scheme]}/"
        self._session = JanusSession(url, self._on_event, lambda why: self._tell(Lost(why)))
        self._sink: TrackSink = lambda news: None
        self._control: int | None = None
        self._own: Id | None = None
        self._private: int | None = None
        self._waves: dict[int, Wave] = {}  # by handle
        self._offered: dict[Id, Message] = {}  # what each person publishes
        self._watched: dict[Id, int] = {}  # by person, the handle over which we receive
        self._tasks: set[asyncio.Task[None]] = set()
        self._closing: set[asyncio.Task[None]] = set()

    async def join(self, sink: TrackSink) -> None:
        """Come in, and begin to hear of everybody who is there."""
        self._sink = sink
        try:
            await self._session.open()
            self._control = await self._session.attach()
            try:
                self._look_around(await self._join_room())
            except NONSENSE as error:
                raise RoomError(f"{self._address} answers, but not as a VideoRoom does.") from error
        except BaseException:
            await self.leave()
            raise

    async def leave(self) -> None:
        """Go, whatever state the connection is in."""
        self._sink = lambda news: None
        for task in [*self._tasks]:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        # A connection that is closed by half keeps threads that nothing ends, and so the whole process.
        await asyncio.gather(*self._closing, *(wave.close() for wave in self._waves.values()))
        self._waves.clear()
        await self._session.close()

    def _look_around(self, joined: Message) -> None:
        self._own, self._private = joined["id"], joined.get("private_id")
        for person in (*joined.get("attendees", ()), *joined.get("publishers", ())):
            self._meet(person)
        self._watch(joined.get("publishers", ()))

    async def _join_room(self) -> Message:
        said = _said(await self._request(self._control, self._entry("publisher", display=self._visit.name)))
        if said.get("videoroom") == "joined":
            return said
        reasons = {
            _ROOM_UNKNOWN: f"there is no room {self._number} on this server; check its number",
            _PIN_MISSING: "it has a pin; give it with --pin",
            _PIN_WRONG: "its pin is another one; give it with --pin",
            _ROOM_FULL: "the room is full",
        }
        why = reasons.get(said.get("error_code", 0), f"the server says: {said.get('error', 'nothing')}")
        raise RoomError(f"{self._address} can't be joined: {why}.")

    def _entry(self, role: str, **more: object) -> Message:
        """The words that open the room, for the bot itself and for each of its subscriptions."""
        pin = {} if self._visit.pin is None else {"pin": self._visit.pin}
        return {"request": "join", "ptype": role, "room": self._number, **pin, **more}

    async def _request(self, handle: int | None, body: Message, answer: Message | None = None) -> Message:
        message: dict[str, object] = {"janus": "message", "handle_id": handle, "body": body}
        if answer:
            message["jsep"] = answer
        return await self._session.ask(message, later=True)

    def _on_event(self, message: Message) -> None:
        handle, said = message.get("sender"), _said(message)
        if handle in self._waves:
            if message["janus"] == "hangup":
                self._tell(Lost(f"the video connection to {self._address} ended"))
            elif "jsep" in message:
                self._do(self._waves[handle].answer(message))
        elif said.get("videoroom") == "destroyed":
            self._tell(Ended("the room was closed"))
        elif said.get("videoroom") in ("talking", "stopped-talking"):
            self._tell(Talking(str(said["id"]), said["videoroom"] == "talking"))
        elif said.get("videoroom") == "event":
            self._on_room_event(said)

    def _on_room_event(self, said: Message) -> None:
        # News may come before the answer to our own joining, when we don't know yet who we are.
        if said.get("leaving") == "ok" or ("kicked" in said and said["kicked"] == self._own):
            self._tell(Ended("the bot was sent out of the room"))
        elif gone := said.get("leaving") or said.get("kicked"):
            self._gone(gone)
            self._tell(Left(str(gone)))
        elif stopped := said.get("unpublished"):
            self._gone(stopped)
        elif person := said.get("joining"):
            self._meet(person)
        elif "display" in said and "id" in said:
            self._meet(said)
            self._watch([{**self._offered[said["id"]], **said}] if said["id"] in self._offered else ())
        elif publishers := said.get("publishers"):
            for person in publishers:
                self._meet(person)
            self._watch(publishers)

    def _meet(self, person: Message) -> None:
        if person["id"] != self._own:
            self._tell(Joined(str(person["id"]), _name(person)))
        if person.get("talking"):
            self._tell(Talking(str(person["id"]), True))

    def _gone(self, person: Id) -> None:
        self._offered.pop(person, None)
        self._release(self._watched.pop(person, _NO_HANDLE))

    def _watch(self, publishers: Sequence[Message]) -> None:
        """Subscribe to the video of those who are not watched yet, and may be."""
        self._offered |= {person["id"]: person for person in publishers}
        wanted = [
            # The lowest layer of simulcast: a face in 320x180 is larger than the network's 48 pixels.
            {"feed": person["id"], "mid": stream["mid"], "substream": 0, "temporal": 0}
            for person in publishers
            if person["id"] not in self._watched and not is_left_out(_name(person), self._visit.excluded)
            for stream in person.get("streams", ())
            if stream.get("type") == "video" and not stream.get("disabled")
        ]
        self._watched |= {one["feed"]: _NO_HANDLE for one in wanted}
        for first in range(0, len(wanted), settings.WAVE_MOST):
            self._do(self._subscribe(wanted[first : first + settings.WAVE_MOST]))

    async def _subscribe(self, wanted: Sequence[Message]) -> None:
        """Each wave of people has a connection of its own, and no wave is large.

        In a connection that is added to, Janus gives the place of somebody who left to somebody who
        comes; in separate ones a picture can't change its owner. Of 50 streams over one connection a busy
        machine received half (benchmarks/live.py).
        """
        handle = await self._session.attach()
        request, unwanted = partial(self._request, handle), partial(self._unwatch, handle)
        wave = self._waves[handle] = Wave(self._visit.ice, self._tell, request, unwanted)
        self._watched |= {one["feed"]: handle for one in wanted if one["feed"] in self._watched}
        private = {} if self._private is None else {"private_id": self._private}
        answered = await self._request(handle, self._entry("subscriber", streams=wanted, **private))
        if "jsep" in answered:
            await wave.answer(answered)
        else:  # all of them stopped between the news and our question
            for one in wanted:
                self._watched.pop(one["feed"], None)
            await self._end(handle)

    def _unwatch(self, handle: int, person: Id) -> None:
        """Nobody reads these pictures any more; those of somebody who went end by themselves."""
        if self._watched.get(person) == handle:
            del self._watched[person]
            if not self._release(handle):
                self._do(self._waves[handle].drop(person))

    def _release(self, handle: int) -> bool:
        """Whether nobody was left in a wave, which then ends."""
        over = handle in self._waves and handle not in self._watched.values()
        if over:
            self._do(self._end(handle))
        return over

    async def _end(self, handle: int) -> None:
        wave = self._waves.pop(handle, None)
        if wave is not None:
            closing = asyncio.create_task(wave.close())
            self._closing.add(closing)
            closing.add_done_callback(self._closing.discard)
            await asyncio.shield(closing)
            await self._session.detach(handle)

    def _do(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(self._told(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _told(self, work: Coroutine[None, None, None]) -> None:
        try:
            await work
        except RoomError as error:
            self._tell(Lost(str(error)))
        except SENSELESS as error:
            self._tell(Lost(f"{self._address} offers pictures in a way that makes no sense ({error!r})"))

    def _tell(self, news: News) -> None:
        self._sink(news)


def _said(message: Message) -> Message:
    """What the VideoRoom says in a message; empty when it is Janus itself that speaks."""
    said: Message = message.get("plugindata", {}).get("data", {})
    return said


def _name(person: Message) -> str:
    return str(person.get("display") or f"Guest {person['id']}")


def _room_number(address: str, text: str) -> int | str:
    if not text:
        raise UsageError(f"{address} names no room; write its number behind the host: {KIND.example}")
    return int(text) if text.isdecimal() and len(text) < 20 else text  # 64 bits in Janus


KIND = RoomKind(
    name="Janus VideoRoom",
    example="janus://school.example:8188/1234",
    matches=lambda address: bool(re.match(r"janus(\+wss)?://", address)),
    open=JanusRoom,
)
