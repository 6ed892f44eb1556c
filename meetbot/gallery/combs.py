"""Lattices out of straight lines alone, where tiles touch: lines at equal distances are tiles."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from meetbot.gallery.evidence import CHANCE, FLAT, SURE, Borders, Evidence, Values
from meetbot.gallery.frame import Region
from meetbot.gallery.lattice import LONGEST, SHORTEST, Lattice

PEAKS = 20  # lines that are tried in each direction
MISSED = 3  # steps between two lines that are seen: those of cameras that are off may not be
TEETH = 20  # tiles in a row, and one more: a filmstrip of narrow ones has up to 18
GAPS = np.arange(-10, 11)  # pixels from where a tile begins to where the last one ended, or the reverse
SMALLEST = 24.0  # pixels of a tile's side
BEST, SINGLE = 3, 2  # combs of many teeth and of two that are combined with those of the other direction
STRIP = (0.06, 0.36)  # share of the area's width or height that a filmstrip takes
DIVIDERS = 4  # lines between filmstrip and large picture that are tried on each side
AT_THE_RIM = 0.05  # of the area's side: how far from it a filmstrip begins at most
SEEN = 0.8  # worth of a line near the rim that may be the tiles', though a panel's or a bar's is plainer
INNER = 4  # pixels off the border of a filmstrip, where its tiles surely are
THIN = 2.5  # pixels of a gap that is sure to be one
TOOTH_COST = 0.6  # what must speak for one more line, of 2: or many faint lines would beat a few sure ones
MOST_PARTS, ALL_ACROSS = 7, 0.8  # equal parts of the whole area, and the share of each line between them
FRAME_EDGE = 0.2  # what the frame's own border counts as a line


Stretch = tuple[int, int]  # from one pixel to another


class Comb(NamedTuple):
    """Tiles in one direction."""

    start: float
    size: float
    step: float  # as far as to the next tile, even where there is one only
    end: float  # of the last tile
    worth: float


def grid_lattices(evidence: Evidence, area: Region) -> Iterator[Lattice]:
    """The lattices that lines of the whole area propose."""
    across, down = (area.left, area.right), (area.top, area.bottom)
    yield from _equal_parts(evidence, area)
    for comb in _combs(evidence.level, across, down):
        for other in _combs(evidence.upright, _full_rows(comb, down), across):
            yield from _lattice(other, comb)


def _equal_parts(evidence: Evidence, area: Region) -> Iterator[Lattice]:
    """The lattice that fills the area without any gap, where lines all across part it into equal ones."""
    left, top, right, bottom = area
    columns = _parts(evidence.upright, (top, bottom), (left, right))
    rows = _parts(evidence.level, (left, right), (top, bottom))
    wide, high = (right - left) / columns, (bottom - top) / rows
    if columns * rows > 1 and SHORTEST < wide / high < LONGEST:
        yield Lattice(left, top, wide, high, wide, high)


def _parts(lines: Borders, along: Stretch, reach: Stretch) -> int:
    """Into how many equal parts lines divide a reach, each of which is seen over all of its length."""
    for count in range(MOST_PARTS, 1, -1):
        places = np.linspace(*reach, count + 1)[1:-1]
        ends = (np.full(count - 1, float(end)) for end in along)
        if lines.share(places, *ends).min() > ALL_ACROSS:
            return count
    return 1


def strip_lattices(evidence: Evidence, area: Region) -> Iterator[tuple[Lattice, Region]]:
    """The lattices of filmstrips at the four rims of the area, and the part of it that each may fill."""
    across, down = (area.left, area.right), (area.top, area.bottom)
    for comb, other, window in _strips(evidence.level, evidence.upright, down, across):
        for lattice in _lattice(other, comb):
            yield lattice, Region(window[0], area.top, window[1], area.bottom)
    for comb, other, window in _strips(evidence.upright, evidence.level, across, down):
        for lattice in _lattice(comb, other):
            yield lattice, Region(area.left, window[0], area.right, window[1])


def _extent(comb: Comb, reach: Stretch) -> Stretch:
    """From where to where the tiles of a comb stand."""
    return max(reach[0], int(comb.start)), min(reach[1], int(comb.end))


def _full_rows(comb: Comb, reach: Stretch) -> Stretch:
    """From where to where the rows stand before the last, whose tiles may be shifted by half a step."""
    first, end = _extent(comb, reach)
    return first, end if end - first < 1.5 * comb.step else max(first + 1, end - round(comb.step))


def _strips(
    teeth: Borders, dividers: Borders, along: Stretch, across: Stretch
) -> Iterator[tuple[Comb, Comb, Stretch]]:
    """Filmstrips on both sides: the comb of the tiles, that of their lanes, and how deep they are."""
    value = _value(dividers, along, across)
    side = across[1] - across[0]
    peaks = _peaks(value)
    for low in (True, False):
        depth = peaks if low else side - peaks
        near = peaks[(depth > STRIP[0] * side) & (depth < STRIP[1] * side)]
        for divider in near[np.argsort(-value[near.astype(np.intp)])[:DIVIDERS]] + across[0]:
            window = (across[0], int(divider)) if low else (int(divider), across[1])
            combs = _combs(teeth, (window[0] + INNER, window[1] - INNER), along)
            for comb in [thin for one in combs for thin in _thinner(one)]:
                for lanes in _lanes(dividers, comb, _extent(comb, along), window, low):
                    yield comb, lanes, window


def _thinner(comb: Comb) -> Iterator[Comb]:
    """A comb, and the same without gaps: the ends of labels look like wide ones."""
    yield comb
    if comb.step - comb.size > THIN:
        yield comb._replace(size=comb.step - 1)


def _lanes(lines: Borders, comb: Comb, along: Stretch, window: Stretch, low: bool) -> Iterator[Comb]:
    """One or two lanes of tiles from the rim to the divider."""
    value = _value(lines, along, window)
    rim = max(4, round(AT_THE_RIM * (window[1] - window[0]) / STRIP[1]))
    for off in _offs(value if low else value[::-1], rim):
        begin, end = (window[0] + off, window[1]) if low else (window[0], window[1] - off)
        yield from _parallel(comb, float(begin), float(end))


def _offs(value: Values, rim: int) -> list[int]:
    """How far off the rim a filmstrip may begin: at the plainest line, and behind it if that is the rim's."""
    first = int(value[:rim].argmax())
    inner = INNER + int(value[INNER:rim].argmax()) if first < INNER < rim else first
    return [first, inner] if inner != first and value[inner] > SEEN else [first]


