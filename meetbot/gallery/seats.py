"""One person, one seat: told by name first, then by the look of the tile, then by where it stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from meetbot import settings
from meetbot.gallery.looks import Look, likeness, points_for
from meetbot.gallery.names import agree
from meetbot.types import Box

Points = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sitter:
    """What is remembered of one seat."""

    seat: int
    time: float  # when it was last seen
    box: Box | None = None  # where, if that was in the layout now in force
    name: str | None = None
    look: Look | None = None  # forgotten after `settings.SEAT_LOOK_MEMORY` seconds


class Seats:
    """Gives every tile of a layout the seat of the person in it; a new one where that can't be told.

    `known` are the seats of an interrupted run. Looks are remembered for `settings.SEAT_LOOK_MEMORY`
    seconds; names as long as the lesson lasts, as its file does.
    """

    def __init__(self, known: Iterable[Sitter] = (), next_seat: int = 1) -> None:
        self._sitters = {sitter.seat: sitter for sitter in known}
        self.next_seat = max(next_seat, 1 + max(self._sitters, default=0))
        self.split: tuple[int, ...] = ()  # new seats of the last call whose people may have had one before

    def place(
        self,
        time: float,
        boxes: Sequence[Box],
        names: Sequence[str | None],
        looks: Sequence[Look],
        alone: bool = False,
    ) -> Sequence[int]:
        """The seat of each tile, in the order of the tiles; no seat twice.

        `alone` says that one tile at most has changed, so that nobody can have changed places.
        """
        self._forget(time)
        stayed = settings.SEAT_ALONE if alone else settings.SEAT_STAYED
        known = sorted(self._sitters.values(), key=lambda sitter: sitter.seat)
        if not _same_layout([sitter.box for sitter in known if sitter.box], boxes):
            known = [replace(sitter, box=None) for sitter in known]
        points = np.array(
            [
                [_points(sitter, *tile, stayed) for sitter in known]
                for tile in zip(boxes, names, looks, strict=True)
            ]
        ).reshape(len(boxes), len(known))
        chosen = _chosen(points)
        unsure = [tile for tile in range(len(boxes)) if tile not in chosen and _may_be(points[tile])]
        seats = [known[chosen[tile]].seat if tile in chosen else self._new() for tile in range(len(boxes))]
        self.split = tuple(seats[tile] for tile in unsure)
        self._remember(time, seats, boxes, names, looks)
        return seats

    def name_of(self, seat: int) -> str | None:
        """The name that was read for a seat."""
        return self._sitters[seat].name if seat in self._sitters else None

    def _new(self) -> int:
        seat, self.next_seat = self.next_seat, self.next_seat + 1
        return seat

    def _forget(self, time: float) -> None:
        """Looks that are too old; seats of which nothing is left to tell them by."""
        for sitter in list(self._sitters.values()):
            if time - sitter.time > settings.SEAT_LOOK_MEMORY:
                if sitter.name is None:
                    del self._sitters[sitter.seat]
                else:
                    self._sitters[sitter.seat] = replace(sitter, look=None, box=None)

    def _remember(
        self,
        time: float,
        seats: Sequence[int],
        boxes: Sequence[Box],
        names: Sequence[str | None],
        looks: Sequence[Look],
    ) -> None:
        """Everybody who is here now; those who are not lose their place, for another may sit there."""
        for seat, sitter in self._sitters.items():
            self._sitters[seat] = replace(sitter, box=None)
        for seat, box, name, look in zip(seats, boxes, names, looks, strict=True):
            self._sitters[seat] = Sitter(seat, time, box, _fuller(self.name_of(seat), name), look)


def _fuller(known: str | None, name: str | None) -> str | None:
    """The name that was read first, unless it had been cut off."""
    return name if known is None or (name and len(name) > len(known) + 2) else known


def _points(sitter: Sitter, box: Box, name: str | None, look: Look, stayed: float) -> float:
    """How far a tile speaks for one known person."""
    points = 0.0
    if name and sitter.name:
        points += points_for(agree(name, sitter.name), settings.SEAT_NAMES)
    if sitter.look:
        points += likeness(sitter.look, look)
    if sitter.box and _same_place(sitter.box, box):
        points += stayed
    return points


def _chosen(points: Points) -> dict[int, int]:
    """Tile to known person, where the points are enough and no other tile or person comes near."""
    chosen: dict[int, int] = {}
    for tile, person in sorted(np.ndindex(points.shape), key=lambda pair: -points[pair]):
        mine = points[tile, person]
        if mine < settings.SEAT_ENOUGH:
            break
        if tile in chosen or person in chosen.values():
            continue
        rivals = [
            *(
                points[tile, other]
                for other in range(points.shape[1])
                if other not in (person, *chosen.values())
            ),
            *(
                points[other, person]
                for other in range(points.shape[0])
                if other != tile and other not in chosen
            ),
        ]
        if mine - max(rivals, default=-np.inf) >= settings.SEAT_LEAD:
            chosen[tile] = person
    return chosen


def _same_layout(old: Sequence[Box], new: Sequence[Box]) -> bool:
    """Whether everybody stands where somebody stood: only then does a place say anything."""
    return len(old) == len(new) and all(any(_same_place(box, other) for other in old) for box in new)


def _may_be(points: Points) -> bool:
    """Whether somebody known could be in this tile, only not for sure."""
    return bool((points >= settings.SEAT_ENOUGH).any())


def _same_place(one: Box, other: Box) -> bool:
    """Whether two boxes are one place: their common area is nearly their joint area."""
    width = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    height = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    if width <= 0 or height <= 0:
        return False
    common = width * height
    joint = one.width * one.height + other.width * other.height - common
    return common > settings.SEAT_SAME_BOX * joint
