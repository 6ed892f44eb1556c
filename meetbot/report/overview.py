"""The class over time: attention, moods and presence on one time axis, and the table behind them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from meetbot.clock import clock
from meetbot.report import charts, moods
from meetbot.report.cast import named_moments, students
from meetbot.report.lanes import Lanes, happened, make_lanes, shows_speech, speakers
from meetbot.report.notation import UNKNOWN
from meetbot.report.words import Words
from meetbot.settings import FEW_SEEN
from meetbot.types import Figures, Measure

MOOD_PEOPLE = 5  # seen in the lesson, from which the class's expressions are charted: fewer are no class


class Mark(NamedTuple):
    """A moment on the time axis; the number is empty for those that the first screen doesn't name."""

    at: float
    number: str
    start: float
    label: str


class Table(NamedTuple):
    """Headings, and rows whose first cell names the row."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """Three charts and two lanes on one time axis."""

    ticks: tuple[charts.Tick, ...]
    marks: tuple[Mark, ...]
    attention: charts.Line
    attention_known: tuple[charts.Stretch, ...]
    attention_description: str
    moods_read: bool
    moods_few: str  # why they are not charted, where they are not
    moods: tuple[charts.Layer, ...]
    moods_known: tuple[charts.Stretch, ...]
    moods_description: str
    presence: charts.Line
    presence_known: tuple[charts.Stretch, ...]
    presence_description: str
    lanes: Lanes
    read: tuple[charts.Stretch, ...]  # when anything was read: the ground of the lanes
    minute_width: float  # percent of the time axis, for the script
    table: Table


def make_overview(figures: Figures, words: Words) -> Overview:
    """The charts of the whole class."""
    duration, minutes, total = figures.duration, figures.minutes, figures.total
    firm_from = FEW_SEEN * len(students(figures))
    attention = samples(minutes, lambda m: m.attention, firm_from)
    presence = samples(minutes, lambda m: m.presence)
    known = sum(1 for sample in attention if sample.value is not None) / max(1, len(attention))
    length = clock(duration)
    return Overview(
        ticks=charts.ticks(duration),
        marks=_marks(figures),
        lanes=make_lanes(figures, words),
        read=charts.known(samples(minutes, lambda m: m.presence), duration),
        attention=charts.line(attention, duration),
        attention_known=charts.known(attention, duration),
        attention_description=words.say(
            "attention_desc",
            length=length,
            share=words.numbers.percent(total.attention),
            known=words.numbers.percent(known),
        ),
        moods_read=moods.were_read(figures),
        moods_few=words.say("moods_few", least=MOOD_PEOPLE) if total.people < MOOD_PEOPLE else "",
        moods=mood_layers(minutes, duration),
        moods_known=charts.known(samples(minutes, lambda m: 1.0 if m.moods else None), duration),
        moods_description=words.say("moods_desc", length=length, list=moods.sentence(total.moods, words)),
        presence=charts.line(presence, duration),
        presence_known=charts.known(presence, duration),
        presence_description=words.say(
            "presence_desc", length=length, share=words.numbers.percent(total.presence)
        ),
        minute_width=round(6000 / duration, 4) if duration else 100.0,
        table=_table(figures, moods.ORDER if moods.were_read(figures) else (), words),
    )


def samples(
    minutes: Sequence[Measure], value: Callable[[Measure], float | None], firm_from: float = 0.0
) -> tuple[charts.Sample, ...]:
    """One value of each minute, firm where enough people were seen."""
    return tuple(charts.Sample(m.start, m.end, value(m), m.people >= firm_from) for m in minutes)


def mood_layers(minutes: Sequence[Measure], duration: float) -> tuple[charts.Layer, ...]:
    """The stack of moods, of those that were shown at all."""

    def share_of(label: str) -> Callable[[Measure], float | None]:
        return lambda m: m.moods.get(label, 0.0) if m.moods else None

    shares = [samples(minutes, share_of(label)) for label in moods.ORDER]
    return tuple(layer for layer in charts.stack(shares, moods.ORDER, duration) if layer.path)


def _marks(figures: Figures) -> tuple[Mark, ...]:
    named = named_moments(figures)
    numbers = {id(moment): str(k) for k, moment in enumerate(named, 1)}
    return tuple(
        Mark(
            charts.percent_across(moment.start, figures.duration),
            numbers.get(id(moment), ""),
            moment.start,
            clock(moment.start),
        )
        for moment in figures.moments
    )


def _table(figures: Figures, labels: Sequence[str], words: Words) -> Table:
    spoken = shows_speech(figures)
    headings = ("time", "people_seen", "presence", "attention", "index", *labels)
    beside = (*(("spoke",) if spoken else ()), "happened")
    return Table(
        tuple(words[key] for key in (*headings, *beside)),
        tuple(
            (*_row(minute, labels, words), *_beside(figures, minute, words, spoken))
            for minute in figures.minutes
        ),
    )


def _row(minute: Measure, labels: Sequence[str], words: Words) -> tuple[str, ...]:
    shares = (minute.moods.get(label, 0.0) if minute.moods else None for label in labels)
    return (
        clock(minute.start),
        UNKNOWN if minute.presence is None else str(minute.people),
        words.numbers.percent(minute.presence),
        words.numbers.percent(minute.attention),
        words.numbers.index(minute.index),
        *map(words.numbers.percent, shares),
    )


def _beside(figures: Figures, minute: Measure, words: Words, spoken: bool) -> tuple[str, ...]:
    said = (speakers(figures, minute.start, minute.end, words),) if spoken else ()
    return (*said, happened(figures, minute.start, minute.end, words))
