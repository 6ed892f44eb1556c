"""One picture that fills the room, and somebody's small one in a corner on top of it."""

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from meetbot.gallery.evidence import SAME_GROUND, Borders, Boxes, Evidence, Values, covered
from meetbot.gallery.frame import Region
from meetbot.gallery.large import outline

AWAY = 0.06  # of the area's width: how far the small picture stands off the corner at most
WIDE, HIGH = (0.1, 0.32), (0.1, 0.6)  # shares of the area that it takes
NARROWEST, WIDEST = 0.5, 2.4  # width by height
LINES = 7  # that are tried for each side
RATIOS = np.array([16 / 9, 16 / 10, 4 / 3, 5 / 4, 1.0, 3 / 4, 9 / 14, 9 / 16])  # of small pictures
SHAPELY, SAME_SHAPE = 0.12, 0.03  # what such a shape counts, and how near it must be
# What counts to be as far off both rims, and shares of the area's width that differ
EVEN, SAME_AWAY = 0.12, 0.006
OUTSIDE, MOSTLY = 8.0, 0.7  # pixels away from it what is under it is seen, and the share that is decisive
ON_NOTHING = 0.75  # what it counts on empty ground: in a filmstrip there are such tiles
BEYOND, LINE = 0.2, 0.7  # what a side costs that goes on beyond the box, and the share of it seen there
LIKE = 1.7  # times larger or smaller: faces of one filmstrip
CERTAIN = 0.75  # of its circumference: what is seen of a sure one
SURE = 0.6  # of its circumference: what must be seen of it, for it may as well be a picture on a wall


class Inset(NamedTuple):
    """A small picture in a corner, and what speaks for it."""

    box: Boxes
    seen: float  # of its circumference
    sure: bool  # it has the shape and the place that products give it, and its borders end at its corners


def insets(evidence: Evidence, area: Region) -> Iterator[Inset]:
    """The likeliest small picture of each corner, about the face there."""
    for right, low in product((False, True), repeat=2):
        for head in evidence.heads[_near(right, low, evidence, area)]:
            if inset := _likeliest(head, right, low, evidence, area):
                yield inset


def _near(right: bool, low: bool, evidence: Evidence, area: Region) -> npt.NDArray[np.bool_]:
    """Which faces that may be in a small picture in this corner."""
    wide, high = area.right - area.left, area.bottom - area.top
    corner = np.array([area.right if right else area.left, area.bottom if low else area.top])
    away = np.abs((evidence.faces[:, :2] + evidence.faces[:, 2:]) / 2 - corner) / [wide, high]
    size = (evidence.faces[:, 2:] - evidence.faces[:, :2]) / [wide, high]
    far = np.array([WIDE[1] + AWAY, HIGH[1] + AWAY])
    return np.asarray((away < far - size / 2).all(axis=1) & (size < [WIDE[1], HIGH[1]]).all(axis=1))


def _likeliest(head: Values, right: bool, low: bool, evidence: Evidence, area: Region) -> Inset | None:
    """The best box about a head, which surely is in it."""
    x, y, across, down = (area.left, area.right), (area.top, area.bottom), head[0::2], head[1::2]
    sides = _sides(evidence.upright, down, across, x, right, WIDE)
    levels = _sides(evidence.level, across, down, y, low, HIGH)
    boxes = _between(np.array(sides).reshape(-1, 2), np.array(levels).reshape(-1, 2))
    boxes = boxes[(covered(evidence.heads, boxes) > 0.8).sum(axis=0) == 1]
    if not len(boxes):
        return None
    shapely, even = _shapely(boxes), _even(boxes, right, low, area)
    beyond = _beyond(boxes, right, low, evidence)
    best = int((outline(boxes, evidence) + SHAPELY * shapely + EVEN * even - BEYOND * beyond).argmax())
    box = boxes[best : best + 1]
    seen = float(evidence.worth(box, faces=False)[0] / (2 * (box[:, 2:] - box[:, :2]).sum()))
    sure = bool(shapely[best] and even[best] and not beyond[best] and seen > CERTAIN)
    sure &= not _in_strip(box, evidence)
    seen *= ON_NOTHING if _beside(box, evidence, area) and not sure else 1.0
    return Inset(box, seen, sure) if seen > SURE else None


