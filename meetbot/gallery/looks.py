"""How a tile looks: its colours, its picture in small, and the strokes of its label, to tell people apart.

A look lives in memory only: the reader's, and with a piece of a recording the command's that joins it. What
seats remember of it holds too little to recognise a face: 16 x 9 grey squares. Only while a tile is watched,
the corner of its label stands beside that as the picture shows it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from meetbot import settings
from meetbot.types import Box, Camera, Face, Image, Picture

Shares = npt.NDArray[np.float32]

_SMALL = (16, 9)  # squares across and down
_BINS = 4  # shades of each colour
_OTHER_WIDTH = 0.45  # agreement of writing too short to be found in the wider one
_ROUNDING = 0.001  # of a correlation: by so much it must be over a limit to be so without any doubt
_STROKE = np.ones((settings.STROKES_KERNEL, settings.STROKES_KERNEL), np.uint8)
_SPECKS = np.array([settings.STROKES_SPECKS, 1 - settings.STROKES_SPECKS])
_PART = 0.75  # and at most of one that is part of the other: cut off, or a microphone came beside it


class Written(NamedTuple):
    """A label as it stands in the lower left corner of a tile."""

    down: int  # pixels of the corner above it
    across: int
    luma: Image


@dataclass(frozen=True, slots=True)
class Look:
    """What is remembered of a tile's appearance."""

    camera: Camera
    colours: Shares  # share of the tile that has each of 64 colours
    small: Image  # the tile in small, in grey
    strokes: Image | None  # thin bright or dark strokes of the label in the lower left; None: no writing
    written: "Written | None" = None  # as it stands in the picture; None in what seats remember


def look(picture: Picture, box: Box, camera: Camera) -> Look:
    """The look of the tile that fills a box."""
    x, y, right, bottom = edges(picture, box)
    tile = cv2.resize(picture.colour()[y:bottom, x:right], (48, 27), interpolation=cv2.INTER_AREA)
    counts = cv2.calcHist([np.asarray(tile)], [0, 1, 2], None, [_BINS] * 3, [0, 256] * 3).ravel()
    luma = picture.luma[y:bottom, x:right]
    colours = np.asarray(counts / counts.sum(), np.float32)
    return Look(camera, colours, in_small(luma), *(_writing(luma) or (None, None)))


def edges(picture: Picture, box: Box) -> tuple[int, int, int, int]:
    """A box as whole pixels inside the picture: left, top, right, bottom; never empty."""
    return within((picture.width, picture.height), box)


def within(size: tuple[int, int], box: Box) -> tuple[int, int, int, int]:
    """The same inside of a picture of so many pixels across and down."""
    x = min(max(0, round(box.x)), size[0] - 1)
    y = min(max(0, round(box.y)), size[1] - 1)
    right = min(size[0], max(x + 1, round(box.x + box.width)))
    bottom = min(size[1], max(y + 1, round(box.y + box.height)))
    return x, y, right, bottom


def in_small(luma: Image) -> Image:
    """A tile's brightness in 16 x 9 squares."""
    return np.asarray(cv2.resize(luma, _SMALL, interpolation=cv2.INTER_AREA), np.uint8)


def camera_of(picture: Picture, box: Box, faces: Sequence[Face]) -> Camera:
    """Off where a tile holds no face and hardly anything but plain colour."""
    if any(is_in(face.box, box) for face in faces):
        return "on"
    x, y, right, bottom = edges(picture, box)
    return "off" if is_flat(picture.luma[y:bottom, x:right]) else "on"


def is_in(face: Box, tile: Box) -> bool:
    """Whether the middle of a face stands in a tile."""
    x, y = middle_of(face)
    return tile.x <= x < tile.x + tile.width and tile.y <= y < tile.y + tile.height


def middle_of(box: Box) -> tuple[float, float]:
    """Its middle from left and from above."""
    return box.x + box.width / 2, box.y + box.height / 2


