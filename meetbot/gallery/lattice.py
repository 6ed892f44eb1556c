"""Tiles of one size at one distance: where the next ones must be, and how many there are."""

from collections.abc import Iterator
from functools import cache
from math import ceil, floor
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from meetbot.gallery.evidence import Boxes, Values
from meetbot.gallery.frame import Region

ALIKE = 0.03  # of a side: pieces that differ by less are tiles of one size
LEAST_ALIKE = 3.0  # pixels
THINNEST_RING, EVEN = 3.0, 2.0  # pixels that the ring around who speaks adds to a tile, both ways alike
MOST = 20  # rows or columns that are looked at; products show 7, and filmstrips of narrow tiles up to 18
SIZES = 6  # sizes of pieces that are tried
SMALLEST = 0.045  # of the frame's width: less than the tiles of a filmstrip in two lanes
LONGEST, SHORTEST = 2.6, 0.45  # width by height of a tile
ROW_COST = 0.3  # of a tile's circumference: what must speak for a last row of its own
CENTRED, OFF_CENTRE = 1.1, 0.02  # products put tiles in the middle: what that counts, and how near it must be
SPANS_SURE = 0.7  # of its circumference: what must speak for a camera that spans 2x2 places
WIDEST_GAP = 24.0  # pixels between two tiles


Numbers = npt.NDArray[np.intp]


class Lattice(NamedTuple):
    """One tile's upper left corner and size, and the way to the next tile."""

    x: float
    y: float
    width: float
    height: float
    step_x: float
    step_y: float

    def slot(self, row: Values, column: Values) -> Boxes:
        """The boxes at these rows and columns, which may be fractions."""
        left, top = self.x + column * self.step_x, self.y + row * self.step_y
        left, top = np.broadcast_arrays(left, top)
        return np.stack([left, top, left + self.width, top + self.height], axis=-1)


class Tiling(NamedTuple):
    """Tiles on a lattice, and what speaks for them."""

    boxes: Boxes
    worth: float
    lattice: Lattice
    block: tuple[int, ...] = ()  # the four boxes that one camera spans, if any

    @property
    def tiles(self) -> Boxes:
        """The boxes, those four as one."""
        if not self.block:
            return self.boxes
        four = self.boxes[list(self.block)]
        whole = np.concatenate([four[:, :2].min(axis=0), four[:, 2:].max(axis=0)])
        return np.concatenate([whole[None], np.delete(self.boxes, self.block, axis=0)])

    def spanned(self, large: Boxes) -> "Tiling":
        """The same with its four boxes inside the large one as one, if they are all there."""
        inside = (self.boxes[:, :2] > large[0, :2] - 1) & (self.boxes[:, 2:] < large[0, 2:] + 1)
        block = tuple(np.flatnonzero(inside.all(axis=1)).tolist())
        return self._replace(block=block) if len(block) == 4 else self


def lattices(pieces: Boxes) -> Iterator[Lattice]:
    """The lattices on which pieces of one size lie, the most frequent size first."""
    wide, high = pieces[:, 2] - pieces[:, 0], pieces[:, 3] - pieces[:, 1]
    usable = (
        (wide < LONGEST * high) & (wide > SHORTEST * high) & (wide > SMALLEST * pieces[:, 2].max(initial=0.0))
    )
    pieces, wide, high = pieces[usable], wide[usable], high[usable]
    near_x, near_y = np.maximum(LEAST_ALIKE, ALIKE * wide), np.maximum(LEAST_ALIKE, ALIKE * high)
    alike = (np.abs(wide - wide[:, None]) <= near_x) & (np.abs(high - high[:, None]) <= near_y)
    weight = alike.sum(axis=1) * wide * high
    for _ in range(SIZES):
        if not len(weight) or weight.max() <= 0:
            return
        chosen = alike[weight.argmax()]
        yield from _through(_without_ring(pieces[chosen]))
        weight[chosen] = 0


