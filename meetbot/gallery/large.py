"""Where the large picture stands beside or under a few small ones: its borders, its shape, what it holds."""

from collections.abc import Iterator
from itertools import product

import numpy as np
import numpy.typing as npt

from meetbot.gallery.evidence import CHANCE, FLAT, SURE, Borders, Boxes, Evidence, Values, covered
from meetbot.gallery.frame import Region
from meetbot.gallery.lattice import Tiling
from meetbot.gallery.stage import BORDER, OFF_CENTRE, speaks

LARGER = 2.0  # times a tile's area
RATIOS = (16 / 9, 16 / 10, 4 / 3)  # of shared screens
# Never 17 % off the others, and what that counts
MIDDLE_RATIO, MIDDLE = 16 / 10, 0.04
SAME_SHAPE, LIKE_TILES = 0.012, 0.15  # by how much a usual shape, and the tiles' own, may be missed
NARROWEST, WIDEST = 0.9, 2.4  # width by height of a large picture: a chat is narrower, a toolbar wider
LINES = 3  # that are tried for each side of it
NEAR_END = 0.4  # of the room that is free: how far from its end a side of the picture lies at most
FITS, FITS_LEAST = 0.9, 0.6  # of the room in one direction and in the other: a picture that is shown whole
SHAPELY = 0.15  # of its circumference: what a usual shape counts, and again when it is where products put it
# The same where boxes are chosen among, and what all of them count
USUAL_SHAPE, USUAL_PLACE, BARE = 0.3, 0.15, 0.1
AGAINST = 0.2  # what missing parts of a border cost there: paper may have the ground's shade
ELSEWHERE = 0.6  # what a picture counts that is not in the middle of its room, where products put it
SAME_LINE = 2.0  # pixels within which two borders can't be told apart
MARGIN = 0.05  # of the area's side: how far tiles stand off the rim at most
WHOLE, WEAKEST = 0.5, 0.5  # worth of a side that is seen as a whole, and what is missing to that costs

HOLDS = 3.0  # exponent of the share of what is drawn that a picture under a small one holds
HOLDS_BESIDE = 2.0  # the same of one beside small ones: what is on its paper has borders that it lacks

Room = tuple[float, float, float, float]
Sides = npt.NDArray[np.bool_]  # boxes x (left, right, top, bottom)


def large_picture(tiling: Tiling, pieces: Boxes, evidence: Evidence, area: Region) -> tuple[Boxes, float]:
    """The box of the large picture beside these tiles and what it is worth; no box when there is none."""
    tiles = tiling.boxes
    shapes = np.array(list(_rests(tiling, area)), np.float64).reshape(-1, 4)
    lines = [_along_lines(free, evidence) for free in free_rooms(tiling, area)]
    options = np.concatenate([shapes, pieces, *lines])
    wide, high = options[:, 2] - options[:, 0], options[:, 3] - options[:, 1]
    tile = (tiles[0, 2] - tiles[0, 0]) * (tiles[0, 3] - tiles[0, 1])
    shape = np.abs(wide / high / (tiling.lattice.width / tiling.lattice.height) - 1) < LIKE_TILES
    fits = (wide * high > LARGER * tile) & (shape | (wide > NARROWEST * high)) & (wide < WIDEST * high)
    fits[fits] &= covered(tiles, options[fits]).max(axis=0, initial=0.0) < 0.05
    if not fits.any():
        return np.empty((0, 4)), 0.0
    options = options[fits]
    centred, shapely = _centred(options, tiling, area), _of_shape(options, RATIOS)
    best = int(_likely(options, shapely, centred, tiling, evidence, area).argmax())
    box = options[best : best + 1]
    seen = outline(box, evidence)[0] + SHAPELY * (shapely[best] + centred[best])
    worth = float(seen * 2 * (box[:, 2:] - box[:, :2]).sum())
    return (box, worth) if worth > 0 else (box[:0], 0.0)


def _likely(
    boxes: Boxes, shapely: Values, centred: Values, tiling: Tiling, evidence: Evidence, area: Region
) -> Values:
    """How likely each box is the large picture, whose paper may have the shade of the ground."""
    seen = outline(boxes, evidence, _others_borders(boxes, tiling, area), AGAINST)
    shape = USUAL_SHAPE * shapely + MIDDLE * _of_shape(boxes, (MIDDLE_RATIO,))
    placed = np.where(centred > 0, 1.0, ELSEWHERE)
    return (seen + shape + USUAL_PLACE * centred + BARE) * placed * _held(boxes, evidence) ** HOLDS_BESIDE


