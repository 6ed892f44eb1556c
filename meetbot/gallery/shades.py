"""Panels and bars, told by their shade: it is seen from an end of the frame up to a line, hardly beyond."""

from typing import NamedTuple

import cv2
import numpy as np

from meetbot.gallery.evidence import Values
from meetbot.types import Image

SAME = 2  # grey levels: dark themes part a panel from the ground by four
ANY = 0.2  # share of each column that has the shade, whatever is written there
MOSTLY = 0.9  # of the padding with which a panel begins
BEFORE, NEAR = 8, 2  # pixels before it in which another shade is seen, from the first to the last
RIM = 4  # pixels at the frame's other end


class Kind(NamedTuple):
    """What is looked for: a panel at a side, or a bar above or below."""

    before: float  # share right before it that may have its shade
    elsewhere: float  # and at the frame's other end: a margin's shade is seen there too
    plain: float  # share of it without letters or signs, at most
    padding: float  # of the frame's length: it begins with so much of its own shade


SIDE = Kind(before=0.5, elsewhere=0.75, plain=0.96, padding=0.006)
ABOVE = Kind(before=0.2, elsewhere=1.0, plain=0.99, padding=0.0)  # of two bars both have one shade


def shaded(picture: Image, kind: Kind, faces: Values, depth: tuple[float, float]) -> tuple[int, int]:
    """The columns where content begins and ends, 0 and the width without panels; nobody's face is outside."""
    length = picture.shape[1]
    behind = _begins(picture, kind, depth, float(faces.max(initial=0)))
    before = _begins(
        np.ascontiguousarray(picture[:, ::-1]), kind, depth, length - float(faces.min(initial=length))
    )
    return length - before, behind


def _begins(picture: Image, kind: Kind, depth: tuple[float, float], free: float) -> int:
    """The column where a panel begins that reaches to the last column, behind what is kept free."""
    length, (least, most) = picture.shape[1], depth
    shade = int(np.median(picture[::3, length - int(least) :]))
    share = _share(picture, shade)
    other = np.flatnonzero(share < ANY)
    first = max(length - int(most), int(free), BEFORE, int(other[-1]) + 1 if len(other) else 0)
    places = np.arange(first, length - int(least))
    if not len(places):
        return int(length)
    sums = np.concatenate([[0.0], np.cumsum(share)])
    padding = min(int(least), max(3, round(kind.padding * length)))
    inside = (sums[places + 1 + padding] - sums[places + 1]) / padding
    outside = (sums[places - NEAR] - sums[places - BEFORE]) / (BEFORE - NEAR)
    contrast = np.where((inside > MOSTLY) & (outside < kind.before), inside - outside, 0.0)
    place = int(places[contrast.argmax()])
    known = contrast.max() > 0 and share[:RIM].mean() <= kind.elsewhere
    if not known or share[place + NEAR :].mean() > kind.plain:
        return int(length)
    steps = np.diff(share[place - NEAR : place + NEAR + 1])
    return place - NEAR + int(steps.argmax())  # the column before may be of both shades


def _share(picture: Image, shade: int) -> Values:
    """Of each column the share that has a shade."""
    alike = cv2.inRange(picture, max(0, shade - SAME), min(255, shade + SAME))
    return np.asarray(cv2.reduce(alike, 0, cv2.REDUCE_AVG, dtype=cv2.CV_32F).ravel() / 255, np.float64)
