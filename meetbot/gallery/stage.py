"""The large picture beside or under a few small ones: a shared screen, or the one who speaks."""

from collections.abc import Iterator
from itertools import product

import numpy as np

from meetbot.gallery.evidence import CHANCE, FLAT, SURE, Borders, Boxes, Evidence, Values, covered
from meetbot.gallery.frame import Region
from meetbot.gallery.lattice import Tiling

RIM, FILLS = 0.32, 0.75  # share of the area's width or height: of a filmstrip at most, of a grid at least
SPEAKER = 0.2  # of the picture's height: a face as large is the one who speaks, not a photo on a slide
OFF_CENTRE = 0.025  # of the area's side: how far tiles stand off its middle or its rim
LARGER = 2.0  # times a tile's area
RATIOS = (16 / 9, 16 / 10, 4 / 3)  # of shared screens
NARROWEST, WIDEST = 0.9, 2.6  # width by height of a large picture: a chat is narrower, a toolbar wider
BORDER = 4.0  # pixels on both sides of a box in which its border is drawn
LINES = 3  # that are tried for each side of it
NEAR_END = 0.4  # of the room that is free: how far from its end a side of the picture lies at most
FITS, FITS_LEAST = 0.9, 0.6  # of the room in one direction and in the other: a picture that is shown whole
SHAPELY = 0.15  # of its circumference: what a usual shape counts, and again when it is where products put it
WHOLE, WEAKEST = 0.5, 0.5  # worth of a side that is seen as a whole, and what is missing to that costs
UNSEEN = 0.3  # of its circumference: what a picture counts whose sides have the gap's colour
HOLDS = (
    3.0  # exponent of the share that it holds of what is drawn beside the tiles: nothing else stands there
)
DISC = (0.3, 0.7)  # of a picture's width: where initials stand without a camera; a title is wider


def large_picture(tiling: Tiling, pieces: Boxes, evidence: Evidence, area: Region) -> tuple[Boxes, float]:
    """The box of the large picture beside these tiles and what it is worth; no box when there is none."""
    tiles = tiling.boxes
    shapes = np.array(list(_rests(tiling, area)), np.float64).reshape(-1, 4)
    lines = [_along_lines(free, evidence) for free in free_rooms(tiling, area)]
    options = np.concatenate([shapes, pieces, *lines])
    wide, high = options[:, 2] - options[:, 0], options[:, 3] - options[:, 1]
    tile = (tiles[0, 2] - tiles[0, 0]) * (tiles[0, 3] - tiles[0, 1])
    fits = (wide * high > LARGER * tile) & (wide > NARROWEST * high) & (wide < WIDEST * high)
    fits[fits] &= covered(tiles, options[fits]).max(axis=0, initial=0.0) < 0.05
    if not fits.any():
        return np.empty((0, 4)), 0.0
    options = options[fits]
    seen = outline(options, evidence) + SHAPELY * (_shapely(options) + _centred(options, tiling, area))
    best = int(((seen + UNSEEN) * _held(options, evidence) ** HOLDS).argmax())
    box = options[best]
    worth = seen[best] * 2 * float(box[2] - box[0] + box[3] - box[1])
    return (box[None], worth) if worth > 0 else (np.empty((0, 4)), 0.0)


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
    if _speaks(options[0], on_top, evidence):
        return np.asarray(options[:1], np.float64)  # bars beside somebody's camera belong to the tile
    seen = outline(options, evidence) + SHAPELY * _shapely(options)
    best = int(((seen + UNSEEN) * _held_under(options, on_top, evidence)).argmax())
    return np.asarray(options[best : best + 1], np.float64)


def _contained(x: float, y: float, end_x: float, end_y: float, ratio: float) -> tuple[float, ...]:
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


def _shapely(boxes: Boxes) -> Values:
    """1 for the shapes that screens have, else 0."""
    ratio = (boxes[:, 2] - boxes[:, 0]) / (boxes[:, 3] - boxes[:, 1])
    return np.asarray((np.abs(ratio[:, None] / np.array(RATIOS) - 1) < 0.012).any(axis=1), np.float64)


def outline(boxes: Boxes, evidence: Evidence) -> Values:
    """Of each box's circumference the share that is seen, less what speaks against it."""
    share = evidence.sides(boxes)
    value = np.clip((share - CHANCE) / (SURE - CHANCE), -1, 1)
    left, top, right, bottom = boxes.T
    outside = np.stack([left < 2, right > evidence.width - 2, top < 2, bottom > evidence.height - 2], axis=1)
    unseen = outside | (share < FLAT)
    value[unseen] = 0.0
    weakest = np.where(unseen, WHOLE, value).min(axis=1)  # a line that ends halfway is something else's
    wide, high = right - left, bottom - top
    lengths = np.stack([high, high, wide, wide], axis=1)
    seen = (value * lengths).sum(axis=1) / lengths.sum(axis=1)
    return np.asarray(seen - WEAKEST * np.maximum(0, WHOLE - weakest), np.float64)


