"""Tiles that are several taken together: the gap between those goes through the middle of most of them."""

import numpy as np

from meetbot.gallery.evidence import Borders, Boxes, Evidence
from meetbot.gallery.lattice import Lattice, Tiling

OFF = (-2.0, 0.0, 2.0)  # pixels from the middle where the gap is looked for
INNER = 0.1  # of a side's length at both ends where it is not
LINE = 0.86  # share of both of its borders that is seen in most tiles; the edge of a name's box is shorter
SMALLEST = 16.0  # pixels of a tile's side


def halves(tiling: Tiling, evidence: Evidence) -> tuple[bool, bool]:
    """Whether most tiles are two that stand side by side, and whether they are two on top of each other."""
    boxes, gap = tiling.boxes, _gap(tiling.lattice)
    return (
        _parted(evidence.upright, boxes[:, [0, 2, 1, 3]], gap),
        _parted(evidence.level, boxes[:, [1, 3, 0, 2]], gap),
    )


def _parted(lines: Borders, boxes: Boxes, gap: float) -> bool:
    """Whether both borders of a gap are seen in the middle; boxes are (begin, end) across it and along it."""
    begin, end, low, high = boxes.T
    off = INNER * (high - low)
    seen = [
        np.minimum(*(lines.share(middle + side, low + off, high - off) for side in (-gap / 2, gap / 2)))
        for middle in ((begin + end) / 2 + shift for shift in OFF)
    ]
    return bool(len(boxes) > 1 and np.median(np.max(seen, axis=0)) > LINE)


def _gap(lattice: Lattice) -> float:
    return max(0.0, min(lattice.step_x - lattice.width, lattice.step_y - lattice.height))


def halved(lattice: Lattice, across: bool, down: bool) -> Lattice | None:
    """The lattice of the smaller tiles; None where they would be too small."""
    gap = _gap(lattice)
    if across:
        width = (lattice.width - gap) / 2
        lattice = lattice._replace(width=width, step_x=width + gap)
    if down:
        height = (lattice.height - gap) / 2
        lattice = lattice._replace(height=height, step_y=height + gap)
    return lattice if min(lattice.width, lattice.height) > SMALLEST else None
