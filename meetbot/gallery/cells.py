"""What is in the boxes that were found: whether the camera is on, and in which order they are read."""

import numpy as np

from meetbot.gallery.evidence import Boxes, Evidence, covered
from meetbot.gallery.looks import is_flat
from meetbot.types import Camera

SAME_ROW = 0.5  # of a tile's height: what begins above that is in its row


def camera(box: Boxes, evidence: Evidence) -> Camera:
    """Off when there is no face, and nothing but one flat colour with initials or an avatar on it."""
    if len(evidence.faces) and (covered(evidence.heads, box[None])[:, 0] > 0.6).any():
        return "on"
    left, top, right, bottom = np.rint(box).astype(int).tolist()
    return "off" if is_flat(evidence.luma[max(0, top) : bottom, max(0, left) : right]) else "on"


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
