"""FER-2013's faces in the gallery of a call: head and shoulders before a room, 25 tiles in 1080p."""

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from meetbot.types import Image, Point

SIZE = (1920, 1080)
GRID = 5  # tiles in a row and in a column
TILE = (376, 208)
PITCH = (384, 216)  # from tile to tile
GAP = 4  # pixels around the tiles
BACKGROUND = 18
STRAY = (0.10, 0.05)  # of the tile, how far a head is off its middle, either way
MARGIN = 0.5  # of the face's picture: its edge goes on this far, ever fainter
HEAD = (0.70, 0.82)  # half axes of a head, in widths of the picture, which cuts hair and chin off
SHOULDERS = (1.15, 0.85)  # half axes of what stands below it

Levels = npt.NDArray[np.float32]


class Gallery(NamedTuple):
    """A composed picture, and where the middles of its faces are."""

    picture: Image
    middles: tuple[Point, ...]


def gallery(faces: Sequence[Image], side: int, rng: np.random.Generator) -> Gallery:
    """Up to 25 faces, each picture `side` pixels wide, in reading order."""
    picture = np.full((SIZE[1], SIZE[0]), BACKGROUND, np.uint8)
    middles = []
    for number, face in enumerate(faces):
        left, top = GAP + number % GRID * PITCH[0], GAP + number // GRID * PITCH[1]
        x, y = (round(length * (0.5 + rng.uniform(-by, by))) for length, by in zip(TILE, STRAY, strict=True))
        picture[top : top + TILE[1], left : left + TILE[0]] = _tile(face, side, (x, y), rng)
        middles.append(Point(left + x, top + y))
    return Gallery(picture, tuple(middles))


def _tile(face: Image, side: int, middle: tuple[int, int], rng: np.random.Generator) -> Image:
    """A person before a room out of focus; inside the face's picture nothing but its size is changed."""
    room = rng.integers(40, 200, (4, 5)).astype(np.float32)
    tile: Levels = np.asarray(cv2.resize(room, TILE, interpolation=cv2.INTER_CUBIC), np.float32)
    below, axes = (middle[0], middle[1] + round(1.45 * side)), [round(half * side) for half in SHOULDERS]
    cv2.ellipse(tile, below, axes, 0, 0, 360, float(rng.integers(20, 230)), cv2.FILLED, cv2.LINE_AA)
    head, cover = _head(face, side)
    reach = len(head) // 2
    around = np.pad(tile, reach, mode="edge")
    there = (slice(middle[1], middle[1] + len(head)), slice(middle[0], middle[0] + len(head)))
    around[there] += (head - around[there]) * cover
    return np.clip(np.rint(around[reach:-reach, reach:-reach]), 0, 255).astype(np.uint8)


def _head(face: Image, side: int) -> tuple[Levels, Levels]:
    """The picture with its edge going on, out of focus, to the outline of a head; and what that covers."""
    margin = round(MARGIN * side)
    smooth = cv2.INTER_CUBIC if side > len(face) else cv2.INTER_AREA
    large = cv2.resize(face, (side, side), interpolation=smooth)
    inside = (slice(margin, -margin), slice(margin, -margin))
    edge = np.pad(large, margin, mode="edge").astype(np.float32)
    head: Levels = np.asarray(cv2.GaussianBlur(edge, (0, 0), 0.06 * side), np.float32)
    head[inside] = large
    middle = len(head) // 2
    outline = np.zeros(head.shape, np.float32)
    axes = [round(half * side) for half in HEAD]
    cv2.ellipse(outline, (middle, middle), axes, 0, 0, 360, 1.0, cv2.FILLED, cv2.LINE_AA)
    cover = cv2.GaussianBlur(outline, (0, 0), 0.04 * side)
    cover[inside] = 1
    return head, np.asarray(cover, np.float32)
