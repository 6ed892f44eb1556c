"""How much of a layout was found: tiles, and whole layouts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

SAME_TILE = 0.8  # intersection over union from which a found tile is the true one

Sides = tuple[float, float, float, float]  # x, y, width, height


class Shown(NamedTuple):
    """A tile, found or true."""

    box: Sides
    kind: str = "person"


@dataclass(frozen=True)
class Tally:
    """Hits among what was found and what is true; adds up over layouts."""

    hits: int = 0
    found: int = 0
    true: int = 0
    layouts: int = 0
    whole: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.hits + other.hits,
            self.found + other.found,
            self.true + other.true,
            self.layouts + other.layouts,
            self.whole + other.whole,
        )

    @property
    def precision(self) -> float:
        """Of what was found, the share that is true; all of nothing."""
        return self.hits / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Of what is true, the share that was found."""
        return self.hits / self.true if self.true else 1.0

    @property
    def right(self) -> float:
        """The share of layouts found without a tile too many or too few."""
        return self.whole / self.layouts if self.layouts else 1.0


def overlap(one: Sides, other: Sides) -> float:
    """Intersection over union."""
    width = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    height = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    shared = max(0.0, width) * max(0.0, height)
    return shared / (one[2] * one[3] + other[2] * other[3] - shared) if shared else 0.0


def pairs(found: Sequence[Sides], true: Sequence[Sides], least: float) -> dict[int, int]:
    """Found number to true number, the most alike first, nobody twice."""
    near = sorted(
        (
            (share, f, t)
            for f, a in enumerate(found)
            for t, b in enumerate(true)
            if (share := overlap(a, b)) >= least
        ),
        reverse=True,
    )
    chosen: dict[int, int] = {}
    for _, f, t in near:
        if f not in chosen and t not in chosen.values():
            chosen[f] = t
    return chosen


def compare(found: Sequence[Shown], true: Sequence[Shown]) -> Tally:
    """One layout against its truth; a stage is only found as a stage."""
    hits = 0
    for kind in {tile.kind for tile in true}:
        here = [tile.box for tile in found if tile.kind == kind]
        hits += len(pairs(here, [tile.box for tile in true if tile.kind == kind], SAME_TILE))
    return Tally(hits, len(found), len(true), 1, int(hits == len(found) == len(true)))


def shown(layout: Mapping[str, Any]) -> list[Shown]:
    """The tiles of a layout as `meetbot tiles --json` writes it."""
    return [Shown(tuple(tile["box"]), tile.get("kind", "person")) for tile in layout["tiles"]]


def layout_at(truth: Mapping[str, Any], time: float) -> Mapping[str, Any] | None:
    """What is truly shown at a time; None while it moves."""
    if any(begin <= time < end for begin, end in truth["moving"]):
        return None
    layouts: list[Mapping[str, Any]] = truth["layouts"]
    return next((layout for layout in layouts if layout["from"] <= time < layout["to"]), None)
