"""Strokes on a picture: masks, pictures and rounded corners, cut at the picture's edge."""

from functools import lru_cache

import cv2
import numpy as np

from meetbot.types import Image
from tests.galleries.layouts import Rect
from tests.galleries.rooms import bgr
from tests.galleries.styles import Colour
from tests.galleries.text import written


def fill(canvas: Image, rect: Rect, colour: Colour, opacity: float = 1.0, radius: int = 0) -> None:
    """One colour over a rectangle."""
    radius = min(radius, rect.w // 2, rect.h // 2)
    if opacity == 1.0 and radius < 1:
        canvas[rect.y : rect.y + rect.h, rect.x : rect.x + rect.w] = bgr(colour)
    else:
        blend(canvas, _rounded(rect.w, rect.h, radius), rect.x, rect.y, colour, opacity)


def blend(canvas: Image, mask: Image, x: int, y: int, colour: Colour, opacity: float = 1.0) -> None:
    """A colour through a mask whose left upper corner is at (x, y)."""
    height, width = canvas.shape[:2]
    left, top = max(x, 0), max(y, 0)
    right, low = min(x + mask.shape[1], width), min(y + mask.shape[0], height)
    if right <= left or low <= top:
        return
    part = canvas[top:low, left:right]
    cover = mask[top - y : low - y, left - x : right - x, None].astype(np.float32) * (opacity / 255)
    part[:] = np.rint(part + (np.array(bgr(colour), np.float32) - part) * cover).astype(np.uint8)


def write(canvas: Image, words: str, x: int, y: int, pixels: int, colour: Colour, bold: bool = False) -> int:
    """Text whose line begins at (x, y); its width."""
    mask = written(words, pixels, bold)
    blend(canvas, mask, x, y, colour)
    return int(mask.shape[1])


def paste(canvas: Image, picture: Image, rect: Rect, radius: int = 0) -> None:
    """A picture of the rectangle's size, its corners rounded over what was there."""
    x, y, w, h = rect
    part = canvas[y : y + h, x : x + w]
    radius = min(radius, w // 2, h // 2)
    if radius < 1:
        part[:] = picture
        return
    mask = _rounded(w, h, radius)
    before = [(corner, part[corner].copy()) for corner in _corners(radius)]
    part[:] = picture
    for corner, old in before:
        cover = mask[corner][:, :, None].astype(np.float32) / 255
        part[corner] = np.rint(old + (part[corner].astype(np.float32) - old) * cover).astype(np.uint8)


def outline(canvas: Image, rect: Rect, width: int, colour: Colour, radius: int) -> None:
    """A border of a width just inside the rectangle."""
    x, y, w, h = rect
    mask = _rounded(w, h, min(radius, w // 2, h // 2)).copy()
    if w > 2 * width and h > 2 * width:
        inner = _rounded(
            w - 2 * width, h - 2 * width, max(0, min(radius - width, w // 2 - width, h // 2 - width))
        )
        mask[width : h - width, width : w - width] = np.minimum(
            mask[width : h - width, width : w - width], 255 - inner
        )
    blend(canvas, mask, x, y, colour)


def _corners(radius: int) -> list[tuple[slice, slice]]:
    ends = (slice(0, radius), slice(-radius, None))
    return [(rows, columns) for rows in ends for columns in ends]


@lru_cache(maxsize=300)
def _rounded(width: int, height: int, radius: int) -> Image:
    """A rectangle with round corners, its edge smoothed by drawing at four times the size."""
    mask = np.full((height, width), 255, np.uint8)
    if radius < 1:
        return mask
    disc = np.zeros((8 * radius, 8 * radius), np.uint8)
    cv2.circle(disc, (4 * radius, 4 * radius), 4 * radius, 255, -1)
    small = cv2.resize(disc, (2 * radius, 2 * radius), interpolation=cv2.INTER_AREA)
    for corner in _corners(radius):
        mask[corner] = small[corner]
    return mask
