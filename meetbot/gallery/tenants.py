"""Whether what is in a box looks like somebody's tile: a face, a room, or initials on one shade."""

import numpy as np
import numpy.typing as npt

from meetbot.gallery.evidence import BLANK, COARSE, Boxes, Evidence, Values, covered
from meetbot.gallery.looks import strokes

PLACES = (9, 7)  # across and down, where a tile's shades are looked at
SAME_SHADE = 6  # grey levels within one flat colour, after compression
FLAT = 0.55  # of the places in a tile: paper and boards have more of one shade, rooms with people less
MIDDLE = (0.28, 0.2, 0.72, 0.72)  # of a tile: where initials, an avatar or a name stand without a camera
LEFT, RIGHT = (0.05, 0.15, 0.22, 0.64), (0.78, 0.15, 0.95, 0.64)  # and where nothing is then
ABOVE, BELOW = (0.05, 0.1, 0.85, 0.36), (0.3, 0.64, 0.95, 0.74)  # and where nothing is around a name
HALVES = (0.05, 0.36, 0.5, 0.64), (0.5, 0.36, 0.95, 0.64)  # which a name fills alike
_PARTS = np.array([MIDDLE, LEFT, RIGHT, ABOVE, BELOW, *HALVES])
LETTERS = 7  # strokes side by side in a name at least
DRAWN, SHORT_NAME = 4, 2  # times what is blank: what is drawn in the middle, and with nothing around it
ALIKE = 0.4  # share of a name's strokes in one half at least

ROOM, NOBODY = 0.8, 0.4  # what a tile counts with a room but no face in it, and with neither
INITIALS = 0.5  # of its circumference: what initials count where no border is seen


def tile_worth(boxes: Boxes, evidence: Evidence) -> Values:
    """How much speaks for each box being somebody's tile: its borders, and what is in it."""
    worth = evidence.worth(boxes)
    named, faces, room = initials(boxes, evidence), _faces(boxes, evidence), is_room(boxes, evidence)
    least = INITIALS * 2 * (boxes[:, 2:] - boxes[:, :2]).sum(axis=1)
    worth = np.where(named, np.maximum(worth, least), worth)
    counts = np.where(named | faces, 1.0, np.where(room, ROOM, NOBODY))
    return np.asarray(np.where(worth > 0, counts * worth, worth), np.float64)


def anybody(boxes: Boxes, evidence: Evidence) -> bool:
    """Whether there is a face or there are initials in any of the boxes."""
    return bool((_faces(boxes, evidence) | initials(boxes, evidence)).any())


def named(box: Boxes, evidence: Evidence) -> bool:
    """Whether a name stands in the lower left of a box: so many strokes side by side."""
    left, top, right, bottom = np.rint(box).astype(int).tolist()
    written = strokes(evidence.luma[max(0, top) : bottom, max(0, left) : right])
    if written is None:
        return False
    letters = np.diff((written > 0).astype(np.int8), axis=1) > 0
    return bool(letters.sum(axis=1).max(initial=0) >= LETTERS)


def initials(boxes: Boxes, evidence: Evidence) -> npt.NDArray[np.bool_]:
    """Whether there is something in the middle of each box, and nothing on both sides of it."""
    area = (boxes[:, 2:] - boxes[:, :2]).prod(axis=1) / COARSE**2
    middle, left, right, above, below, *halves = evidence.detail(_parts(boxes)).reshape(len(_PARTS), -1)
    disc = left + right < BLANK * area
    name = (above + below < BLANK * area) & (np.minimum(*halves) > ALIKE * (halves[0] + halves[1]))
    least = np.where(disc & name, SHORT_NAME, DRAWN) * BLANK * area
    return np.asarray((disc | name) & (middle > least))


def _faces(boxes: Boxes, evidence: Evidence) -> npt.NDArray[np.bool_]:
    if not len(evidence.heads):
        return np.zeros(len(boxes), np.bool_)
    return np.asarray((covered(evidence.heads, boxes) > 0.8).any(axis=0))


def is_room(boxes: Boxes, evidence: Evidence) -> npt.NDArray[np.bool_]:
    """Whether no shade fills most of each box."""
    across, down = ((np.arange(count) + 0.5) / count for count in PLACES)
    x = boxes[:, None, 0] + across * (boxes[:, None, 2] - boxes[:, None, 0])
    y = boxes[:, None, 1] + down * (boxes[:, None, 3] - boxes[:, None, 1])
    shades = evidence.shades(x[:, None, :], y[:, :, None]).reshape(-1, PLACES[0] * PLACES[1]).astype(np.int16)
    same = np.abs(shades - np.median(shades, axis=1)[:, None]) <= SAME_SHADE
    return np.asarray(same.mean(axis=1) < FLAT)


def _parts(boxes: Boxes) -> Boxes:
    """Where initials or a name may stand, and what is around them, in every box: part by part."""
    corner, size = boxes[:, [0, 1, 0, 1]], (boxes[:, 2:] - boxes[:, :2])[:, [0, 1, 0, 1]]
    return np.asarray(corner + _PARTS[:, None, :] * size, np.float64).reshape(-1, 4)