def _without_ring(tiles: Boxes) -> Boxes:
    """Tiles of about one size; those that are wider and higher by as much, in a ring, without it."""
    size = tiles[:, 2:] - tiles[:, :2]
    more = size - size[size.sum(axis=1).argmin()]
    ring = (more.min(axis=1) >= THINNEST_RING) & (np.ptp(more, axis=1) <= EVEN)
    off = np.where(ring[:, None], more / 2, 0)
    return np.asarray(tiles + np.concatenate([off, -off], axis=1))


def _through(tiles: Boxes) -> Iterator[Lattice]:
    """The lattice through tiles of about one size."""
    width, height = np.median(tiles[:, 2] - tiles[:, 0]), np.median(tiles[:, 3] - tiles[:, 1])
    same_row = np.abs(tiles[:, None, 1] - tiles[None, :, 1]) < LEAST_ALIKE
    step_x = _step(tiles[:, 0], width, same_row)
    step_y = _step(tiles[:, 1], height, np.ones_like(same_row))
    step_x = step_x or width + (step_y - height if step_y else 4.0)
    step_y = step_y or height + (step_x - width)
    first = tiles[same_row.sum(axis=1).argmax()]
    yield Lattice(float(first[0]), float(first[1]), float(width), float(height), float(step_x), float(step_y))


