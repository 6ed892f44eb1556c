"""The live page's server: who is shown values, who may bring them, and what it puts up with."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient, TestServer

from meetbot.web import livepage
from meetbot.web.livepage import Board
from tests.classroom import Client, in_loop

TOKEN, KEY = "t" * 32, "k" * 32
TOLD = {"X-Meetbot-Token": TOKEN}


@asynccontextmanager
async def served(board: Board) -> AsyncIterator[Client]:
    async with TestClient(TestServer(livepage.livepage(board))) as client:
        yield client


def a_board() -> Board:
    return Board(TOKEN, KEY)


async def event(answer: ClientResponse) -> dict[str, Any]:
    """The next state that a page is told."""
    line = await asyncio.wait_for(answer.content.readuntil(b"\n\n"), 5)
    assert line.startswith(b"data: ")
    told: dict[str, Any] = json.loads(line[6:])
    return told


@in_loop
async def test_a_page_is_told_at_once_and_then_of_every_change() -> None:
    board = a_board()
    async with served(board) as client, client.get("/values", headers=TOLD) as answer:
        assert answer.content_type == "text/event-stream"
        assert await event(answer) == {"state": "waiting", "values": None}
        board.show({"time": 1})
        assert await event(answer) == {"state": "here", "values": {"time": 1}}
        board.show(None)
        assert await event(answer) == {"state": "left", "values": {"time": 1}}


@in_loop
async def test_a_bot_that_says_nothing_any_more_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(livepage, "_AWAY", 0.1)
    monkeypatch.setattr(livepage, "_BEAT", 0.2)
    board = a_board()
    board.show({"time": 1})
    async with served(board) as client, client.get("/values", headers=TOLD) as answer:
        assert (await event(answer))["state"] == "here"
        assert await event(answer) == {"state": "away", "values": {"time": 1}}
        board.show({"time": 2})  # it is back
        assert await event(answer) == {"state": "here", "values": {"time": 2}}


@in_loop
async def test_a_bot_in_another_process_brings_values_with_its_key() -> None:
    board = a_board()
    async with served(board) as client:
        done = await client.post("/values", json={"time": 5}, headers={"X-Meetbot-Key": KEY})
        assert done.status == 204 and board.state() == {"state": "here", "values": {"time": 5}}
        await client.post("/values", data="null", headers={"X-Meetbot-Key": KEY})
        assert board.state()["state"] == "left"


@in_loop
@pytest.mark.parametrize(
    "headers", [{}, {"X-Meetbot-Token": "x"}, {"X-Meetbot-Token": KEY}, {"Cookie": f"t={TOKEN}"}]
)
async def test_without_the_token_nothing_is_shown(headers: dict[str, str]) -> None:
    async with served(a_board()) as client:
        assert (await client.get("/values", headers=headers)).status == 403
        assert (await client.get(f"/values?token={TOKEN}", headers=headers)).status == 403


@in_loop
@pytest.mark.parametrize("headers", [{}, {"X-Meetbot-Key": TOKEN}, TOLD])
async def test_without_the_bots_key_nothing_is_taken(headers: dict[str, str]) -> None:
    board = a_board()
    async with served(board) as client:
        assert (await client.post("/values", json={"time": 5}, headers=headers)).status == 403
    assert board.state()["values"] is None


@in_loop
async def test_the_script_of_another_site_is_refused_even_with_the_token() -> None:
    async with served(a_board()) as client:
        elsewhere = {"Origin": "https://elsewhere.example"}
        assert (await client.get("/values", headers=TOLD | elsewhere)).status == 403
        post = {"X-Meetbot-Key": KEY} | elsewhere
        assert (await client.post("/values", json={}, headers=post)).status == 403


@in_loop
@pytest.mark.parametrize(
    "host", ["elsewhere.example", "elsewhere.example:8766", "localhost.evil.example", "", "a:b"]
)
async def test_a_name_that_was_made_to_point_here_is_refused(host: str) -> None:
    async with served(a_board()) as client:
        for path in ("/", "/values", "/static/live.js"):
            assert (await client.get(path, headers=TOLD | {"Host": host})).status == 421


@in_loop
@pytest.mark.parametrize("host", ["localhost", "localhost:8766", "127.0.0.1:1", "[::1]:8766", "LOCALHOST"])
async def test_this_machines_own_names_are_answered(host: str) -> None:
    async with served(a_board()) as client:
        assert (await client.get("/", headers={"Host": host})).status == 200


@in_loop
@pytest.mark.parametrize("data", [b"[1]", b"{", b"\xff", b'"x"'])
async def test_values_that_are_no_object_are_refused(data: bytes) -> None:
    board = a_board()
    async with served(board) as client:
        assert (await client.post("/values", data=data, headers={"X-Meetbot-Key": KEY})).status == 400
    assert board.state()["values"] is None


@in_loop
async def test_values_that_are_too_large_are_refused() -> None:
    async with served(a_board()) as client:
        large = json.dumps({"x": "y" * livepage._LARGEST})
        assert (await client.post("/values", data=large, headers={"X-Meetbot-Key": KEY})).status == 413


@in_loop
async def test_pages_that_look_on_do_not_pile_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(livepage, "_VIEWERS", 1)
    board = a_board()
    async with served(board) as client:
        async with client.get("/values", headers=TOLD) as answer:
            await event(answer)
            assert (await client.get("/values", headers=TOLD)).status == 503
        async with asyncio.timeout(60):
            while board.viewers:  # whoever went makes room as soon as there is something to say
                board.show({})
                await asyncio.sleep(0.05)


@in_loop
@pytest.mark.parametrize("path", ["/", "/values", "/static/live.js", "/static/none", "/a/b"])
async def test_every_answer_carries_the_rules(path: str) -> None:
    async with served(a_board()) as client, client.get(path, headers=TOLD) as answer:
        rules = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in rules and "frame-ancestors 'none'" in rules and "unsafe" not in rules
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


@in_loop
async def test_no_path_leaves_the_static_folder() -> None:
    async with served(a_board()) as client:
        assert (await client.get("/static/words.json")).content_type == "application/json"
        for outside in ("..%2Froom%2Froom.js", "%2Fetc%2Fpasswd", "live.html%00", "room.js"):
            assert (await client.get(f"/static/{outside}")).status == 404


def test_tokens_can_not_be_guessed_and_differ() -> None:
    secrets = {secret for _ in range(20) for secret in (Board().token, Board().key)}
    assert len(secrets) == 40 and all(len(secret) >= 32 for secret in secrets)
