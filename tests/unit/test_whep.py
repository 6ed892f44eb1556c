"""What a viewer of a WHEP stream leaves behind when nothing comes of it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from meetbot.attend import attend
from meetbot.errors import RoomError, UsageError
from meetbot.pipeline import Plan
from meetbot.rooms import whep
from meetbot.rooms.base import Visit
from meetbot.rooms.peer import new_peer
from meetbot.rooms.whep import WhepStream
from meetbot.sources.live import Terms
from tests.classroom import in_loop

ENDED: list[str] = []  # the sessions that the viewer said good-bye to


@asynccontextmanager
async def stream(answer: Callable[[web.Request], Awaitable[web.Response]]) -> AsyncIterator[WhepStream]:
    """A viewer of a server that answers an offer like this."""

    async def end(request: web.Request) -> web.Response:
        ENDED.append(request.path)
        return web.Response()

    ENDED.clear()
    app = web.Application()
    app.router.add_post("/whep/class", answer)
    app.router.add_delete("/whep/session/1", end)
    async with TestServer(app) as server:
        yield WhepStream(f"whep+http://{server.host}:{server.port}/whep/class", Visit())


def connections(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The states of all connections that are made from here on, when they are asked for."""
    states: list[str] = []

    def made(*ice: object) -> object:
        peer = new_peer()
        place = len(states)
        states.append("open")

        async def close(really: Callable[[], Awaitable[None]] = peer.close) -> None:
            await really()
            states[place] = "closed"

        monkeypatch.setattr(peer, "close", close)
        return peer

    monkeypatch.setattr(whep, "new_peer", made)
    return states


@in_loop
async def test_an_answer_that_makes_no_sense_is_an_error_and_its_session_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    states = connections(monkeypatch)

    async def nonsense(request: web.Request) -> web.Response:
        return web.Response(status=201, text="v=0\r\nm=bla", headers={"Location": "session/1"})

    async with stream(nonsense) as room:
        with pytest.raises(RoomError, match="No WHEP stream answers"):
            await room.join(lambda news: None)
    assert states == ["closed"] and ENDED == ["/whep/session/1"]


@in_loop
async def test_whoever_gives_up_waiting_leaves_no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    states, asked = connections(monkeypatch), asyncio.Event()

    async def silence(request: web.Request) -> web.Response:
        asked.set()
        await asyncio.sleep(60)
        return web.Response()

    async with stream(silence) as room:
        joining = asyncio.create_task(room.join(lambda news: None))
        async with asyncio.timeout(60):
            await asked.wait()
        joining.cancel()
        with pytest.raises(asyncio.CancelledError):
            await joining
    assert states == ["closed"]


def test_a_wish_that_can_not_be_kept_in_one_picture_of_all_is_refused(tmp_path: Path) -> None:
    terms = Terms(excluded=frozenset({"ada"}))
    with pytest.raises(UsageError, match="--exclude can't be kept in a WHEP stream"):
        attend("whep+http://localhost:9/whep/class", Visit(), terms, Plan(), tmp_path)
    assert list(tmp_path.iterdir()) == []
