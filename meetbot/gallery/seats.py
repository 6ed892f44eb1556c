"""One person, one seat: told by name first, then by the look of the tile, then by where it stands."""

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from meetbot import settings
from meetbot.gallery.begun import is_short, may_be, may_be_another, meant, one_name
from meetbot.gallery.looks import Likenesses, Look, points_for
from meetbot.gallery.names import agree
from meetbot.gallery.view import same_place
from meetbot.roster import CUT, Entry, is_cut
from meetbot.types import Box

Points = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


_LOOKS = (settings.SEAT_STROKES, settings.SEAT_COLOURS, settings.SEAT_SMALL)
_POINTS_OF_ONE = settings.SEAT_NAMES[-1][1]  # of one and the same name
_MOST_ALIKE = settings.SEAT_HERE + sum(
    line[-1][1] for line in _LOOKS
)  # points beside those of name and place


@dataclass(frozen=True, slots=True)
class Sitter:
    """What is remembered of one seat."""

    seat: int
    time: float  # when it was last seen
    box: Box | None = None  # where, if that was in the layout now in force
    name: str | None = None
    look: Look | None = None  # forgotten after `settings.SEAT_LOOK_MEMORY` seconds
    unlike: tuple[float, ...] = ()  # when, lately, its place showed something else
    maybe: tuple[int, ...] = ()  # the seats of those whom it may be
    switched: Look | None = None  # the look before the camera was switched; forgotten like the other


class Seats:
    """Gives every tile of a layout the seat of the person in it; a new one where that can't be told.

    `known` are the seats of an interrupted run, `entries` the class list. Who sits in the layout in force is
    never forgotten. The looks of those who are away are remembered for `settings.SEAT_LOOK_MEMORY` seconds;
    names as long as the lesson lasts, as its file does.
    """

    def __init__(
        self, known: Iterable[Sitter] = (), next_seat: int = 1, entries: Sequence[Entry] = ()
    ) -> None:
        self._entries = tuple(entries)
        self._sitters = {sitter.seat: sitter for sitter in known}
        self.next_seat = max(next_seat, 1 + max(self._sitters, default=0))
        self._likenesses = Likenesses()
        self._twins: set[str] = set()  # names that two people had at one time
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
        self._likenesses.begin()
        stayed = settings.SEAT_ALONE if alone else settings.SEAT_STAYED
        known = sorted(self._sitters.values(), key=lambda sitter: sitter.seat)
        here = np.zeros(len(known))
        if not _same_layout([sitter.box for sitter in known if sitter.box], boxes):
            here = np.array([settings.SEAT_HERE * (sitter.box is not None) for sitter in known])
            known = [replace(sitter, box=None) for sitter in known]
        points = here + np.array(
            [
                [_points(sitter, *tile, stayed, self._likenesses) for sitter in known]
                for tile in zip(boxes, names, looks, strict=True)
            ]
        ).reshape(len(boxes), len(known))
        apart = _apart(known, self._twins)
        begun = self._begun(boxes, names, known, apart)
        _add_names(points, begun, names, known)
        _doubt(points, names, known, self._entries)
        chosen = _chosen(points, apart)
        _left_over(points, here, chosen)
        restless = _let_stay(time, chosen, _unlike(chosen, boxes, names, known), known)
        back = self._back(chosen, names, known)
        seats = [
            back[tile] if tile in back else known[chosen[tile]].seat if tile in chosen else self._new()
            for tile in range(len(boxes))
        ]
        missing = [person for person in range(len(known)) if person not in chosen.values()]
        maybe = {
            seats[tile]: tuple(known[person].seat for person in people)
            for tile, row in enumerate(points)
            if tile not in chosen and (people := _whom_it_may_be(names[tile], row, here, missing, known))
        }
        self.split = tuple(maybe)
        self._remember(time, seats, boxes, names, looks)
        for tile, times in restless.items():
            self._sitters[seats[tile]] = replace(self._sitters[seats[tile]], unlike=times)
        for seat, others in maybe.items():
            self._sitters[seat] = replace(self._sitters[seat], maybe=others)
        return seats

    def _begun(
        self, boxes: Sequence[Box], names: Sequence[str | None], known: Sequence[Sitter], apart: Mask
    ) -> set[tuple[int, int]]:
        """Tile and person where a cut-off name tells; not of whom a tile without a name has the place."""

        def rivals(one: int, other: int) -> bool:
            return bool(apart[one, other]) and known[one].seat not in known[other].maybe

        nameless = [box for box, name in zip(boxes, names, strict=True) if not name]
        people = [sitter.name for sitter in known]
        return {
            (tile, person)
            for tile, person in meant(names, people, rivals, self._entries)
            if not any(_sits(known[person], box) for box in nameless)
        }

    def _back(
        self, chosen: Mapping[int, int], names: Sequence[str | None], known: Sequence[Sitter]
    ) -> dict[int, int]:
        """Tile to old seat of who was split and whose name, now read, is that of one whom it may be."""
        taken = {known[person].seat for person in chosen.values()}
        back: dict[int, int] = {}
        for tile, person in chosen.items():
            name = names[tile]
            old = [
                seat
                for seat in known[person].maybe
                if seat in self._sitters and seat not in taken and one_name(name, self.name_of(seat))
            ]
            if name not in self._twins and len(old) == 1:
                back[tile] = old[0]
                taken.add(old[0])
        return back

    def name_of(self, seat: int) -> str | None:
        """The name that was read for a seat."""
        return self._sitters[seat].name if seat in self._sitters else None

    def _new(self) -> int:
        seat, self.next_seat = self.next_seat, self.next_seat + 1
        return seat

    def _forget(self, time: float) -> None:
        """Looks that are too old; seats of which nothing is left to tell them by."""
        for sitter in list(self._sitters.values()):
            if sitter.box:  # here until now, however long nothing happened
                self._sitters[sitter.seat] = replace(sitter, time=time)
            elif time - sitter.time > settings.SEAT_LOOK_MEMORY:
                if sitter.name is None:
                    del self._sitters[sitter.seat]
                else:
                    self._sitters[sitter.seat] = replace(sitter, look=None, switched=None)

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
            before = self._sitters.get(seat, Sitter(seat, time))
            known = fuller(before.name, name)
            now = replace(before, time=time, box=box, name=known, look=look)
            turned = before.look and before.look.camera != look.camera
            self._sitters[seat] = replace(now, switched=before.look) if turned else now
        here = Counter(name for name in names if name)
        self._twins |= {name for name, count in here.items() if count > 1}


