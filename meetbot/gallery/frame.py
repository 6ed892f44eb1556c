"""The part of a frame in which tiles can stand: without the panel at a side and the bars above and below."""

from typing import NamedTuple

import cv2
import numpy as np

from meetbot.gallery.evidence import Borders, Evidence, Values
from meetbot.gallery.gaps import gap_colours
from meetbot.gallery.shades import ABOVE, SIDE, shaded
from meetbot.types import Image

FLUSH, MIDDLE = 0.87, (0.15, 0.8)  # share of a line, and of the frame's length where: a panel ends at a bar
FAINT = 0.6  # share of a line that is enough where all beyond it is plain: dark panels hardly differ
ENDS = 0.02  # of a panel's or bar's length: what is left out at both ends when its colour is looked at
PANEL, BAR = 0.32, 0.09  # share of the frame that they take at most
LEAST_PANEL = 0.1  # of the frame's width: a narrower strip is a margin
PADDING = 0.006  # of the frame's width: a panel begins with so much of its own colour
# Of a panel or bar that has its shade, the rest is text and signs; beyond faint lines
PLAIN, WRITTEN = 0.45, (0.75, 0.94)
RIM = 4  # pixels beside the content in which its own border is drawn
# Grey levels, and the share of the padding within them; beyond faint lines
SAME_SHADE, MOSTLY, ALL = 4, 0.93, 0.97
BOTH_SIDES = 0.8  # share of the other end of the frame that has its shade as well: it is no panel, but ground
SYMMETRIC = 0.01  # of the frame's width: sides that differ by less are margins of a picture in the middle
NEAR, CROSSED = 40, 3  # pixels on both sides of a line, and other lines that may go on across it
WINDOW = (0.2, 0.92)  # share of the frame that a program's window takes
MOST_OF_SIDE = 0.7  # of a window's: there its ground begins
BLUR = 2  # pixels beside a line that are neither side's


class Region(NamedTuple):
    """A part of the frame, in pixels of the working copy."""

    left: int
    top: int
    right: int
    bottom: int


def content(evidence: Evidence) -> Region:
    """The frame without panels and bars."""
    luma = evidence.luma
    high, wide = luma.shape
    padding = max(3, round(PADDING * wide))
    faces_x, faces_y = ((evidence.faces[:, side] + evidence.faces[:, side + 2]) / 2 for side in (0, 1))
    panel, bar = (LEAST_PANEL * wide, PANEL * wide), (padding + 1.0, BAR * high)
    left, right = shaded(luma, SIDE, faces_x, panel)
    top, bottom = shaded(np.ascontiguousarray(luma[:, left:right].T), ABOVE, faces_y, bar)
    if top == 0 or bottom == high:
        first, last = _between(evidence.level, evidence.upright, luma.T, faces_y, bar, padding)
        top, bottom = top or first, bottom if bottom < high else last
    if (left, right) == (0, wide):
        rows = luma[top:bottom]
        left, right = _between(evidence.upright, evidence.level, rows, faces_x, panel, padding)
        left = 0 if _is_margin(rows[:, :left], rows[:, -RIM:]) else left
        right = wide if _is_margin(rows[:, right:], rows[:, :RIM]) else right
    if left and abs(left - (wide - right)) < SYMMETRIC * wide:
        left, right = 0, wide
    outside = [  # without what belongs to the content's own border
        (0, top, left - RIM, bottom),
        (0, 0, wide, top - RIM),
        (right + RIM, top, wide, bottom),
        (0, bottom + RIM, wide, high),
    ]
    written = evidence.detail(np.array(outside, np.float64)) > 0  # an empty one is a margin
    inside = (
        left * written[0],
        top * written[1],
        right if written[2] else wide,
        bottom if written[3] else high,
    )
    return Region(*(int(side) for side in inside))


def window(evidence: Evidence) -> Region | None:
    """A program's window on a desktop, by the ground that it is filled with; every face is inside of it.

    On a desktop no gap goes from one rim of the frame to the other.
    """
    if len(evidence.faces) < 2:
        return None
    middles = (evidence.faces[:, :2] + evidence.faces[:, 2:]) / 2
    regions = (_largest(evidence, colour) for colour in gap_colours(evidence.luma, at_rim=0.0))
    found = [
        one
        for one in regions
        if (middles > one[:2]).all() and (middles < one[2:]).all() and _is_window(one, evidence)
    ]
    return max(found, key=lambda one: (one.right - one.left) * (one.bottom - one.top), default=None)


