"""The part of a frame in which tiles can stand: without the panel at a side and the bars above and below."""

from typing import NamedTuple

import numpy as np

from meetbot.gallery.evidence import Borders, Evidence
from meetbot.types import Image

FLUSH = 0.82  # of the frame's length: lines along tiles are broken by the gaps that cross them
PANEL, BAR = 0.32, 0.09  # share of the frame that they take at most
PADDING = 0.006  # of the frame's width: a panel begins with so much of its own colour
PLAIN = 0.45  # of a panel or bar that has its shade, the rest is text and signs
SAME_SHADE, MOSTLY = 4, 0.93  # grey levels, and the share of the padding within them


class Region(NamedTuple):
    """A part of the frame, in pixels of the working copy."""

    left: int
    top: int
    right: int
    bottom: int


def content(evidence: Evidence) -> Region:
    """The frame without panels and bars."""
    luma, turned = evidence.luma, evidence.luma.T
    top, bottom = _between(evidence.level, turned, BAR, evidence.width)
    left, right = _between(evidence.upright, luma[top:bottom], PANEL, evidence.width)
    return Region(left, top, right, bottom)


def _between(lines: Borders, picture: Image, most: float, width: int) -> tuple[int, int]:
    """Where content begins and ends: at the innermost long line at either end with flat colour outside."""
    end = picture.shape[1]
    places = np.arange(end + 1)
    low, high = 0.15 * lines.sums.shape[1], 0.8 * lines.sums.shape[1]
    share = lines.share(places.astype(np.float64), np.full(end + 1, low), np.full(end + 1, high))
    padding = max(3, round(PADDING * width))
    long = np.flatnonzero(share > FLUSH)
    before = [x for x in long if padding + 1 < x < most * end and _plain(picture[:, : x - 1], -padding)]
    behind = [
        x for x in long if (1 - most) * end < x < end - padding and _plain(picture[:, x + 1 :], padding)
    ]
    return (int(before[-1]) if before else 0), (int(behind[0]) if behind else end)


def _plain(outside: Image, padding: int) -> bool:
    """Whether so many columns at the near end are flat, and much of the rest has their shade."""
    rows = outside[int(0.1 * len(outside)) : int(0.9 * len(outside))].astype(np.int16)
    near = rows[:, padding:] if padding < 0 else rows[:, :padding]
    shade = np.median(near)
    flat, plain = (np.mean(np.abs(part - shade) <= SAME_SHADE) for part in (near, rows))
    return bool(flat > MOSTLY and plain > PLAIN)
