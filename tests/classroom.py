"""A built-in class for tests: its server on a free port, and guests that speak its messages."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from functools import wraps
from typing import Any, ParamSpec

from aiohttp import ClientWebSocketResponse
from aiohttp.test_utils import TestClient, TestServer

from meetbot.web.classroom import HALL, classroom
from meetbot.web.hall import Hall

P = ParamSpec("P")
Client = TestClient[Any, Any]
CODE = "moba-keto"
WITHIN = 5.0  # seconds until an expected message counts as lost


def in_loop(test: Callable[P, Coroutine[Any, Any, None]]) -> Callable[P, None]:
    """A test that is a coroutine, with an event loop of its own."""

    @wraps(test)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        asyncio.run(test(*args, **kwargs))

    return run


@asynccontextmanager
async def served(hall: Hall) -> AsyncIterator[Client]:
    """A client of the class's server."""
    async with TestClient(TestServer(classroom(hall))) as client:
        yield client


class Guest:
    """One WebSocket in the class, and what it was told that nobody has asked for yet."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self.socket = socket
        self.welcome: dict[str, Any] = {}

    @property
    def key(self) -> str:
        """What others know this guest by."""
        return str(self.welcome["you"]["key"])

    async def say(self, type: str, **fields: Any) -> None:
        """Send one message."""
        await self.socket.send_json({"type": type, **fields})

    async def told(self, type: str) -> dict[str, Any]:
        """The next message, which must be of this type."""
        message: dict[str, Any] = await self.socket.receive_json(timeout=WITHIN)
        assert message["type"] == type, message
        return message

    async def hung_up_on(self) -> bool:
        """Whether the server closes after what was told so far."""
        await self.socket.receive(timeout=WITHIN)
        return self.socket.closed


def hall_of(client: Client) -> Hall:
    """The class that a client is of."""
    assert client.app is not None
    hall: Hall = client.app[HALL]
    return hall


async def knock(client: Client, name: str = "Ada", token: str = "", **fields: Any) -> Guest:
    """Ask to be let in; the answer is still to be heard."""
    guest = Guest(await client.ws_connect(f"/{CODE}/socket"))
    secret = token or f"{name}-token-0123456789".replace(" ", "-")
    wish = {"role": "person", "analysed": True, "camera": True, "microphone": True, **fields}
    if wish["role"] == "bot":
        wish = {"key": hall_of(client).bot, **wish}
    await guest.say("join", name=name, token=secret, **wish)
    return guest


async def enter(client: Client, name: str = "Ada", token: str = "", **fields: Any) -> Guest:
    """Come in."""
    guest = await knock(client, name, token, **fields)
    guest.welcome = await guest.told("welcome")
    return guest
