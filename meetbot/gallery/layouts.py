"""Layouts that a frame may show, and how much of what is to be seen speaks for each."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from meetbot.gallery.combs import grid_lattices, strip_lattices
from meetbot.gallery.evidence import Boxes, Evidence, Values, covered
from meetbot.gallery.frame import Region, content, window
from meetbot.gallery.gaps import pieces
from meetbot.gallery.halves import halved, halves
from meetbot.gallery.hollow import tightened
from meetbot.gallery.insets import Inset, insets
from meetbot.gallery.judging import around, detail_explained, faces_explained, judged
from meetbot.gallery.large import filling_picture, free_rooms, large_picture
from meetbot.gallery.lattice import Lattice, Tiling, blocks, fill, lattices, slots
from meetbot.gallery.refine import refined
from meetbot.gallery.stage import OFF_CENTRE, SPEAKER
from meetbot.gallery.tenants import tile_worth

MOST = 49  # tiles: no product shows more at once
OVER_PANEL = 0.85  # what a layout counts that takes a panel or bar for room
SIZE_COUNTS = 0.82  # exponent: 1 would let many doubtful borders beat a few sure ones, 0 the reverse
SURE = 0.75  # worth by circumference from which a layout needs no rival
REPEATED = 4  # tiles of one size with gaps around them are no chance
# And from which nothing else is even judged; and what is drawn that is in tiles
CLEAR, EXPLAINED = 0.95, 0.985
ON_TOP = 0.7  # what a small picture on top of a large one counts unless it's sure: galleries have corners too
LOWEST = 0.05  # of the frame's height: lower than any tile, but not than a table's rows
FILLS_MOST, ALL_OF_IT = 0.6, 0.97  # of the area: a picture with ground left beside it
OVERLAPS, SMALL = 0.6, 0.2  # of an inset, and of the large picture's size at most
AMONG_OTHERS = 0.6  # and what where several others are seen
CONTRADICTED = 0.5  # what layouts count that don't know of a sure picture in a corner
MERGED = 0.6  # what tiles count through whose middle a gap goes
ALONE = 0.28  # of the area's circumference: what speaks for one picture that fills it, until others say more
LECTURER = 0.45  # and for one that shows one large face, which counts its share of the height if that is more
PARTED = 0.7  # share of the lines between four tiles that is seen: a camera over all four has no such cross
COSTS = (0.0, 0.4)  # of a tile's circumference: what must speak for it, open-handed and strict
REFINED = 1.1  # times what speaks for a filling: so much more may do so once its lines are moved a little
HOPELESS = 0.5  # of the best layout's score: with less, a layout is no rival that confidence would count
LOOKED_AT, JUDGED = 12, 6  # lattices of those proposed that are filled, and fillings that are judged


class Proposal(NamedTuple):
    """A layout that may be the right one."""

    tiles: Boxes
    large: Boxes  # none or one
    quality: float  # about 1 when every border is seen
    size: float  # pixels of border

    @property
    def boxes(self) -> Boxes:
        """All of its boxes."""
        return np.concatenate([self.tiles, self.large])

    @property
    def score(self) -> float:
        """What layouts are compared by: more borders count, but doubtful ones less than sure ones."""
        return float(self.quality * self.size**SIZE_COUNTS)


def proposals(evidence: Evidence) -> Iterator[Proposal]:
    """One picture alone, with a small one on top, and tiles in rows."""
    whole, area = Region(0, 0, evidence.width, evidence.height), content(evidence)
    frame = np.array([area], np.float64)
    yield Proposal(frame, frame[:0], _alone(frame, evidence), around(frame))
    parts = pieces(evidence.luma, evidence.gap_colours, dict.fromkeys((whole, area)))
    found = []
    for room in (area, *_margined(parts, area)):
        small = list(insets(evidence, room))
        yield from (_on_top(inset, evidence, room) for inset in small)
        found += small
    for proposal in _in_rows(parts, evidence, area, whole):
        unexplained = any(inset.sure and _ignored(inset.box, proposal.tiles) for inset in found)
        yield proposal._replace(quality=proposal.quality * (CONTRADICTED if unexplained else 1.0))
        if len(proposal.boxes) == 1:
            yield from (_with(inset, proposal) for inset in found if _is_on(inset, proposal))


def _alone(frame: Boxes, evidence: Evidence) -> float:
    """What speaks for one picture without any tiles: more for somebody as large as in no tile."""
    if evidence.detail(frame)[0] <= 0:
        return 0.0
    heights = (evidence.faces[:, 3] - evidence.faces[:, 1]) / (frame[0, 3] - frame[0, 1])
    return float(max(LECTURER, heights[0])) if len(heights) == 1 and heights[0] > SPEAKER else ALONE


def _ignored(box: Boxes, tiles: Boxes) -> bool:
    """Whether none of the tiles is about this box, and it is no larger than they are or cuts some."""
    size, sizes = ((some[:, 2:] - some[:, :2]).prod(axis=1) for some in (box, tiles))
    inside = covered(tiles, box)[:, 0]
    alike, cut = np.minimum(inside, covered(box, tiles)[0]) > 0.7, (inside > 0.2) & (inside < 0.8)
    return bool((size[0] < 1.2 * np.median(sizes) or cut.any()) and not alike.any())


def _margined(parts: Boxes, area: Region) -> Iterator[Region]:
    """The piece that fills most of the area, with as much ground left of it as right of it."""
    size = (parts[:, 2:] - parts[:, :2]).prod(axis=1)
    whole = (area.right - area.left) * (area.bottom - area.top)
    aside = np.abs(parts[:, 0] - area.left - (area.right - parts[:, 2]))
    size[(size > ALL_OF_IT * whole) | (aside > OFF_CENTRE * (area.right - area.left))] = 0
    if size.max(initial=0.0) > FILLS_MOST * whole:
        yield Region(*(round(side) for side in parts[size.argmax()].tolist()))


def _in_rows(parts: Boxes, evidence: Evidence, area: Region, whole: Region) -> Iterator[Proposal]:
    """Grids and filmstrips, what is found quickly first, until one is sure."""
    best = 0.0
    for candidates, room in _candidates(parts, evidence, area, whole):
        sure = False
        for tiling, merged in _with_halves(candidates, room, evidence):
            if tiling.lattice.height < LOWEST * evidence.height or _hope(tiling, room) < HOPELESS * best:
                continue
            tight = tightened(refined(tiling, evidence), evidence.gap_colours, evidence)
            proposal = _proposal(tight, parts, evidence, room)
            doubt = (OVER_PANEL if room != area else 1.0) * (MERGED if merged else 1.0)
            proposal = proposal._replace(quality=proposal.quality * doubt)
            sure |= room == area and _is_sure(proposal)
            best = max(best, proposal.score)
            yield proposal
            if (
                sure
                and proposal.quality > CLEAR
                and detail_explained(proposal.boxes, evidence, area) > EXPLAINED
            ):
                return  # the most promising filling comes first
        if sure:
            return
    if (inside := window(evidence)) and inside not in (area, whole):
        yield from _in_window(evidence, inside)


def _in_window(evidence: Evidence, room: Region) -> Iterator[Proposal]:
    """Grids and filmstrips along the gaps of a program's window."""
    parts = pieces(evidence.luma, evidence.gap_colours, (room,))
    for tiling, merged in _with_halves([(lattice, room) for lattice in lattices(parts)], room, evidence):
        tight = tightened(refined(tiling, evidence), evidence.gap_colours, evidence)
        proposal = _proposal(tight, parts, evidence, room)
        yield proposal._replace(quality=proposal.quality * (MERGED if merged else 1.0))


