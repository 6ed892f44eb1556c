"""Lattices out of straight lines alone, where tiles touch: lines at equal distances are tiles."""

from collections.abc import Iterator
from typing import NamedTuple

import cv2
import numpy as np

from meetbot.gallery.evidence import Borders, Evidence, Values
from meetbot.gallery.frame import Region
from meetbot.gallery.lattice import LONGEST, SHORTEST, Lattice

PEAKS = 18  # lines that are tried in each direction
TEETH = 7  # tiles in a row
TEETH_TRIED = np.arange(-1.0, 2 * TEETH)
GAPS = np.arange(0.0, 11.0)  # pixels between two tiles; wider gaps have a colour of their own to be cut along
SMALLEST = 24.0  # pixels of a tile's side
BEST = 4  # combs of one direction that are combined with those of the other
STRIP = 0.27  # share of the frame in which a filmstrip is looked for


class Comb(NamedTuple):
    """Tiles in one direction."""

    start: float
    size: float
    step: float  # 0 for a single tile
    worth: float
    end: float


def comb_lattices(evidence: Evidence, area: Region) -> Iterator[Lattice]:
    """The lattices that lines of the whole area, or of one of its four rims, propose."""
    left, top, right, bottom = area
    wide, high = right - left, bottom - top
    deep, rim = STRIP, (0.02, 0.12)
    sideways, upright = evidence.level, evidence.upright
    x_reach, y_reach = (left, right), (top, bottom)
    for window, reach in (
        (x_reach, x_reach),
        ((right - rim[1] * wide, right - rim[0] * wide), (right - int(deep * wide), right)),
        ((left + rim[0] * wide, left + rim[1] * wide), (left, left + int(deep * wide))),
    ):
        for rows in _combs(sideways, window, y_reach):
            for columns in _combs(upright, _extent(rows, y_reach), reach):
                yield from _lattice(columns, rows)
    for window, reach in (
        ((top + rim[0] * high, top + rim[1] * high), (top, top + int(deep * high))),
        ((bottom - rim[1] * high, bottom - rim[0] * high), (bottom - int(deep * high), bottom)),
    ):
        for columns in _combs(upright, window, x_reach):
            for rows in _combs(sideways, _extent(columns, x_reach), reach):
                yield from _lattice(columns, rows)


def _extent(comb: Comb, reach: tuple[int, int]) -> tuple[float, float]:
    """From where to where the tiles of a comb stand."""
    return max(float(reach[0]), comb.start), min(float(reach[1]), comb.end)


def _lattice(columns: Comb, rows: Comb) -> Iterator[Lattice]:
    if not SHORTEST < columns.size / rows.size < LONGEST:
        return
    gap_x, gap_y = columns.step - columns.size, rows.step - rows.size
    step_x = columns.step if columns.step else columns.size + max(0.0, gap_y)
    step_y = rows.step if rows.step else rows.size + max(0.0, gap_x)
    yield Lattice(columns.start, rows.start, columns.size, rows.size, step_x, step_y)


def _combs(lines: Borders, along: tuple[float, float], reach: tuple[int, int]) -> list[Comb]:
    """The likeliest combs among the lines of a region, and its likeliest single tiles."""
    places = np.arange(reach[0], reach[1] + 1).astype(np.float64)
    share = lines.share(places, np.full(len(places), float(along[0])), np.full(len(places), float(along[1])))
    value = share - np.quantile(share, 0.7)
    value[[0, -1]] = np.maximum(value[[0, -1]], 0.5 * value.max())
    peaks = _peaks(value)
    return [
        comb._replace(start=comb.start + reach[0], end=comb.end + reach[0])
        for comb in (*_repeated(value, peaks), *_single(value, peaks))
    ]


def _peaks(value: Values) -> Values:
    near = cv2.dilate(value.reshape(1, -1), np.ones((1, 5))).ravel()
    top = np.flatnonzero((value >= near) & (value > 0.02))
    return np.sort(top[np.argsort(-value[top])[:PEAKS]]).astype(np.float64)


def _repeated(value: Values, peaks: Values) -> list[Comb]:
    first, second = (one.ravel() for one in np.meshgrid(peaks, peaks))
    away = (second - first)[second > first]
    first = first[second > first]
    teeth = np.arange(1, TEETH)
    steps = (away[:, None] / teeth).ravel()
    starts = np.repeat(first, len(teeth))
    long_enough = (steps > SMALLEST) & (steps < 0.6 * len(value))
    starts, steps = starts[long_enough], steps[long_enough]
    if not len(steps):
        return []
    starts = starts % steps
    gaps = np.broadcast_to(GAPS, (len(steps), len(GAPS)))
    worth = _worth(value, starts[:, None], steps[:, None], gaps)
    return _best(value, starts, steps, gaps, worth)


def _worth(value: Values, starts: Values, steps: Values, gaps: Values) -> Values:
    """Of each comb what its lines are worth, over all the tiles that fit."""
    return np.asarray(
        _teeth(value, starts[..., None], steps[..., None], gaps[..., None]).sum(axis=-1), np.float64
    )


def _teeth(value: Values, start: Values, step: Values, gap: Values) -> Values:
    """What the two lines of every tile are worth; 0 for tiles outside."""
    end = len(value) - 1
    left = start + TEETH_TRIED * step
    right = left + step - gap
    fits = (left > -2) & (right < end + 2)
    lines = [value[np.clip(np.rint(line), 0, end).astype(np.intp)] for line in (left, right)]
    return np.asarray((lines[0] + lines[1]) * fits, np.float64)


def _best(value: Values, starts: Values, steps: Values, gaps: Values, worth: Values) -> list[Comb]:
    found: list[Comb] = []
    for number in np.argsort(-worth, axis=None)[:200]:
        row, column = divmod(int(number), worth.shape[1])
        start, step, size = float(starts[row]), float(steps[row]), float(steps[row] - gaps[row, column])
        if size < SMALLEST or any(abs(size - one.size) < 3 and abs(step - one.step) < 1.5 for one in found):
            continue
        seen = np.flatnonzero(_teeth(value, starts[row], steps[row], gaps[row, column]) > 0)
        if not len(seen):
            continue
        first, last = start + TEETH_TRIED[seen[[0, -1]]] * step
        found.append(Comb(float(first), size, step, float(worth[row, column]), float(last) + size))
        if len(found) == BEST:
            break
    return found


def _single(value: Values, peaks: Values) -> list[Comb]:
    pairs = [
        Comb(first, second - first, 0.0, value[int(first)] + value[int(second)], second)
        for first in peaks
        for second in peaks
        if second - first > SMALLEST
    ]
    return sorted(pairs, key=lambda comb: -comb.worth)[:BEST]
