"""Frames are divided in a thread of their own, and each gets its own tiles and news."""

import threading
from collections.abc import Sequence

import numpy as np
import pytest

from meetbot.errors import ModelError
from meetbot.gallery.parted import PartedAhead
from meetbot.sources.ahead import ahead
from meetbot.types import NO_PICTURE, Box, Event, Face, Frame, Instant, Picture, Point, Tile

FACE = Face(Box(0, 0, 1, 1), (Point(0, 0),) * 5, 1.0)
BLANK = Picture(np.zeros((2, 2), np.uint8))


def instants(count: int, picture: Picture = BLANK) -> list[Instant]:
    return [Instant(float(k), (Frame(float(k), picture),)) for k in range(count)]


def tile(frame: Frame, faces: Sequence[Face]) -> list[Tile]:
    box = Box(0, 0, 2, 2)
    return [Tile(int(frame.time), None, "person", box, "on", None, tuple(faces), frame.picture)]


def test_each_frame_gets_the_tiles_and_each_instant_the_news_of_the_thread_ahead() -> None:
    threads, told = set(), iter(range(9))

    def split(frame: Frame, faces: Sequence[Face]) -> list[Tile]:
        threads.add(threading.current_thread().name)
        return tile(frame, faces)

    parted = PartedAhead(lambda frame: (FACE,), split, lambda: (Event(next(told), "warning", None, ""),), 0.0)
    seen = []
    with ahead(parted.in_(instants(5)), "split") as divided:
        for instant in divided:
            frame = instant.frames[0]
            (one,) = parted.split(frame, parted.find(frame)) or ()
            seen.append((one.seat, one.faces, [event.time for event in parted.take_news()]))  # type: ignore[union-attr]
    assert seen == [(k, (FACE,), [k]) for k in range(5)]
    assert threads == {"split"}


def test_what_comes_before_the_lesson_goes_on_is_only_searched() -> None:
    searched: list[float] = []
    divided: list[float] = []

    def find(frame: Frame) -> tuple[Face, ...]:
        searched.append(frame.time)
        return ()

    def split(frame: Frame, faces: Sequence[Face]) -> list[Tile]:
        divided.append(frame.time)
        return []

    list(PartedAhead(find, split, tuple, 3.0).in_(instants(5)))
    assert (searched, divided) == ([0, 1, 2, 3, 4], [3, 4])


def test_no_face_is_looked_for_where_a_camera_is_off() -> None:
    def find(frame: Frame) -> tuple[Face, ...]:
        raise AssertionError

    parted = PartedAhead(find, tile, tuple, 0.0)
    (dark,) = parted.in_(instants(1, NO_PICTURE))
    (one,) = parted.split(dark.frames[0], ()) or ()
    assert one.faces == ()


def test_an_error_of_the_splitter_comes_to_whoever_reads() -> None:
    def split(frame: Frame, faces: Sequence[Face]) -> list[Tile]:
        raise ModelError("The labels can't be read.")

    parted = PartedAhead(lambda frame: (), split, tuple, 0.0)
    with pytest.raises(ModelError), ahead(parted.in_(instants(1)), "split") as divided:
        next(divided)
