"""What happened beside the figures, on the same time axis: who spoke, slides, re-flows, gaps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from meetbot.report import charts
from meetbot.report.cast import name_of
from meetbot.report.words import Words
from meetbot.types import EventKind, Figures, SeatFigures

MOST_SPEAKERS = 3  # named for one minute of the table
MARKED: tuple[EventKind, ...] = ("slide", "reflow", "gap")


@dataclass(frozen=True, slots=True)
class Speakers:
    """One row of the lane of speech."""

    label: str
    bars: tuple[charts.Stretch, ...]


@dataclass(frozen=True, slots=True)
class Happenings:
    """All marks of one kind, in percent of the width."""

    kind: EventKind
    label: str
    at: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Lanes:
    """The lanes under the charts, and what they say in words."""

    speech: tuple[Speakers, ...]
    speech_description: str
    happenings: tuple[Happenings, ...]
    happenings_description: str


def make_lanes(figures: Figures, words: Words) -> Lanes:
    """Speech of the teacher and of everybody else, and the marks of a lesson."""
    rows = tuple(_speech(figures, words))
    marks = tuple(_happenings(figures, words))
    spoke = [seat for seat in figures.seats if seat.minutes_speaking]
    said = ", ".join(
        f"{name_of(seat, words)} {words.numbers.minutes(seat.minutes_speaking or 0.0)}" for seat in spoke
    )
    counts = ", ".join(words.count(f"mark_{mark.kind}", len(mark.at)) for mark in marks)
    return Lanes(
        speech=rows,
        speech_description=words.say("speech_desc", list=said) if said else words["speech_none"],
        happenings=marks,
        happenings_description=words.say("marks_desc", list=counts) if counts else words["marks_none"],
    )


def shows_speech(figures: Figures) -> bool:
    """Whether it can be told of anybody when they spoke."""
    return any(seat.minutes_speaking is not None for seat in figures.seats)


def speakers(figures: Figures, start: float, end: float, words: Words) -> str:
    """Who spoke in that time, by name, as many as fit."""
    spoke = [
        name_of(seat, words)
        for seat in figures.seats
        if any(begin < end and until > start for begin, until in seat.speech)
    ]
    more = len(spoke) - MOST_SPEAKERS
    return ", ".join(spoke[:MOST_SPEAKERS]) + (words.say("and_more", n=more) if more > 0 else "")


def happened(figures: Figures, start: float, end: float, words: Words) -> str:
    """What is marked in that time, in words."""
    counts = {
        kind: sum(event.kind == kind and start <= event.time < end for event in figures.events)
        for kind in MARKED
    }
    return ", ".join(words.count(f"mark_{kind}", n) for kind, n in counts.items() if n)


def _speech(figures: Figures, words: Words) -> Iterator[Speakers]:
    if not shows_speech(figures):
        return
    teachers = [seat for seat in figures.seats if seat.role == "teacher"]
    others = [seat for seat in figures.seats if seat.role == "student"]
    if teachers:
        yield Speakers(words["role_teacher"], _bars(teachers, figures.duration))
    yield Speakers(words["speech_class"], _bars(others, figures.duration))


def _bars(seats: Sequence[SeatFigures], duration: float) -> tuple[charts.Stretch, ...]:
    """Joined over the seats, so that nothing is drawn twice."""
    joined: list[tuple[float, float]] = []
    for start, end in sorted(span for seat in seats for span in seat.speech):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return tuple(charts.stretch(start, end, duration) for start, end in joined)


def _happenings(figures: Figures, words: Words) -> Iterator[Happenings]:
    for kind in MARKED:
        times = [event.time for event in figures.events if event.kind == kind]
        if times:
            places = dict.fromkeys(charts.percent_across(time, figures.duration) for time in times)
            yield Happenings(kind, words[f"happened_{kind}"], tuple(places))
