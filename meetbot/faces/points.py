"""Places eyes, nose and mouth corners exactly, by looking at one face at a time with a small network.

In a small face the detector puts the points where an upright face looking ahead has them, and shows little
of a tilt; benchmarks/points.py prints how much these looks see. The first look, at the square about a box,
is the finder's, which knows by it where a face has moved to. The second, the reader's, is at a square that
the first one's points turned upright: there the network sees all of a tilt.
"""

from collections.abc import Sequence
from math import hypot
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from meetbot import settings
from meetbot.faces.align import SIZE as ALIGNED
from meetbot.faces.align import transform
from meetbot.faces.card import read_card
from meetbot.faces.network import Network, load
from meetbot.resources import resource
from meetbot.types import Box, Face, Image, ModelCard, Point

WEIGHTS, CARD = "points.tflite", "points.json"

OUTPUTS = {"points": 10, "face": 1}
SIZE = 48  # pixels of the square that the network sees
_SHOWN = 52.0  # pixels of align.TARGET's picture across that square: room for a box that is a little off
_BOX = 49.0  # pixels of that picture that the detector's box is high

Points = tuple[Point, Point, Point, Point, Point]
Matrix = npt.NDArray[np.float64]  # 2 x 3


def first_square(box: Box) -> Matrix:
    """The matrix from the picture to the square about a box."""
    scale = SIZE / _SHOWN * _BOX / box.height
    middle = (SIZE - 1) / 2
    x, y = box.x + box.width / 2, box.y + box.height / 2
    return np.array([[scale, 0.0, middle - scale * x], [0.0, scale, middle - scale * y]])


def second_square(points: Sequence[Point]) -> Matrix:
    """The matrix from the picture to a square in which a face with these points is upright."""
    matrix = transform(points) * (SIZE / _SHOWN)
    matrix[:, 2] += (SIZE - 1) / 2 - SIZE / _SHOWN * (ALIGNED - 1) / 2
    return matrix


class Near(NamedTuple):
    """A piece of the picture about a face, no larger than the looks need it."""

    luma: Image
    left: int
    top: int
    shrink: int  # pixels of the picture that became one

    def place(self, place: complex) -> Point:
        """A place in the piece, in the picture."""
        x, y = place.real, place.imag
        return Point((x + 0.5) * self.shrink - 0.5 + self.left, (y + 0.5) * self.shrink - 0.5 + self.top)

    def inside(self, point: Point) -> Point:
        """A place in the picture, in the piece."""
        return Point(
            (point.x - self.left + 0.5) / self.shrink - 0.5, (point.y - self.top + 0.5) / self.shrink - 0.5
        )

    def box(self, box: Box) -> Box:
        """A box in the picture, in the piece."""
        x, y, width, height = (length / self.shrink for length in box)
        return Box(x - self.left / self.shrink, y - self.top / self.shrink, width, height)


class Seen(NamedTuple):
    """What one look shows."""

    points: Points
    sure: float  # of a face, log odds


class PointFinder:
    """Looks at one face of a picture from near."""

    def __init__(self) -> None:
        self._network = load_network()

    def first(self, luma: Image, box: Box) -> Seen | None:
        """The points of the face in a box; None where the look shows none, or another nearby."""
        near = _near(luma, box)
        seen = near and self._look(near, first_square(near.box(box)))
        return seen if seen and not _far(seen.points, box) else None

    def upright(self, luma: Image, face: Face) -> Points:
        """A found face's points after a second look; as they were where that one shows no face."""
        near = _near(luma, face.box)
        second = near and self._look(near, second_square([near.inside(point) for point in face.points]))
        if not second or _far(second.points, face.box):
            return face.points
        # Their mean is nearer to the teacher than either: the two err apart.
        eye, other_eye, nose, mouth, other_mouth = (
            Point((a.x + b.x) / 2, (a.y + b.y) / 2) for a, b in zip(face.points, second.points, strict=True)
        )
        return eye, other_eye, nose, mouth, other_mouth

    def _look(self, near: Near, matrix: Matrix) -> Seen | None:
        """The points in one square, in the picture; None where it shows no face."""
        square = cv2.warpAffine(near.luma, matrix, (SIZE, SIZE), borderMode=cv2.BORDER_REPLICATE)
        said = self._network(np.asarray(square, np.uint8))
        sure = float(said["face"][0, 0])
        if sure < settings.POINTS_FACE:
            return None
        # Turning and resizing is one multiplication of complex numbers, here undone.
        (across, _, right), (down, _, below) = matrix.tolist()
        turn, shift = complex(across, down), complex(right + 0.5, below + 0.5)
        places = said["points"][0].tolist()
        eye, other_eye, nose, mouth, other_mouth = (
            near.place((complex(x + 1, y + 1) * (SIZE / 2) - shift) / turn)
            for x, y in zip(places[::2], places[1::2], strict=True)
        )
        return Seen((eye, other_eye, nose, mouth, other_mouth), sure)


def _near(luma: Image, box: Box) -> Near | None:
    """The piece about a face; None for one outside the picture."""
    height, width = luma.shape
    shrink = max(1, int(box.height / settings.POINTS_HEIGHT))
    reach = box.height * settings.POINTS_REACH / 2
    x, y = box.x + box.width / 2, box.y + box.height / 2
    left, top = max(0, round(x - reach)), max(0, round(y - reach))
    across = (min(width, round(x + reach)) - left) // shrink
    down = (min(height, round(y + reach)) - top) // shrink
    if across < 2 or down < 2:
        return None
    piece = luma[top : top + down * shrink, left : left + across * shrink]
    if shrink > 1:  # whole pixels become one: any other ratio takes three times as long
        piece = np.asarray(cv2.resize(piece, (across, down), interpolation=cv2.INTER_AREA), np.uint8)
    return Near(piece, left, top, shrink)


def _far(points: Sequence[Point], box: Box) -> bool:
    """Whether these are the points of another face nearby."""
    x, y = middle(points)
    return hypot(x - box.x - box.width / 2, y - box.y - box.height / 2) > box.height * settings.POINTS_NEAR


def middle(points: Sequence[Point]) -> Point:
    """Between all of a face's points."""
    return Point(sum(point.x for point in points) / 5, sum(point.y for point in points) / 5)


def load_network(folder: Path | None = None) -> Network:
    """The network in that folder, or the shipped one; refuses weights that the card does not describe."""
    return load(folder, WEIGHTS, CARD, _checked)


def points_card() -> ModelCard:
    """What is true of the shipped network."""
    return read_card(resource("models", CARD))


def _checked(weights: bytes, card: ModelCard) -> Network:
    network = Network(weights, card)
    if card.input_size != SIZE or {name: len(said) for name, said in network.labels.items()} != OUTPUTS:
        raise ValueError("its card is not that of a network for points")
    return network