def _others_borders(boxes: Boxes, tiling: Tiling, area: Region) -> Sides:
    """Which sides lie on the border of the tiles or of a bar, and are no evidence of their own."""
    left, top = tiling.boxes[:, :2].min(axis=0)
    right, bottom = tiling.boxes[:, 2:].max(axis=0)
    near = [
        np.abs(boxes[:, side, None] - np.array(places)) < SAME_LINE
        for side, places in (
            (0, (right, area.left)),
            (2, (left, area.right)),
            (1, (bottom, area.top)),
            (3, (top, area.bottom)),
        )
    ]
    return np.stack([one.any(axis=1) for one in near], axis=1)


def _centred(boxes: Boxes, tiling: Tiling, area: Region) -> Values:
    """1 for boxes in the middle of what the tiles leave free, where products put a large picture."""
    centred = np.zeros(len(boxes), np.bool_)
    for free in free_rooms(tiling, area):
        middle = (free[0] + free[2]) / 2, (free[1] + free[3]) / 2
        near = OFF_CENTRE * np.array([area.right - area.left, area.bottom - area.top])
        centred |= (np.abs((boxes[:, :2] + boxes[:, 2:]) / 2 - middle) < near).all(axis=1)
    return centred.astype(np.float64)


def filling_picture(evidence: Evidence, area: Region, on_top: Boxes) -> Boxes:
    """The box of one picture under a small one: it fills the area, or its middle with bars beside it."""
    whole = (float(area.left), float(area.top), float(area.right), float(area.bottom))
    shapes = [_contained(*whole, ratio) for ratio in RATIOS]
    options = np.concatenate([np.array([whole, *shapes]), _along_lines(whole, evidence)])
    size = options[:, 2:] - options[:, :2]
    room = np.array([whole[2] - whole[0], whole[3] - whole[1]])
    off = np.abs(options[:, :2] + options[:, 2:] - np.array([whole[0] + whole[2], whole[1] + whole[3]]))
    fits = (off < 2 * OFF_CENTRE * room).all(axis=1)
    fits &= (size > FITS_LEAST * room).all(axis=1) & (size > FITS * room).any(axis=1)
    options = options[fits | (np.arange(len(options)) == 0)]
    if speaks(options[0], on_top, evidence):
        return np.asarray(options[:1], np.float64)  # bars beside somebody's camera belong to the tile
    seen = outline(options, evidence, against=AGAINST) + USUAL_SHAPE * _of_shape(options, RATIOS)
    seen += MIDDLE * _of_shape(options, (MIDDLE_RATIO,)) + BARE
    best = int((seen * _held_under(options, on_top, evidence) ** HOLDS).argmax())
    return np.asarray(options[best : best + 1], np.float64)


def _contained(x: float, y: float, end_x: float, end_y: float, ratio: float) -> Room:
    """The largest picture of a shape in the middle of some room."""
    across, down = min(end_x - x, (end_y - y) * ratio), min(end_y - y, (end_x - x) / ratio)
    middle_x, middle_y = (x + end_x) / 2, (y + end_y) / 2
    return middle_x - across / 2, middle_y - down / 2, middle_x + across / 2, middle_y + down / 2


def _held(boxes: Boxes, evidence: Evidence) -> Values:
    """Of all that is drawn where these boxes are the share that each holds, and of the room that it takes."""
    border = np.array([-BORDER, -BORDER, BORDER, BORDER])
    whole = np.concatenate([boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)])[None]
    drawn = evidence.extent(whole - 1.5 * border)
    share = evidence.detail(boxes + border) / max(1.0, float(evidence.detail(drawn)[0]))
    return np.asarray(np.minimum(1.0, np.minimum(share, covered(drawn, boxes + border)[0])), np.float64)


def _held_under(boxes: Boxes, on_top: Boxes, evidence: Evidence) -> Values:
    """The share that each box holds of all that is drawn, without what a picture on top of them shows."""
    wider = boxes + np.array([-BORDER, -BORDER, BORDER, BORDER])
    hidden = on_top[0] + np.array([-BORDER, -BORDER, BORDER, BORDER])
    common = np.concatenate(
        [np.maximum(wider[:, :2], hidden[:2]), np.minimum(wider[:, 2:], hidden[2:])], axis=1
    )
    common[(common[:, 2:] <= common[:, :2]).any(axis=1)] = 0
    drawn = evidence.detail(wider) - evidence.detail(common)
    return np.asarray(drawn / max(1.0, float(drawn.max())), np.float64)


def _of_shape(boxes: Boxes, ratios: tuple[float, ...]) -> Values:
    """1 for boxes that have one of these shapes, else 0."""
    ratio = (boxes[:, 2] - boxes[:, 0]) / (boxes[:, 3] - boxes[:, 1])
    return np.asarray((np.abs(ratio[:, None] / np.array(ratios) - 1) < SAME_SHAPE).any(axis=1), np.float64)