def fuller(known: str | None, name: str | None) -> str | None:
    """The name that was read first, unless it had been cut off or lacks the letter that it begins with.

    It had not been where a bracket follows it: that is "(You)" or the like, misread.
    """
    if known is None or not name:
        return name or known
    if known[0].islower() and name[0].isupper() and name[1:] == known:
        return name
    begun = known.rstrip(CUT)
    rest = name[len(begun) :].lstrip() if name.startswith(begun) else ""
    grown, whole = len(name.rstrip(CUT)) - len(begun), is_cut(known) and not is_cut(name)
    return name if grown >= (0 if whole else 3) and not rest.startswith(("(", "[")) else known


def _points(
    sitter: Sitter, box: Box, name: str | None, look: Look, stayed: float, likeness: Likenesses
) -> float:
    """How far a tile speaks for one known person."""
    points = 0.0
    if name and sitter.name:
        points += _points_of_names(name, sitter.name)
    if _sits(sitter, box):
        points += stayed
    # Another name says so much that looks, which take longest to compare, can't make up for it.
    if sitter.look and points + _MOST_ALIKE >= 0:
        back = sitter.switched if sitter.switched and sitter.look.camera != look.camera else sitter.look
        points += likeness(back, look)
    return points


def _left_over(points: Points, here: Points, chosen: dict[int, int]) -> None:
    """Who alone is missing in another layout sits in the one tile that is left, if little speaks against."""
    tiles = [tile for tile in range(len(points)) if tile not in chosen]
    people = [int(person) for person in np.flatnonzero(here) if person not in chosen.values()]
    if len(tiles) == len(people) == 1:
        row = points[tiles[0]]
        if row[people[0]] == row.max() >= settings.SEAT_LEFT_OVER:
            chosen[tiles[0]] = people[0]


def _add_names(
    points: Points, begun: Iterable[tuple[int, int]], names: Sequence[str | None], known: Sequence[Sitter]
) -> None:
    """Cut-off names that tell count as whole; what speaks for a seat split from theirs speaks for them."""
    for tile, person in begun:
        name, sitter = names[tile], known[person]
        assert name and sitter.name, "only names tell"
        points[tile, person] += _POINTS_OF_ONE - _points_of_names(name, sitter.name)
        for other, split in enumerate(known):
            if sitter.seat in split.maybe and (split.name is None or may_be(name, split.name)):
                points[tile, person] = max(points[tile, person], points[tile, other])
                points[tile, other] = -np.inf


