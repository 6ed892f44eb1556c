"""Who and what a lesson's report is about: its class, its named moments, its counted readings."""

from typing import NamedTuple

from meetbot.report.notation import whole
from meetbot.report.words import Words
from meetbot.settings import MOST_MOMENTS
from meetbot.types import Figures, Measure, Moment, SeatFigures


class Counted(NamedTuple):
    """A measure as numbers of readings, which add up over minutes and people as shares don't."""

    readings: int
    faces: int
    known: int  # faces whose direction could be told
    turned: int  # of these, turned to the screen
    off: int


class Named(NamedTuple):
    """Somebody, with what they are named for; the seat is None for a name that no seat carries."""

    seat: int | None
    name: str
    detail: str = ""


def students(figures: Figures) -> tuple[SeatFigures, ...]:
    """The seats that make the class."""
    return tuple(seat for seat in figures.seats if seat.role == "student")


def name_of(seat: SeatFigures, words: Words) -> str:
    """What a seat is called."""
    name = seat.name.strip()
    return words.say("seat", seat=seat.seat) if name in ("", f"Seat {seat.seat}") else name


def people_of(figures: Figures) -> int:
    """How many the class has; where nothing of single people is kept, the most in one minute."""
    return len(students(figures)) or max((minute.people for minute in figures.minutes), default=0)


def is_live(figures: Figures) -> bool:
    """Whether a room told who came and went, instead of a picture that shows it."""
    return bool(figures.followed)


def refused(figures: Figures) -> set[int]:
    """The seats of whom nothing is read, by their own wish or the teacher's."""
    return {event.seat for event in figures.events if event.kind == "opted_out" and event.seat is not None}


def named_moments(figures: Figures) -> tuple[Moment, ...]:
    """The largest changes, in the order of time."""
    largest = sorted(figures.moments, key=lambda moment: -abs(moment.change))[:MOST_MOMENTS]
    return tuple(sorted(largest, key=lambda moment: moment.start))


def counted(measure: Measure, every: float) -> Counted:
    """The readings behind a measure; where a lesson kept shares only, as many as its length allows."""
    faces, readings = measure.faces, measure.readings
    if measure.people and not readings:
        readings = max(1, whole((measure.end - measure.start) / every)) * measure.people
        faces = whole(readings * (measure.coverage if measure.presence is None else measure.presence))
    known = whole(faces * measure.attention_known)
    return Counted(readings, faces, known, whole(known * (measure.attention or 0.0)), measure.off)
