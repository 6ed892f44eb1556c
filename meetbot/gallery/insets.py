"""One picture that fills the room, and somebody's small one in a corner on top of it."""

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from meetbot.gallery.evidence import SAME_GROUND, Borders, Boxes, Evidence, Values, covered
from meetbot.gallery.frame import Region

AWAY = 0.06  # of the area's width: how far the small picture stands off the corner at most
WIDE, HIGH = (0.1, 0.32), (0.1, 0.4)  # shares of the area that it takes
BAND = (0.05, 0.1)  # of the area's width and height, from the corner: the small picture surely is there
LINES = 5  # that are tried for each side
NARROWEST, WIDEST = 0.5, 2.4  # width by height
OUTSIDE, MOSTLY = 8.0, 0.7  # pixels away from it what is under it is seen, and the share that is decisive
ALIKE = 0.03  # of its circumference: what makes no difference between two candidates
SURE = 0.6  # of its circumference: what must be seen of it, for it may as well be a picture on a wall


class Inset(NamedTuple):
    """A small picture in a corner, and what speaks for it."""

    box: Boxes
    seen: float  # of its circumference


def insets(evidence: Evidence, area: Region) -> Iterator[Inset]:
    """The likeliest small picture of each corner, if there is a face in it."""
    for right, low in product((False, True), repeat=2):
        x = _sides(evidence.upright, (area.top, area.bottom), low, (area.left, area.right), right, WIDE)
        y = _sides(evidence.level, (area.left, area.right), right, (area.top, area.bottom), low, HIGH)
        boxes = np.array([(a, c, b, d) for (a, b), (c, d) in product(x, y)], np.float64).reshape(-1, 4)
        wide, high = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
        boxes = boxes[(wide < WIDEST * high) & (wide > NARROWEST * high)]
        if not len(boxes) or not len(evidence.heads):
            continue
        boxes = boxes[((covered(evidence.heads, boxes) > 0.8).sum(axis=0) == 1)]
        if not len(boxes):
            continue
        boxes = boxes[~_beside(boxes, evidence, area)]
        if not len(boxes):
            continue
        seen = evidence.worth(boxes, faces=False) / (2 * (boxes[:, 2:] - boxes[:, :2]).sum(axis=1))
        size = (boxes[:, 2:] - boxes[:, :2]).sum(axis=1)
        best = int(np.where(seen > seen.max() - ALIKE, size, np.inf).argmin())  # not two tiles as one
        if seen[best] > SURE:
            yield Inset(boxes[best : best + 1], float(seen[best]))


def _beside(boxes: Boxes, evidence: Evidence, area: Region) -> npt.NDArray[np.bool_]:
    """Whether most of what is around each box has the shade of the area's rim: it stands on nothing."""
    rim = evidence.shades_around(np.array([area], np.float64), -OUTSIDE)
    ground = int(np.bincount(rim[0]).argmax())
    shades = evidence.shades_around(boxes, OUTSIDE).astype(np.int16)
    return np.asarray((np.abs(shades - ground) <= SAME_GROUND).mean(axis=1) > MOSTLY)


def _sides(
    lines: Borders,
    across: tuple[int, int],
    across_end: bool,
    along: tuple[int, int],
    end: bool,
    size: tuple[float, float],
) -> list[tuple[float, float]]:
    """Pairs of lines that may bound the small picture, by what is seen in a band along the other rim."""
    room, length = across[1] - across[0], along[1] - along[0]
    near, far = (round(share * room) for share in BAND)
    band = (across[1] - far, across[1] - near) if across_end else (across[0] + near, across[0] + far)
    value = lines.exact(*band)[along[0] : along[1] + 1]
    value = value[::-1] if end else value
    outer = _best(value, 0, round(AWAY * length))
    inner = _best(value, round(size[0] * length), round((size[1] + AWAY) * length))
    pairs = [(a, b) for a in outer for b in inner if size[0] * length < b - a < size[1] * length]
    if end:
        return [(along[1] - b, along[1] - a) for a, b in pairs]
    return [(along[0] + a, along[0] + b) for a, b in pairs]


def _best(value: Values, low: int, high: int) -> list[float]:
    """The strongest lines between two places, none beside a stronger one."""
    part = value[low:high].copy()
    found: list[float] = []
    while len(part) and len(found) < LINES and part.max() > 0:
        place = int(part.argmax())
        found.append(float(low + place))
        part[max(0, place - 2) : place + 3] = 0
    return found
