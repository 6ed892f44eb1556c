"""The statistics behind moments: a stretch on another level than the rest, tested; its edges, placed.

Everything works on values of people x instants (nan where unknown). People are compared with
themselves only, so nobody's coming or leaving looks like a change.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from meetbot import settings

Floats = npt.NDArray[np.float64]

_NOISE_BLOCK = 60.0  # seconds over which a person's noise is summed: several of its correlation times
_AT_ONCE = 111  # shuffled lessons searched together: few enough for the cache, many enough for numpy
_ROUNDS = 3  # placing and weighing in turn settles after two or three rounds


class Curve(NamedTuple):
    """The class over time: the sum of what people deviate from their own mean, and how many are known."""

    sums: Floats
    known: Floats


class Stretch(NamedTuple):
    """Places from start to before end, and how strongly they differ from the rest (one value a curve)."""

    strength: npt.NDArray[np.float64]
    start: int
    end: int


class Shift(NamedTuple):
    """How each person's mean differs after a time from before: size, and the chance that it is theirs."""

    sizes: Floats
    theirs: Floats
    weights: Floats  # 0 for people who were not seen on both sides
    levels: Floats  # each person's mean before

    @property
    def level(self) -> float:
        """The mean before, of those seen on both sides, weighted as their change is."""
        total = self.weights.sum()
        return float((self.weights * self.levels).sum() / total) if total else 0.0

    @property
    def of_class(self) -> float:
        """The mean change of those seen on both sides."""
        total = self.weights.sum()
        return float((self.weights * self.sizes).sum() / total) if total else 0.0


def class_curve(values: Floats, bins: int) -> Curve:
    """Values within people, summed over the class, `bins` instants at a time."""
    known = ~np.isnan(values)
    filled = np.where(known, values, 0.0)
    own = filled.sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    sums = (filled - own[:, None] * known).sum(axis=0)
    starts = np.arange(0, values.shape[1], bins)
    return Curve(np.add.reduceat(sums, starts), np.add.reduceat(known.sum(axis=0), starts).astype(np.float64))


def strongest_stretch(curve: Curve, margin: int) -> Stretch:
    """The stretch whose mean differs most from the rest's, for its length; both are `margin` long at least.

    A stretch that begins at 0 is a single step at its end; any other is a change and its return.
    """
    size = curve.sums.shape[-1]
    sums, known = _added(curve.sums), _added(curve.known)
    best = Stretch(np.zeros(curve.sums.shape[:-1]), 0, 0)
    for start in (0, *range(margin, size - 2 * margin + 1)):
        ends = slice(start + margin, size - margin + 1)
        inside, seen = sums[..., ends] - sums[..., [start]], known[..., ends] - known[..., [start]]
        outside, unseen = sums[..., [-1]] - inside, known[..., [-1]] - seen
        with np.errstate(invalid="ignore", divide="ignore"):
            strength = np.abs(inside / seen - outside / unseen) * np.sqrt(seen * unseen / known[..., [-1]])
        strength = np.nan_to_num(strength, nan=0.0, posinf=0.0)
        highest = strength.max(axis=-1)
        if highest.ndim == 0 and highest > best.strength:
            best = Stretch(highest, start, start + margin + int(strength.argmax()))
        elif highest.ndim:
            best = best._replace(strength=np.maximum(best.strength, highest))
    return best


def chance_of(curve: Curve, margin: int, block: int, tries: int, level: float = 1.0) -> float:
    """How often a lesson with its blocks shuffled holds a stretch as strong as the strongest of the real one.

    Blocks stay whole and start at a random place of the circle, so that neighbouring seconds stay
    as alike as they are; the strongest stretch anywhere is compared, so that searching costs nothing.
    Once the chance is sure to be above `level`, the lower bound is enough.
    """
    draw = np.random.default_rng(0)  # the same lesson gives the same moments
    size = len(curve.sums)
    blocks = np.array_split(np.arange(size), max(round(size / block), 1))
    real, as_strong = strongest_stretch(curve, margin).strength, 0
    for done in range(0, tries, _AT_ONCE):
        many = min(_AT_ONCE, tries - done)
        order = [np.concatenate([blocks[b] for b in draw.permutation(len(blocks))]) for _ in range(many)]
        places = (np.stack(order) + draw.integers(size, size=(many, 1))) % size
        shuffled = Curve(curve.sums[places], curve.known[places])
        as_strong += int((strongest_stretch(shuffled, margin).strength >= real).sum())
        if (1 + as_strong) / (tries + 1) > level:
            break
    return (1 + as_strong) / (tries + 1)