def outline(boxes: Boxes, evidence: Evidence, others: Sides | None = None, against: float = 1.0) -> Values:
    """Of each box's circumference the share that is seen, less what speaks against it.

    `others` are sides that tell nothing, for they are borders of something else.
    """
    share = evidence.sides(boxes)
    value = np.clip((share - CHANCE) / (SURE - CHANCE), -1, 1)
    value[value < 0] *= against
    left, top, right, bottom = boxes.T
    outside = np.stack([left < 2, right > evidence.width - 2, top < 2, bottom > evidence.height - 2], axis=1)
    unseen = outside | (share < FLAT)
    if others is not None:
        unseen |= others
    value[unseen] = 0.0
    weakest = np.where(unseen, WHOLE, value).min(axis=1)  # a line that ends halfway is something else's
    wide, high = right - left, bottom - top
    lengths = np.stack([high, high, wide, wide], axis=1)
    seen = (value * lengths).sum(axis=1) / lengths.sum(axis=1)
    return np.asarray(seen - against * WEAKEST * np.maximum(0, WHOLE - weakest), np.float64)


def free_rooms(tiling: Tiling, area: Region) -> Iterator[Room]:
    """What the tiles leave free of the area on each of their four sides."""
    left, top = tiling.boxes[:, :2].min(axis=0)
    right, bottom = tiling.boxes[:, 2:].max(axis=0)
    lattice = tiling.lattice  # the tiles' own border is none of the picture's, if there is a gap between them
    gap = max(0.0, min(lattice.step_x - lattice.width, lattice.step_y - lattice.height) - 1)
    for free in (
        (area.left, area.top, left - gap, area.bottom),
        (right + gap, area.top, area.right, area.bottom),
        (area.left, area.top, area.right, top - gap),
        (area.left, bottom + gap, area.right, area.bottom),
    ):
        wide, high = free[2] - free[0], free[3] - free[1]
        if wide > 0.5 * (area.right - area.left) and high > 0.5 * (area.bottom - area.top):
            yield free


def _along_lines(free: Room, evidence: Evidence) -> Boxes:
    """Boxes between the strongest lines near the ends of the free room."""
    left, top, right, bottom = free
    middle_x, middle_y = 0.2 * (right - left), 0.2 * (bottom - top)
    x = _lines(evidence.upright, (top + middle_y, bottom - middle_y), (left, right))
    y = _lines(evidence.level, (left + middle_x, right - middle_x), (top, bottom))
    return np.array([(a, c, b, d) for a, b, c, d in product(*x, *y)], np.float64).reshape(-1, 4)


def _lines(lines: Borders, along: tuple[float, float], reach: tuple[float, float]) -> tuple[Values, Values]:
    """The places of the strongest lines near either end of a reach, and the ends themselves."""
    low, high = max(0, round(reach[0])), round(reach[1])
    value = lines.profile(*along, low, high)
    size = round(NEAR_END * len(value))
    first, last = strongest(value[:size], LINES), strongest(value[::-1][:size], LINES)
    return np.array([*first, 0.0]) + low, high - np.array([*last, 0.0])


def strongest(value: Values, count: int) -> list[float]:
    """The places of the strongest lines, none beside a stronger one."""
    left = value.copy()
    found: list[float] = []
    while len(left) and len(found) < count and left.max() > 0:
        place = int(left.argmax())
        found.append(float(place))
        left[max(0, place - 2) : place + 3] = 0
    return found


def _rests(tiling: Tiling, area: Region) -> Iterator[Room]:
    """Pictures of the usual shapes in the middle of what the tiles leave free, as far off the rim."""
    left, top = tiling.boxes[:, :2].min(axis=0)
    right, bottom = tiling.boxes[:, 2:].max(axis=0)
    gap_x = max(0.0, tiling.lattice.step_x - tiling.lattice.width)
    gap_y = max(0.0, tiling.lattice.step_y - tiling.lattice.height)
    wide, high = area.right - area.left, area.bottom - area.top
    for off, length, room in (
        (area.right - right, wide, (area.left, area.top, left - gap_x, area.bottom)),
        (left - area.left, wide, (right + gap_x, area.top, area.right, area.bottom)),
        (area.bottom - bottom, high, (area.left, area.top, area.right, top - gap_y)),
        (top - area.top, high, (area.left, bottom + gap_y, area.right, area.bottom)),
    ):
        if off > MARGIN * length:
            continue
        x, y, end_x, end_y = _within(room, area, max(0.0, off))
        if end_x - x > 20 and end_y - y > 20:
            for ratio in (*RATIOS, tiling.lattice.width / tiling.lattice.height):
                yield _contained(x, y, end_x, end_y, ratio)


def _within(room: Room, area: Region, off: float) -> Room:
    """A room without so much along the area's rims."""
    return (
        max(room[0], area.left + off),
        max(room[1], area.top + off),
        min(room[2], area.right - off),
        min(room[3], area.bottom - off),
    )