def _doubt(
    points: Points, names: Sequence[str | None], known: Sequence[Sitter], entries: Sequence[Entry]
) -> None:
    """A cut-off name tells nothing where somebody on the class list, not seen yet, begins so: a rival too."""
    seen = [sitter.name for sitter in known if sitter.name]
    for tile, name in enumerate(names):
        if name and is_cut(name) and may_be_another(name, seen, entries):
            for person, sitter in enumerate(known):
                if sitter.name and not is_cut(sitter.name):
                    points[tile, person] -= max(0, _points_of_names(name, sitter.name)) + settings.SEAT_LEAD


def _whom_it_may_be(
    name: str | None, row: Points, here: Points, missing: Sequence[int], known: Sequence[Sitter]
) -> list[int]:
    """Who may sit in a tile that got a new seat: who is like it, or is missing where no whole name tells."""
    whole = name and not is_cut(name)
    return [
        person
        for person, sitter in enumerate(known)
        if row[person] >= settings.SEAT_ENOUGH
        or (
            not whole
            and person in missing
            and (row[person] >= 0 or here[person] > 0)
            and (not name or not sitter.name or may_be(name, sitter.name))
        )
    ]


def _sits(sitter: Sitter, box: Box) -> bool:
    return bool(sitter.box and same_place(sitter.box, box))


@lru_cache(maxsize=20_000)  # of everybody and everybody else, at every change of a tile
def _points_of_names(one: str, other: str) -> float:
    alike = agree(one, other)
    if is_short(one) or is_short(other):
        alike = min(alike, settings.NAME_ALIKE)  # also one and the same beginning, of whom it may be
    return points_for(alike, settings.SEAT_NAMES)


def _unlike(
    chosen: Mapping[int, int], boxes: Sequence[Box], names: Sequence[str | None], known: Sequence[Sitter]
) -> dict[int, int]:
    """Tile to who sat there before, where nobody can be told for sure and no name says that it is another."""
    return {
        tile: person
        for tile, box in enumerate(boxes)
        for person, sitter in enumerate(known)
        if tile not in chosen
        and person not in chosen.values()
        and _sits(sitter, box)
        and not _contradicts(names[tile], sitter.name)
    }


def _let_stay(
    time: float, chosen: dict[int, int], unlike: Mapping[int, int], known: Sequence[Sitter]
) -> dict[int, tuple[float, ...]]:
    """When each of those tiles was unlike itself lately; one that is so again and again keeps its person.

    A wall of screens behind somebody changes like that at every look.
    """
    restless = {}
    for tile, person in unlike.items():
        before = [at for at in known[person].unlike if time - at <= settings.SEAT_RESTLESS_WITHIN]
        restless[tile] = (*before, time)[-settings.SEAT_RESTLESS :]
        if len(before) >= settings.SEAT_RESTLESS:
            chosen[tile] = person
    return restless


def _contradicts(name: str | None, known: str | None) -> bool:
    return bool(name and known and agree(name, known) < settings.NAME_ALIKE)


def _apart(known: Sequence[Sitter], twins: Container[str]) -> Mask:
    """Of each two known people whether they may be two: not, where one name was never here twice."""
    apart = ~np.eye(len(known), dtype=np.bool_)
    named = [(n, sitter.name) for n, sitter in enumerate(known) if sitter.name and sitter.name not in twins]
    for one, name in named:
        for other, same in named:
            if one != other and one_name(name, same):
                apart[one, other] = False
    return apart


def _chosen(points: Points, apart: Mask) -> dict[int, int]:
    """Tile to known person, where the points are enough and no other tile or person comes near."""
    chosen: dict[int, int] = {}
    for tile, person in sorted(np.ndindex(points.shape), key=lambda pair: (-points[pair], -pair[1])):
        mine = points[tile, person]
        if mine < settings.SEAT_ENOUGH:
            break
        if tile in chosen or person in chosen.values():
            continue
        free = [other for other in np.flatnonzero(apart[person]) if other not in chosen.values()]
        others = [other for other in range(len(points)) if other != tile and other not in chosen]
        rivals = [*points[tile, free], *points[others, person]]
        if mine - max(rivals, default=-np.inf) >= settings.SEAT_LEAD:
            chosen[tile] = person
    return chosen


def _same_layout(old: Sequence[Box], new: Sequence[Box]) -> bool:
    """Whether everybody stands where somebody stood: only then does a place say anything."""
    return len(old) == len(new) and all(any(same_place(other, box) for other in old) for box in new)