def _with_halves(
    candidates: Sequence[tuple[Lattice, Region]], room: Region, evidence: Evidence
) -> Iterator[tuple[Tiling, bool]]:
    """Fillings, and whether their tiles are several taken together; then those of the smaller tiles."""
    smaller: dict[Lattice, Region] = {}
    for tiling in _tilings(candidates, evidence):
        parted = halves(tiling, evidence)
        if any(parted) and (lattice := halved(tiling.lattice, *parted)):
            smaller[lattice] = room
        yield tiling, any(parted)
    for tiling in _tilings(list(smaller.items()), evidence):
        yield tiling, any(halves(tiling, evidence))


def _candidates(
    parts: Boxes, evidence: Evidence, area: Region, whole: Region
) -> Iterator[tuple[Sequence[tuple[Lattice, Region]], Region]]:
    """Lattices along gaps, then along lines, each with the part of the frame that it may fill."""
    along_gaps = list(lattices(parts))
    for room in dict.fromkeys((whole, area)):  # a column of cameras that are off may look like a panel
        yield [(lattice, room) for lattice in along_gaps], room
    yield [(lattice, area) for lattice in grid_lattices(evidence, area)], area
    yield list(strip_lattices(evidence, area)), area


def _is_sure(proposal: Proposal) -> bool:
    """Whether no other layout needs to be looked for."""
    return proposal.quality > SURE and len(proposal.tiles) >= REPEATED


