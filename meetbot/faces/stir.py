"""Whether something changed in a picture where no face is known: from a few thousand of its pixels."""

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from meetbot.faces.again import Window
from meetbot.types import Image

Levels = npt.NDArray[np.int16]

_STEP = 24  # pixels between two that are looked at: a face that can be found covers several
_OTHER = 25  # grey levels by which a pixel is another: more than a camera's noise and coding
_ACROSS = 5  # pixels that are looked at, across a patch: about the head of somebody in a tile of 25
_SHARE = 0.4  # of a patch that is other: somebody came, or a camera was switched


def sample(luma: Image) -> Levels:
    """The pixels that are looked at."""
    return np.asarray(luma[_STEP // 2 :: _STEP, _STEP // 2 :: _STEP], np.int16)


def has_stirred(before: Levels, now: Levels, known: Sequence[Window]) -> bool:
    """Whether a patch became another outside the surroundings of known faces."""
    other = (np.abs(now - before) > _OTHER).astype(np.float32)
    for window in known:
        left, top = window.left // _STEP, window.top // _STEP
        right, bottom = (window.left + window.side) // _STEP, (window.top + window.side) // _STEP
        other[top : bottom + 1, left : right + 1] = 0
    return bool(other.any() and cv2.blur(other, (_ACROSS, _ACROSS)).max() > _SHARE)
