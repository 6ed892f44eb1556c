"""Finds known faces again, many at a time: their surroundings stand side by side in one small picture."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import cv2
import numpy as np

from meetbot.types import Box, Face, Image, Point

CELL = 96  # pixels of the square in which one face is looked for
LEAST = 30  # pixels of its height in there: up to 59, so that it may move by a third of it
ROW = 5  # squares side by side: one size of the network serves any number of faces
_SLACK = 2.0  # pixels by which a face may reach over its square; more of it is a cut face, or two halves

Detect = Callable[[Image], Sequence[Face]]


class Window(NamedTuple):
    """A square of the picture about one face, and how many of its pixels become one."""

    left: int
    top: int
    shrink: int

    @property
    def side(self) -> int:
        """Pixels of the picture."""
        return CELL * self.shrink


def window_of(face: Face, size: tuple[int, int]) -> Window | None:
    """The square about a face; None for a face so large that the picture has no room for it."""
    shrink = max(1, int(face.box.height / LEAST))
    side = CELL * shrink
    if side > min(size):
        return None
    left = face.box.x + (face.box.width - side) / 2
    top = face.box.y + (face.box.height - side) / 2
    return Window(round(min(max(left, 0), size[0] - side)), round(min(max(top, 0), size[1] - side)), shrink)


def found_again(detect: Detect, windows: Sequence[Window], luma: Image) -> Iterator[Face]:
    """The faces that stand in squares of the picture, as the detector places them."""
    for row in (windows[first : first + ROW] for first in range(0, len(windows), ROW)):
        strip = np.zeros((CELL, ROW * CELL), np.uint8)
        for place, window in enumerate(row):
            strip[:, place * CELL : (place + 1) * CELL] = _shrunk(luma, window)
        for face in detect(strip):
            place = int((face.box.x + face.box.width / 2) // CELL)
            if 0 <= place < len(row) and _lies_in(face.box, place):
                yield _back(face, row[place], place)


def _shrunk(luma: Image, window: Window) -> Image:
    cut = luma[window.top : window.top + window.side, window.left : window.left + window.side]
    if window.shrink == 1:
        return cut
    return np.asarray(cv2.resize(cut, (CELL, CELL), interpolation=cv2.INTER_AREA), np.uint8)


def _lies_in(box: Box, place: int) -> bool:
    left = box.x - place * CELL
    return (
        min(left, box.y) >= -_SLACK
        and left + box.width <= CELL + _SLACK
        and box.y + box.height <= CELL + _SLACK
    )


def _back(face: Face, window: Window, place: int) -> Face:
    """A face of the strip in pixels of the picture."""
    x, y, times = window.left - place * CELL * window.shrink, window.top, window.shrink
    eye, other_eye, nose, mouth, other_mouth = (Point(p.x * times + x, p.y * times + y) for p in face.points)
    box = Box(face.box.x * times + x, face.box.y * times + y, face.box.width * times, face.box.height * times)
    return Face(box, (eye, other_eye, nose, mouth, other_mouth), face.score)
