"""The numbers that the page's script adds up for a span of time, and the words that it says them in."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from meetbot.report import moods
from meetbot.report.absences import stay_of
from meetbot.report.cast import counted
from meetbot.report.notation import UNKNOWN, whole
from meetbot.report.turns import hour_of
from meetbot.report.words import Words
from meetbot.types import Figures, Measure

SAID = "js_"  # keys of the words that the script says


def make_data(figures: Figures, words: Words) -> str:
    """JSON that can stand inside an element: nothing in it begins a tag."""
    labels = moods.ORDER if moods.were_read(figures) else ()
    document = {
        "title": figures.title,
        "date": words.numbers.date(figures.started_at),
        "began": _began(figures),
        "every": figures.every,
        "end": figures.total.end,
        "width": figures.duration,
        "moods": labels,
        "seats": [
            {
                "seat": seat.seat,
                "role": seat.role,
                "joined": stay_of(seat, figures).start,
                "left": stay_of(seat, figures).end,
                "minutes": _packed(seat.minutes, labels, figures.every),
            }
            for seat in figures.seats
        ],
        # where nothing of single people is kept, the class's own minutes are all there is
        "class": [] if figures.seats else _packed(figures.minutes, labels, figures.every),
        "numbers": _numbers(words),
        "words": _said(words, labels),
    }
    return json.dumps(document, separators=(",", ":"), allow_nan=False).replace("<", "\\u003c")


def _began(figures: Figures) -> float | None:
    """The second of the day at which the lesson began, where a time of the day is known."""
    stamp = figures.started_at or ""
    if not hour_of(stamp, 0.0):
        return None
    begun = datetime.fromisoformat(stamp)
    return begun.hour * 3600 + begun.minute * 60 + begun.second


def _packed(minutes: Sequence[Measure], labels: Sequence[str], every: float) -> list[list[int]]:
    """A minute as readings, faces, known, turned, camera off, ten times the index (-1: none), moods."""
    return [_minute(minute, labels, every) for minute in minutes]


def _minute(minute: Measure, labels: Sequence[str], every: float) -> list[int]:
    counts = counted(minute, every)
    if not counts.readings:
        return []
    shown = [whole(minute.moods.get(label, 0.0) * counts.faces) for label in labels]
    index = -1 if minute.index is None else whole(minute.index * 10)
    packed = [counts.readings, counts.faces, counts.known, counts.turned, counts.off, index, *shown]
    while len(packed) > 1 and packed[-1] == 0:
        packed.pop()
    return packed


def _numbers(words: Words) -> Mapping[str, str]:
    numbers = words.numbers
    return {
        "decimal": numbers.decimal,
        "percent": numbers.percent_form,
        "minutes": numbers.minutes_form,
        "unknown": UNKNOWN,
    }


def _said(words: Words, labels: Sequence[str]) -> dict[str, Any]:
    own = {key.removeprefix(SAID): words.template(key) for key in words.table if key.startswith(SAID)}
    return {**own, "moods": [words[label] for label in labels]}
