"""YuNet: its weights, and one look at one grey picture, run by LiteRT.

The network in `models/` has the published weights (training/detector.py) and takes two fifths of the time
that OpenCV takes for the same answer (benchmarks/finder.py).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt
from ai_edge_litert.interpreter import Interpreter

from meetbot import settings
from meetbot.faces.silence import silenced
from meetbot.resources import measured, resource
from meetbot.types import Box, Face, Image, Point

_STEP = 32  # pixels: the network halves a picture five times
_LEAST_SIDE = 64  # pixels; thinner pictures are padded, since the network makes faces of them otherwise
_MOST_PIXELS = 1_200_000  # of all sizes kept ready, 75 MB a million: changing takes as long as a look


class Shipped(NamedTuple):
    """Weights in `models/`."""

    name: str
    sha256: str

    def read(self) -> bytes:
        """The file's bytes, after making sure that they are the measured ones."""
        path = resource("models", self.name)
        return measured(path, self.sha256, "The face detector", "the file that meetbot was measured with")


DETECTOR = Shipped("faces.tflite", "a38e5f77a74d4c89adb992ce914122c45d16405863f3b300d435856408f91e7e")

Size = tuple[int, int]
Rows = npt.NDArray[np.float32]


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


class _Ready(NamedTuple):
    """The network for one size of picture."""

    network: Any
    canvas: npt.NDArray[np.float32]  # 1 x height x width x 1
    place: int
    answers: tuple[int, ...]  # the finest level first


class Detector:
    """Brightness in, faces out, in that picture's own pixels."""

    def __init__(self, score: float) -> None:
        self._score = score
        self._weights = DETECTOR.read()
        self._ready: dict[Size, _Ready] = {}

    def __call__(self, luma: Image) -> list[Face]:
        """The faces in one picture, the surest first; a box may reach over its edge."""
        height, width = luma.shape
        ready = self._for(_padded(width), _padded(height))
        picture = ready.canvas[0, :, :, 0]
        picture[:height, :width] = luma
        picture[height:], picture[:height, width:] = 0, 0
        ready.network.set_tensor(ready.place, ready.canvas)
        ready.network.invoke()
        answers = [ready.network.get_tensor(answer)[0] for answer in ready.answers]
        return _faces(_likely(answers, self._score, ready.canvas.shape[1]))

    def forget(self) -> None:
        """Drop what was made ready; the next picture of each size takes twice as long."""
        self._ready.clear()

    def _for(self, width: int, height: int) -> _Ready:
        ready = self._ready.pop((width, height), None) or self._made(width, height)
        self._ready[width, height] = ready  # the last one is the one that was needed last
        while len(self._ready) > 1 and sum(w * h for w, h in self._ready) > _MOST_PIXELS:
            self._ready.pop(next(iter(self._ready)))
        return ready

    def _made(self, width: int, height: int) -> _Ready:
        # One thread: the order of additions, and so every last bit, is the same on each run.
        with silenced():
            network = Interpreter(model_content=self._weights, num_threads=1)
            place = network.get_input_details()[0]["index"]
            network.resize_tensor_input(place, (1, height, width, 1))
            network.allocate_tensors()
        answers = sorted(network.get_output_details(), key=lambda answer: -int(answer["shape"][1]))
        canvas = np.zeros((1, height, width, 1), np.float32)
        return _Ready(network, canvas, place, tuple(answer["index"] for answer in answers))


def _padded(side: int) -> int:
    return -(-max(side, _LEAST_SIDE) // _STEP) * _STEP


def _likely(answers: Sequence[Rows], score: float, height: int) -> npt.NDArray[np.float64]:
    """Score, box and points of each place that may be a face's: 15 numbers in a row.

    A place says how sure it is of a face and of itself (log odds), where the box's middle and how large
    (logarithms) it is, and where the points are, in steps of its level.
    """
    least = np.log(score**2 / (1 - score**2))  # the score is a mean of two, neither of which is over 1
    rows, places, steps = [], [], []
    for answer in answers:
        down, across = np.nonzero((answer[:, :, 0] > least) & (answer[:, :, 1] > least))
        rows.append(answer[down, across])
        places.append(np.column_stack([across, down]))
        steps.append(np.full(len(down), height // answer.shape[0]))
    said, place = np.concatenate(rows).astype(np.float64), np.concatenate(places)
    sure = np.sqrt(1 / (1 + np.exp(-said[:, 0])) / (1 + np.exp(-said[:, 1])))
    sizes = np.exp(said[:, 4:6])
    shape = np.hstack([said[:, 2:4] + place - sizes / 2, sizes, said[:, 6:] + np.tile(place, 5)])
    found = np.column_stack([sure, shape * np.concatenate(steps)[:, None]])
    return np.asarray(found[sure > score])


def _faces(found: npt.NDArray[np.float64]) -> list[Face]:
    found = found[np.isfinite(found).all(axis=1)]
    if not len(found):
        return []
    boxes = [tuple(box) for box in found[:, 1:5].astype(int).tolist()]
    kept = cv2.dnn.NMSBoxes(boxes, found[:, 0].tolist(), 0.0, settings.FIND_NMS)
    return [_face(found[number]) for number in np.ravel(kept)]


def _face(row: npt.NDArray[np.float64]) -> Face:
    score, x, y, width, height, *places = row.tolist()
    eye, other_eye, nose, mouth, other_mouth = map(Point, places[::2], places[1::2])
    return Face(Box(x, y, width, height), (eye, other_eye, nose, mouth, other_mouth), score)