def _largest(evidence: Evidence, colour: int) -> Region:
    """What the largest coherent part of one shade is drawn around."""
    some = np.ascontiguousarray(evidence.luma[::2, ::2])
    alike = cv2.inRange(some, max(0, colour - SAME_SHADE), min(255, colour + SAME_SHADE))
    _, _, stats, _ = cv2.connectedComponentsWithStats(alike, connectivity=4)
    left, top, wide, high, _ = (2 * stats[1 + stats[1:, 2:4].prod(axis=1).argmax()]).tolist()
    return Region(left, top, min(left + wide, evidence.width), min(top + high, evidence.height))


def _is_window(one: Region, evidence: Evidence) -> bool:
    """Whether a region is less than the frame, begins with its shade on two sides and ends with it."""
    size = (one.right - one.left) * (one.bottom - one.top) / (evidence.width * evidence.height)
    if not WINDOW[0] < size < WINDOW[1]:
        return False
    box = np.array([one], np.float64)
    inside, outside = (evidence.shades_around(box, away).reshape(4, -1) for away in (-BLUR, BLUR + 2.0))
    shade = int(np.median(inside))
    here, there = (np.abs(part.astype(np.int16) - shade) <= SAME_SHADE for part in (inside, outside))
    mostly = here.mean(axis=1) > MOST_OF_SIDE  # tiles may reach to its other sides
    at_rim = np.array([one.left < RIM, one.right > evidence.width - RIM,
                       one.top < RIM, one.bottom > evidence.height - RIM])  # fmt: skip
    ends = at_rim | (there.mean(axis=1) < 1 - MOST_OF_SIDE)
    return bool((mostly[:2].all() or mostly[2:].all()) and ends.all())


def _is_margin(outside: Image, opposite: Image) -> bool:
    """Whether the frame's other end has the same shade, and hardly a word is written here: it is ground."""
    if not outside.size:
        return False
    shade = float(np.median(outside))
    here, there = (
        np.mean(np.abs(part.astype(np.int16) - shade) <= SAME_SHADE) for part in (outside, opposite)
    )
    return bool(there > BOTH_SIDES and not WRITTEN[0] < here < WRITTEN[1])


def _between(
    lines: Borders,
    across: Borders,
    picture: Image,
    faces: Values,
    depth: tuple[float, float],
    padding: int,
) -> tuple[int, int]:
    """Where content begins and ends: at the innermost long line at either end with flat colour outside.

    Nobody's face is outside.
    """
    end, (least, most) = picture.shape[1], depth
    first, last = faces.min(initial=end), faces.max(initial=0)
    low, high = (share * lines.length for share in MIDDLE)
    share = lines.profile(low, high)
    before, behind = 0, end
    for x in np.flatnonzero(share > FAINT).tolist():
        clear = bool(share[x] > FLUSH)
        low_side = least < x < min(most, first)
        high_side = behind == end and max(last, end - most) < x < end - least
        if low_side and _plain(picture[:, : x - BLUR], -padding, clear) and not _crossed(x, across):
            before = x
        if high_side and _plain(picture[:, x + BLUR :], padding, clear) and not _crossed(x, across):
            behind = x
    return before, behind


def _crossed(place: int, across: Borders) -> bool:
    """Whether lines go on from one side of a place to the other: it is a line inside a table."""
    before, behind = across.profile(place - NEAR, place - BLUR), across.profile(place + BLUR, place + NEAR)
    through = np.flatnonzero((before > FLUSH) & (behind > FLUSH))
    return bool((np.diff(through) > BLUR + 1).sum() + 1 > CROSSED)


def _plain(outside: Image, padding: int, clear: bool) -> bool:
    """Whether so many columns at the near end are flat, and much of the rest has their shade."""
    rows = outside[int(ENDS * len(outside)) : int((1 - ENDS) * len(outside))].astype(np.int16)
    near, far = rows[:, :padding], rows[:, -padding:]
    if padding < 0:
        near, far = rows[:, padding:], rows[:, :-padding]
    shade = np.median(near)
    flat, plain, through = (np.mean(np.abs(part - shade) <= SAME_SHADE) for part in (near, rows, far))
    if clear:
        return bool(flat > MOSTLY and plain > PLAIN and through > PLAIN)
    return bool(flat > ALL and WRITTEN[0] < plain < WRITTEN[1] and through > ALL)
