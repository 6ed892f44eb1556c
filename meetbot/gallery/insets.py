"""One picture that fills the room, and somebody's small one in a corner on top of it."""

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from meetbot.gallery.evidence import SAME_GROUND, Borders, Boxes, Evidence, Values, covered
from meetbot.gallery.frame import Region
from meetbot.gallery.large import outline, strongest
from meetbot.gallery.tenants import initials, is_room

AWAY = 0.06  # of the area's width: how far the small picture stands off the corner at most
WIDE, HIGH = (0.1, 0.32), (0.1, 0.6)  # shares of the area that it takes
NARROWEST, WIDEST = 0.5, 2.4  # width by height
LINES = 7  # that are tried for each side
RATIOS = np.array([16 / 9, 16 / 10, 4 / 3, 5 / 4, 1.0, 3 / 4, 9 / 14, 9 / 16])  # of small pictures
SHAPELY, SAME_SHAPE = 0.12, 0.03  # what such a shape counts, and how near it must be
# What counts to be as far off both rims, and shares of the area's width that differ
EVEN, SAME_AWAY = 0.12, 0.006
OUTSIDE = 8.0  # pixels away from it what is under it is seen
MOSTLY, LITTLE = 0.7, 0.3  # shares of ground there that are decisive, and with a camera that is off
# What it counts on empty ground, where filmstrips have such tiles, and a sure one all on a picture
ON_NOTHING, ON_PICTURE = 0.75, 1.2
BEYOND, LINE = 0.2, 0.7  # what a side costs that goes on beyond the box, and the share of it seen there
LIKE = 1.7  # times larger or smaller: faces of one filmstrip
CERTAIN = 0.68  # of its circumference: what is seen of a sure one
PLAINEST = 0.97  # and of one that is sure though it isn't as far off both rims: the gallery may have a margin
SURE = 0.6  # of its circumference: what must be seen of it, for it may as well be a picture on a wall
# Shares of the area from its corner that are in every small picture; and what must be seen of one without a
# face, of its circumference and of each side
INNER, PLAIN, PLAIN_SIDE = (0.06, 0.14), 0.93, 0.6
OWN_LINE, DIVIDED = 6, 0.9  # pixels that belong to its own borders, and the share of a line that divides it


class Inset(NamedTuple):
    """A small picture in a corner, and what speaks for it."""

    box: Boxes
    seen: float  # of its circumference
    sure: bool  # it has the shape and the place that products give it, and its borders end at its corners


def insets(evidence: Evidence, area: Region) -> Iterator[Inset]:
    """The likeliest small picture of each corner, about the face there, else with plain borders all round."""
    for right, low in product((False, True), repeat=2):
        heads = evidence.heads[_near(right, low, evidence, area)]
        about = (_likeliest(head, right, low, evidence, area) for head in heads)
        found = [inset for inset in about if inset]
        yield from found
        if not any(inset.sure for inset in found) and (plain := _without_face(right, low, evidence, area)):
            yield plain


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
    boxes = _about(head, right, low, evidence, area)
    boxes = boxes[(covered(evidence.heads, boxes) > 0.8).sum(axis=0) == 1]
    if not len(boxes):
        return None
    shapely, even = _shapely(boxes), _even(boxes, right, low, area)
    beyond = _beyond(boxes, right, low, evidence)
    best = int((outline(boxes, evidence) + SHAPELY * shapely + EVEN * even - BEYOND * beyond).argmax())
    box = boxes[best : best + 1]
    seen = _seen(box, evidence)
    ground = _on_ground(box, evidence, area)
    placed = even[best] or (ground < MOSTLY and seen > PLAINEST)
    sure = bool(shapely[best] and placed and not beyond[best] and seen > CERTAIN)
    sure &= not _in_strip(box, evidence)
    seen *= ON_PICTURE if sure and ground < LITTLE else 1.0 if sure or ground < MOSTLY else ON_NOTHING
    return Inset(box, seen, sure) if seen > SURE else None


