"""One frame in, its tiles out: likely layouts are proposed, and that is taken for which most speaks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from meetbot.gallery.cells import camera, merged, reading_order
from meetbot.gallery.combs import comb_lattices
from meetbot.gallery.evidence import Boxes, Evidence, Values, covered
from meetbot.gallery.frame import Region, content
from meetbot.gallery.gaps import pieces
from meetbot.gallery.lattice import Lattice, Tiling, fill, lattices, slots
from meetbot.gallery.stage import large_picture, shows_person, usual_place
from meetbot.types import Box, Camera, Face, Picture, SeatKind

RIM = 4.0  # pixels around a box that still belong to what is drawn there
MOST = 49  # tiles: no product shows more at once
OVER_PANEL = 0.85  # what a layout counts that takes a panel or bar for room
SIZE_COUNTS = 0.82  # exponent: 1 would let many doubtful borders beat a few sure ones, 0 the reverse
SURE = 0.75  # worth by circumference from which a layout needs no rival
UNUSUAL = 0.3  # what a layout counts that no product shows
COSTS = (
    0.0,
    0.4,
)  # of a tile's circumference: what must speak for it, in an open-handed and a strict filling
FILLED = 24  # lattices of those proposed that are looked at closely


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


class Proposal(NamedTuple):
    """A layout that may be the right one."""

    tiles: Boxes
    large: Boxes  # none or one
    worth: float

    @property
    def boxes(self) -> Boxes:
        """All of its boxes."""
        return np.concatenate([self.tiles, self.large])

    @property
    def quality(self) -> float:
        """Worth by circumference: about 1 when every border is seen."""
        return self.worth / _round(self.boxes)

    @property
    def score(self) -> float:
        """What layouts are compared by: more borders count, but doubtful ones less than sure ones."""
        return float(self.quality * _round(self.boxes) ** SIZE_COUNTS)


def find_grid(picture: Picture, faces: Sequence[Face]) -> Grid:
    """The tiles of one frame."""
    evidence = Evidence(picture.luma, faces)
    proposals = sorted(_proposals(evidence), key=lambda proposal: -proposal.score)
    best = proposals[0]
    boxes = np.concatenate([merged(best.tiles, evidence), best.large])
    cells = tuple(_cell(boxes[n], n >= len(boxes) - len(best.large), evidence) for n in reading_order(boxes))
    return Grid((picture.width, picture.height), _confidence(best, proposals[1:]), cells)


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


def _proposals(evidence: Evidence) -> Iterator[Proposal]:
    """Those along gaps, and only if none of them is sure, those along lines: they take five times as long."""
    whole, area = Region(0, 0, evidence.width, evidence.height), content(evidence)
    parts = pieces(evidence.luma)
    frame = np.array([area], np.float64)
    yield Proposal(frame, frame[:0], float(evidence.worth(frame)[0]) / 2)
    sure = False
    for part in {area, whole}:  # a column of cameras that are off may have been taken for a panel
        for tiling in _tilings(list(lattices(parts)), evidence, part):
            proposal = _proposal(tiling, parts, evidence, part)
            if part != area:
                proposal = proposal._replace(worth=proposal.worth * OVER_PANEL)
            sure |= proposal.quality > SURE
            yield proposal
    if not sure:
        for tiling in _tilings(list(comb_lattices(evidence, area)), evidence, area):
            yield _proposal(tiling, parts, evidence, area)


def _proposal(tiling: Tiling, parts: Boxes, evidence: Evidence, area: Region) -> Proposal:
    large, more = large_picture(tiling, parts, evidence, area)
    return Proposal(tiling.boxes, large, _judged(tiling, large, more, evidence, area))


def _judged(tiling: Tiling, large: Boxes, more: float, evidence: Evidence, area: Region) -> float:
    """What a layout is worth: its borders, less what it does not explain."""
    lattice = tiling.lattice
    gap = min(lattice.step_x - lattice.width, lattice.step_y - lattice.height)
    ground = min(1.0, max(0.0, (evidence.ground(tiling.boxes, gap, large) - 0.3) / 0.4))
    worth = min((tiling.worth + more) * ground, _round(np.concatenate([tiling.boxes, large])))
    if worth < 0:
        return worth
    boxes = np.concatenate([tiling.boxes, large])
    borders = min(1.0, worth / _round(boxes))
    usual = 1.0 if usual_place(tiling.boxes, large, area) else UNUSUAL
    explained = _faces_explained(boxes, evidence) * _detail_explained(boxes, evidence, area)
    return worth * borders * explained * usual


def _faces_explained(boxes: Boxes, evidence: Evidence) -> float:
    """Squared, the share of the faces that stand in one of the boxes."""
    if not len(evidence.faces):
        return 1.0
    return float(np.mean(covered(evidence.faces, boxes).max(axis=1) > 0.5)) ** 2


def _detail_explained(boxes: Boxes, evidence: Evidence, area: Region) -> float:
    """The share of what is drawn in the area that lies in one of the boxes."""
    everything = evidence.detail(np.array([area], np.float64))[0]
    wider = boxes + np.array([-RIM, -RIM, RIM, RIM])  # a tile's own border is half outside of it
    return float(min(1.0, evidence.detail(wider).sum() / max(everything, 1.0)))


def _tilings(candidates: Sequence[Lattice], evidence: Evidence, area: Region) -> list[Tiling]:
    """The best fillings of the lattices that look best at first sight."""
    places = [slots(lattice, area) for lattice in candidates]
    places = [one for one in places if one.straight.size]
    if not places:
        return []
    boxes = [one.boxes for one in places]
    ends = np.cumsum([len(one) for one in boxes])[:-1]
    worths = np.split(evidence.worth(np.concatenate(boxes)), ends)
    sight = np.argsort([-_sight(*pair) for pair in zip(boxes, worths, strict=True)])[:FILLED]
    filled = [fill(places[number], worths[number], cost) for number in sight for cost in COSTS]
    return [tiling for tiling in filled if len(tiling.boxes) <= MOST]


def _sight(boxes: Boxes, worth: Values) -> float:
    """How good a lattice looks before its places are chosen: a few sure tiles beat many doubtful ones."""
    kept = np.clip(worth, 0, None)
    return float((kept**2 / (boxes[:, 2:] - boxes[:, :2]).sum(axis=1)).sum())


def _round(boxes: Boxes) -> float:
    """The circumference of all boxes together."""
    return float(2 * (boxes[:, 2:] - boxes[:, :2]).sum())


def _cell(box: Boxes, large: bool, evidence: Evidence) -> Cell:
    left, top, right, bottom = (box * evidence.shrink).tolist()
    place = Box(left, top, right - left, bottom - top)
    if large and not shows_person(box, evidence):
        return Cell(place, "stage", "on")
    return Cell(place, "person", camera(box, evidence))
