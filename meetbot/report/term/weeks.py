"""The term over time: attention, moods and coverage by week, and by weekday and hour."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from meetbot.report import charts, moods
from meetbot.report.overview import Table
from meetbot.report.words import Words
from meetbot.summary import Slot, Sums, Term, Week

MOST_LABELS = 9  # dates that fit beside each other
SHADES = (0.5, 0.6, 0.7, 0.8)  # attention from which a cell of the timetable is a shade darker


@dataclass(frozen=True, slots=True)
class Weeks:
    """Three charts on one axis of weeks."""

    ticks: tuple[charts.Tick, ...]
    attention: charts.Line
    attention_known: tuple[charts.Stretch, ...]
    moods: tuple[charts.Layer, ...]
    moods_known: tuple[charts.Stretch, ...]
    coverage: charts.Line
    coverage_known: tuple[charts.Stretch, ...]
    table: Table


class Cell(NamedTuple):
    """Lessons of one weekday and hour; no text where there are none, no shade where nothing is known."""

    text: str
    lessons: str
    shade: int | None


class Timetable(NamedTuple):
    """Hours down, weekdays across."""

    weekdays: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


def make_weeks(term: Term, words: Words) -> Weeks:
    """The charts by week."""
    weeks, end = term.weeks, float(len(term.weeks))
    attention = _samples(weeks, lambda sums: sums.attention)
    coverage = _samples(weeks, lambda sums: sums.coverage)
    labels = [label for label in moods.ORDER if term.total.moods.get(label)]
    shares = [_samples(weeks, lambda sums, key=label: _share(sums, key)) for label in labels]  # type: ignore[misc]
    layers = charts.stack(shares, labels, end)
    return Weeks(
        ticks=tuple(_ticks(weeks, words)),
        attention=charts.line(attention, end),
        attention_known=charts.known(attention, end),
        moods=tuple(layer for layer in layers if layer.path),
        moods_known=charts.known(_samples(weeks, lambda sums: 1.0 if sums.moods else None), end),
        coverage=charts.line(coverage, end),
        coverage_known=charts.known(coverage, end),
        table=_table(weeks, labels, words),
    )


def make_timetable(slots: Sequence[Slot], words: Words) -> Timetable:
    """Every weekday and hour from the first to the last in which a lesson began."""
    weekdays = sorted({slot.weekday for slot in slots})
    hours = sorted({slot.hour for slot in slots})
    found = {(slot.hour, slot.weekday): slot for slot in slots}
    rows = ((f"{hour}:00", tuple(_cell(found.get((hour, day)), words) for day in weekdays)) for hour in hours)
    return Timetable(tuple(words[f"weekday_{day}"] for day in weekdays), tuple(rows))


def shade_of(attention: float | None) -> int | None:
    """Which of the shades a share has: 0 is the lightest."""
    return None if attention is None else sum(attention >= step for step in SHADES)


def _samples(weeks: Sequence[Week], value: Callable[[Sums], float | None]) -> tuple[charts.Sample, ...]:
    return tuple(charts.Sample(float(k), k + 1.0, value(week.sums)) for k, week in enumerate(weeks))


def _share(sums: Sums, label: str) -> float | None:
    return sums.mood_shares.get(label, 0.0) if sums.moods else None


def _ticks(weeks: Sequence[Week], words: Words) -> list[charts.Tick]:
    every = -(-len(weeks) // MOST_LABELS) or 1
    return [
        charts.Tick(
            charts.percent_across(k + 0.5, len(weeks)),
            _day(week.monday, words),
            "middle",
            minor=bool(k // every % 2),
        )
        for k, week in enumerate(weeks)
        if k % every == 0
    ]


def _day(day: date, words: Words) -> str:
    return words.say("day_of", day=day.day, month=words[f"month_{day.month}"])


def _cell(slot: Slot | None, words: Words) -> Cell:
    if slot is None:
        return Cell("", "", None)
    attention = slot.sums.attention
    return Cell(words.numbers.percent(attention), words.count("lessons", slot.lessons), shade_of(attention))


def _table(weeks: Sequence[Week], labels: Sequence[str], words: Words) -> Table:
    headings = ("term_week", "term_lessons", "attention", "index", "coverage", *labels)
    return Table(tuple(words[key] for key in headings), tuple(_row(week, labels, words) for week in weeks))


def _row(week: Week, labels: Sequence[str], words: Words) -> tuple[str, ...]:
    sums, percent = week.sums, words.numbers.percent
    return (
        words.numbers.date(week.monday.isoformat()),
        str(week.lessons),
        percent(sums.attention),
        words.numbers.index(sums.mean_index),
        percent(sums.coverage),
        *(percent(_share(sums, label)) for label in labels),
    )
