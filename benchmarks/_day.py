"""A day of a university: lectures end, wait for a core and are read; when is each report there?"""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

HOURS = (9, 10, 11, 12, 14, 15, 16, 17, 18)  # at which lectures end; nobody teaches at lunch
LENGTHS = ((0.75, 0.3), (1.5, 0.7))  # hours of a lecture, and how many are so long
MEAN = sum(hours * share for hours, share in LENGTHS)
STAGGER = 300.0  # seconds within which the recordings of one hour arrive
DIES = 0.01  # of all attempts: the worker is lost half-way on average, and another one carries on from there
LOST = 0.1  # of what had been read, that is read twice then


class Price(NamedTuple):
    """CPU seconds of a class-hour, and of each recording beside its hours."""

    hour: float
    each: float


@dataclass(frozen=True, slots=True)
class Cluster:
    """So many cores, each of which takes so long."""

    cores: int
    cost: Price


@dataclass(frozen=True, slots=True)
class Day:
    """How it went, in seconds from the arrival of a recording to its report."""

    half: float
    most: float  # 95 of 100
    last: float
    busy: float  # share of the cores' time between the first arrival and the last report


def simulated(lectures: int, cluster: Cluster, seed: int = 0) -> Day:
    """One day; whichever recording came first is read first."""
    arrivals = sorted(_arrivals(lectures, np.random.default_rng(seed)))
    chance = np.random.default_rng(seed + 1)
    free = [0.0] * cluster.cores
    waits, work, end = [], 0.0, 0.0
    for arrival, hours in arrivals:
        spent = cluster.cost.each + hours * cluster.cost.hour * (1 + _lost(chance))
        begin = max(arrival, heapq.heappop(free))
        heapq.heappush(free, begin + spent)
        waits.append(begin + spent - arrival)
        work, end = work + spent, max(end, begin + spent)
    open_for = end - arrivals[0][0]
    half, most = np.percentile(waits, [50, 95])
    return Day(float(half), float(most), max(waits), work / (cluster.cores * open_for))


def least_cores(lectures: int, cost: Price, within: float, candidates: Sequence[int]) -> int | None:
    """The first of some clusters that has 95 of 100 reports within so many seconds."""
    fit = (cores for cores in candidates if simulated(lectures, Cluster(cores, cost)).most <= within)
    return next(fit, None)


def _arrivals(lectures: int, chance: np.random.Generator) -> Iterator[tuple[float, float]]:
    hours, shares = zip(*LENGTHS, strict=True)
    for _ in range(lectures):
        arrival = 3600.0 * chance.choice(HOURS) + chance.uniform(0, STAGGER)
        yield float(arrival), float(chance.choice(hours, p=shares))


def _lost(chance: np.random.Generator) -> float:
    """What is read twice, as a share of the whole."""
    lost = 0.0
    while chance.random() < DIES:
        lost += LOST * float(chance.random())
    return lost
