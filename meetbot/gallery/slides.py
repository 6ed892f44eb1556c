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
        self.new = False  # whether a slide came to stand still at the last look, the first one too

    def changed(self, stage: Image) -> bool:
        """Whether a new slide stands still there now; the first one is no change."""
        now = small(stage)
        still = self._last is not None and moved(self._last, now) < settings.SLIDE_STILL
        self._last = now
        first = self._slide is None
        self.new = still and (self._slide is None or _is_other(self._slide, now))
        if self.new:
            self._slide = now
        return self.new and not first

    def take_up(self, slide: Image) -> None:
        """Takes a slide that stood there before this run for the one that stands."""
        self._slide = slide

    def renew(self, before: Image, now: Image) -> None:
        """One frame in squares, cut where the stage was found until now, and where it is from here on.

        What is there now is taken for the slide, where it is the same one.
        """
        if self._slide is not None and not _is_other(self._slide, before):
            self._slide = now
        if self._last is not None and moved(self._last, before) < settings.SLIDE_STILL:
            self._last = now

    def forget(self) -> None:
        """The stage is gone."""
        self._slide = self._last = None


def small(stage: Image) -> Image:
    """A stage in squares, to be compared with another."""
    return np.asarray(cv2.resize(stage, _SIZE, interpolation=cv2.INTER_AREA), np.uint8)


def _is_other(slide: Image, now: Image) -> bool:
    return moved(slide, now) > settings.SLIDE_CHANGED


def moved(one: Image, other: Image) -> float:
    """The share of the squares that are brighter or darker than before."""
    return float((np.abs(one.astype(np.int16) - other) > settings.SLIDE_LEVELS).mean())
