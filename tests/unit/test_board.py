"""Holding a live page: its link lasts over a restart, and a bot elsewhere reaches it."""

import asyncio
import json
import socket
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

import pytest

from meetbot.errors import UsageError
from meetbot.passes import find, leave, live_note
from meetbot.web import board as module
from meetbot.web.board import board_aside, feed_aside, opened_board
from meetbot.web.livepage import Board
from tests.classroom import in_loop
from tests.waiting import eventually


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr(module, "LIVE_PORT", 0)
    monkeypatch.setattr(module, "LIVE_EVERY", 0.05)
    monkeypatch.setattr(module, "_FREED", 0.1)


def first_event(link: str) -> dict[str, Any]:
    """What a page is told first."""
    address, _, token = link.partition("#")
    request = Request(f"{address}values", headers={"X-Meetbot-Token": token})
    with build_opener(ProxyHandler({})).open(request, timeout=60) as answer:
        told: dict[str, Any] = json.loads(answer.readline()[6:])
    return told


def port_of(link: str) -> int:
    return int(link.split(":")[2].split("/")[0])


def test_the_page_shows_what_it_is_told_and_goes_with_the_block() -> None:
    with board_aside("room", lambda: {"time": 7}) as link:
        assert link.startswith("http://localhost:")
        eventually(lambda: first_event(link) == {"state": "here", "values": {"time": 7}}, within=20)
    with pytest.raises(OSError):
        first_event(link)


def test_a_restart_keeps_the_link_of_a_room_and_another_room_has_another() -> None:
    with board_aside("room", dict) as first:
        pass
    with board_aside("room", dict) as again, board_aside("another", dict) as other:
        assert again == first
        assert other.partition("#")[2] != first.partition("#")[2]


def test_where_the_port_is_taken_the_token_stays() -> None:
    with board_aside("room", dict) as first, board_aside("room", dict) as second:
        assert port_of(first) != port_of(second)
        assert first.partition("#")[2] == second.partition("#")[2]


@pytest.mark.parametrize(
    "facts",
    [
        {"port": 70000, "token": "t" * 32, "at": 1e18},
        {"port": 70000, "token": "short", "at": "now"},
        {"port": "x", "token": 7, "at": None},
        {"port": 1234, "token": "t" * 32, "at": 0},
    ],
)
def test_an_old_or_broken_note_is_not_followed(facts: dict[str, object]) -> None:
    leave(live_note("room"), facts)
    with board_aside("room", dict) as link:
        assert "#ttt" not in link and not link.endswith("#short")
    assert len(find(live_note("room"))["token"]) >= 32


def test_only_this_machine_reaches_it() -> None:
    with board_aside("room", dict) as link, socket.socket() as probe:
        probe.bind(("127.0.0.2", port_of(link)))  # on all addresses it would be taken


def test_what_goes_wrong_at_the_start_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(board: Board) -> object:
        raise UsageError("no")

    monkeypatch.setattr(module, "livepage", broken)
    with pytest.raises(UsageError, match="no"), board_aside("room", dict):
        raise AssertionError("not opened")


@in_loop
async def test_a_bot_elsewhere_feeds_the_page_and_says_when_it_goes() -> None:
    board = Board()
    async with opened_board(board, "class moba-keto") as link:
        address = link.partition("#")[0].rstrip("/")

        def visit() -> None:
            with feed_aside(address, board.key, lambda: {"time": 3}):
                eventually(lambda: board.state()["values"] == {"time": 3}, within=20)
                assert board.state()["state"] == "here"

        await asyncio.to_thread(visit)
        assert board.state()["state"] == "left"


def test_a_page_that_is_not_there_costs_the_bot_nothing() -> None:
    with feed_aside("http://127.0.0.1:9", "key", lambda: {"time": 3}):
        pass


def test_a_page_that_answers_nonsense_costs_the_bot_nothing_either() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            with server.accept()[0] as caller:
                caller.recv(1000)
                caller.sendall(b"nonsense\r\n\r\n")

        thread = Thread(target=answer)
        thread.start()
        module._post(f"http://127.0.0.1:{server.getsockname()[1]}", "key", None)
        thread.join(60)


def test_a_wrong_token_is_refused_by_the_page_that_runs() -> None:
    with board_aside("room", dict) as link, pytest.raises(HTTPError, match="403"):
        first_event(link[:-1] + ("a" if link[-1] != "a" else "b"))