def shows_person(box: Boxes, tiles: Boxes, evidence: Evidence) -> bool:
    """Whether a large picture is somebody's camera, on or off: one large face, or initials alone."""
    speaks = _speaks(box, tiles, evidence)
    return _initials_alone(box, evidence) if speaks is None else speaks


def _speaks(box: Boxes, tiles: Boxes, evidence: Evidence) -> bool | None:
    """Whether a large picture shows one large face and no other; None when it shows none."""
    faces = evidence.faces
    if len(faces):
        inside = covered(faces, box[None])[:, 0] > 0.6
        if len(tiles):
            inside &= covered(faces, tiles).max(axis=1) < 0.6
        faces = faces[inside]
    if not len(faces):
        return None
    return len(faces) == 1 and bool(faces[0, 3] - faces[0, 1] > SPEAKER * (box[3] - box[1]))


def _initials_alone(box: Boxes, evidence: Evidence) -> bool:
    """Whether all that is drawn above the label stands in the middle."""
    (left, top), (wide, high) = box[:2], box[2:] - box[:2]
    rows = (top + 0.08 * high, top + 0.75 * high)
    parts = ((0.03, DISC[0]), DISC, (DISC[1], 0.97))
    sides = [(left + one * wide, rows[0], left + other * wide, rows[1]) for one, other in parts]
    before, middle, behind = evidence.detail(np.array(sides, np.float64))
    return bool(middle > 0 and before + behind < 0.02 * middle)


def usual_place(tiles: Boxes, large: Boxes, area: Region) -> bool:
    """Whether products lay tiles out like that: along a rim beside a large picture, else over the area."""
    left, top = tiles[:, :2].min(axis=0)
    right, bottom = tiles[:, 2:].max(axis=0)
    wide, high = (right - left) / (area.right - area.left), (bottom - top) / (area.bottom - area.top)
    if not len(large):
        return bool(max(wide, high) > FILLS)
    apart = (
        large[0, 0] >= right - BORDER
        or large[0, 2] <= left + BORDER
        or large[0, 1] >= bottom - BORDER
        or large[0, 3] <= top + BORDER
    )
    return bool(apart and min(wide, high) < RIM)


def aligned(tiles: Boxes, area: Region) -> bool:
    """Whether the tiles stand in the middle of the area, or begin at its rim, in both directions."""
    low, high = tiles[:, :2].min(axis=0), tiles[:, 2:].max(axis=0)
    before = low - np.array([area.left, area.top])
    behind = np.array([area.right, area.bottom]) - high
    near = OFF_CENTRE * np.array([area.right - area.left, area.bottom - area.top])
    return bool(((np.abs(before - behind) < 2 * near) | (np.minimum(before, behind) < near)).all())


def free_rooms(tiling: Tiling, area: Region) -> Iterator[tuple[float, float, float, float]]:
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


def _along_lines(free: tuple[float, float, float, float], evidence: Evidence) -> Boxes:
    """Boxes between the strongest lines near the ends of the free room."""
    left, top, right, bottom = free
    middle_x, middle_y = 0.2 * (right - left), 0.2 * (bottom - top)
    x = _lines(evidence.upright, (top + middle_y, bottom - middle_y), (left, right))
    y = _lines(evidence.level, (left + middle_x, right - middle_x), (top, bottom))
    return np.array([(a, c, b, d) for a, b, c, d in product(*x, *y)], np.float64).reshape(-1, 4)


def _lines(lines: Borders, along: tuple[float, float], reach: tuple[float, float]) -> tuple[Values, Values]:
    """The places of the strongest lines near either end of a reach, and the ends themselves."""
    low, high = max(0, round(reach[0])), round(reach[1])
    value = lines.profile(*along)[low : high + 1]
    size = round(NEAR_END * len(value))
    first = np.argsort(-value[:size], kind="stable")[:LINES]
    last = np.argsort(-value[len(value) - size :], kind="stable")[:LINES] + len(value) - size
    return np.append(first + low, low).astype(np.float64), np.append(last + low, high).astype(np.float64)


def _rests(tiling: Tiling, area: Region) -> Iterator[tuple[float, ...]]:
    """Pictures of the usual shapes in the middle of what the tiles leave free."""
    left, top = tiling.boxes[:, :2].min(axis=0)
    right, bottom = tiling.boxes[:, 2:].max(axis=0)
    gap_x = max(0.0, tiling.lattice.step_x - tiling.lattice.width)
    gap_y = max(0.0, tiling.lattice.step_y - tiling.lattice.height)
    edge_x, edge_y = min(left - area.left, area.right - right), min(top - area.top, area.bottom - bottom)
    low_x, low_y = area.left + edge_x, area.top + edge_y
    high_x, high_y = area.right - edge_x, area.bottom - edge_y
    for x, y, end_x, end_y in (
        (low_x, low_y, left - gap_x, high_y),
        (right + gap_x, low_y, high_x, high_y),
        (low_x, low_y, high_x, top - gap_y),
        (low_x, bottom + gap_y, high_x, high_y),
    ):
        if end_x - x < 20 or end_y - y < 20:
            continue
        for ratio in (*RATIOS, tiling.lattice.width / tiling.lattice.height):
            yield _contained(x, y, end_x, end_y, ratio)
