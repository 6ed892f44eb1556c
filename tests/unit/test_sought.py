"""Faces are found where a recording is decoded, and each frame gets its own."""

import threading

import numpy as np
import pytest

from meetbot.errors import ModelError
from meetbot.faces.sought import SoughtAhead
from meetbot.sources.ahead import ahead
from meetbot.types import NO_PICTURE, Box, Face, Frame, Instant, Picture, Point

NOWHERE = (Point(0, 0),) * 5


def found_by(frame: Frame) -> list[Face]:
    return [Face(Box(frame.time, 0, 1, 1), NOWHERE, 1.0)]


def instants(count: int) -> list[Instant]:
    picture = Picture(np.zeros((2, 2), np.uint8))
    return [Instant(float(k), (Frame(float(k), picture),)) for k in range(count)]


def test_each_frame_gets_the_faces_that_were_found_in_it_by_the_thread_ahead() -> None:
    threads = set()

    def find(frame: Frame) -> list[Face]:
        threads.add(threading.current_thread())
        return found_by(frame)

    sought = SoughtAhead(find)
    with ahead(sought.in_(instants(5))) as decoded:
        found = [sought(frame)[0].box.x for instant in decoded for frame in instant.frames]
    assert found == [0, 1, 2, 3, 4]
    assert threading.current_thread() not in threads


def test_nothing_is_looked_for_where_a_camera_is_off() -> None:
    def find(frame: Frame) -> list[Face]:
        raise AssertionError

    dark = Instant(0.0, (Frame(0.0, NO_PICTURE),))
    assert list(SoughtAhead(find).in_([dark])) == [dark]


def test_an_error_of_the_finder_comes_to_whoever_reads() -> None:
    def find(frame: Frame) -> list[Face]:
        raise ModelError("The detector can't be run.")

    with pytest.raises(ModelError), ahead(SoughtAhead(find).in_(instants(1))) as decoded:
        next(decoded)
