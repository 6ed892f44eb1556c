"""The live page for the teacher's second screen: values of a class, from the bot to the browser.

    GET  /                 the page; it holds no values, so nobody need know a token to load it
    GET  /static/NAME      its parts
    GET  /values           server-sent events, one JSON object each; `X-Meetbot-Token: TOKEN`
    POST /values           the bot's newest values, one JSON object; `X-Meetbot-Key: KEY`

The token stands in the link behind `#`, which no browser sends anywhere, and goes into a header: a cookie
would reach every port of this machine, and a page of another site can set no such header. The page is served
on this machine only. An event is {"state": "waiting"|"here"|"away"|"left", "values": {...}|null}.
"""

import asyncio
import json
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from aiohttp import web

from meetbot.settings import LIVE_EVERY
from meetbot.web.guards import Files, from_elsewhere, guard
from meetbot.web.keys import matches, new_key

Values = Mapping[str, Any]

_LARGEST = 256 * 2**10  # bytes of one state: fifty people have 25,000
_VIEWERS = 16  # pages at once
_BEAT = 5.0  # seconds between two events at least: by it a page knows that it is still connected
_AWAY = 5 * LIVE_EVERY  # seconds without news after which the bot is away


class Board:
    """The newest values, and everybody who looks at them."""

    def __init__(self, token: str | None = None, key: str | None = None) -> None:
        self.token = token or new_key()
        self.key = key or new_key()  # the bot's, where it is another process
        self.viewers = 0
        self._values: Values | None = None
        self._told = -_AWAY
        self._left = False
        self._news = asyncio.Event()

    def show(self, values: Values | None) -> None:
        """Newer values; None says that the bot left. Called in the server's loop."""
        self._left = values is None
        if values is not None:
            self._values, self._told = values, time.monotonic()
        before, self._news = self._news, asyncio.Event()
        before.set()

    def state(self) -> dict[str, Any]:
        """What a page is told."""
        if self._left:
            state = "left"
        elif self._values is None:
            state = "waiting"
        else:
            state = "here" if time.monotonic() - self._told < _AWAY else "away"
        return {"state": state, "values": self._values}

    async def changed(self) -> None:
        """Until there is news, or it is time to say that there is none."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._news.wait(), _BEAT)


_BOARD = web.AppKey("board", Board)
_FILES = web.AppKey("files", Files)


def livepage(board: Board) -> web.Application:
    """The web application of one class's live page."""
    app = guard(web.Application(client_max_size=_LARGEST))
    app[_BOARD], app[_FILES] = board, Files("live")
    app.add_routes(
        [
            web.get("/", _page),
            web.get("/static/{name}", _static),
            web.get("/values", _watch),
            web.post("/values", _take),
        ]
    )
    return app


async def _page(request: web.Request) -> web.StreamResponse:
    return request.app[_FILES].answer("live.html")


async def _static(request: web.Request) -> web.StreamResponse:
    return request.app[_FILES].answer(request.match_info["name"])


async def _watch(request: web.Request) -> web.StreamResponse:
    board = request.app[_BOARD]
    _admit(request, "X-Meetbot-Token", board.token)
    if board.viewers >= _VIEWERS:
        raise web.HTTPServiceUnavailable
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    board.viewers += 1
    try:
        await response.prepare(request)
        while True:
            await response.write(f"data: {json.dumps(board.state())}\n\n".encode())
            await board.changed()
    except ConnectionError:
        return response  # the page was closed
    finally:
        board.viewers -= 1


async def _take(request: web.Request) -> web.StreamResponse:
    _admit(request, "X-Meetbot-Key", request.app[_BOARD].key)
    try:
        values = await request.json()
    except ValueError as error:
        raise web.HTTPBadRequest from error
    if not isinstance(values, dict | None):
        raise web.HTTPBadRequest
    request.app[_BOARD].show(values)
    return web.Response(status=204)


def _admit(request: web.Request, header: str, secret: str) -> None:
    if from_elsewhere(request) or not matches(request.headers.get(header, ""), secret):
        raise web.HTTPForbidden