def _parallel(comb: Comb, begin: float, end: float) -> Iterator[Comb]:
    """One lane between two places, or two."""
    gap = comb.step - comb.size
    for count in (1, 2):
        size = (end - begin - (count - 1) * gap) / count
        if size > SMALLEST:
            yield Comb(begin, size, size + gap, end, comb.worth)


def _lattice(columns: Comb, rows: Comb) -> Iterator[Lattice]:
    if SHORTEST < columns.size / rows.size < LONGEST:
        yield Lattice(columns.start, rows.start, columns.size, rows.size, columns.step, rows.step)


def _combs(lines: Borders, along: Stretch, reach: Stretch) -> list[Comb]:
    """The likeliest combs among the lines of a region, of many teeth and of two."""
    found = _found(_value(lines, along, reach))
    return [comb._replace(start=comb.start + reach[0], end=comb.end + reach[0]) for comb in found]


def _value(lines: Borders, along: Stretch, reach: Stretch) -> Values:
    """What each place is worth as a border, -1 to 1."""
    share = lines.profile(*along, *reach)
    value = np.clip((share - CHANCE) / (SURE - CHANCE), -1, 1)
    value[share < FLAT] = 0.0
    value[:2] = np.maximum(value[:2], FRAME_EDGE)
    value[-2:] = np.maximum(value[-2:], FRAME_EDGE)
    return np.asarray(value, np.float64)


