"""A lesson under the policy `class`: what is read of people stays in memory until their minute is over."""

import re
from collections.abc import Callable
from functools import cached_property
from math import floor

from meetbot.settings import CLASS_PART, DEFAULT_EVERY
from meetbot.timeline import rows
from meetbot.timeline.class_minute import MINUTE, class_minute
from meetbot.timeline.lesson import Lesson
from meetbot.types import Event, Layout, Observation, Reading, Status

_OF_PEOPLE = ("live", "roster")  # facts that name or count single people
_NAMES_A_SEAT = re.compile(r"\bSeat \d")


class ClassLesson(Lesson):
    """Writes minutes of the class, what happened to the lesson as a whole, and nothing else.

    Seats, names and roles are known while it is being read, so that the teacher can be left out, and go
    with the process. At most the running minute is lost, or read again.
    """

    _asked: Callable[[], object] | None = None
    _latest: float | None = None  # the last instant

    @cached_property
    def _running(self) -> list[Reading]:
        return []

    @cached_property
    def _every(self) -> float:
        return float(self.facts().get("every", DEFAULT_EVERY))

    def ask_who(self, ask: Callable[[], object]) -> None:
        """How to learn the roles of those who are there; asked before each minute is summed up."""
        self._asked = ask

    def add(self, observation: Observation) -> None:
        """Takes a reading into memory; keeps an event of the lesson as a whole."""
        self._may_write()
        match observation:
            case Reading():
                self._running.append(observation)
                self._meet(observation.seat, observation.time)
            case Event() if of_the_lesson(observation):
                super().add(observation)
            case Event(kind="joined", seat=int(seat)):
                self._meet(seat, observation.time, self.called(observation.text))
            case Layout():
                for place in observation.tiles:
                    if place.kind == "person":
                        self._meet(place.seat, observation.start, self.called(place.name))
            case _:
                pass  # whatever else there is may be of somebody, a name on a slide too

    def reached(self, time: float) -> None:
        """Sums up the minutes that are over; until then nothing of them is written."""
        before = self._latest
        if before is not None and minute_of(before) < minute_of(time) and not self._ends_minute(before):
            self._sum_up(before)  # nothing was seen at the end of that minute
        self._latest = time
        if self._ends_minute(time):
            self._sum_up(time)

    def finish(self, status: Status, duration: float | None) -> None:
        """Sums up the last part of a minute as well, where it is long enough and reading is over."""
        if status == "finished" and self._latest is not None:
            end = self._latest + self._every
            if self._running and end - MINUTE * minute_of(self._latest) >= CLASS_PART:
                self._sum_up(self._latest, end)
            super().reached(self._latest)
            duration = max(duration or 0.0, end)
        super().finish(status, duration)

    def note(self, **facts: str) -> None:
        """Sets facts that are of nobody."""
        super().note(**{key: value for key, value in facts.items() if key not in _OF_PEOPLE})

    def forget_after(self, time: float) -> None:
        """Drops what was added after `time`."""
        self._running.clear()
        self._do("DELETE FROM class_minute WHERE start > ?", (round(time, rows.TIME),))
        super().forget_after(time)

    def _sum_up(self, until: float, end: float | None = None) -> None:
        if self._asked:
            self._asked()
        number = minute_of(until)
        start = MINUTE * number
        readings = [one for one in self._running if minute_of(one.time) <= number]
        self._running = [one for one in self._running if minute_of(one.time) > number]
        left_out = {seat.id for seat in self.seats() if seat.role != "student"}
        minute = class_minute(start, end or start + MINUTE, readings, self._every, left_out)
        if minute.people:
            self.add_minute(minute)
        if any(seat.role == "teacher" for seat in self.seats()):
            self.note(teacher="left out")
        super().reached(until)

    def _ends_minute(self, time: float) -> bool:
        """Whether an instant is the last one of its minute."""
        return minute_of(time + self._every) > minute_of(time)

    def _store_seats(self) -> None:
        self._changed.clear()  # whoever was there is written nowhere


def minute_of(time: float) -> int:
    """The number of the minute that a time lies in."""
    return floor(round(time, rows.TIME) / MINUTE + 1e-9)


def of_the_lesson(event: Event) -> bool:
    """Whether an event is of nobody: neither in its seat nor in its words."""
    said = event.kind == "warning" and not _NAMES_A_SEAT.search(event.text)
    return event.seat is None and (said or event.kind in ("slide", "gap"))
