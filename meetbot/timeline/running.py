"""The running values of a class: fed by the thread that reads, asked by the thread that shows.

Being fed costs the reading thread one append; everything is computed by whoever asks. Of a person who does
not want to be analysed nothing is kept from that moment on, and nobody is told more than a name.
"""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from meetbot.settings import CLASS_LEAST, LIVE_WINDOW, MOMENT_LEAST, MOMENT_PEOPLE
from meetbot.timeline.alarm import Alarm
from meetbot.timeline.asking import fact
from meetbot.timeline.glance import Counts, Terms, count, glance, rounded
from meetbot.timeline.moments import Track
from meetbot.timeline.spans import LABELS
from meetbot.timeline.traces import CAMERA_OFF, Stretch, Trace
from meetbot.types import EMOTIONS, Event, Layout, Moment, Observation, Reading

Values = dict[str, Any]
Teaches = Callable[[int, str], bool]

_AROUND = 300.0  # seconds either side of a moment that are compared in words


@dataclass(slots=True)
class Person:
    """One seat while the class goes on."""

    seat: int
    name: str
    here: bool = True
    analysed: bool = True
    off_since: float | None = None
    unseen_since: float | None = None
    trace: Trace = field(default_factory=Trace)

    @property
    def camera(self) -> bool | None:
        """Whether the camera is on, as last read."""
        return self.trace.states[-1] != CAMERA_OFF if self.trace.states else None

    def see(self, reading: Reading) -> None:
        """What was read; whoever is read is here, and wants to be."""
        self.here = self.analysed = True
        self.trace.add(reading)
        off, unseen = reading.state == "camera_off", reading.state != "face"
        self.off_since = (reading.time if self.off_since is None else self.off_since) if off else None
        self.unseen_since = (
            (reading.time if self.unseen_since is None else self.unseen_since) if unseen else None
        )

    def refuse(self) -> None:
        """Nothing is kept of who does not want to be analysed."""
        self.trace, self.analysed = Trace(), False
        self.off_since = self.unseen_since = None


class Running:
    """Everybody in the class, and what the page shows of it."""

    def __init__(self, terms: Terms, teaches: Teaches = lambda seat, name: False) -> None:
        self._terms = terms
        self._teaches = teaches
        self._teachers: frozenset[int] = frozenset()
        self._heard: deque[Observation] = deque()
        self._reached = 0.0
        self._lost = False
        self._people: dict[int, Person] = {}
        self._alarm = Alarm()
        self._moments: list[Values] = []

    def add(self, observation: Observation) -> None:
        """Take note; called by the reading thread."""
        self._heard.append(observation)

    def reached(self, time: float, teachers: Iterable[int] = ()) -> None:
        """The class is so far, and those are its teachers' seats; called by the reading thread."""
        self._reached, self._teachers = time, frozenset(teachers)

    def values(self) -> Values:
        """What the page shows now; called by one thread only."""
        while self._heard:
            self._hear(self._heard.popleft())
        end, terms = self._reached, self._terms
        students = [one for one in self._people.values() if not self._is_teacher(one)]
        since = {one.seat: one.trace.since(end - LIVE_WINDOW - terms.step, terms.every) for one in students}
        self._search(students)
        return {
            "time": round(end, 1),
            "moods": terms.moods,
            "persons": terms.persons,
            "lost": self._lost,
            **glance([*since.values()], end, terms),
            "cameras": self._cameras(students),
            "asking": self._asking(students, since, end) if terms.persons else [],
            "moments": self._moments[::-1],
        }

    def _is_teacher(self, one: Person) -> bool:
        return one.seat in self._teachers or self._teaches(one.seat, one.name)

    def _hear(self, what: Observation) -> None:
        match what:
            case Reading():
                self._person(what.seat).see(what)
                self._lost = False
            case Event(seat=int(seat)):
                self._told(self._person(seat), what)
            case Event(kind="gap"):
                self._lost = True
            case Layout():
                for place in what.tiles:
                    if place.kind == "person" and place.name:
                        self._person(place.seat).name = place.name

    def _told(self, one: Person, event: Event) -> None:
        match event.kind:
            case "joined":
                one.name, one.here, self._lost = event.text or one.name, True, False
            case "left":
                one.here, one.off_since, one.unseen_since = False, None, None
            case "opted_out":
                one.refuse()

    def _person(self, seat: int) -> Person:
        return self._people.setdefault(seat, Person(seat, f"Seat {seat}"))

    def _cameras(self, students: Sequence[Person]) -> Values:
        here = sorted((one for one in students if one.here), key=lambda one: one.name.casefold())
        read = [one for one in here if one.analysed]
        return {
            "on": [one.name for one in read if one.camera],
            "off": [one.name for one in read if one.camera is False] if self._terms.persons else [],
            "off_count": sum(one.camera is False for one in read),
            "unknown": sum(one.camera is None for one in read),
            "not_analysed": len(here) - len(read),
        }

    def _asking(self, students: Sequence[Person], since: dict[int, Stretch], end: float) -> list[Values]:
        asking = []
        for one in sorted(students, key=lambda one: one.name.casefold()):
            known = one.here and one.analysed and one.trace.times
            found = known and fact(since[one.seat], one.off_since, one.unseen_since, end, self._terms.every)
            if found:
                asking.append({"name": one.name, "kind": found.kind, "minutes": int(found.seconds // 60)})
        return asking

    def _search(self, students: Sequence[Person]) -> None:
        """Look for moments now and then; what is told is told in the shares before and after it."""
        if not self._alarm.due(self._reached):
            return
        terms, people = self._terms, [one for one in students if one.trace.times]
        if len(people) < (MOMENT_PEOPLE if terms.persons else CLASS_LEAST):
            return
        instants = int(self._reached / terms.every) + 1
        attention, mood = zip(*(one.trace.whole(instants, terms.every) for one in people), strict=True)
        seats = tuple(one.seat for one in people)
        tracks = [Track("attention", seats, np.stack(attention))]
        tracks += [Track("mood", seats, np.stack(mood))] if terms.moods else []
        stretches = [one.trace.since for one in people]
        for moment in self._alarm.look(tracks, terms.every):
            around = [since(moment.start - _AROUND, terms.every) for since in stretches]
            self._moments.append(in_words(moment, count(around, moment.start - _AROUND, 2, _AROUND), terms))


def in_words(moment: Moment, around: Counts, terms: Terms) -> Values:
    """A moment as the page tells it, from the counts before and after it."""
    told: Values = {"time": moment.start, "kind": moment.kind, "fell": moment.change < 0}
    told["people"] = len(moment.seats) if terms.persons else None
    if moment.kind == "attention":
        shares = around.turned.sum(axis=0) / np.maximum(around.known.sum(axis=0), 1)
        known = int((around.known > 0).all(axis=1).sum())
        before, after = (rounded(share, terms, known) for share in shares)
        return {**told, "before": before, "after": after}
    moods = around.moods.sum(axis=0)[: len(EMOTIONS)] / np.maximum(around.faces.sum(axis=0), 1)
    change = moods[:, 1] - moods[:, 0]
    more, less = int(change.argmax()), int(change.argmin())
    return {
        **told,
        "more": LABELS[more] if change[more] >= MOMENT_LEAST else None,
        "less": LABELS[less] if change[less] <= -MOMENT_LEAST else None,
    }