def _found(value: Values) -> list[Comb]:
    starts, steps = _pairs(_peaks(value), len(value))
    if not len(steps):
        return []
    first = (-(starts // steps)).astype(np.intp)  # the tooth nearest to the beginning
    teeth = first[:, None] + np.arange(TEETH)
    places = np.rint(starts[:, None] + teeth * steps[:, None]).astype(np.intp)
    begin, end, worth = _best_runs(_boundary(value), places)
    found: list[Comb] = []
    seen: list[tuple[float, float]] = []
    for many, limit in ((True, BEST), (False, BEST + SINGLE)):
        kind = (end - begin > 1) == many
        for number in np.argsort(-np.where(kind, worth, -1e9))[:60]:
            if len(found) == limit or not kind[number]:
                break
            run, step = places[number, begin[number] : end[number] + 1], float(steps[number])
            if any(_same(float(run[0]), step, *one) for one in seen):
                continue
            seen.append((float(run[0]), step))
            comb = _comb(value, run, step, float(worth[number]))
            if comb.size >= SMALLEST:
                found.append(comb)
    return found


def _same(start: float, step: float, other: float, its_step: float) -> bool:
    """Whether two combs are alike but for a few pixels."""
    away = (start - other) % step
    return abs(step - its_step) < 1.5 and min(away, step - away) < 3


def _peaks(value: Values) -> Values:
    """The strongest lines, none beside a stronger one."""
    padded = np.pad(value, 2, constant_values=-1.0)
    near = np.max([padded[shift : shift + len(value)] for shift in range(5)], axis=0)
    top = np.flatnonzero((value >= near) & (value > 0))
    top = top[np.diff(top, prepend=-9) > 2]
    return np.sort(top[np.argsort(-value[top], kind="stable")[:PEAKS]]).astype(np.float64)


def _pairs(peaks: Values, length: int) -> tuple[Values, Values]:
    """Where a comb may begin, and its step: two lines are one, two or three tiles apart."""
    one, other = np.triu_indices(len(peaks), 1)
    away = peaks[other] - peaks[one]
    steps = (away[:, None] / np.arange(1, MISSED + 1)).ravel()
    starts = np.repeat(peaks[one], MISSED)
    usable = (steps > SMALLEST) & (steps <= length)
    return starts[usable], steps[usable]


def _boundary(value: Values) -> Values:
    """What each place is worth as the beginning of a tile that stands some gap behind another's end."""
    padded = np.pad(value, 10, constant_values=-1.0)
    ends = np.max([padded[10 + gap : 10 + gap + len(value)] for gap in GAPS], axis=0)
    return np.asarray(value + np.maximum(ends, value) - TOOTH_COST)


def _best_runs(
    value: Values, places: npt.NDArray[np.intp]
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], Values]:
    """For each comb its unbroken run of teeth for which most speaks: first, last, and how much."""
    inside = (places >= 0) & (places < len(value))
    worth = np.where(inside, value[np.clip(places, 0, len(value) - 1)], -9.0)
    count = len(places)
    run, begin = np.full(count, -9.0), np.zeros(count, np.intp)
    best, first, last = np.full(count, -9.0), np.zeros(count, np.intp), np.zeros(count, np.intp)
    for tooth in range(places.shape[1]):
        fresh = run <= 0
        begin[fresh] = tooth
        run = np.where(fresh, 0.0, run) + worth[:, tooth]
        better = (run > best) & (tooth > begin)
        best[better], first[better], last[better] = run[better], begin[better], tooth
    return first, last, best


def _comb(value: Values, run: npt.NDArray[np.intp], step: float, worth: float) -> Comb:
    """The comb of a run of teeth, its step and gap those for which most speaks."""
    last = len(value) - 1
    number = np.arange(len(run)) - len(run) // 2
    drift = np.linspace(-2.0, 2.0, 9) / max(1, len(run) // 2) if len(run) > 2 else np.zeros(1)
    shift = np.arange(-2.0, 3.0) if len(run) > 2 else np.zeros(1)
    middle = float(run[len(run) // 2])
    begin = middle + shift[:, None, None, None] + number * (step + drift[:, None, None])
    here = value[np.clip(np.rint(begin), 0, last).astype(np.intp)]
    there = value[np.clip(np.rint(begin + GAPS[:, None]), 0, last).astype(np.intp)]
    seen = (here + there).sum(axis=-1) + 0.01 * np.abs(GAPS)
    seen -= 0.02 * (np.abs(shift)[:, None, None] + np.abs(number[0] * drift)[None, :, None])
    moved, turned, wide = np.unravel_index(int(seen.argmax()), seen.shape)
    gap, step = int(GAPS[wide]), float(step + drift[turned])
    start = float(middle + shift[moved] + number[0] * step + max(0, gap))
    size = step - abs(gap)
    return Comb(start, size, step, start + (len(run) - 2) * step + size, worth)
