"""What a piece tells of a slide, in place of its picture: whether it is the same, or surely another one."""

from hashlib import sha256
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from meetbot import settings
from meetbot.types import Image


class Shades(NamedTuple):
    """A slide of 48 x 27 squares: a checksum, and how many of them are how bright, wherever they are."""

    sum: str
    squares: tuple[int, ...]  # of each of 256 levels


def shades_of(slide: Image) -> Shades:
    """What is told of a slide."""
    return Shades(
        sha256(slide.tobytes()).hexdigest(), tuple(np.bincount(slide.ravel(), minlength=256).tolist())
    )


def surely_other(one: Shades, other: Shades) -> bool:
    """Whether two slides must differ by `settings.SLIDE_CHANGED`, wherever their squares are.

    Squares that are up to a level in the one are up to `settings.SLIDE_LEVELS` more in the other, but those
    that have changed. Of two different slides this tells about five in six.
    """
    changed = max(_missing(one, other), _missing(other, one))
    return changed > settings.SLIDE_CHANGED * sum(one.squares)


def _missing(one: Shades, other: Shades) -> int:
    """The most squares up to a level that the other has not, up to a level that counts as the same."""
    mine, theirs = (list(accumulate(slide.squares)) for slide in (one, other))
    return max(mine[level] - theirs[min(255, level + settings.SLIDE_LEVELS)] for level in range(256))