def _on_top(inset: Inset, evidence: Evidence, area: Region) -> Proposal:
    """A small picture on top of the one that fills the area, or of a screen in its middle."""
    large = filling_picture(evidence, area, inset.box)
    boxes = np.concatenate([inset.box, large])
    explained = faces_explained(boxes, evidence) * detail_explained(boxes, evidence, area)
    others = len(evidence.heads) - 1
    counts = 1.0 if inset.sure else ON_TOP if others < 2 else ON_TOP * AMONG_OTHERS
    return Proposal(inset.box, large, counts * inset.seen * explained, around(boxes))


def _is_on(inset: Inset, proposal: Proposal) -> bool:
    """Whether most of an inset is in the only picture of a layout, and is much smaller."""
    size = (inset.box[0, 2:] - inset.box[0, :2]).prod() / (
        proposal.tiles[0, 2:] - proposal.tiles[0, :2]
    ).prod()
    return bool(covered(inset.box, proposal.tiles)[0, 0] > OVERLAPS and size < SMALL)


def _with(inset: Inset, proposal: Proposal) -> Proposal:
    """One picture as it was found, and the small one on top of it."""
    size, more = proposal.size, around(inset.box)
    quality = (proposal.quality * size + inset.seen * more) / (size + more)
    return Proposal(inset.box, proposal.tiles, quality, size + more)


def _proposal(tiling: Tiling, parts: Boxes, evidence: Evidence, area: Region) -> Proposal:
    large, more = large_picture(tiling, parts, evidence, area)
    return Proposal(tiling.tiles, large, *judged(tiling, large, more, evidence, area))


def _tilings(candidates: Sequence[tuple[Lattice, Region]], evidence: Evidence) -> Iterator[Tiling]:
    """The best fillings of the lattices that look best at first sight."""
    places = [slots(lattice, area) for lattice, area in candidates]
    places = [one for one in places if one.straight.size]
    if not places:
        return
    boxes = [one.boxes for one in places]
    worths = _split(tile_worth(np.concatenate(boxes), evidence), boxes)
    sight = np.argsort([-_sight(*pair) for pair in zip(boxes, worths, strict=True)])[:LOOKED_AT]
    places, worths = [places[number] for number in sight], [worths[number] for number in sight]
    spans = [one.spans.reshape(-1, 4) for one in places]
    large = _split(tile_worth(np.concatenate(spans), evidence), spans)
    found = {}
    for one, worth, span in zip(places, worths, large, strict=True):
        spanned, block = blocks(one, worth, span) if span.size else (worth, np.empty((0, 4)))
        if len(block) and not _parted(block[0], one.lattice, evidence):
            worth = spanned
        else:
            block = block[:0]
        for cost in COSTS:
            tiling = fill(one, worth, cost)
            if len(block):
                tiling = tiling.spanned(block)
            if len(tiling.boxes) <= MOST:
                found[tiling.boxes.round().tobytes()] = tiling
    likely = sorted(found.values(), key=lambda tiling: -_promise(tiling))
    yield from likely[:JUDGED]


def _parted(block: Boxes, lattice: Lattice, evidence: Evidence) -> bool:
    """Whether the borders of four tiles are plain inside of a box: no one camera spans their places."""
    left, top, right, bottom = block[:, None]
    across = np.array([[left[0] + lattice.width], [left[0] + lattice.step_x]])
    down = np.array([[top[0] + lattice.height], [top[0] + lattice.step_y]])
    upright = evidence.upright.share(across, top, bottom)
    level = evidence.level.share(down, left, right)
    return bool(min(upright.min(), level.min()) > PARTED)


def _hope(tiling: Tiling, area: Region) -> float:
    """The score that a filling can reach at most, whatever large picture is found beside it."""
    large = max((around(np.array([free])) for free in free_rooms(tiling, area)), default=0.0)
    worth, size = REFINED * tiling.worth + large, around(tiling.boxes) + large
    borders = max(0.0, min(1.3, worth / size))
    return float(borders * min(1.0, borders) * size**SIZE_COUNTS)


def _split(values: Values, boxes: Sequence[Boxes]) -> list[Values]:
    """The values of each list of boxes."""
    return np.split(values, np.cumsum([len(one) for one in boxes])[:-1])


def _sight(boxes: Boxes, worth: Values) -> float:
    """How good a lattice looks before its places are chosen: a few sure tiles beat many doubtful ones."""
    kept = np.clip(worth, 0, None)
    return float((kept**2 / (boxes[:, 2:] - boxes[:, :2]).sum(axis=1)).sum())


def _promise(tiling: Tiling) -> float:
    """How good a filling looks before all that speaks against it is counted."""
    return max(0.0, tiling.worth) ** 2 / around(tiling.boxes)
