"""What is in the boxes that were found: whether the camera is on, and in which order they are read."""

import numpy as np

from meetbot.gallery.evidence import Boxes, Evidence, covered
from meetbot.types import Camera, Image

SAME_SHADE = 4  # grey levels within a flat colour, after compression
PLAIN = 0.92  # of the places around initials or an avatar that must have one shade
INITIALS = 0.25  # of a tile's shorter side: the disc or the letters reach so far from its middle at most
SAME_ROW = 0.5  # of a tile's height: what begins above that is in its row


def camera(box: Boxes, evidence: Evidence) -> Camera:
    """Off when there is no face, and around the middle there is nothing but one flat colour."""
    if len(evidence.faces) and (covered(evidence.heads, box[None])[:, 0] > 0.6).any():
        return "on"
    left, top, right, bottom = np.rint(box).astype(int).tolist()
    tile = evidence.luma[max(0, top) : bottom, max(0, left) : right]
    places = _around(tile)
    shade = np.median(places)
    return "off" if np.mean(np.abs(places - shade) <= SAME_SHADE) > PLAIN else "on"


def _around(tile: Image) -> np.ndarray[tuple[int], np.dtype[np.int16]]:
    """A rim left, right and above, and a band under the middle where somebody's chest would be.

    The lower corners are left out: names and signs stand there.
    """
    height, width = tile.shape
    low, high = round(0.77 * height), max(round(0.77 * height) + 1, round(0.83 * height))
    side = max(2, round(0.1 * width))
    rows = slice(round(0.15 * height), round(0.75 * height))
    parts = (
        tile[rows, round(0.04 * width) : side],
        tile[rows, width - side : round(0.96 * width)],
        tile[low:high, round(0.3 * width) : round(0.7 * width)],
    )
    return np.concatenate([part.ravel() for part in parts]).astype(np.int16)


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
