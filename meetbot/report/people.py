"""The people of the class, one strip each, in the order in which they come: no figure ranks them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from meetbot.clock import clock
from meetbot.report import charts, moods
from meetbot.report.absences import stay_of
from meetbot.report.cameras import off_spans, spoken
from meetbot.report.cast import name_of, named_moments, students
from meetbot.report.concerns import halves
from meetbot.report.notes import notes_of
from meetbot.report.overview import Table, samples
from meetbot.report.pictures import face_of
from meetbot.report.words import Words
from meetbot.types import Figures, Measure, SeatFigures, Still


class Fact(NamedTuple):
    """Something about one person, as a label and what is said under it."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Person:
    """One person's strip, and what stands behind their name."""

    seat: int
    name: str
    first: float  # seconds, for sorting: when they came, and the share of the readings that show them
    presence_share: float
    seen: str
    attention: str
    line: charts.Line
    line_known: tuple[charts.Stretch, ...]
    presence: charts.Line
    presence_known: tuple[charts.Stretch, ...]
    ribbon: charts.Ribbon
    description: str
    facts: tuple[Fact, ...]
    notes: tuple[str, ...]
    picture: str  # the address of the face, where the user asked for it
    table: Table


def make_people(figures: Figures, words: Words, stills: Sequence[Still] = ()) -> tuple[Person, ...]:
    """Everyone of the class."""
    return tuple(_person(seat, figures, words, face_of(seat.seat, stills)) for seat in students(figures))


def no_people(figures: Figures, words: Words) -> str:
    """Why there are no people to show."""
    return words["people_none" if moods.kept_people(figures) else "people_class"]


def _person(seat: SeatFigures, figures: Figures, words: Words, picture: str) -> Person:
    attention = samples(seat.minutes, lambda m: m.attention)
    presence = samples(seat.minutes, lambda m: m.presence or None)  # not a face all minute: not seen
    total, first = seat.total, stay_of(seat, figures).start
    return Person(
        seat=seat.seat,
        name=name_of(seat, words),
        first=figures.duration if first is None else first,
        presence_share=total.presence or 0.0,
        seen=words.numbers.percent(total.presence),
        attention=words.numbers.percent(total.attention),
        line=charts.line(attention, figures.duration),
        line_known=charts.known(attention, figures.duration),
        presence=charts.line(presence, figures.duration),
        presence_known=charts.known(presence, figures.duration),
        ribbon=charts.ribbon(seat.moods, moods.ORDER, figures.duration),
        description=_description(seat, figures, words),
        facts=tuple(_facts(seat, figures, words)),
        notes=notes_of(seat, words),
        picture=picture,
        table=_table(seat.minutes, moods.were_read(figures), words),
    )


def _description(seat: SeatFigures, figures: Figures, words: Words) -> str:
    total = seat.total
    said = words.say(
        "strip_desc",
        name=name_of(seat, words),
        share=words.numbers.percent(total.attention),
        seen=words.numbers.percent(total.presence),
    )
    if not moods.were_read(figures):
        return said
    return said + words.say("strip_desc_moods", list=moods.sentence(total.moods, words))


def _facts(seat: SeatFigures, figures: Figures, words: Words) -> list[Fact]:
    total, read = seat.total, moods.were_read(figures)
    facts = [
        Fact(words["person_presence"], _presence(seat, figures, words)),
        Fact(words["person_coverage"], _coverage(seat, words)),
        Fact(words["person_attention"], _attention(total, words)),
        *_trend(seat, figures, words),
        Fact(words["person_moods"], _moods(total, words) if read else words["not_read"]),
        Fact(words["person_index"], _index(total, words) if read else words["not_computed"]),
        Fact(words["person_speech"], _speech(seat, words)),
    ]
    part_of = [
        f"{k} ({clock(moment.start)})"
        for k, moment in enumerate(named_moments(figures), 1)
        if seat.seat in moment.seats
    ]
    return [*facts, Fact(words["person_moments"], ", ".join(part_of))] if part_of else facts


def _presence(seat: SeatFigures, figures: Figures, words: Words) -> str:
    stay = stay_of(seat, figures)
    if stay.start is None or stay.end is None:
        return words["never"]
    return words.say(
        "person_presence_value",
        minutes=words.numbers.minutes(seat.minutes_present),
        seen=words.numbers.minutes(seat.minutes_seen),
        first=clock(stay.start),
        last=clock(stay.end),
    )


def _coverage(seat: SeatFigures, words: Words) -> str:
    there = words.numbers.minutes(seat.minutes_present)
    said = words.say("person_coverage_value", share=words.numbers.percent(seat.total.presence), minutes=there)
    if seat.total.off:
        share = words.numbers.percent(seat.total.off / seat.total.readings)
        said += words.say("person_off", when=spoken(off_spans(seat)) or share)
    if not seat.companions:
        return said
    return said + words.count(
        "person_companions", seat.companions, minutes=words.numbers.minutes(seat.minutes_companions)
    )


def _trend(seat: SeatFigures, figures: Figures, words: Words) -> list[Fact]:
    """Attention by halves of the lesson, where both are known."""
    first, second = halves(seat.minutes, figures.every)
    if first is None or second is None:
        return []
    shares = {"first": words.numbers.percent(first), "second": words.numbers.percent(second)}
    return [Fact(words["person_trend"], words.say("person_trend_value", **shares))]


def _speech(seat: SeatFigures, words: Words) -> str:
    if seat.minutes_speaking is None:
        return words["person_speech_unknown"]
    if not seat.minutes_speaking and seat.total.off and not seat.total.people:
        return words["person_speech_hidden"]
    return words.numbers.minutes(seat.minutes_speaking)


def _attention(total: Measure, words: Words) -> str:
    if total.attention is None:
        return words["cannot_tell"]
    share, known = words.numbers.percent(total.attention), words.numbers.percent(total.attention_known)
    return words.say("person_attention_value", share=share, known=known)


def _moods(total: Measure, words: Words) -> str:
    if not total.moods:
        return words["cannot_tell"]
    return words.say("person_moods_value", list=moods.sentence(total.moods, words))


def _index(total: Measure, words: Words) -> str:
    if total.index is None:
        return words["cannot_tell"]
    value, share = words.numbers.index(total.index), words.numbers.percent(total.presence)
    return words.say("person_index_value", value=value, share=share)


def _table(measures: Sequence[Measure], read: bool, words: Words) -> Table:
    headings = ("time", "person_coverage", "attention", *(("person_moods",) if read else ()))
    rows = (
        (
            clock(m.start),
            words.numbers.percent(m.presence),
            words.numbers.percent(m.attention),
            *((moods.most(m.moods, words),) if read else ()),
        )
        for m in measures
    )
    return Table(tuple(words[key] for key in headings), tuple(rows))
