"""Which tiles surely show the scene and the label that they did: from some points of each, all tiles at once.

What it is not sure of, `looks` tells from every pixel.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from meetbot import settings
from meetbot.gallery.looks import Look, Shares, Written, upright
from meetbot.types import Image

Edges = tuple[int, int, int, int]  # left, top, right, bottom of a tile, in whole pixels
Mask = npt.NDArray[np.bool_]

_POINTS = 4  # across and down each square of a look in small
_SURELY = 0.15  # a correlation must be so far over the limit: the points' mean is not that of all pixels
_NEARLY = 4.0  # levels by which the mean step must be under the limit
_FLAT = 4.0  # levels of spread under which points say nothing
_WRITTEN = 0.95  # correlation of what a label's place shows with what it showed, from which that is the same
_NOWHERE = Written(0, 0, np.zeros((1, 1), np.uint8))  # of a label that nothing is known of but its strokes


class Calm:
    """Knows how tiles looked; `size` is the picture's, width and height."""

    def __init__(self, size: tuple[int, int], tiles: Sequence[Edges], looks: Sequence[Look]) -> None:
        self._scenes = Scenes(size, tiles, [look.small for look in looks])
        self._labels = Labels(size, tiles, looks)

    def __call__(self, luma: Image) -> tuple[Mask, Mask]:
        """Of each tile whether its scene is surely the same, somebody's moving about aside, and its label."""
        flat = luma.reshape(-1)
        return self._scenes(flat), self._labels(flat)


class Scenes:
    """How tiles looked in small."""

    def __init__(self, size: tuple[int, int], tiles: Sequence[Edges], smalls: Sequence[Image]) -> None:
        self._before = np.stack(smalls).astype(np.float32) if smalls else np.zeros((0, 1, 1), np.float32)
        self._points = _points(size[0], tiles, *self._before.shape[1:])
        self._own, self._spread = _without_mean(self._before)

    def __call__(self, flat: Image) -> Mask:
        """Of each tile whether it surely shows what it did; the picture's brightness comes row by row."""
        points = flat.take(self._points)
        now = points.sum(axis=0, dtype=np.uint16).astype(np.float32) / len(points)
        step = np.abs(now - self._before).mean(axis=(1, 2))
        own, spread = _without_mean(now)
        clear = np.minimum(self._spread, spread) >= _FLAT
        alike = (self._own * own).mean(axis=(1, 2)) >= (settings.LOOK_JUMP + _SURELY) * self._spread * spread
        return np.asarray((clear & alike) | (step <= settings.LOOK_STEP - _NEARLY))


class Labels:
    """Where tiles' labels stood, and what the picture showed there."""

    def __init__(self, size: tuple[int, int], tiles: Sequence[Edges], looks: Sequence[Look]) -> None:
        self._surely = np.array([look.strokes is None for look in looks], np.bool_)  # nothing can contradict
        self._written = np.flatnonzero(~self._surely)
        places, weights, widths, rows = [], [], [], []
        for number in self._written.tolist():
            down, across, shown = looks[number].written or _NOWHERE
            left, top = tiles[number][0] + across, _corner(tiles[number]) + down
            high, wide = shown.shape
            places.append(np.arange(top, top + high)[:, None] * size[0] + np.arange(left, left + wide))
            before = upright(shown)
            weights.append(before / max(1.0, float(np.linalg.norm(before))))
            widths += [wide] * high
            rows.append(high)
        if rows:
            self._places = np.concatenate([place.ravel() for place in places])
            self._weights: Shares = np.concatenate([weight.ravel() for weight in weights])
            self._widths: Shares = np.array(widths, np.float32)
            self._rows = np.cumsum([0, *widths[:-1]])  # where each row begins, then where each label does
            self._first_rows = np.cumsum([0, *rows[:-1]])

    def __call__(self, flat: Image) -> Mask:
        """Of each tile whether its label surely stands where it stood, or there was none."""
        surely = self._surely.copy()
        if not len(self._written):
            return surely
        values = flat.take(self._places).astype(np.float32)
        along = self._of_labels(np.add.reduceat(values * self._weights, self._rows))
        sums = np.add.reduceat(values, self._rows)
        energy = self._of_labels(np.add.reduceat(values**2, self._rows) - sums**2 / self._widths)
        surely[self._written] = along >= _WRITTEN * np.sqrt(np.maximum(energy, 1.0))
        return surely

    def _of_labels(self, rows: npt.NDArray[np.floating]) -> Shares:
        return np.asarray(np.add.reduceat(rows, self._first_rows), np.float32)


def _corner(tile: Edges) -> int:
    """The uppermost row in which strokes are looked for."""
    return max(tile[1], tile[3] - settings.STROKES_HEIGHT)


def _without_mean(smalls: Shares) -> tuple[Shares, Shares]:
    own = smalls - smalls.mean(axis=(1, 2), keepdims=True)
    return own, np.asarray(np.sqrt((own**2).mean(axis=(1, 2))), np.float32)


def _points(width: int, tiles: Sequence[Edges], down: int, across: int) -> npt.NDArray[np.intp]:
    """The points, spread evenly: points of a square x tiles x squares down x across."""
    left, top, right, bottom = np.array(tiles).reshape(-1, 4).T[..., None]
    x, y = ((np.arange(count * _POINTS) + 0.5) / (count * _POINTS) for count in (across, down))
    columns = (left + x * (right - left)).astype(np.intp).reshape(-1, across, _POINTS)
    rows = (top + y * (bottom - top)).astype(np.intp).reshape(-1, down, _POINTS)
    high, wide = rows.transpose(2, 0, 1)[:, None, :, :, None], columns.transpose(2, 0, 1)[None, :, :, None]
    return np.asarray((high * width + wide).reshape(_POINTS**2, len(tiles), down, across))
