"""Janus's messages over one WebSocket: requests and their answers, and the events in between."""

import asyncio
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import aiohttp

from meetbot.errors import RoomError
from meetbot.rooms.base import NONSENSE

Message = Mapping[str, Any]
Id = int | str  # a person's: text where the server's `string_ids` is on

_ANSWER_WITHIN = 8.0  # seconds; the server's own timers are of 10 and more
_KEEP_ALIVE_EVERY = 25.0  # seconds; Janus forgets a session after 60 without a word


class JanusSession:
    """A session and its handles. `on_event` gets what nobody asked for, `on_lost` the end, once."""

    def __init__(self, url: str, on_event: Callable[[Message], None], on_lost: Callable[[str], None]) -> None:
        self._url = url
        self._on_event = on_event
        self._on_lost = on_lost
        self._waiting: dict[str, tuple[bool, asyncio.Future[Message]]] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._http: aiohttp.ClientSession | None = None
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._session: int | None = None

    async def open(self) -> None:
        """Connect and create the session; whoever fails to has to close it all the same."""
        self._http = aiohttp.ClientSession()
        try:
            self._socket = await self._http.ws_connect(
                self._url, protocols=["janus-protocol"], timeout=aiohttp.ClientWSTimeout(ws_close=2.0)
            )
        except (aiohttp.ClientError, OSError) as error:
            raise RoomError(
                f"No Janus server answers at {self._url} ({_reason(error)}); "
                "check host and port, and that its WebSocket transport is on."
            ) from error
        self._tasks = [asyncio.create_task(self._read())]
        self._session = await self._new({"janus": "create"})
        self._tasks.append(asyncio.create_task(self._keep_alive()))

    async def attach(self) -> int:
        """A new handle of the VideoRoom."""
        return await self._new({"janus": "attach", "plugin": "janus.plugin.videoroom"})

    async def detach(self, handle: int) -> None:
        """Let go of a handle, unless the server has."""
        with suppress(RoomError):
            await self.ask({"janus": "detach", "handle_id": handle})

    async def ask(self, message: Message, *, later: bool = False) -> Message:
        """Send a request and wait for its answer: with `later`, for the one that follows the `ack`."""
        assert self._socket is not None
        transaction = secrets.token_hex(6)
        future: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        self._waiting[transaction] = (later, future)
        session = {} if self._session is None else {"session_id": self._session}
        try:
            await self._socket.send_json({**message, **session, "transaction": transaction})
            return await asyncio.wait_for(future, _ANSWER_WITHIN)
        except TimeoutError as error:
            raise RoomError(
                f"{self._url} accepts messages but does not answer; is it a Janus server, and is it well?"
            ) from error
        except (aiohttp.ClientError, ConnectionError) as error:
            raise RoomError(f"The connection to {self._url} broke ({_reason(error)}).") from error
        finally:
            self._waiting.pop(transaction, None)

    async def close(self) -> None:
        """Say good-bye if the server still listens, and let go of everything."""
        for task in self._tasks[1:]:
            task.cancel()
        if self._socket is not None and not self._socket.closed:
            if self._session is not None and not self._tasks[0].done():  # or nobody would hear the answer
                with suppress(RoomError, TimeoutError):
                    await asyncio.wait_for(self.ask({"janus": "destroy"}), 2.0)
            await self._socket.close()
        for task in self._tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        if self._http is not None:
            await self._http.close()

    async def _new(self, message: Message) -> int:
        """The number of what a request makes."""
        made = await self.ask(message)
        try:
            return int(made["data"]["id"])
        except NONSENSE as error:
            raise RoomError(f"{self._url} answers, but not as a Janus server does.") from error

    async def _read(self) -> None:
        assert self._socket is not None
        why = "closed the connection"
        try:
            async for message in self._socket:
                if message.type is aiohttp.WSMsgType.TEXT:
                    self._sort(message.json())
        except NONSENSE:
            why = "said something that no Janus server says"
        for _, future in self._waiting.values():
            if not future.done():
                future.set_exception(ConnectionError("the server closed it"))
        self._on_lost(f"the Janus server at {self._url} {why}")

    def _sort(self, message: Message) -> None:
        """An answer to whoever asked (an event may come before its own `ack`), the rest to everybody."""
        later, future = self._waiting.get(message.get("transaction", ""), (False, None))
        if message["janus"] == "ack":
            if future and not later and not future.done():
                future.set_result(message)
        elif future and not future.done():
            if message["janus"] == "error":
                future.set_exception(RoomError(f"{self._url} refuses: {message['error'].get('reason')}."))
            else:
                future.set_result(message)
        else:
            self._on_event(message)

    async def _keep_alive(self) -> None:
        """A network that went away silently is noticed only by an answer that does not come."""
        try:
            while True:
                await asyncio.sleep(_KEEP_ALIVE_EVERY)
                await self.ask({"janus": "keepalive"})
        except RoomError as error:
            self._on_lost(str(error))


def _reason(error: BaseException) -> str:
    return str(error) or type(error).__name__
