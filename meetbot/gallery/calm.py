"""Which tiles surely show no other scene than before: from a few points of each, all tiles at once.

What it is not sure of, `looks.jumped` tells from every pixel.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from meetbot import settings
from meetbot.types import Image

Edges = tuple[int, int, int, int]  # left, top, right, bottom of a tile, in whole pixels

_POINTS = 4  # across and down each square of a look in small
_SURELY = 0.15  # a correlation must be so far over the limit: the points' mean is not that of all pixels
_NEARLY = 4.0  # levels by which the mean step must be under the limit
_FLAT = 4.0  # levels of spread under which points say nothing


def calm(luma: Image, tiles: Sequence[Edges], smalls: Sequence[Image]) -> npt.NDArray[np.bool_]:
    """Of each tile whether it surely shows what its look in small does, somebody's moving about aside."""
    if not tiles:
        return np.zeros(0, np.bool_)
    before = np.stack(smalls).astype(np.float32)
    down, across = before.shape[1:]
    points = luma[_places(tuple(tiles), across, down)]
    now = points.sum(axis=0, dtype=np.uint16).astype(np.float32) / len(points)
    step = np.abs(now - before).mean(axis=(1, 2))
    one, other = (seen - seen.mean(axis=(1, 2), keepdims=True) for seen in (before, now))
    spread, its = np.sqrt((one**2).mean(axis=(1, 2))), np.sqrt((other**2).mean(axis=(1, 2)))
    clear = np.minimum(spread, its) >= _FLAT
    alike = (one * other).mean(axis=(1, 2)) >= (settings.LOOK_JUMP + _SURELY) * spread * its
    return np.asarray((clear & alike) | (step <= settings.LOOK_STEP - _NEARLY))


@lru_cache(maxsize=2)  # a layout holds for many looks
def _places(
    tiles: tuple[Edges, ...], across: int, down: int
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Rows and columns of the points, spread evenly: points of a square x tiles x squares down x across."""
    left, top, right, bottom = np.array(tiles).T[..., None]
    x, y = ((np.arange(count * _POINTS) + 0.5) / (count * _POINTS) for count in (across, down))
    columns = (left + x * (right - left)).astype(np.intp).reshape(-1, across, _POINTS)
    rows = (top + y * (bottom - top)).astype(np.intp).reshape(-1, down, _POINTS)
    shape = _POINTS, _POINTS, len(tiles), down, across
    wide = np.broadcast_to(columns.transpose(2, 0, 1)[None, :, :, None, :], shape)
    high = np.broadcast_to(rows.transpose(2, 0, 1)[:, None, :, :, None], shape)
    return high.reshape(_POINTS**2, *shape[2:]), wide.reshape(_POINTS**2, *shape[2:])
