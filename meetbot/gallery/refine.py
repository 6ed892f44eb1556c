"""Tiles that stand nearly right are moved onto the lines they were meant for."""

import numpy as np

from meetbot.gallery.evidence import Borders, Boxes, Evidence, Values
from meetbot.gallery.lattice import Tiling

FAR = 4  # pixels that a line is moved at most
WIDER = 8  # pixels that a tile is made larger or smaller at most
DRIFT = 4  # pixels that the last tile's place may be off when the first one's is right
CHANGE = 0.04  # of a line: what must speak for every pixel of change


def refined(tiling: Tiling, evidence: Evidence) -> Tiling:
    """The same tiles, each side where most of the lines are seen."""
    boxes, lattice = tiling.boxes, tiling.lattice
    straight = np.abs(_place(boxes[:, 0], lattice.x, lattice.step_x)[1]) < 0.25
    if not straight.any():
        return tiling
    x, width, step_x = _moved(evidence.upright, boxes[straight][:, [0, 2, 1, 3]], lattice.x, lattice.step_x)
    y, height, step_y = _moved(evidence.level, boxes[:, [1, 3, 0, 2]], lattice.y, lattice.step_y)
    column = np.rint(2 * (boxes[:, 0] - lattice.x) / lattice.step_x) / 2
    row = np.rint((boxes[:, 1] - lattice.y) / lattice.step_y)
    better = lattice._replace(x=x, y=y, width=width, height=height, step_x=step_x, step_y=step_y)
    return tiling._replace(boxes=better.slot(row, column), lattice=better)


def _place(starts: Values, origin: float, step: float) -> tuple[Values, Values]:
    """The number of each tile on its lattice, and how far off that number it stands."""
    place = (starts - origin) / step
    return np.rint(place), place - np.rint(place)


def _moved(lines: Borders, boxes: Boxes, origin: float, step: float) -> tuple[float, float, float]:
    """The best origin, size and step; boxes are (begin, end) along the lattice and across it."""
    size = float(boxes[0, 1] - boxes[0, 0])
    number = np.unique(_place(boxes[:, 0], origin, step)[0])
    value = lines.exact(float(boxes[:, 2].min()), float(boxes[:, 3].max()))
    far = np.arange(-FAR, FAR + 1.0)
    wider = np.arange(-WIDER, WIDER + 1.0)
    drift = np.arange(-DRIFT, DRIFT + 1.0) / max(1.0, float(np.ptp(number)))
    drift = drift if len(number) > 1 else drift[DRIFT : DRIFT + 1]
    middle = number[len(number) // 2]  # so that drift turns about the tile in the middle
    begin = origin + far[:, None, None] + number * step + (number - middle) * drift[:, None]
    end = begin[:, :, None, :] + size + wider[:, None]
    last = len(value) - 1
    found = value[np.clip(np.rint(begin), 0, last).astype(np.intp)].sum(axis=-1)[:, :, None]
    found = found + value[np.clip(np.rint(end), 0, last).astype(np.intp)].sum(axis=-1)
    found -= CHANGE * len(number) * (np.abs(far)[:, None, None] + np.abs(wider))
    touching = size + wider <= step + drift[:, None] + 0.6
    one, turn, grown = np.unravel_index(int(np.where(touching, found, -1.0).argmax()), found.shape)
    return (
        float(origin + far[one] - middle * drift[turn]),
        float(size + wider[grown]),
        float(step + drift[turn]),
    )
