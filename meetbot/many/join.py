"""Pieces of a recording become one lesson: as if it had been read in one go.

Where two pieces meet, both have looked at the same instants, the one at its end, the other after its warm-up.
At the first one at which they remember the same, seats apart, they are joined. Every question to the second
one's own `Seats` is then asked again of the lesson's, in the order of time, and its answers hold.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from math import inf

import numpy as np

from meetbot import settings
from meetbot.gallery.seats import Seats
from meetbot.gallery.split import STAGE_SEAT, split_words
from meetbot.many.piece import Counting, Given, Piece, Placing, Residents, State
from meetbot.many.segment import NOBODY, NotOnePiece, time_of
from meetbot.many.shades import Shades, surely_other
from meetbot.roster import Entry
from meetbot.types import Event, Layout, Observation, Still

Instant = tuple[float, Sequence[Observation]]

_SLACK = 0.02  # of a tile: `settings.CELL_SLACK` in one of 300 pixels
_BY_SEAT = {
    "joined": "joined",
    "left": "left",
    **dict.fromkeys(("camera_on", "camera_off"), "camera"),
    **dict.fromkeys(("started_speaking", "stopped_speaking"), "speaking"),
}
_MARK = split_words((NOBODY,))


class Joiner:
    """Goes through the pieces; remembers what the whole recording would have remembered.

    `entries` are the class list.
    """

    def __init__(self, entries: Sequence[Entry] = ()) -> None:
        self._seats = Seats(entries=entries)
        self._seat = {STAGE_SEAT: STAGE_SEAT}  # of the piece: its seat to the lesson's
        self._start: dict[float | None, float | None] = {}  # of the layout that goes on over the cut
        self._met: set[int] = set()
        self._met_here: set[int] = set()  # as the piece knows it, in its own seats
        self._away: set[int] = set()  # seats of people who went while others were beside them
        self._complained = False
        self._stills = 0

    def joined(self, pieces: Sequence[Piece]) -> Iterator[Instant]:
        """Each instant with what was seen, in the lesson's seats; refused where a difference could follow."""
        met = -inf
        for piece, following in zip(pieces, [*pieces[1:], None], strict=True):
            why = "its pieces are apart"
            for time, seen in self._instants(piece, met):
                yield time, seen
                if following and time in following.states and time in piece.states:
                    try:
                        self._meet(time, piece, following)
                    except NotOnePiece as difference:
                        why = f"{difference} at {time:g} s"
                        continue
                    met = time
                    break
            else:
                if following:
                    raise NotOnePiece(why)

    def _instants(self, piece: Piece, after: float) -> Iterator[Instant]:
        given = deque(one for one in piece.given if one.time > after)
        seen = deque(one for one in piece.observations if time_of(one) > after)
        for time in piece.times:
            if time <= after:
                continue
            now: list[Observation] = []
            split: tuple[int, ...] = ()
            while given and given[0].time <= time:
                split = self._ask(given.popleft())
            while seen and time_of(seen[0]) <= time:
                one = seen.popleft()
                if isinstance(one, Event) and one.text == _MARK:
                    now += [replace(one, text=split_words(split))] if split else []
                elif not self._is_double(one, piece):
                    now.append(self._renamed(one))
            yield time, _in_order(now)

    def _meet(self, time: float, piece: Piece, following: Piece) -> None:
        """Goes over to the next piece, where both remember the same at this instant."""
        old, new = _renamed(piece.states[time], self._seat), following.states[time]
        seat = {STAGE_SEAT: STAGE_SEAT, **_counterparts(old, new)}
        mine = _renamed(new, seat)
        for what in ("rest", "view", "before", "tracks"):
            if getattr(mine, what) != getattr(old, what):
                raise NotOnePiece(f"its {what} differs")
        if not _alike(old.residents, mine.residents):
            raise NotOnePiece("its faces differ")
        if set(mine.view) & mine.met != set(old.view) & old.met:
            raise NotOnePiece("a screen can't be told from a person")
        if any(old.beside.get(one, 0) != mine.beside.get(one, 0) for one in mine.view):
            raise NotOnePiece("somebody is beside another")
        _require_slides(old, new, [slide for at, slide in following.slides if at > time])
        self._seat = seat
        self._away = {one for one in old.beside if old.beside[one] != mine.beside.get(one, 0)}
        self._start = {new.start: self._start.get(old.start, old.start)}
        self._met |= old.met
        self._met_here = set(new.met)

    def _ask(self, given: Given) -> tuple[int, ...]:
        """The lesson's answer to what was asked in the piece; it must fit the seats that are known."""
        if isinstance(given, Counting):
            first = self._seats.next_seat
            answer = tuple(range(first, first + len(given.answer)))
            self._seats.next_seat += len(answer)
        else:
            answer = tuple(self._seats.place(given.time, given.boxes, given.names, given.looks, given.alone))
        for mine, theirs in zip(given.answer, answer, strict=True):
            known = self._seat.get(mine)
            if known is None and theirs in (*self._seat.values(), *self._away):
                raise NotOnePiece(f"seat {theirs} came back at {given.time:g} s")
            if known is not None and known != theirs:
                raise NotOnePiece(f"seat {known} or {theirs} at {given.time:g} s")
            self._seat[mine] = theirs
        if isinstance(given, Placing):
            self._require_met(given)
            return self._seats.split
        return ()

    def _require_met(self, given: Placing) -> None:
        """A lone picture is a person's where their face was seen before: the piece must know of it."""
        if len(given.answer) > 1:
            self._met_here |= set(given.answer)
        elif any(self._seat[mine] in self._met and mine not in self._met_here for mine in given.answer):
            raise NotOnePiece("a screen can't be told from a person")

    def _is_double(self, seen: Observation, piece: Piece) -> bool:
        """Whether it is said once in a lesson, and was."""
        if isinstance(seen, Still):
            self._stills += 1
            return self._stills > settings.STILLS_MOST
        if isinstance(seen, Event) and seen.kind == "warning" and seen.text == piece.complaint:
            said, self._complained = self._complained, True
            return said
        return False

    def _renamed(self, seen: Observation) -> Observation:
        if isinstance(seen, Layout):
            tiles = tuple(
                replace(place, seat=self._seat[place.seat], name=self._name(place.seat, place.name))
                for place in seen.tiles
            )
            start = self._start.get(seen.start)
            return replace(seen, tiles=tiles, start=seen.start if start is None else start)
        if seen.seat is None:
            return seen
        if isinstance(seen, Event) and seen.kind == "joined":
            name = self._name(seen.seat, seen.text) or ""
            return replace(seen, seat=self._seat[seen.seat], text=name)
        return replace(seen, seat=self._seat[seen.seat])

    def _name(self, seat: int, own: str | None) -> str | None:
        return self._seats.name_of(self._seat[seat]) if seat != STAGE_SEAT else own


