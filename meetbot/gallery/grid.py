"""One frame in, its tiles out: likely layouts are proposed, and that is taken for which most speaks."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from meetbot.gallery.cells import camera, reading_order
from meetbot.gallery.evidence import Boxes, Evidence
from meetbot.gallery.layouts import Proposal, proposals
from meetbot.gallery.stage import shows_person
from meetbot.types import Box, Camera, Face, Picture, SeatKind

SMALLEST = 16  # pixels of a frame's side in which tiles are looked for
LEAST = 0.25  # quality of a layout that is better than none


@dataclass(frozen=True, slots=True)
class Cell:
    """One tile of a frame."""

    box: Box
    kind: SeatKind
    camera: Camera


@dataclass(frozen=True, slots=True)
class Grid:
    """How one frame is divided, its cells in reading order."""

    size: tuple[int, int]
    confidence: float  # 0-1
    cells: tuple[Cell, ...]


def find_grid(picture: Picture, faces: Sequence[Face]) -> Grid:
    """The tiles of one frame."""
    size = (picture.width, picture.height)
    if min(size) < SMALLEST:
        return Grid(size, 0.0, (Cell(Box(0, 0, *size), "person", "on"),))
    evidence = Evidence(picture.luma, faces)
    alone, *more = proposals(evidence)
    likely = [one for one in more if one.quality > LEAST]
    best, *others = sorted([alone, *likely], key=lambda proposal: -proposal.score)
    boxes = best.boxes
    cells = tuple(
        _cell(boxes[n], best.tiles if n >= len(best.tiles) else None, evidence) for n in reading_order(boxes)
    )
    return Grid(size, _confidence(best, others), cells)


def _confidence(best: Proposal, others: Sequence[Proposal]) -> float:
    """High when most of the borders are seen and no other layout explains the frame nearly as well."""
    rivals = [one.score for one in others if _differs(one.boxes, best.boxes)]
    margin = 1 - max(0.0, max(rivals, default=0.0)) / max(best.score, 1e-9)
    return float(np.clip(best.quality, 0, 1) * np.clip(0.5 + margin, 0, 1))


def _differs(one: Boxes, other: Boxes) -> bool:
    """Whether two layouts have other boxes, beyond a few pixels."""
    if len(one) != len(other):
        return True
    mine, yours = (boxes[reading_order(boxes)] for boxes in (one, other))
    size = yours[:, 2:] - yours[:, :2]
    return bool((np.abs(mine - yours) > 0.1 * np.tile(size, 2)).any())


def _cell(box: Boxes, beside: Boxes | None, evidence: Evidence) -> Cell:
    """One box as a cell; a large picture is given with the tiles beside it."""
    left, top, right, bottom = (box * evidence.shrink).tolist()
    place = Box(left, top, right - left, bottom - top)
    if beside is not None and not shows_person(box, beside, evidence):
        return Cell(place, "stage", "on")
    return Cell(place, "person", camera(box, evidence))
