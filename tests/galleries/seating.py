"""How many readings were put down to the wrong person."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from tests.galleries.score import Sides, pairs

SAME_PLACE = 0.5  # intersection over union from which a tile shows the face of a true one


class Sighting(NamedTuple):
    """A face that was read: the seat it was put down to, and whose it was; None: nobody's in the class."""

    seat: str
    person: str | None


def sightings(tiles: Iterable[tuple[str, Sides]], layout: Mapping[str, Any]) -> list[Sighting]:
    """Whose face each read tile, given by its seat and box, truly shows."""
    given = list(tiles)
    boxes = [tuple(tile["box"]) for tile in layout["tiles"]]
    people = [tile["seat"] if tile["kind"] == "person" else None for tile in layout["tiles"]]
    chosen = pairs([box for _, box in given], boxes, SAME_PLACE)
    return [
        Sighting(seat, people[chosen[number]] if number in chosen else None)
        for number, (seat, _) in enumerate(given)
    ]


class Seating(NamedTuple):
    """Readings, those of them on the wrong person, people seen, and seats that they were given."""

    readings: int
    wrong: int
    people: int
    seats: int

    def __add__(self, other: tuple[Any, ...]) -> "Seating":
        return Seating(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def wrong_share(self) -> float:
        """The share of readings on the wrong person."""
        return self.wrong / self.readings if self.readings else 0.0


def seating(seen: Sequence[Sighting]) -> Seating:
    """A seat belongs to whom it shows most; a reading of anybody else there, or of nobody, is wrong."""
    by_seat: dict[str, Counter[str | None]] = defaultdict(Counter)
    for sighting in seen:
        by_seat[sighting.seat][sighting.person] += 1
    wrong = 0
    for counts in by_seat.values():
        known = [count for person, count in counts.items() if person is not None]
        wrong += counts.total() - max(known, default=0)
    people = {sighting.person for sighting in seen if sighting.person is not None}
    return Seating(len(seen), wrong, len(people), len(by_seat))
