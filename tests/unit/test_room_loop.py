"""A room's loop rests before it waits, and holds up nothing that is due."""

import asyncio
import selectors
import sys
import time
from math import ceil

import pytest
from aiortc.rate import RemoteBitrateEstimator

from meetbot.rooms.loop import Resting, held, short_turns
from meetbot.settings import ROOM_RESTS, THREAD_TURN


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long each rest was to be; nobody really sleeps."""
    rests: list[float] = []
    monkeypatch.setattr(time, "sleep", rests.append)
    return rests


def waited(monkeypatch: pytest.MonkeyPatch, timeout: float | None) -> float | None:
    """For how long it waits after its rest, of so many seconds."""
    asked: list[float | None] = []

    def select(selector: selectors.DefaultSelector, timeout: float | None = None) -> list[object]:
        asked.append(timeout)
        return []

    monkeypatch.setattr(selectors.DefaultSelector, "select", select)
    with Resting() as selector:
        selector.select(timeout)
    (seconds,) = asked
    return seconds


def test_a_loop_with_work_to_do_does_not_rest(slept: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    assert waited(monkeypatch, 0) == 0 and slept == []


def test_a_rest_is_part_of_the_wait(slept: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    assert waited(monkeypatch, 1.0) == pytest.approx(1.0 - ROOM_RESTS) and slept == [ROOM_RESTS]
    assert waited(monkeypatch, ROOM_RESTS / 2) == 0 and slept[1:] == [ROOM_RESTS / 2]


def test_who_waits_for_anything_rests_once(slept: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    assert waited(monkeypatch, None) is None and slept == [ROOM_RESTS]


def test_what_happens_in_a_room_happens_and_what_breaks_is_told() -> None:
    heard = list[str]()

    async def visit() -> None:
        loop = asyncio.get_running_loop()
        news = loop.create_future()
        loop.call_later(0.001, news.set_result, "later")
        loop.run_in_executor(None, lambda: loop.call_soon_threadsafe(heard.append, "from a thread"))
        heard.append(await news)
        while len(heard) < 2:
            await asyncio.sleep(0.001)
        raise ConnectionError("the end")

    with pytest.raises(ConnectionError, match="the end"):
        held(visit())
    assert sorted(heard) == ["from a thread", "later"]


def test_turns_are_short_while_a_class_is_followed() -> None:
    before = sys.getswitchinterval()
    with pytest.raises(KeyError), short_turns():
        assert sys.getswitchinterval() == pytest.approx(THREAD_TURN)
        raise KeyError
    assert sys.getswitchinterval() == before


@pytest.mark.parametrize("sent", [150_000, 500_000, 1_500_000])
def test_rests_do_not_make_a_page_send_less(sent: int) -> None:
    estimator, told = RemoteBitrateEstimator(), list[int]()
    for picture in range(15 * 60):
        size = sent // 8 // 15 * (6 + picture % 9) // 10
        for part in range(-(-size // 1200)):
            left = picture / 15 + part / 2000
            taken = ceil((left + 0.03) / ROOM_RESTS) * ROOM_RESTS
            estimate = estimator.add(round(1000 * taken), int(left * 2**18) & 0xFFFFFF, min(size, 1200), 1)
            told += [estimate[0]] if estimate else []
    assert told and min(told) >= sent
