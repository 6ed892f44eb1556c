"""Looks for faces of every size in one picture, rather too many than too few: what is found is hidden."""

from collections.abc import Iterator

import cv2
import numpy as np

from meetbot import settings
from meetbot.faces.detector import Detector
from meetbot.freed import give_back
from meetbot.types import Box, Image

# Pixels, longest side of the copies: a face fills a tenth of one, or all of it
_SIDES = 1280, 640, 320, 160


class FaceSearch:
    """Brightness in, the boxes of everything out that may be a face."""

    def __init__(self, score: float = settings.HIDE_SCORE) -> None:
        self._detect = Detector(score)

    def __call__(self, luma: Image) -> list[Box]:
        """Boxes in pixels of the picture; one face may have several."""
        found = [box for side in _SIDES for box in self._at(side, luma)]
        self._detect.forget()  # 85 MB, for a slide every few minutes
        give_back()
        return found

    def _at(self, side: int, luma: Image) -> Iterator[Box]:
        height, width = luma.shape
        scale = side / max(width, height)
        size = max(1, round(width * scale)), max(1, round(height * scale))
        copy = cv2.resize(luma, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
        for face in self._detect(np.asarray(copy, np.uint8)):
            yield Box(*(length / scale for length in face.box))
