"""How well it was seen who speaks."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from tests.galleries.score import SAME_TILE, Sides, pairs


class Heard(NamedTuple):
    """Looks at true tiles: found speaking, found so wrongly, missed, not told, and all."""

    right: int = 0
    false: int = 0
    missed: int = 0
    untold: int = 0
    looks: int = 0

    def __add__(self, other: tuple[Any, ...]) -> "Heard":
        return Heard(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def precision(self) -> float:
        """Of the looks at which somebody was said to speak, the share that is true."""
        return self.right / (self.right + self.false) if self.right + self.false else 1.0

    @property
    def recall(self) -> float:
        """Of the looks at which somebody spoke and an answer was given, the share that was seen."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def heard(
    tiles: Iterable[tuple[Sides, bool | None]],
    layout: Mapping[str, Any],
    truth: Mapping[str, Any],
    time: float,
) -> Heard:
    """One look: each found tile that is a true one, and whether it was said to speak."""
    given = list(tiles)
    boxes = [tuple(tile["box"]) for tile in layout["tiles"]]
    chosen = pairs([box for box, _ in given], boxes, SAME_TILE)
    speaking = {span["seat"] for span in truth["speaking"] if span["from"] <= time < span["to"]}
    sums = Heard()
    for found, true in chosen.items():
        said, speaks = given[found][1], layout["tiles"][true]["seat"] in speaking
        sums += Heard(
            bool(said and speaks), bool(said and not speaks), said is False and speaks, said is None, 1
        )
    return sums