def is_flat(tile: Image) -> bool:
    """Whether a tile is one colour with initials or an avatar on it, as where a camera is off.

    The lowest quarter is left out: names and signs stand there, and in a small tile they are large.
    """
    height, width = tile.shape
    rows, side = slice(round(0.12 * height), round(0.72 * height)), max(2, round(0.1 * width))
    sides = [tile[rows, round(0.04 * width) : side], tile[rows, width - side : round(0.96 * width)]]
    rim = np.concatenate([part.ravel() for part in sides]).astype(np.int16)
    shade = np.median(rim)
    low, high = round(0.08 * height), max(round(0.08 * height) + 1, round(0.16 * height))
    above = tile[low:high, round(0.12 * width) : round(0.88 * width)].astype(np.int16)
    if np.mean(np.abs(rim - shade) <= settings.FLAT_SHADE) < settings.FLAT_RIM:
        return False
    if np.mean(np.abs(above - shade) <= settings.FLAT_SHADE) < settings.FLAT_TOP:
        return False
    upper = tile[: max(1, round(0.75 * height))]
    small = cv2.resize(upper, (64, 27), interpolation=cv2.INTER_AREA).astype(np.int16)
    across, down = np.abs(np.diff(small, axis=1))[:-1], np.abs(np.diff(small, axis=0))[:, :-1]
    steps = np.mean(np.maximum(across, down) > settings.FLAT_STEP)
    ground = np.mean(np.abs(small - shade) <= settings.FLAT_STEP)
    return bool(steps < settings.FLAT_STEPS and ground > settings.FLAT_GROUND)


def strokes(luma: Image) -> Image | None:
    """The thin strokes of the label in the lower left of a tile, bright or dark, whichever is plainer: 0-255.

    None where there are too few for a label, or clutter.
    """
    found = _writing(luma)
    return found[0] if found else None


def _writing(luma: Image) -> tuple[Image, Written] | None:
    """The strokes, and what the picture shows at their place."""
    corner = luma[-settings.STROKES_HEIGHT :, : settings.STROKES_WIDTH]
    bright = cv2.morphologyEx(corner, cv2.MORPH_TOPHAT, _STROKE)
    dark = cv2.morphologyEx(corner, cv2.MORPH_BLACKHAT, _STROKE)
    plain = max((bright, dark), key=cv2.norm)
    least = max(settings.STROKES_LEAST, settings.STROKES_FAINT * float(plain.max(initial=0)))
    found = cv2.threshold(plain, ceil(least) - 1, 0, cv2.THRESH_TOZERO)[1]
    if not settings.STROKES_SHARE[0] <= cv2.countNonZero(found) / found.size <= settings.STROKES_SHARE[1]:
        return None
    marked = found > 0
    rows, columns = _bulk(marked.sum(axis=1)), _bulk(marked.sum(axis=0))
    written = Written(rows.start, columns.start, corner[rows, columns].copy())
    return np.asarray(found[rows, columns], np.uint8), written


def _bulk(counts: npt.NDArray[np.int_]) -> slice:
    """Where nearly all strokes lie along one direction: specks far from the writing don't widen it."""
    so_far = counts.cumsum()
    first, last = (so_far / so_far[-1]).searchsorted(_SPECKS).tolist()
    return slice(first, last + 1)


def keeps_strokes(old: Image | None, new: Image | None) -> bool:
    """Whether two labels agree as far as those of one person do, or one of them is none."""
    if old is None or new is None:
        return True
    if old.shape == new.shape and _in_place(old, new) > settings.STROKES_SAME + _ROUNDING:
        return True  # the best place can only be better
    return (same_strokes(old, new) or 0.0) >= settings.STROKES_SAME


def _in_place(old: Image, new: Image) -> float:
    """The correlation of two strips of one size, one over the other."""
    one, other = upright(old), upright(new)
    return float(np.vdot(one, other) / max(1.0, np.sqrt(np.vdot(one, one) * np.vdot(other, other))))