def _step(places: Values, size: float, allowed: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> float:
    """The distance from one tile to the next; 0 when no two are neighbours or a few steps apart."""
    away = (places[None, :] - places[:, None])[allowed]
    away = away[away > size - LEAST_ALIKE]
    count = np.maximum(1, np.floor((away + LEAST_ALIKE) / size))
    steps = away / count
    near = steps[(steps >= size - LEAST_ALIKE) & (steps <= size + WIDEST_GAP)]
    return float(np.median(near)) if len(near) else 0.0


def blocks(places: "Slots", worth: Values, large: Values) -> tuple[Values, Boxes]:
    """What places are worth when a camera may span 2x2 of them, and the box of that camera, if any."""
    rows, columns = places.straight.shape[:2]
    worth = worth.copy()
    straight = worth[: rows * columns].reshape(rows, columns)
    four = straight[:-1, :-1] + straight[1:, :-1] + straight[:-1, 1:] + straight[1:, 1:]
    gain = large.reshape(rows - 1, columns - 1) - np.maximum(four, 0)
    row, column = np.unravel_index(int(gain.argmax()), gain.shape)
    box = places.spans[row, column]
    sure = SPANS_SURE * 2 * (box[2] - box[0] + box[3] - box[1])
    if gain[row, column] <= 0 or large.reshape(rows - 1, columns - 1)[row, column] < sure:
        return worth, box[None][:0]
    straight[row : row + 2, column : column + 2] = large.reshape(rows - 1, columns - 1)[row, column] / 4
    return worth, box[None]


class Slots(NamedTuple):
    """Every place of a lattice that lies in the frame: straight ones, and those half a step to the right."""

    lattice: Lattice
    area: Region
    straight: Boxes  # rows x columns x 4
    shifted: Boxes

    @property
    def spans(self) -> Boxes:
        """The boxes of 2x2 places each, rows x columns x 4."""
        return np.concatenate([self.straight[:-1, :-1, :2], self.straight[1:, 1:, 2:]], axis=-1)

    @property
    def boxes(self) -> Boxes:
        """All of them in one list."""
        return np.concatenate([self.straight.reshape(-1, 4), self.shifted.reshape(-1, 4)])


def slots(lattice: Lattice, area: Region) -> Slots:
    """The places of a lattice in an area."""
    rows = _reach(lattice.y, lattice.height, lattice.step_y, area.top, area.bottom)
    columns = _reach(lattice.x, lattice.width, lattice.step_x, area.left, area.right)
    straight = lattice.slot(rows[:, None], columns[None, :])
    return Slots(lattice, area, straight, lattice.slot(rows[:, None], columns[None, :-1] + 0.5))


def fill(places: Slots, worth: Values, cost: float = 0.0) -> Tiling:
    """The rows and columns for which most speaks, by what `places.boxes` are worth."""
    rows, columns = places.straight.shape[:2]
    spans = _spans(columns)
    round_about = 2 * (places.lattice.width + places.lattice.height)
    worth = worth - cost * round_about
    split = rows * columns
    straight, shifted = worth[:split].reshape(rows, columns), worth[split:].reshape(rows, columns - 1)
    sums = np.hstack([_summed(straight), _summed(shifted)])
    full = sums[:-1, spans.last + 1] - sums[:-1, spans.first]  # rows x spans
    shorter = sums[:, spans.stop] - sums[:, spans.start]  # rows x shorter rows
    short = np.maximum.reduceat(shorter, spans.begin, axis=1) - ROW_COST * round_about
    before = np.vstack([np.zeros_like(full[0]), np.cumsum(full, axis=0)])
    top, bottom = _triangle(rows)
    totals = before[bottom + 1] - before[top] + np.maximum(short[bottom + 1], 0)
    totals = totals * np.where(_centred(places, spans), CENTRED, 1.0)
    choice, span = divmod(int(totals.argmax()), totals.shape[1])
    under, first, last = int(bottom[choice]) + 1, spans.first[span], spans.last[span]
    boxes = [places.straight[top[choice] : under, first : last + 1].reshape(-1, 4)]
    if short[under, span] > 0:
        option = int(spans.begin[span] + shorter[under, spans.begin[span] : spans.end(span)].argmax())
        row = np.concatenate([places.straight[under], np.zeros((1, 4)), places.shifted[under]])
        boxes.append(row[spans.start[option] : spans.stop[option]])
    shown = np.concatenate(boxes)
    return Tiling(shown, float(totals[choice, span]) + cost * round_about * len(shown), places.lattice)


def _centred(places: Slots, spans: "_Spans") -> npt.NDArray[np.bool_]:
    """Whether as much room is left of each span of columns as right of it."""
    left = places.straight[0, spans.first, 0] - places.area.left
    right = places.area.right - places.straight[0, spans.last, 2]
    return np.asarray(np.abs(left - right) < OFF_CENTRE * (places.area.right - places.area.left))


class _Spans(NamedTuple):
    """Every span of columns, and every shorter row that may stand under it, as places in summed rows."""

    first: Numbers
    last: Numbers
    begin: Numbers  # of each span, its first shorter row
    start: Numbers  # of each shorter row
    stop: Numbers

    def end(self, span: int) -> int:
        """Behind the last shorter row of a span."""
        return int(self.begin[span + 1]) if span + 1 < len(self.begin) else len(self.start)


@cache
def _spans(columns: int) -> _Spans:
    first, last = np.triu_indices(columns)
    begin: list[int] = []
    shorter: list[tuple[int, int]] = []
    for low, high in zip(first.tolist(), last.tolist(), strict=True):
        begin.append(len(shorter))
        shorter.append((low, low))  # none
        for missing in range(1, high - low + 1):
            count, half = high - low + 1 - missing, missing % 2
            middle = low + missing // 2 + half * (columns + 1)  # shifted places come behind the straight ones
            shorter += [(low, low + count), (middle, middle + count)]
    start, stop = np.array(shorter, np.intp).T
    return _Spans(first, last, np.array(begin, np.intp), start, stop)


@cache
def _triangle(size: int) -> tuple[Numbers, Numbers]:
    top, bottom = np.triu_indices(size)
    return top, bottom


def _summed(worth: Values) -> Values:
    """Sums along each row from its left end, with a row of zeros behind the last."""
    return np.pad(np.cumsum(worth, axis=1), ((0, 1), (1, 0)))


def _reach(start: float, size: float, step: float, low: float, high: float) -> Values:
    """The numbers of the tiles that lie between two places."""
    slack = max(2.0, 0.02 * size)
    least, most = ceil((low - slack - start) / step), floor((high + slack - size - start) / step)
    return np.arange(max(least, -MOST), min(most, MOST) + 1, dtype=np.float64)