def _between(sides: Values, levels: Values) -> Boxes:
    """Every box between a pair of sides and a pair of levels that has a picture's shape."""
    whole = np.empty((len(sides), len(levels), 4))
    whole[..., 0::2], whole[..., 1::2] = sides[:, None], levels[None, :]
    boxes = whole.reshape(-1, 4)
    wide, high = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    return np.asarray(boxes[(wide < WIDEST * high) & (wide > NARROWEST * high)], np.float64)


def _beyond(boxes: Boxes, right: bool, low: bool, evidence: Evidence) -> Values:
    """How many of each box's sides go on beyond it: they are borders of something larger."""
    wide, high = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    begin = boxes[:, 3] + 3 if not low else boxes[:, 1] - 3 - high
    first = boxes[:, 2] + 3 if not right else boxes[:, 0] - 3 - wide
    on = [evidence.upright.share(boxes[:, side], begin, begin + high) for side in (0, 2)]
    on += [evidence.level.share(boxes[:, side], first, first + wide) for side in (1, 3)]
    return np.asarray((np.array(on) > LINE).sum(axis=0), np.float64)


def _shapely(boxes: Boxes) -> Values:
    """1 for the shapes that small pictures have, else 0."""
    ratio = (boxes[:, 2] - boxes[:, 0]) / (boxes[:, 3] - boxes[:, 1])
    return np.asarray((np.abs(ratio[:, None] / RATIOS - 1) < SAME_SHAPE).any(axis=1), np.float64)


def _even(boxes: Boxes, right: bool, low: bool, area: Region) -> Values:
    """1 for boxes that stand as far off one rim as off the other, else 0."""
    across = area.right - boxes[:, 2] if right else boxes[:, 0] - area.left
    down = area.bottom - boxes[:, 3] if low else boxes[:, 1] - area.top
    near = max(2.0, SAME_AWAY * (area.right - area.left))
    return np.asarray(np.abs(across - down) < near, np.float64)


def _in_strip(box: Boxes, evidence: Evidence) -> bool:
    """Whether another face of that size stands in the same column or row: those are a filmstrip's."""
    heads = evidence.heads
    own = covered(heads, box)[:, 0] > 0.8
    high = heads[:, 3] - heads[:, 1]
    alike = np.abs(np.log(high / high[own].max())) < np.log(LIKE)
    middle = (heads[:, :2] + heads[:, 2:]) / 2
    within = ((middle > box[0, :2]) & (middle < box[0, 2:])).any(axis=1)
    return bool((within & alike & ~own).any())


def _beside(box: Boxes, evidence: Evidence, area: Region) -> bool:
    """Whether most of what is around a box has the shade of the area's rim: it stands on nothing."""
    rim = evidence.shades_around(np.array([area], np.float64), -OUTSIDE)
    ground = int(np.bincount(rim[0]).argmax())
    shades = evidence.shades_around(box, OUTSIDE).astype(np.int16)
    return bool((np.abs(shades - ground) <= SAME_GROUND).mean() > MOSTLY)


def _sides(
    lines: Borders, band: Values, head: Values, reach: tuple[int, int], end: bool, size: tuple[float, float]
) -> list[tuple[float, float]]:
    """Pairs of lines on both sides of a head that may bound its picture, by what is seen beside it."""
    length = reach[1] - reach[0]
    value = lines.exact(float(band[0]), float(band[1]))[reach[0] : reach[1] + 1]
    value, near, far = (
        (value[::-1], reach[1] - head[1], reach[1] - head[0]) if end else (value, *(head - reach[0]))
    )
    outer = [0.0, *_best(value, 1, round(min(max(float(near), 3.0), AWAY * length)))]
    inner = _best(value, round(max(float(far), size[0] * length)), round((size[1] + AWAY) * length))
    pairs = [(a, b) for a in outer for b in inner if size[0] * length < b - a < size[1] * length]
    return [(reach[1] - b, reach[1] - a) if end else (reach[0] + a, reach[0] + b) for a, b in pairs]


def _best(value: Values, low: int, high: int) -> list[float]:
    """The strongest lines between two places, none beside a stronger one."""
    part = value[low:high].copy()
    found: list[float] = []
    while len(part) and len(found) < LINES and part.max() > 0:
        place = int(part.argmax())
        found.append(float(low + place))
        part[max(0, place - 2) : place + 3] = 0
    return found
