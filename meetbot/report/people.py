"""The people of the class, one strip each, in the order in which they come: no figure ranks them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from meetbot.clock import clock
from meetbot.report import charts, moods
from meetbot.report.opening import named_moments, students
from meetbot.report.overview import Table, samples
from meetbot.report.words import Words
from meetbot.types import Figures, Measure, SeatFigures


class Fact(NamedTuple):
    """Something about one person, as a label and what is said under it."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Person:
    """One person's strip, and what stands behind their name."""

    seat: int
    name: str
    seen: str
    attention: str
    line: charts.Line
    line_known: tuple[charts.Stretch, ...]
    ribbon: charts.Ribbon
    description: str
    facts: tuple[Fact, ...]
    notes: tuple[str, ...]
    table: Table


def make_people(figures: Figures, words: Words) -> tuple[Person, ...]:
    """Everyone of the class."""
    return tuple(_person(seat, figures, words) for seat in students(figures))


def _person(seat: SeatFigures, figures: Figures, words: Words) -> Person:
    attention = samples(seat.minutes, lambda m: m.attention)
    total = seat.total
    return Person(
        seat=seat.seat,
        name=seat.name.strip() or words.say("seat", seat=seat.seat),
        seen=words.numbers.percent(total.coverage),
        attention=words.numbers.percent(total.attention),
        line=charts.line(attention, figures.duration),
        line_known=charts.known(attention, figures.duration),
        ribbon=charts.ribbon(seat.moods, moods.ORDER, figures.duration),
        description=words.say(
            "strip_desc",
            share=words.numbers.percent(total.attention),
            coverage=words.numbers.percent(total.coverage),
            list=moods.sentence(total.moods, words),
        ),
        facts=tuple(_facts(seat, figures, words)),
        notes=seat.notes,
        table=_table(seat.minutes, words),
    )


def _facts(seat: SeatFigures, figures: Figures, words: Words) -> list[Fact]:
    total, read = seat.total, moods.were_read(figures)
    facts = [
        Fact(words["person_presence"], _presence(seat, words)),
        Fact(words["person_coverage"], _coverage(seat, words)),
        Fact(words["person_attention"], _attention(total, words)),
        Fact(words["person_moods"], moods.sentence(total.moods, words) if read else words["not_read"]),
        Fact(words["person_index"], _index(total, words) if read else words["not_computed"]),
        Fact(words["person_speech"], _speech(seat, words)),
    ]
    part_of = [
        f"{k} ({clock(moment.start)})"
        for k, moment in enumerate(named_moments(figures), 1)
        if seat.seat in moment.seats
    ]
    return [*facts, Fact(words["person_moments"], ", ".join(part_of))] if part_of else facts


def _presence(seat: SeatFigures, words: Words) -> str:
    if seat.first_seen is None or seat.last_seen is None:
        return words["never"]
    return words.say(
        "person_presence_value",
        minutes=words.numbers.minutes(seat.minutes_present),
        seen=words.numbers.minutes(seat.minutes_seen),
        first=clock(seat.first_seen),
        last=clock(seat.last_seen),
    )


def _coverage(seat: SeatFigures, words: Words) -> str:
    said = words.say("person_coverage_value", share=words.numbers.percent(seat.total.coverage))
    if not seat.companions:
        return said
    return said + words.count(
        "person_companions", seat.companions, minutes=words.numbers.minutes(seat.minutes_companions)
    )


def _speech(seat: SeatFigures, words: Words) -> str:
    if seat.minutes_speaking is None:
        return words["person_speech_unknown"]
    return words.numbers.minutes(seat.minutes_speaking)


def _attention(total: Measure, words: Words) -> str:
    if total.attention is None:
        return words["cannot_tell"]
    share, known = words.numbers.percent(total.attention), words.numbers.percent(total.attention_known)
    return words.say("person_attention_value", share=share, known=known)


def _index(total: Measure, words: Words) -> str:
    if total.index is None:
        return words["cannot_tell"]
    return words.say(
        "person_index_value",
        value=words.numbers.index(total.index),
        coverage=words.numbers.percent(total.coverage),
    )


def _table(measures: Sequence[Measure], words: Words) -> Table:
    headings = ("time", "coverage", "attention", "index", "mood_most")
    rows = (
        (
            clock(m.start),
            words.numbers.percent(m.coverage),
            words.numbers.percent(m.attention),
            words.numbers.index(m.index),
            moods.most(m.moods, words),
        )
        for m in measures
    )
    return Table(tuple(words[key] for key in headings), tuple(rows))