def _in_order(seen: Iterable[Observation]) -> Sequence[Observation]:
    """What `changes` tells of several seats at one instant, by the seats that they have now."""
    ordered: list[Observation] = []
    for group, one_by_one in groupby(seen, key=_group):
        some = list(one_by_one)
        ordered += sorted(some, key=lambda one: getattr(one, "seat", None) or 0) if group else some
    return ordered


def _group(seen: Observation) -> str:
    return _BY_SEAT.get(seen.kind, "") if isinstance(seen, Event) else ""


def _require_slides(old: State, new: State, later: Sequence[Shades]) -> None:
    """A slide that was kept long ago may come back: what is kept then would depend on the cut."""
    if old.slide == new.slide or not later:
        return
    if old.slide is None or new.slide is not None or not surely_other(old.slide, later[0]):
        raise NotOnePiece("a slide of before may have come back")


def _counterparts(old: State, new: State) -> dict[int, int]:
    """Seats that were seen last at one instant in one place; the same face or tile has both of them."""
    found: dict[int, int] = {}
    for mine, (time, box) in new.places.items():
        near = [
            seat
            for seat, (seen, there) in old.places.items()
            if seen == time and np.abs(np.subtract(box, there)).max() <= settings.CELL_SLACK
        ]
        if len(near) == 1 and near[0] not in found.values():
            found[mine] = near[0]
    if len(old.view) == len(new.view):  # a room full of people has a seat that nobody is shown in
        for mine, theirs in zip(new.view, old.view, strict=True):
            if mine not in found and theirs not in found.values():
                found[mine] = theirs
    return found


def _alike(old: Residents, new: Residents) -> bool:
    """Whether the same faces are known; those out of view to a few pixels, for tiles were found twice."""
    if old.keys() != new.keys():
        return False
    for seat in old:
        one, other = old[seat], new[seat]
        if [known[-2:] for known in one] != [known[-2:] for known in other]:
            return False
        if any(np.abs(np.subtract(a[:3], b[:3])).max() > _SLACK for a, b in zip(one, other, strict=True)):
            return False
    return True


def _renamed(state: State, seat: Mapping[int, int]) -> State:
    """A state in other seats; one that has no counterpart keeps none."""

    def other(one: int) -> int:
        return seat.get(one, -1 - one)

    return replace(
        state,
        view=tuple(other(one) for one in state.view),
        met=frozenset(other(one) for one in state.met),
        residents={other(one): known for one, known in state.residents.items()},
        beside={other(one): count for one, count in state.beside.items()},
        tracks=frozenset(track._replace(seat=other(track.seat)) for track in state.tracks),
        before={other(one): known for one, known in state.before.items()},
        places={other(one): place for one, place in state.places.items()},
    )
