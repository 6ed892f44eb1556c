"""What speaks for a layout, and all that speaks against it."""

import numpy as np

from meetbot.gallery.evidence import Boxes, Evidence, covered
from meetbot.gallery.frame import Region
from meetbot.gallery.ground import ground as ground_around
from meetbot.gallery.hollow import MOSTLY, empty_rim, hollow, overlong, straddles
from meetbot.gallery.lattice import Tiling
from meetbot.gallery.stage import SPEAKER, aligned, in_the_middle, speaks, usual_place
from meetbot.gallery.tenants import anybody, initials, named, tile_worth

RIM = 4.0  # pixels around a box that still belong to what is drawn there
UNUSUAL = 0.3  # what a layout counts that no product shows
# What tiles count in which nobody is, while there is a face elsewhere: they are its furniture
FACELESS = 0.35
# Of their circumference: less than that is seen of tiles that are none, though letters are in them
SHELF, NAMED_SHELF = 0.7, 0.6
HOLLOW = 0.6  # what a layout counts whose boxes begin with empty ground
# What tiles count whose gaps have another shade than the rim, and grey levels
ON_PAPER, OTHER_SHADE = 0.6, 12
# Pixels inside of the area where its rim is looked at, and the share of one shade
INSIDE, SAME_RIM = 2.0, 0.7
HALVED = 0.75  # what two tiles count with one face between them
STRADDLING = 0.6  # what a row of tiles counts with a plainer line across all of them than where they end
RAGGED = 0.2  # of the rim of one box alone: with more ground there, it is drawn around several pictures
OFF_MIDDLE = 0.93  # and a grid that leaves more room below than above: its last row may be missing
ASKEW = 0.8  # what a layout counts that is neither in the middle nor begins at the rim
UNSEEN_LARGE = 0.25  # of a large picture's circumference: what counts of it at least


def judged(
    tiling: Tiling, large: Boxes, more: float, evidence: Evidence, area: Region
) -> tuple[float, float]:
    """A layout's quality, its borders less what it does not explain, and the length of border that it has."""
    lattice, tiles = tiling.lattice, tiling.tiles
    gap = min(lattice.step_x - lattice.width, lattice.step_y - lattice.height)
    # A grid fills its area up to bars of any shade; beside a large picture such tiles reach too far.
    room = (0, 0, evidence.width, evidence.height) if len(large) else area
    share, shade = ground_around(tiles, gap, large, room, evidence)
    ground = min(1.0, max(0.0, (share - 0.3) / 0.4))
    boxes = np.concatenate([tiles, large])
    worth_of_tiles = float(tile_worth(tiles, evidence).sum())
    worth = (worth_of_tiles + more) * ground
    size = around(tiles) + float(np.clip(more, UNSEEN_LARGE * around(large), around(large)))
    borders = max(-1.0, min(1.3, worth / size))
    if borders < 0 or worth_of_tiles < 0:
        return min(borders, 0.0), size
    usual = (1.0 if usual_place(tiles, large, area) else UNUSUAL) * (
        1.0 if aligned(tiles, large, area) else ASKEW
    )
    sides = hollow(tiles, (shade, *evidence.gap_colours), evidence)
    empty = (sides | sides[:, [1, 0, 3, 2]]).mean(axis=0) > MOSTLY
    met = FACELESS if _is_furniture(tiles, large, worth_of_tiles / around(tiles), evidence) else 1.0
    lonely = len(boxes) == 1 and (_is_ragged(boxes, shade, evidence) or overlong(boxes, evidence))
    filled = HOLLOW if empty.any() or lonely else 1.0
    explained = faces_explained(boxes, evidence) * detail_explained(boxes, evidence, area)
    own = STRADDLING if straddles(tiles, evidence) else 1.0
    own *= 1.0 if len(large) or in_the_middle(tiles, area) else OFF_MIDDLE
    own *= ON_PAPER if _on_paper(shade, evidence, area) else 1.0
    own *= HALVED if not len(large) and _is_halved(tiles, evidence, area) else 1.0
    return borders * min(1.0, borders) * explained * usual * filled * met * own, size


def _on_paper(shade: int, evidence: Evidence, area: Region) -> bool:
    """Whether the gap's shade is another one than that along the area's rim: pictures on a slide stand so."""
    rim = evidence.shades_around(np.array([area], np.float64), -INSIDE)
    counts = np.convolve(np.bincount(rim[0], minlength=256), np.ones(5), "same")
    ground = int(counts.argmax())
    return bool(counts[ground] > SAME_RIM * rim.size and shade >= 0 and abs(shade - ground) > OTHER_SHADE)


def _is_halved(tiles: Boxes, evidence: Evidence, area: Region) -> bool:
    """Whether one tile shows the only face, and the others nobody: a room with lines in it.

    Of more than two tiles only where the face is larger than those of grids are.
    """
    inside = covered(evidence.heads, tiles) > 0.6
    if len(inside) != 1 or len(tiles) < 2 or not (inside.any() or len(tiles) > 2):
        return False
    large = evidence.faces[0, 3] - evidence.faces[0, 1] > SPEAKER * (area.bottom - area.top)
    return bool((len(tiles) == 2 or large) and not initials(tiles[~inside[0]], evidence).any())


def _is_ragged(box: Boxes, shade: int, evidence: Evidence) -> bool:
    """Whether a box alone is drawn around several pictures, with ground between them and its rim."""
    empty = empty_rim(box, (shade, *evidence.gap_colours), evidence)[0]
    return bool(empty > RAGGED and not initials(box, evidence)[0] and not speaks(box[0], box[:0], evidence))


def _is_furniture(tiles: Boxes, large: Boxes, seen: float, evidence: Evidence) -> bool:
    """Whether all faces are elsewhere, and the tiles hold nobody, or what may be a shelf.

    Beside one who speaks and has a name, a name in each tile tells of somebody.
    """
    if not len(evidence.heads) or (covered(evidence.heads, tiles) > 0.6).any():
        return False
    if anybody(tiles, evidence):
        return seen < SHELF
    speaker = len(large) > 0 and speaks(large[0], tiles, evidence)
    people = speaker and seen >= NAMED_SHELF and all(named(box, evidence) for box in (*tiles, large[0]))
    return not people


def faces_explained(boxes: Boxes, evidence: Evidence) -> float:
    """Squared, the share of the faces that stand in one of the boxes, by number or by size."""
    if not len(evidence.faces):
        return 1.0
    inside = covered(evidence.heads, boxes).max(axis=1) > 0.5
    high = evidence.faces[:, 3] - evidence.faces[:, 1]
    return float(min(inside.mean(), (inside * high).sum() / high.sum())) ** 2


def detail_explained(boxes: Boxes, evidence: Evidence, area: Region) -> float:
    """The share of what is drawn in the area that lies in one of the boxes."""
    everything = evidence.detail(np.array([area], np.float64))[0]
    wider = boxes + np.array([-RIM, -RIM, RIM, RIM])  # a tile's own border is half outside of it
    return float(min(1.0, evidence.detail(wider).sum() / max(everything, 1.0)))


def around(boxes: Boxes) -> float:
    """The circumference of all boxes together."""
    return float(2 * (boxes[:, 2:] - boxes[:, :2]).sum())
