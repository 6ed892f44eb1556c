"""The large picture beside or under a few small ones: a shared screen, or the one who speaks."""

from collections.abc import Iterator

import numpy as np

from meetbot.gallery.evidence import Boxes, Evidence, covered
from meetbot.gallery.frame import Region
from meetbot.gallery.lattice import Tiling

RIM, FILLS = 0.36, 0.75  # share of the area's width or height: of a filmstrip at most, of a grid at least
SPEAKER = 0.2  # of the picture's height: a face as large is the one who speaks, not a photo on a slide
LARGER = 2.0  # times a tile's area
RATIOS = (16 / 9, 16 / 10, 4 / 3)  # of shared screens
NARROWEST, WIDEST = 0.9, 2.6  # width by height of a large picture: a chat is narrower, a toolbar wider


def large_picture(tiling: Tiling, pieces: Boxes, evidence: Evidence, area: Region) -> tuple[Boxes, float]:
    """The box of the large picture beside these tiles and what it is worth; no box when there is none."""
    tiles = tiling.boxes
    options = np.array([*pieces, *_rests(tiling, area)], np.float64).reshape(-1, 4)
    wide, high = options[:, 2] - options[:, 0], options[:, 3] - options[:, 1]
    tile = (tiles[0, 2] - tiles[0, 0]) * (tiles[0, 3] - tiles[0, 1])
    fits = (wide * high > LARGER * tile) & (wide > NARROWEST * high) & (wide < WIDEST * high)
    options = options[fits]
    if len(options):
        options = options[covered(tiles, options).max(axis=0) < 0.05]
    if not len(options):
        return np.empty((0, 4)), 0.0
    worth = evidence.worth(options, faces=False)
    best = int(worth.argmax())
    if worth[best] <= 0:
        return np.empty((0, 4)), 0.0
    return options[best : best + 1], float(worth[best])


def shows_person(box: Boxes, evidence: Evidence) -> bool:
    """Whether a large picture is somebody's camera: one face, and a large one."""
    if not len(evidence.faces):
        return False
    faces = evidence.faces[covered(evidence.faces, box[None])[:, 0] > 0.6]
    return len(faces) == 1 and bool(faces[0, 3] - faces[0, 1] > SPEAKER * (box[3] - box[1]))


def usual_place(tiles: Boxes, large: Boxes, area: Region) -> bool:
    """Whether products lay tiles out like that: along a rim beside a large picture, else over the area."""
    left, top = tiles[:, :2].min(axis=0)
    right, bottom = tiles[:, 2:].max(axis=0)
    wide, high = (right - left) / (area.right - area.left), (bottom - top) / (area.bottom - area.top)
    if not len(large):
        return bool(max(wide, high) > FILLS)
    apart = (
        large[0, 0] >= right - 3
        or large[0, 2] <= left + 3
        or large[0, 1] >= bottom - 3
        or large[0, 3] <= top + 3
    )
    return bool(apart and min(wide, high) < RIM)


def _rests(tiling: Tiling, area: Region) -> Iterator[tuple[float, float, float, float]]:
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
            across, down = min(end_x - x, (end_y - y) * ratio), min(end_y - y, (end_x - x) / ratio)
            middle_x, middle_y = (x + end_x) / 2, (y + end_y) / 2
            yield middle_x - across / 2, middle_y - down / 2, middle_x + across / 2, middle_y + down / 2
