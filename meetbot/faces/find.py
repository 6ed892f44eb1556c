"""Finds faces with YuNet: in a small copy of the frame when faces are large, in the frame itself when not."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil, hypot

import cv2
import numpy as np

from meetbot import settings
from meetbot.faces.detector import Detector
from meetbot.types import Box, Face, Frame, Image, Point

_PIECE = 1088  # longest side of one look at full size: 1080p in one go takes 169 MB, in two pieces 92 MB
_SHARED = 128  # pixels that neighbouring pieces share: more than twice a face that only the full size finds
_SAME_FACE = 0.5  # two boxes are one face when they share this much of the smaller one


@dataclass(frozen=True, slots=True)
class _Before:
    """What the previous instant of one stream showed."""

    time: float
    size: tuple[int, int]
    faces: tuple[Face, ...]


class FaceFinder:
    """Frame in, faces out; remembers each stream's previous faces, to know when to look closer.

    Every `settings.FIND_FULL_EVERY` seconds of media time it looks at full size whatever it remembers,
    so a finder that starts at such a time finds exactly what one that has run for long finds.
    """

    def __init__(self, score: float = settings.FIND_SCORE, side: int = settings.FIND_SIDE) -> None:
        self._detect = Detector(score)
        self._side = side
        self._before: dict[int | None, _Before] = {}

    def __call__(self, frame: Frame) -> Sequence[Face]:
        """The faces of this frame, the surest first."""
        luma = frame.picture.luma
        size = (frame.picture.width, frame.picture.height)
        shrink = ceil(max(size) / self._side)
        faces = self._small(luma, shrink)
        large = [face for face in faces if face.box.height >= settings.FIND_FULL_UNDER * shrink]
        stream = frame.participant.seat if frame.participant else None
        before = self._before.get(stream)
        if shrink > 1 and (len(large) < len(faces) or _look_closer(before, frame.time, size, faces)):
            faces = _without_doubles([*large, *self._full(luma), *faces])
        found = tuple(sorted(faces, key=lambda face: -face.score))
        self._before[stream] = _Before(frame.time, size, found)
        return found

    def forget(self) -> None:
        """Forget every stream's previous faces, as before the first frame."""
        self._before.clear()

    def _small(self, luma: Image, shrink: int) -> list[Face]:
        height, width = luma.shape
        small = (width // shrink, height // shrink)
        if 0 in small:
            return []
        # Whole pixels become one: OpenCV does that in 1.3 ms at 1080p, any other ratio takes 7.
        whole = luma[: small[1] * shrink, : small[0] * shrink]
        copy = cv2.resize(whole, small, interpolation=cv2.INTER_AREA) if shrink > 1 else whole
        faces = self._detect(np.asarray(copy, np.uint8))
        return [there for face in faces if (there := _placed(face, shrink, 0, 0, luma))]

    def _full(self, luma: Image) -> Iterator[Face]:
        height, width = luma.shape
        for x, y, right, bottom in _pieces(width, height):
            faces = self._detect(luma[y:bottom, x:right])
            yield from (there for face in faces if (there := _placed(face, 1, x, y, luma)))


def _look_closer(before: _Before | None, time: float, size: tuple[int, int], faces: Sequence[Face]) -> bool:
    """Whether the small copy may have missed a face."""
    if before is None or before.size != size or before.time >= time:
        return True
    if time // settings.FIND_FULL_EVERY != before.time // settings.FIND_FULL_EVERY:
        return True
    return any(not _is_there(old, faces) for old in before.faces)


def _is_there(old: Face, faces: Iterable[Face]) -> bool:
    """Whether one of the faces lies within one face's height of where the old one was."""
    x, y = old.box.x + old.box.width / 2, old.box.y + old.box.height / 2
    return any(
        hypot(new.box.x + new.box.width / 2 - x, new.box.y + new.box.height / 2 - y) < old.box.height
        for new in faces
    )


def _pieces(width: int, height: int) -> Iterator[tuple[int, int, int, int]]:
    """Pieces (left, top, right, bottom), all of one size, that cover the frame and share a margin."""
    for top, bottom in _cuts(height):
        for left, right in _cuts(width):
            yield left, top, right, bottom


def _cuts(length: int) -> list[tuple[int, int]]:
    if length <= _PIECE:
        return [(0, length)]
    count = ceil((length - _SHARED) / (_PIECE - _SHARED))
    size = ceil((length + (count - 1) * _SHARED) / count)
    starts = [round(i * (length - size) / (count - 1)) for i in range(count)]
    return [(start, start + size) for start in starts]


def _placed(face: Face, shrink: int, x: int, y: int, luma: Image) -> Face | None:
    """A face of a copy or piece in pixels of the frame, its box clipped; None when it lies outside."""
    height, width = luma.shape
    left, top = max(0.0, face.box.x * shrink + x), max(0.0, face.box.y * shrink + y)
    right = min(float(width), (face.box.x + face.box.width) * shrink + x)
    bottom = min(float(height), (face.box.y + face.box.height) * shrink + y)
    if right - left < 1 or bottom - top < 1:
        return None
    eye, other_eye, nose, mouth, other_mouth = (
        Point(p.x * shrink + x, p.y * shrink + y) for p in face.points
    )
    box = Box(left, top, right - left, bottom - top)
    return Face(box, (eye, other_eye, nose, mouth, other_mouth), face.score)


def _without_doubles(faces: Iterable[Face]) -> list[Face]:
    """The faces without those that an earlier one covers."""
    kept: list[Face] = []
    for face in faces:
        if all(_shared(face.box, other.box) < _SAME_FACE for other in kept):
            kept.append(face)
    return kept


def _shared(one: Box, other: Box) -> float:
    """The common area of two boxes as a share of the smaller one."""
    width = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    height = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    if width <= 0 or height <= 0:
        return 0.0
    return width * height / min(one.width * one.height, other.width * other.height)