def _without_face(right: bool, low: bool, evidence: Evidence, area: Region) -> Inset | None:
    """The plainest box in a corner that has the shape and the place of a small picture, and nobody's face."""
    corner = np.array([area.right if right else area.left, area.bottom if low else area.top] * 2)
    inner = np.outer(INNER, [area.right - area.left, area.bottom - area.top]) * np.where([right, low], -1, 1)
    place = np.sort((corner.reshape(2, 2) + inner), axis=0).ravel()
    boxes = _about(place, right, low, evidence, area)
    boxes = boxes[(_shapely(boxes) > 0) & (_even(boxes, right, low, area) > 0)]
    boxes = boxes[covered(evidence.heads, boxes).max(axis=0, initial=0.0) < 0.2]
    boxes = boxes[evidence.sides(boxes).min(axis=1) > PLAIN_SIDE]
    boxes = boxes[_beyond(boxes, right, low, evidence) == 0]
    if not len(boxes):
        return None
    best = int(outline(boxes, evidence).argmax())
    box = boxes[best : best + 1]
    seen = _seen(box, evidence)
    if seen < PLAIN or _divided(box[0], evidence):
        return None
    ground = _on_ground(box, evidence, area)
    most = MOSTLY if is_room(box, evidence)[0] else LITTLE if initials(box, evidence)[0] else 0.0
    return Inset(box, seen * (ON_PICTURE if ground < LITTLE else 1.0), True) if ground < most else None


def _divided(box: Values, evidence: Evidence) -> bool:
    """Whether a line crosses all of a box: there are several tiles in it."""
    left, top, right, bottom = box.tolist()
    across = evidence.upright.profile(top, bottom, round(left) + OWN_LINE, round(right) - OWN_LINE)
    down = evidence.level.profile(left, right, round(top) + OWN_LINE, round(bottom) - OWN_LINE)
    return bool(max(across.max(initial=0.0), down.max(initial=0.0)) > DIVIDED)


def _about(inside: Values, right: bool, low: bool, evidence: Evidence, area: Region) -> Boxes:
    """Boxes between the plainest lines in a corner that are about what surely is inside."""
    x, y, across, down = (area.left, area.right), (area.top, area.bottom), inside[0::2], inside[1::2]
    sides = _sides(evidence.upright, down, across, x, right, WIDE)
    levels = _sides(evidence.level, across, down, y, low, HIGH)
    return _between(np.array(sides).reshape(-1, 2), np.array(levels).reshape(-1, 2))


def _seen(box: Boxes, evidence: Evidence) -> float:
    """Of a box's circumference the share that is seen."""
    return float(evidence.worth(box, faces=False)[0] / (2 * (box[:, 2:] - box[:, :2]).sum()))


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
    """Up to 1 for the shapes that small pictures have, 0 for all others."""
    ratio = (boxes[:, 2] - boxes[:, 0]) / (boxes[:, 3] - boxes[:, 1])
    off = np.abs(ratio[:, None] / RATIOS - 1).min(axis=1)
    return np.asarray(np.clip(1.2 - off / SAME_SHAPE, 0, 1), np.float64)


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


def _on_ground(box: Boxes, evidence: Evidence, area: Region) -> float:
    """Of what is around a box the share that has the shade of the area's rim: there it stands on nothing."""
    rim = evidence.shades_around(np.array([area], np.float64), -OUTSIDE)
    ground = int(np.bincount(rim[0]).argmax())
    shades = evidence.shades_around(box, OUTSIDE).astype(np.int16)
    return float((np.abs(shades - ground) <= SAME_GROUND).mean())


def _sides(
    lines: Borders, band: Values, head: Values, reach: tuple[int, int], end: bool, size: tuple[float, float]
) -> list[tuple[float, float]]:
    """Pairs of lines on both sides of a head that may bound its picture, by what is seen beside it."""
    length = reach[1] - reach[0]
    value = lines.exact(float(band[0]), float(band[1]))[reach[0] : reach[1] + 1]
    value, near, far = (
        (value[::-1], reach[1] - head[1], reach[1] - head[0]) if end else (value, *(head - reach[0]))
    )
    last = round(min(max(float(near), 3.0), AWAY * length))
    outer = [0.0, *(1 + place for place in strongest(value[1:last], LINES))]
    first = round(max(float(far), size[0] * length))
    inner = [first + place for place in strongest(value[first : round((size[1] + AWAY) * length)], LINES)]
    pairs = [(a, b) for a in outer for b in inner if size[0] * length < b - a < size[1] * length]
    return [(reach[1] - b, reach[1] - a) if end else (reach[0] + a, reach[0] + b) for a, b in pairs]
