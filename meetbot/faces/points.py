"""Places eyes, nose and mouth corners exactly, by looking at one enlarged face at a time.

In a small face the detector puts the points where an upright face looking ahead has them: of a tilt it
sees a seventh at 40 px and a third at 80 px; from near, four fifths at every size (benchmarks/points.py).
"""

from math import hypot

import cv2
import numpy as np

from meetbot import settings
from meetbot.faces.detector import Detector
from meetbot.types import Face, Image, Point

Points = tuple[Point, Point, Point, Point, Point]


class PointFinder:
    """A picture and a face found in it in, the face's points out."""

    def __init__(self) -> None:
        self._detect = Detector(settings.POINTS_SCORE)

    def __call__(self, luma: Image, face: Face) -> Points:
        """The points seen from near; the face's own where the closer look shows no face."""
        side = max(1, round(face.box.height * settings.POINTS_SIDE / settings.POINTS_HEIGHT))
        left = round(face.box.x + (face.box.width - side) / 2)
        top = round(face.box.y + (face.box.height - side) / 2)
        scale = side / settings.POINTS_SIDE
        middle, reach = settings.POINTS_SIDE / 2, settings.POINTS_HEIGHT / 4
        for near in self._detect(_square(luma, left, top, side)):  # the surest first
            x, y = near.box.x + near.box.width / 2, near.box.y + near.box.height / 2
            if hypot(x - middle, y - middle) < reach:
                eye, other_eye, nose, mouth, other_mouth = (
                    Point((p.x + 0.5) * scale - 0.5 + left, (p.y + 0.5) * scale - 0.5 + top)
                    for p in near.points
                )
                return eye, other_eye, nose, mouth, other_mouth
        return face.points


def _square(luma: Image, left: int, top: int, side: int) -> Image:
    """A square of the picture at the size for a closer look; places outside it repeat its edge."""
    height, width = luma.shape
    inside = luma[max(0, top) : max(0, top + side), max(0, left) : max(0, left + side)]
    over = (max(0, -top), max(0, top + side - height), max(0, -left), max(0, left + side - width))
    whole = cv2.copyMakeBorder(inside, *over, cv2.BORDER_REPLICATE)
    size = (settings.POINTS_SIDE, settings.POINTS_SIDE)
    smooth = cv2.INTER_AREA if side > settings.POINTS_SIDE else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(whole, size, interpolation=smooth), np.uint8)
