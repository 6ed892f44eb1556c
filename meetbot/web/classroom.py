"""The built-in class room's server: hands out the page, and passes messages between those in the class.

Pictures and sound go from browser to browser; the server sees neither. Each message is one JSON object in
one text frame of the WebSocket `/CODE/socket`.

A page or a bot says:
    {"type": "join", "role": "person"|"bot", "name": N, "token": T, "analysed": B, "camera": B,
     "microphone": B, "teacher": SECRET?, "key": KEY?, "mirrors": B?}     first, within ten seconds;
                                                      a bot needs the room's key or the teacher's secret
    {"type": "signal", "to": KEY, "description": {"type", "sdp"}}   or with
                                  "candidate": {"candidate", "sdpMid", "sdpMLineIndex"}
    {"type": "switch", "analysed"|"camera"|"microphone"|"talking": B, ...}
    {"type": "mirror", "on": B}                       show me what is read of me, or no more
    {"type": "reading", "to": KEY, "reading": READING|null}               from the bot only
    {"type": "bot", "on": B}  {"type": "end"}         from the teacher's page only
The server says:
    {"type": "welcome", "you": PERSON, "people": [PERSON, ...], "ice": [...], "bot": {"wanted", "can_start"}}
    {"type": "joined"|"changed", "person": PERSON}  {"type": "left", "key": KEY}
    {"type": "signal", "from": KEY, ...}            {"type": "bot", "wanted": B, "can_start": B}
    {"type": "mirror", "key": KEY, "on": B}           to the bot only
    {"type": "reading", "reading": READING|null}      to that person only, while it wants to be analysed
    {"type": "refused", "reason": R, "why": TEXT}   {"type": "ended", "why": TEXT}     and hangs up

PERSON is {"key", "name", "number" (of those of one name), "role", "teacher", "analysed", "camera",
"microphone", "talking", "mirrors"}; READING is {"box": [x, y, width, height] in shares of the picture,
"yaw", "pitch", "certainty", "unsure", "angry", "disgust", ...}.

Whoever comes in offers a connection to everybody who is there; the bot only answers. A page makes no
connection to the bot while its person does not want to be analysed, and the server passes none on.
"""

import asyncio
import json
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

from meetbot.web.guards import Files, from_elsewhere, guard
from meetbot.web.hall import Hall, Member, Refused
from meetbot.web.messages import Join, Malformed, read

_JOIN_WITHIN = 10.0  # seconds
_PING_EVERY = 10.0  # seconds; who has not answered after half of it again is gone
_LARGEST = 64 * 2**10  # bytes of a message; a browser's offer has 6,000
_UNSENT = 600  # messages that may wait for a slow page before it is hung up on
_BURST, _PER_SECOND = 800.0, 60.0  # messages: coming in offers 12 connections of about 30 messages
_SOCKETS = 64  # at once, also of those who have not said who they are
HALL = web.AppKey("hall", Hall)
_FILES = web.AppKey("files", Files)
_OPEN = web.AppKey("open", set[web.WebSocketResponse])


def classroom(hall: Hall, names: Iterable[str] = ()) -> web.Application:
    """The web application of one class; `names` are those of this machine that browsers may know it by."""
    app = guard(web.Application(), names)
    app[HALL], app[_OPEN], app[_FILES] = hall, set(), Files("room")
    app.add_routes(
        [
            web.get("/static/{name}", _static),
            web.get("/{code}/socket", _socket),
            web.get("/{code}", _page),
            web.get("/", _lost),
        ]
    )
    return app


async def _page(request: web.Request) -> web.StreamResponse:
    known = request.match_info["code"] == request.app[HALL].code
    return request.app[_FILES].answer(*(("room.html",) if known else ("lost.html", 404)))


async def _lost(request: web.Request) -> web.StreamResponse:
    return request.app[_FILES].answer("lost.html")


async def _static(request: web.Request) -> web.StreamResponse:
    return request.app[_FILES].answer(request.match_info["name"])


async def _socket(request: web.Request) -> web.StreamResponse:
    sockets = request.app[_OPEN]
    if request.match_info["code"] != request.app[HALL].code:
        raise web.HTTPNotFound
    if from_elsewhere(request):
        raise web.HTTPForbidden
    if len(sockets) >= _SOCKETS:
        raise web.HTTPServiceUnavailable
    socket = web.WebSocketResponse(heartbeat=_PING_EVERY, max_msg_size=_LARGEST, compress=False)
    await socket.prepare(request)
    sockets.add(socket)
    try:
        await Caller(request.app[HALL], socket).serve()
    finally:
        sockets.discard(socket)
    return socket


class Caller:
    """One WebSocket: what it says goes to the hall, what the hall says waits for it in a short queue."""

    def __init__(self, hall: Hall, socket: web.WebSocketResponse) -> None:
        self._hall = hall
        self._socket = socket
        self._outbox: asyncio.Queue[Mapping[str, Any] | None] = asyncio.Queue(_UNSENT)
        self._allowance, self._counted = _BURST, time.monotonic()

    async def serve(self) -> None:
        """From the joining to the end, whoever brings it about."""
        writing = asyncio.create_task(self._write())
        member: Member | None = None
        try:
            join = await self._hear(_JOIN_WITHIN)
            if not isinstance(join, Join):
                raise Malformed("the first message must be to join")
            member = self._hall.enter(join, self.say)
            while (message := await self._hear(None)) is not None:
                self._hall.act(member, message)
        except Malformed as error:
            self._refuse("malformed", f"The class room did not understand a message: {error}.")
        except Refused as error:
            self._refuse(error.reason, str(error))
        except TimeoutError:
            self._refuse("silent", "Nothing was said; open the class again.")
        finally:
            if member is not None:
                self._hall.go(member)
            self.say(None)
            with suppress(TimeoutError):
                await asyncio.wait_for(writing, _PING_EVERY)

    def say(self, message: Mapping[str, Any] | None) -> None:
        """Send in due course; a page that takes nothing any more is hung up on."""
        try:
            self._outbox.put_nowait(message)
        except asyncio.QueueFull:
            while not self._outbox.empty():
                self._outbox.get_nowait()
            self._outbox.put_nowait(None)

    def _refuse(self, reason: str, why: str) -> None:
        self.say({"type": "refused", "reason": reason, "why": why})

    async def _hear(self, within: float | None) -> Any:
        """The next message; None at the end."""
        heard = await self._socket.receive(within)
        if heard.type in (WSMsgType.CLOSE, WSMsgType.CLOSING, WSMsgType.CLOSED, WSMsgType.ERROR):
            return None
        now = time.monotonic()
        self._allowance = min(_BURST, self._allowance + (now - self._counted) * _PER_SECOND) - 1
        self._counted = now
        if self._allowance < 0:
            raise Malformed("too many of them")
        if heard.type is not WSMsgType.TEXT:
            raise Malformed("not text")
        return read(heard.data)

    async def _write(self) -> None:
        with suppress(ConnectionError, RuntimeError):  # it went while we spoke
            while (message := await self._outbox.get()) is not None:
                await self._socket.send_str(json.dumps(message))
        await self._socket.close(code=WSCloseCode.OK)
