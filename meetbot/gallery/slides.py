"""Notices when the shared screen shows another slide, and not when a video plays or a pointer moves."""

import cv2
import numpy as np

from meetbot import settings
from meetbot.types import Image

_SIZE = (48, 27)  # squares across and down


class SlideWatch:
    """Looks at the stage at every instant; remembers the slide and the last look."""

    def __init__(self) -> None:
        self._slide: Image | None = None
        self._last: Image | None = None

    def changed(self, stage: Image) -> bool:
        """Whether a new slide stands still there now; the first one is no change."""
        now = np.asarray(cv2.resize(stage, _SIZE, interpolation=cv2.INTER_AREA), np.uint8)
        still = self._last is not None and _moved(self._last, now) < settings.SLIDE_STILL
        self._last = now
        if not still:
            return False
        first, other = self._slide is None, self._slide is not None and _moved(self._slide, now)
        if first or (other and other > settings.SLIDE_CHANGED):
            self._slide = now
        return bool(not first and other and other > settings.SLIDE_CHANGED)

    def forget(self) -> None:
        """The stage is gone."""
        self._slide = self._last = None


def _moved(one: Image, other: Image) -> float:
    """The share of the squares that are brighter or darker than before."""
    return float((np.abs(one.astype(np.int16) - other) > settings.SLIDE_LEVELS).mean())
