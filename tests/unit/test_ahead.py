"""Instants decoded ahead are the same ones in the same order, few at a time, and nothing is left behind."""

import threading
import time
from collections.abc import Iterator

import pytest

from meetbot.errors import InputError
from meetbot.sources.ahead import ahead, room_for
from meetbot.types import Instant


def instants(count: int, made: list[float] | None = None) -> Iterator[Instant]:
    for number in range(count):
        if made is not None:
            made.append(float(number))
        yield Instant(float(number), ())


def decoders() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name == "decode"]


@pytest.mark.parametrize("count", [0, 1, 50])
def test_every_instant_comes_once_and_in_order(count: int) -> None:
    with ahead(instants(count)) as taken:
        assert [instant.time for instant in taken] == list(range(count))
    assert decoders() == []


def test_few_are_made_before_they_are_asked_for() -> None:
    made: list[float] = []
    with ahead(instants(50, made), most=2) as taken:
        for instant in taken:
            time.sleep(0.002)
            assert len(made) <= instant.time + 1 + 2 + 1  # those that wait, and the one that waits for room


def test_of_large_pictures_fewer_wait() -> None:
    sizes = [None, (640, 360), (1920, 1080), (2560, 1440), (3840, 2160), (7680, 4320)]
    assert [room_for(size) for size in sizes] == [4, 4, 4, 2, 1, 1]


def test_the_next_one_is_made_while_this_one_is_read() -> None:
    second = threading.Event()

    def two() -> Iterator[Instant]:
        yield Instant(0.0, ())
        second.set()
        yield Instant(1.0, ())

    with ahead(two()) as taken:
        next(taken)
        assert second.wait(timeout=30)


def test_an_error_comes_after_what_was_made_before_it() -> None:
    def broken() -> Iterator[Instant]:
        yield from instants(3)
        raise InputError("lesson.mp4 can't be read any more.")

    seen: list[float] = []
    with pytest.raises(InputError, match=r"lesson\.mp4 can't"), ahead(broken()) as taken:
        seen.extend(instant.time for instant in taken)
    assert seen == [0.0, 1.0, 2.0]
    assert decoders() == []


def test_whoever_leaves_early_leaves_nobody_at_work() -> None:
    source = instants(10**9)
    with pytest.raises(KeyboardInterrupt), ahead(source) as taken:
        next(taken)
        raise KeyboardInterrupt
    assert decoders() == []
    next(source)  # which a thread that still ran would refuse
