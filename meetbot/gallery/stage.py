"""The large picture beside or under a few small ones: a shared screen, or the one who speaks."""

import numpy as np

from meetbot import settings
from meetbot.gallery.evidence import COARSE, Boxes, Evidence, covered
from meetbot.gallery.frame import Region
from meetbot.gallery.tenants import is_room, named

RIM, FILLS = 0.32, 0.75  # share of the area's width or height: of a filmstrip at most, of a grid at least
SPEAKER = 0.2  # of the picture's height: a face as large is the one who speaks, not a photo on a slide
OFF_CENTRE = 0.025  # of the area's side: how far tiles stand off its middle or its rim
AT_RIM = 0.12  # of the area's side: how far off the rim tiles beside a large picture stand at most
BORDER = 4.0  # pixels on both sides of a box in which its border is drawn
CROWDED = 0.11  # share of strong edges in a table at least
DISC = (0.3, 0.7)  # of a picture's width: where initials stand without a camera; a title is wider


def shows_person(box: Boxes, tiles: Boxes, evidence: Evidence) -> bool:
    """Whether a large picture is somebody's camera: one large face, initials alone, or a room with a name."""
    person = speaks(box, tiles, evidence)
    if person is None:
        return _initials_alone(box, evidence) or _named_room(box, tiles, evidence)
    return person


def speaks(box: Boxes, tiles: Boxes, evidence: Evidence) -> bool | None:
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


def _named_room(box: Boxes, tiles: Boxes, evidence: Evidence) -> bool:
    """Whether it shows no paper, and a name stands in its lower left: nobody is there, or is too near."""
    left, top, right, bottom = np.rint(box).astype(int).tolist()
    corner = np.array([[left, bottom - settings.STROKES_HEIGHT, left + settings.STROKES_WIDTH, bottom]])
    if covered(corner.astype(np.float64), tiles).max(initial=0.0) > 0 or not is_room(box[None], evidence)[0]:
        return False
    if evidence.detail(box[None])[0] > CROWDED * (right - left) * (bottom - top) / COARSE**2:
        return False
    return named(box, evidence)


def usual_place(tiles: Boxes, large: Boxes, area: Region) -> bool:
    """Whether products lay tiles out like that: along a rim beside a large picture, else over the area."""
    left, top = tiles[:, :2].min(axis=0)
    right, bottom = tiles[:, 2:].max(axis=0)
    wide, high = (right - left) / (area.right - area.left), (bottom - top) / (area.bottom - area.top)
    if not len(large):
        return bool(max(wide, high) > FILLS)
    beside = (
        (large[0, 0] >= right - BORDER, left - area.left, area.right - area.left),
        (large[0, 2] <= left + BORDER, area.right - right, area.right - area.left),
        (large[0, 1] >= bottom - BORDER, top - area.top, area.bottom - area.top),
        (large[0, 3] <= top + BORDER, area.bottom - bottom, area.bottom - area.top),
    )
    at_rim = any(apart and off < AT_RIM * side for apart, off, side in beside)
    return bool(at_rim and min(wide, high) < RIM)


def in_the_middle(tiles: Boxes, area: Region) -> bool:
    """Whether as much room is left above tiles as below them."""
    above, below = tiles[:, 1].min() - area.top, area.bottom - tiles[:, 3].max()
    return bool(abs(above - below) < 2 * OFF_CENTRE * (area.bottom - area.top))


def aligned(tiles: Boxes, large: Boxes, area: Region) -> bool:
    """Whether the tiles stand in the middle of the area, or begin at its rim, in both directions.

    Beside a large picture they begin at the upper or left end of their rim, never at the other one.
    """
    low, high = tiles[:, :2].min(axis=0), tiles[:, 2:].max(axis=0)
    before = low - np.array([area.left, area.top])
    behind = np.array([area.right, area.bottom]) - high
    near = OFF_CENTRE * np.array([area.right - area.left, area.bottom - area.top])
    begins, ends = before < near, behind < near
    if len(large):
        upright = large[0, 0] >= high[0] - BORDER or large[0, 2] <= low[0] + BORDER
        ends[1 if upright else 0] = False
    return bool(((np.abs(before - behind) < 2 * near) | begins | ends).all())
