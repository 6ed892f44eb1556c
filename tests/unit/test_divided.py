"""Frames are divided in a thread of their own, and each gets its own tiles and news."""

import threading
from collections.abc import Sequence

import numpy as np
import pytest

from meetbot.errors import ModelError
from meetbot.pipeline import divide, no_news, observe, read_divided
from meetbot.sources.ahead import ahead
from meetbot.types import (
    NO_PICTURE,
    Box,
    Divided,
    Event,
    Face,
    Frame,
    Instant,
    Observation,
    Picture,
    Point,
    Reading,
    Tile,
)

FACE = Face(Box(0, 0, 1, 1), (Point(0, 0),) * 5, 1.0)
BLANK = Picture(np.zeros((2, 2), np.uint8))


def instants(count: int, picture: Picture = BLANK) -> list[Instant]:
    return [Instant(float(k), (Frame(float(k), picture),)) for k in range(count)]


def tile(frame: Frame, faces: Sequence[Face]) -> list[Tile]:
    box = Box(0, 0, 2, 2)
    return [Tile(int(frame.time), None, "person", box, "on", None, next(iter(faces), None), frame.picture)]


def find(frame: Frame) -> Sequence[Face]:
    return (FACE,)


def test_a_thread_ahead_gives_each_instant_its_own_tiles_and_news() -> None:
    threads, told = set(), iter(range(9))

    def split(frame: Frame, faces: Sequence[Face]) -> list[Tile]:
        threads.add(threading.current_thread().name)
        return tile(frame, faces)

    def news() -> list[Observation]:
        return [Event(next(told), "warning")]

    with ahead(divide(iter(instants(5)), find, split, 0.0, news), "split") as parted:
        seen = [one.divided for one in parted]
    assert seen == [
        Divided(tuple(tile(one.frames[0], (FACE,))), True, (Event(k, "warning"),))
        for k, one in enumerate(instants(5))
    ]
    assert threads == {"split"}


def test_two_threads_see_what_one_sees() -> None:
    def read(tiles: Sequence[Tile], time: float) -> Sequence[Reading]:
        return [Reading(time, one.seat, "face") for one in tiles]

    with ahead(divide(iter(instants(9)), find, tile, 2.0, no_news), "split") as parted:
        apart = list(read_divided(parted, read, 2.0))
    assert apart == list(observe(instants(9), find, tile, read, 2.0))
    assert apart[-1] == Reading(8.0, 8, "face")


def test_what_comes_before_the_lesson_goes_on_is_only_searched() -> None:
    searched: list[float] = []

    def noted(frame: Frame) -> Sequence[Face]:
        searched.append(frame.time)
        return ()

    seen = [one.divided is not None for one in divide(instants(5), noted, tile, 3.0, no_news)]
    assert (searched, seen) == ([0, 1, 2, 3, 4], [False, False, False, True, True])


def test_no_face_is_looked_for_where_a_camera_is_off() -> None:
    (dark,) = divide(instants(1, NO_PICTURE), find, tile, 0.0, no_news)
    assert dark.divided
    assert [one.face for one in dark.divided.tiles] == [None]


def test_an_error_of_the_splitter_comes_to_whoever_reads() -> None:
    def split(frame: Frame, faces: Sequence[Face]) -> list[Tile]:
        raise ModelError("The labels can't be read.")

    with (
        pytest.raises(ModelError),
        ahead(divide(iter(instants(1)), find, split, 0.0, no_news), "split") as parted,
    ):
        next(parted)
