"""Holds a live page: its port, the thread that keeps it up to date, and the way from a bot elsewhere."""

import asyncio
import json
import logging
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import asynccontextmanager, contextmanager, suppress
from http.client import HTTPException
from threading import Event, Thread
from typing import Any
from urllib.request import ProxyHandler, Request, build_opener

from aiohttp import web

from meetbot.errors import OutputError
from meetbot.faults import remember
from meetbot.passes import find, leave, live_note
from meetbot.settings import LIVE_EVERY, LIVE_KEPT, LIVE_PORT
from meetbot.web.aside import Broke, aside
from meetbot.web.livepage import Board, Values, livepage

Tell = Callable[[], Values]

_HOST = "127.0.0.1"
_FREED, _TRIES = 5.0, 5  # seconds that the bot before may still hold the port; how often it is tried
_GOODBYE = 1.0  # seconds for telling pages that the bot left
_ANSWER_WITHIN = 5.0  # seconds


@asynccontextmanager
async def opened_board(board: Board, room: str) -> AsyncIterator[str]:
    """The live page of a room while the block runs, and its link: the same as last time, where possible."""
    kept = _kept(room)
    board.token = str(kept.get("token", board.token))
    quiet = logging.getLogger(__name__)
    quiet.addHandler(logging.NullHandler())
    runner = web.AppRunner(livepage(board), access_log=None, logger=quiet, shutdown_timeout=_GOODBYE)
    await runner.setup()
    try:
        await _listen(runner, kept.get("port"))
        port = runner.addresses[0][1]
        leave(live_note(room), {"port": port, "token": board.token, "at": time.time()})
        yield f"http://localhost:{port}/#{board.token}"
    finally:
        board.show(None)
        await asyncio.sleep(0)  # pages that wait are told
        await runner.cleanup()


@contextmanager
def board_aside(room: str, tell: Tell, broke: Broke = remember) -> Iterator[str]:
    """The live page in a thread of its own while the block runs, showing what `tell` tells; its link."""
    with aside("live page", lambda opened, closed: _keep_up(room, tell, opened, closed), broke) as link:
        yield link


@contextmanager
def feed_aside(address: str, key: str, tell: Tell, broke: Broke = remember) -> Iterator[None]:
    """What `tell` tells, sent to a live page that another process holds, while the block runs."""
    over = Event()
    broken: list[BaseException] = []

    def run() -> None:
        try:
            while True:
                _post(address, key, tell())
                if over.wait(LIVE_EVERY):
                    break
        except BaseException as error:
            broken.append(error)
        _post(address, key, None)

    thread = Thread(target=run, name="live page")
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        for error in broken:
            broke(error)


async def _keep_up(room: str, tell: Tell, opened: Future[str], closed: Future[None]) -> None:
    board, over = Board(), asyncio.wrap_future(closed)
    async with opened_board(board, room) as link:
        opened.set_result(link)
        while not over.done():
            board.show(await asyncio.to_thread(tell))
            await asyncio.wait([over], timeout=LIVE_EVERY)


async def _listen(runner: web.AppRunner, kept: object) -> None:
    """On the port of last time, else on the usual one, else on any."""
    tries = _TRIES if isinstance(kept, int) else 0
    for port in (*([kept] * tries), LIVE_PORT, 0):
        try:
            await web.TCPSite(runner, _HOST, port if isinstance(port, int) else 0).start()
            return
        except (OSError, OverflowError) as error:
            reason = error
            await asyncio.sleep(_FREED / _TRIES if port == kept else 0)
    raise OutputError(f"The live page finds no free port on this machine ({reason}).") from reason


def _kept(room: str) -> Mapping[str, Any]:
    """What the last live page of a room left, if that was today."""
    facts = find(live_note(room))
    at = facts.get("at")
    fresh = isinstance(at, int | float) and 0 <= time.time() - at < LIVE_KEPT
    return facts if fresh and isinstance(facts.get("token"), str) and len(facts["token"]) >= 32 else {}


def _post(address: str, key: str, values: Values | None) -> None:
    """A page that is not there costs its values, and never the lesson."""
    headers = {"X-Meetbot-Key": key, "Content-Type": "application/json"}
    request = Request(f"{address}/values", json.dumps(values).encode(), headers)
    with suppress(OSError, HTTPException):
        build_opener(ProxyHandler({})).open(request, timeout=_ANSWER_WITHIN).close()
