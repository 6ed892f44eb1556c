"""Finds faces with YuNet: known ones where they were, others in a small copy of the frame or in the frame."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil, hypot

import cv2
import numpy as np

from meetbot import settings
from meetbot.faces.again import found_again, window_of
from meetbot.faces.detector import Detector
from meetbot.faces.moved import moved
from meetbot.faces.points import PointFinder
from meetbot.faces.stir import Levels, has_stirred, sample
from meetbot.types import Box, Face, Frame, Image, Point

_PIECE = 640  # longest side of one look at full size: 1080p in one go takes 160 MB, in eight pieces 27
_SHARED = 128  # pixels that neighbouring pieces share: more than twice a face that only the full size finds
_AROUND = 3  # face heights across a look about one face: in a second it moves by less
_AROUND_STEP = 128  # pixels: sides of such looks are multiples, so that few sizes of the network are needed
_MOST_KNOWN = 50  # faces that are looked for in their surroundings: more cost as much as the whole copy
_MOST_MISSING = 8  # faces that are looked for one by one; when more are gone, the gallery is another
_SAME_FACE = 0.5  # two boxes are one face when they share this much of the smaller one


@dataclass(frozen=True, slots=True)
class _Before:
    """What the previous instant of one stream showed."""

    time: float
    size: tuple[int, int]
    faces: tuple[Face, ...]
    lost: tuple[Face, ...] = ()  # small ones that are gone: the small copy would not see them come back
    searched: Levels | None = None  # what the picture showed when all of it was searched last


class FaceFinder:
    """Frame in, faces out; remembers each stream's previous faces, to know where to look.

    Known faces are looked for in their surroundings; all of the frame is searched, in a small copy, where
    something else changed and every few seconds. Every `settings.FIND_FULL_EVERY` seconds of media time it
    looks at full size whatever it remembers, so a finder that starts at such a time finds exactly what one
    that has run for long finds.
    """

    def __init__(
        self,
        detect: Detector | None = None,
        look: PointFinder | None = None,
        side: int = settings.FIND_SIDE,
    ) -> None:
        self._detect = detect or Detector(settings.FIND_SCORE)
        self._look = look or PointFinder()
        self._side = side
        self._before: dict[int | None, _Before] = {}

    def __call__(self, frame: Frame) -> Sequence[Face]:
        """The faces of this frame, the surest first."""
        stream = frame.participant.seat if frame.participant else None
        luma = frame.picture.luma
        shrink = ceil(max(luma.shape) / self._side)
        if shrink == 1:
            return _surest_first(self._all(luma, 1))
        now = self._looked(frame, luma, shrink, self._before.get(stream))
        self._before[stream] = now
        return now.faces

    def memory(self) -> Mapping[int | None, object]:
        """What is remembered of each stream."""
        return self._before

    def forget(self) -> None:
        """Forget every stream's previous faces, as before the first frame."""
        self._before.clear()

    def _looked(self, frame: Frame, luma: Image, shrink: int, before: _Before | None) -> _Before:
        size, least = (frame.picture.width, frame.picture.height), settings.FIND_FULL_UNDER * shrink
        if before is None or before.size != size or _is_due(before, frame.time, least):
            return self._anew(frame.time, luma, shrink)
        searched = sample(luma)
        windows = [window_of(face, size) for face in before.faces]
        known = [window for window in windows if window]
        if (
            frame.participant  # one face in a small picture, all of which costs as much
            or len(known) < len(windows)
            or len(known) > _MOST_KNOWN
            or before.time // settings.FIND_ALL_EVERY != frame.time // settings.FIND_ALL_EVERY
            or before.searched is None
            or has_stirred(before.searched, searched, known)
        ):
            faces = self._all(luma, shrink)
            doubtful = [face for face in faces if face.box.height < least]
        else:
            faces, doubtful, searched = self._again(before.faces, luma), [], before.searched
        missing = [old for old in (*before.faces, *before.lost) if not _is_there(old, faces)]
        if len(missing) > _MOST_MISSING:
            return self._anew(frame.time, luma, shrink)
        closer = [near for face in (*doubtful, *missing) for near in self._about(face, luma)]
        if closer:
            sure = [face for face in faces if face not in doubtful]
            faces = _without_doubles([*sure, *closer, *doubtful])
        found = _surest_first(faces)
        lost = (face for face in missing if face.box.height < least and not _is_there(face, found))
        return _Before(frame.time, size, found, tuple(lost), searched)

    def _anew(self, time: float, luma: Image, shrink: int) -> _Before:
        """As the first frame: in a small copy and at full size."""
        small, least = self._all(luma, shrink), settings.FIND_FULL_UNDER * shrink
        large = [face for face in small if face.box.height >= least]
        found = _surest_first(_without_doubles([*large, *self._full(luma), *small]))
        return _Before(time, (luma.shape[1], luma.shape[0]), found, searched=sample(luma))

    def _all(self, luma: Image, shrink: int) -> list[Face]:
        return list(self._in(luma, Box(0, 0, luma.shape[1], luma.shape[0]), shrink))

    def _again(self, faces: Iterable[Face], luma: Image) -> list[Face]:
        """Known faces, followed, or where that fails found in their surroundings; two may find one face."""
        size = (luma.shape[1], luma.shape[0])
        there = [(face, moved(self._look, luma, face)) for face in faces]
        unsure = [window for face, now in there if not now and (window := window_of(face, size))]
        found = (_placed(face, 1, 0, 0, luma) for face in found_again(self._detect, unsure, luma))
        again = sorted((self._from_near(face, luma) for face in found if face), key=lambda face: -face.score)
        return _without_doubles([*(now for _, now in there if now), *again])

    def _from_near(self, face: Face, luma: Image) -> Face:
        """The face with its points as a look from near shows them."""
        seen = self._look.first(luma, face.box)
        return replace(face, points=seen.points) if seen else face

    def _full(self, luma: Image) -> Iterator[Face]:
        height, width = luma.shape
        for x, y, right, bottom in _pieces(width, height):
            yield from self._in(luma, Box(x, y, right - x, bottom - y), 1)

    def _about(self, face: Face, luma: Image) -> Iterator[Face]:
        """Faces about one, in a copy in which it is at least twice as large as it has to be."""
        height, width = luma.shape
        shrink = max(1, int(face.box.height / (2 * settings.FIND_FULL_UNDER)))
        side = ceil(_AROUND * face.box.height / shrink / _AROUND_STEP) * _AROUND_STEP * shrink
        wide, high = min(side, width), min(side, height)
        left = round(min(max(face.box.x + (face.box.width - wide) / 2, 0), width - wide))
        top = round(min(max(face.box.y + (face.box.height - high) / 2, 0), height - high))
        return self._in(luma, Box(left, top, wide, high), shrink)

    def _in(self, luma: Image, part: Box, shrink: int) -> Iterator[Face]:
        """The faces in a part of the picture, searched in a copy that is so many times smaller."""
        x, y = int(part.x), int(part.y)
        small = (int(part.width) // shrink, int(part.height) // shrink)
        if 0 in small:
            return
        # Whole pixels become one: OpenCV does that in 1.3 ms at 1080p, any other ratio takes 7.
        whole = luma[y : y + small[1] * shrink, x : x + small[0] * shrink]
        copy = cv2.resize(whole, small, interpolation=cv2.INTER_AREA) if shrink > 1 else whole
        for face in self._detect(np.asarray(copy, np.uint8)):
            if there := _placed(face, shrink, x, y, luma):
                yield self._from_near(there, luma)


def _surest_first(faces: Iterable[Face]) -> tuple[Face, ...]:
    return tuple(sorted(faces, key=lambda face: -face.score))


def _is_due(before: _Before, time: float, least: float) -> bool:
    """Whether it is time to search everything at full size: where faces are small, new ones may be too."""
    small = any(face.box.height < least for face in (*before.faces, *before.lost))
    every = settings.FIND_SMALL_EVERY if small else settings.FIND_FULL_EVERY
    return before.time >= time or time // every != before.time // every


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
    x, y, wide, high = one
    left, top, width, height = other
    across = min(x + wide, left + width) - max(x, left)
    if across <= 0:  # as nearly all are
        return 0.0
    down = min(y + high, top + height) - max(y, top)
    return across * down / min(wide * high, width * height) if down > 0 else 0.0
