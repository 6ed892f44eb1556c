"""How many readings were put down to the wrong person."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from tests.galleries.score import Sides


class Sighting(NamedTuple):
    """A face that was read: the seat it was put down to, and whose it was; None: nobody's in the class."""

    seat: str
    person: str | None


def sightings(faces: Iterable[tuple[str, Sides]], layout: Mapping[str, Any]) -> list[Sighting]:
    """Whose face each one truly is, given by the seat it was put down to and its box."""
    return [Sighting(seat, _owner(box, layout)) for seat, box in faces]


def _owner(face: Sides, layout: Mapping[str, Any]) -> str | None:
    """Who is in the smallest tile around the middle of a face; nobody on the stage or outside."""
    x, y = face[0] + face[2] / 2, face[1] + face[3] / 2
    around = [
        tile
        for tile in layout["tiles"]
        if tile["box"][0] <= x < tile["box"][0] + tile["box"][2]
        and tile["box"][1] <= y < tile["box"][1] + tile["box"][3]
    ]
    inner = min(around, key=lambda tile: tile["box"][2] * tile["box"][3], default=None)
    return inner["seat"] if inner and inner["kind"] == "person" else None


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