def same_strokes(old: Image | None, new: Image | None) -> float | None:
    """How far the strokes of two labels agree (-1 to 1), wherever they stand; None where one has none."""
    if old is None or new is None:
        return None
    small, large = sorted((old, new), key=lambda strip: strip.shape[1])
    if small.shape[1] >= settings.STROKES_NARROWER * large.shape[1]:
        return _best_match(small, large)
    begun = small[:, : small.shape[1] - settings.STROKES_ELLIPSIS]
    if begun.shape[1] < settings.STROKES_BEGUN:
        return _OTHER_WIDTH
    return min(_best_match(begun, large), _PART)


def _best_match(small: Image, large: Image) -> float:
    """The correlation of two strips where the smaller fits best into the larger."""
    high, wide = (max(small.shape[side], large.shape[side]) + 2 * settings.STROKES_SLACK for side in (0, 1))
    ground = np.zeros((high, wide), np.float32)
    top, left = (high - large.shape[0]) // 2, (wide - large.shape[1]) // 2
    ground[top : top + large.shape[0], left : left + large.shape[1]] = upright(large)
    return float(cv2.matchTemplate(ground, upright(small), cv2.TM_CCORR_NORMED).max())


def upright(strip: Image) -> Shares:
    """Strokes without what all writing has in common, its rows: only their places along the line count."""
    values = strip.astype(np.float32)
    return np.asarray(values - values.sum(axis=1, keepdims=True) / values.shape[1], np.float32)


def jumped(old: Image, new: Image) -> bool:
    """Whether a tile's small picture shows something else than before: not a movement, another scene."""
    return _correlation(old, new) < settings.LOOK_JUMP and _step(old, new) > settings.LOOK_STEP


def likeness(old: Look, new: Look) -> float:
    """How far two looks speak for (above 0) or against (below 0) one person, in the points of seats.py."""
    points = 0.0
    written = same_strokes(old.strokes, new.strokes)
    if written is not None:
        points += points_for(written, settings.SEAT_STROKES)
    if old.camera == new.camera:
        shared = float(np.minimum(old.colours, new.colours).sum())
        alike = _correlation(old.small, new.small)
        worth = settings.SEAT_OFF_WORTH if new.camera == "off" else 1.0
        points += worth * (points_for(shared, settings.SEAT_COLOURS) + points_for(alike, settings.SEAT_SMALL))
    return points


class Likenesses:
    """The likeness of each two looks, found once for as long as both are compared again and again."""

    def __init__(self) -> None:
        self._before: dict[tuple[int, int], tuple[Look, Look, float]] = {}  # with the looks: ids are reused
        self._now: dict[tuple[int, int], tuple[Look, Look, float]] = {}

    def begin(self) -> None:
        """Others are compared from here on: those of two comparisons ago are forgotten."""
        self._before, self._now = self._now, {}

    def __call__(self, old: Look, new: Look) -> float:
        """In the points of seats.py."""
        pair = id(old), id(new)
        self._now[pair] = self._before.get(pair) or (old, new, likeness(old, new))
        return self._now[pair][2]


def points_for(evidence: float, line: tuple[tuple[float, float], ...]) -> float:
    """Where a piece of evidence lies on its line of (evidence, points)."""
    return float(np.interp(evidence, *_axes(line)))


@lru_cache
def _axes(line: tuple[tuple[float, float], ...]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    at, points = zip(*line, strict=True)
    return np.array(at, np.float64), np.array(points, np.float64)


def _correlation(old: Image, new: Image) -> float:
    """Of two small pictures, -1 to 1; flat ones are alike when they are equally bright."""
    one, other = _off_mean(old), _off_mean(new)
    spread = float(np.sqrt(np.vdot(one, one) * np.vdot(other, other)))
    if spread < one.size:  # by less than one level a pixel
        return 1.0 if _step(old, new) < settings.LOOK_STEP else 0.0
    return float(np.vdot(one, other)) / spread


def _off_mean(picture: Image) -> Shares:
    values = picture.astype(np.float32)
    return np.asarray(values - values.sum() / values.size, np.float32)


def _step(old: Image, new: Image) -> float:
    return float(np.abs(old.astype(np.int16) - new).mean())