def correlation_time(curve: Curve, start: int, end: int) -> float:
    """Places over which the curve stays like itself, once the stretch from start to end is brought level."""
    level = curve.sums.copy()
    inside = (np.arange(len(level)) >= start) & (np.arange(len(level)) < end)
    for part in (inside, ~inside):
        level[part] -= curve.known[part] * level[part].sum() / max(curve.known[part].sum(), 1.0)
    power = np.abs(np.fft.rfft(level, 2 * len(level))) ** 2
    alike = np.fft.irfft(power)[: len(level)]
    if alike[0] <= 0:
        return 1.0
    total = 1.0
    for lag in range(1, len(alike)):
        total += 2 * alike[lag] / alike[0]
        if lag >= 5 * total:  # beyond five correlation times there is only noise to add up (Sokal's window)
            break
    return float(max(total, 1.0))


def shift(values: Floats, at: int, every: float) -> Shift:
    """What each person's mean does at `at`; the chance that a change is theirs is from a two-part mixture."""
    sizes, seen, spread = _own_steps(values, at, every)
    spread = np.maximum(spread, 1e-9)
    mean = float((seen * sizes).sum() / max(seen.sum(), 1e-9))
    size, share, theirs = 1.5 * mean, 0.5, np.zeros(len(sizes))
    for _ in range(20):  # expectation and maximisation: changed by `size`, or not at all
        odds = np.log(share / (1 - share)) + (sizes**2 - (sizes - size) ** 2) / (2 * spread)
        theirs = np.where(seen > 0, 1 / (1 + np.exp(-np.clip(odds, -50, 50))), 0.0)
        size = float((theirs * sizes / spread).sum() / max((theirs / spread).sum(), 1e-12))
        share = float(np.clip(theirs[seen > 0].mean() if (seen > 0).any() else 0.5, 0.1, 0.95))
    return Shift(sizes, theirs, seen, _mean(values[:, :at]))


def place_step(values: Floats, at: int, margin: int, every: float) -> int:
    """Moves a found step to where the people who changed place it; those who did not add only noise."""
    instants = values.shape[1]
    known = ~np.isnan(values)
    for _ in range(_ROUNDS):
        found = shift(values, at, every)
        halfway = (_mean(values[:, :at]) + _mean(values[:, at:])) / 2
        weights = _weights(values, found, at, every)
        pull = (weights[:, None] * np.where(known, values - halfway[:, None], 0.0)).sum(axis=0)
        # Below halfway before the step and above it after: the running sum is lowest at the step.
        running = pull.cumsum()
        at = margin + int(np.argmin(running[margin - 1 : instants - margin]))
    return at


def _weights(values: Floats, found: Shift, at: int, every: float) -> Floats:
    # The best linear weights where everybody has noise of their own and the class has some in common.
    noise = _block_noise(values, at, every)
    common = noise @ noise.T / noise.shape[1]
    people = len(values)
    total = max(float(np.diag(common).mean()), 1e-9)
    shared = max(float((common.sum() - np.trace(common)) / max(people * (people - 1), 1)), 0.0)
    shared = min(shared, 0.8 * total)  # people are never all alike; it keeps the weights from cancelling out
    own = total - shared
    wanted = found.theirs * found.of_class
    return np.asarray(wanted / own - shared / own * wanted.sum() / (own + shared * people))


def _own_steps(values: Floats, at: int, every: float) -> tuple[Floats, Floats, Floats]:
    before, after = (~np.isnan(values[:, part]) for part in (slice(None, at), slice(at, None)))
    earlier, later = before.sum(axis=1), after.sum(axis=1)
    both = (earlier * every >= _NOISE_BLOCK) & (later * every >= _NOISE_BLOCK)
    sizes = np.where(both, _mean(values[:, at:]) - _mean(values[:, :at]), 0.0)
    seen = np.where(both, earlier * later / np.maximum(earlier + later, 1), 0.0)
    noise = float((_block_noise(values, at, every) ** 2).mean())
    return sizes, seen, np.where(both, noise / np.maximum(seen, 1e-9), 1.0)


def _block_noise(values: Floats, at: int, every: float) -> Floats:
    known = ~np.isnan(values)
    after = np.arange(values.shape[1]) >= at
    level = np.where(after, _mean(values[:, at:])[:, None], _mean(values[:, :at])[:, None])
    rest = np.where(known, values - level, 0.0)
    length = max(round(_NOISE_BLOCK / every), 1)
    blocks = max(values.shape[1] // length, 1)
    return np.asarray(
        rest[:, : blocks * length].reshape(len(values), blocks, -1).sum(axis=2) / np.sqrt(length)
    )


def _mean(values: Floats) -> Floats:
    known = ~np.isnan(values)
    return np.asarray(np.where(known, values, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1))


def block_length(curve: Curve, stretch: Stretch, seconds: float) -> int:
    """How many places of `seconds` each stay together when the curve is shuffled."""
    shortest, longest = settings.MOMENT_BLOCK
    alike = correlation_time(curve, stretch.start, stretch.end)
    wanted = float(np.clip(settings.MOMENT_BLOCK_TIMES * alike * seconds, shortest, longest))
    return max(round(wanted / seconds), 1)


def _added(values: Floats) -> Floats:
    return np.concatenate([np.zeros((*values.shape[:-1], 1)), values.cumsum(axis=-1)], axis=-1)
