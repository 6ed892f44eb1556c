"""Boxes that reach out of a picture over empty ground, to some line beyond that is none of its own."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from meetbot.gallery.evidence import SAME_GROUND, Boxes, Evidence, Values
from meetbot.gallery.lattice import LONGEST, SHORTEST, Tiling

DEPTHS = (0.04, 0.09)  # of a box's side: where the ground is looked for, inside of it
PLACES = 12  # along the side
EMPTY, NEAR_GROUND = 0.95, 6  # share of the places that have one shade, and how far off the ground's it is
DEEPEST = 0.7  # of a box's side: how much of it may be empty
SAME_ROW, OWN_LINE = 2.0, 6  # pixels: tiles of one row begin so near; what belongs to a tile's own end
MOSTLY = 0.7  # of the tiles whose same side is empty: of the others a white wall hides where they begin
WHOLE_LINE, PLAINER = 0.85, 0.15  # share of a line that crosses all tiles, and by how much it is plainer
# Of a box's height where a picture may end inside of it; share of its sides that is seen below at most, and
# strong edges that are drawn there at least
OVER, UNSEEN, DRAWN = (0.6, 0.94), 0.2, 4.0
LINE = 0.45  # share of a line that is seen: there the picture truly begins


def hollow(boxes: Boxes, grounds: Sequence[int], evidence: Evidence) -> npt.NDArray[np.bool_]:
    """Of each box which sides, left, right, upper and lower, are empty ground before a picture.

    The ground may have other shades than right outside of the boxes, where a panel or a bar begins.
    """
    empty = _empty(boxes, grounds, evidence)
    for number, side in zip(*np.nonzero(empty), strict=True):
        empty[number, side] = _begins_inside(boxes[number], int(side), evidence)
    return empty


def tightened(tiling: Tiling, grounds: Sequence[int], evidence: Evidence) -> Tiling:
    """The same tiles without the empty ground before most of their pictures."""
    sides = hollow(tiling.boxes, grounds, evidence)
    off = np.zeros(4)
    for side in np.flatnonzero(sides.mean(axis=0) > MOSTLY).tolist():
        off[side] = np.median([_inside(box, side, evidence) for box in tiling.boxes[sides[:, side]]])
    if not off.any():
        return tiling
    old = tiling.lattice
    width, height = old.width - off[0] - off[1], old.height - off[2] - off[3]
    if not SHORTEST < width / max(1.0, height) < LONGEST:
        return tiling
    lattice = old._replace(x=old.x + off[0], y=old.y + off[2], width=width, height=height)
    return tiling._replace(boxes=tiling.boxes + off[[0, 2, 1, 3]] * [1, 1, -1, -1], lattice=lattice)


def straddles(tiles: Boxes, evidence: Evidence) -> bool:
    """Whether a line goes across all tiles of one row or column that is plainer than where they end."""
    ends = [tiles[:, [0, 2, 1, 3]], tiles[:, [1, 3, 0, 2]]]
    for lines, (begin, end, low, high) in zip(
        (evidence.upright, evidence.level), (one.T for one in ends), strict=True
    ):
        if len(tiles) < 2 or np.ptp(begin) > SAME_ROW:
            continue
        first, last = round(float(begin.mean())), round(float(end.mean()))
        value = lines.profile(float(low.min()), float(high.max()))
        inner = value[first + OWN_LINE : last - OWN_LINE].max(initial=0.0)
        outer = [value[near : near + 3].max(initial=1.0 if at_rim else 0.0) for near, at_rim in (
            (max(0, first - 1), first < 2), (last - 1, last > lines.lines - 3),
        )]  # fmt: skip
        if inner > WHOLE_LINE and inner > min(outer) + PLAINER:
            return True
    return False


def overlong(box: Boxes, evidence: Evidence) -> bool:
    """Whether one box goes on below a picture, over others that are narrower: a line all across ends it."""
    left, top, right, bottom = box[0].tolist()
    value = evidence.level.profile(left, right, round(top), round(bottom))
    low, high = (round(share * len(value)) for share in OVER)
    for place in np.flatnonzero(value[low:high] > WHOLE_LINE).tolist():
        below = np.array([[left, top + low + place + OWN_LINE, right, bottom]])
        inside = below + np.array([[OWN_LINE, 0, -OWN_LINE, 0]])
        if evidence.sides(below)[0, :2].max() < UNSEEN and evidence.detail(inside)[0] > DRAWN:
            return True
    return False


def empty_rim(boxes: Boxes, grounds: Sequence[int], evidence: Evidence) -> Values:
    """Of each box's rim the share that is ground."""
    shades = _inside_of(boxes, evidence)
    alike = [(np.abs(shades - ground) <= SAME_GROUND).mean(axis=(1, 2)) for ground in grounds]
    return np.asarray(np.max(alike, axis=0), np.float64)


def _empty(boxes: Boxes, grounds: Sequence[int], evidence: Evidence) -> npt.NDArray[np.bool_]:
    """Of each box the sides that have one shade inside of them, about that of some ground."""
    shades = _inside_of(boxes, evidence)
    own = np.partition(shades, PLACES, axis=2)[..., PLACES]  # the middle one
    ground = np.abs(own[..., None] - np.array(grounds)).min(axis=2) <= NEAR_GROUND
    return np.asarray(ground & ((np.abs(shades - own[..., None]) <= SAME_GROUND).mean(axis=2) > EMPTY))


def _inside_of(boxes: Boxes, evidence: Evidence) -> npt.NDArray[np.int16]:
    """Boxes x sides x places: the shades a little inside of each side."""
    along = np.linspace(0.05, 0.95, PLACES)[None, :].repeat(len(DEPTHS), axis=0).ravel()
    deep = np.array(DEPTHS)[:, None].repeat(PLACES, axis=1).ravel()
    across, down = np.stack([deep, 1 - deep, along, along]), np.stack([along, along, deep, 1 - deep])
    left, top, right, bottom = (one[:, None, None] for one in boxes.T)
    shades = evidence.shades(left + across * (right - left), top + down * (bottom - top))
    return np.asarray(shades, np.int16)


def _begins_inside(box: Boxes, side: int, evidence: Evidence) -> bool:
    """Whether a line inside the box, along this side, is seen over all of its length."""
    return _inside(box, side, evidence) > 0


def _inside(box: Boxes, side: int, evidence: Evidence) -> float:
    """How far inside of this side of a box the first line is that is seen all along it; 0 without."""
    low, high = (box[0], box[2]) if side < 2 else (box[1], box[3])
    lines, along = (evidence.upright, box[[1, 3]]) if side < 2 else (evidence.level, box[[0, 2]])
    value = lines.profile(float(along[0]), float(along[1]), max(0, round(low)), round(high))
    value = value[::-1] if side % 2 else value
    begin = int(DEPTHS[-1] * len(value))
    seen = np.flatnonzero(value[begin : int(DEEPEST * len(value))] > LINE)
    if not len(seen):
        return 0.0
    near = value[begin + seen[0] : begin + seen[0] + 3]
    return float(begin + seen[0] + near.argmax())
