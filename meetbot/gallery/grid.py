"""One frame in, its tiles out: likely layouts are proposed, and that is taken for which most speaks."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from meetbot.gallery.evidence import Boxes, Evidence
from meetbot.gallery.layouts import Proposal, proposals
from meetbot.gallery.looks import camera_of
from meetbot.gallery.stage import shows_person
from meetbot.types import Box, Camera, Face, Picture, SeatKind

SMALLEST = 16  # pixels of a frame's side in which tiles are looked for
SAME_ROW = 0.5  # of a tile's height: what begins above that is in its row
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
    cells = tuple(
        cell_of(picture, _box(best.boxes[n] * evidence.shrink), _kind(n, best, evidence), faces)
        for n in reading_order(best.boxes)
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


def _box(edges: Boxes) -> Box:
    left, top, right, bottom = edges.tolist()
    return Box(left, top, right - left, bottom - top)


def _kind(number: int, found: Proposal, evidence: Evidence) -> SeatKind:
    """Whose a box is: a large picture beside tiles may be a shared screen."""
    beside = number >= len(found.tiles)
    return "stage" if beside and not shows_person(found.boxes[number], found.tiles, evidence) else "person"


def cell_of(picture: Picture, box: Box, kind: SeatKind, faces: Sequence[Face]) -> Cell:
    """A box with what it shows."""
    return Cell(box, kind, "on" if kind == "stage" else camera_of(picture, box, faces))


def reading_order(boxes: Boxes) -> list[int]:
    """Row by row, each from left to right."""
    left = np.lexsort((boxes[:, 0], boxes[:, 1])).tolist()
    order: list[int] = []
    while left:
        first = boxes[left[0]]
        row = [n for n in left if boxes[n, 1] < first[1] + SAME_ROW * (first[3] - first[1])]
        order += sorted(row, key=lambda n: float(boxes[n, 0]))
        left = [n for n in left if n not in row]
    return order
