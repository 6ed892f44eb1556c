"""Figures made by hand: one person, a full class, nobody seen, ten seconds, five hours, hostile names."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random

from meetbot.types import (
    EMOTIONS,
    UNSURE,
    Event,
    Figures,
    Measure,
    ModelCard,
    Moment,
    Role,
    SeatFigures,
    Span,
)

# fmt: off
NAMES = (
    "Amara", "Beatriz", "Chidi", "Dagny", "Emre", "Farah", "Goran", "Hana", "Ines", "Jaro", "Kofi",
    "Leila", "Mateus", "Nadia", "Oskar", "Priya", "Quentin", "Rosa", "Samir", "Tuva", "Uche",
    "Vera", "Wanjiru", "Xenia", "Yusuf", "Zofia", "Anselm", "Birgit", "Ciro", "Devi",
)
# fmt: on
HOSTILE_NAMES = (
    '<img src=x onerror="document.title=1">',
    '"></title><script>document.title="taken"</script>',
    "\N{RIGHT-TO-LEFT OVERRIDE}gnidaer \N{HEBREW LETTER ALEF}\N{HEBREW LETTER BET}",
    "W" * 300,
    "\N{GRINNING FACE}\N{ZERO WIDTH JOINER}\N{PERSONAL COMPUTER} {0} {{ 7*7 }} %s",
    "=SUM(A1:A9)",
    "half a pair: \ud83d",
    "",
)
PROVENANCE = {
    "version": "0.1.0",
    "model": "emotion",
    "content_hash": "sha256:8f2383e4dd3cfbb4",
    "policy": "full",
}
NO_MOODS: Mapping[str, float] = {}
UNSEEN = Measure(0.0, 60.0, 0, 0.0, None, None, 0.0, NO_MOODS, None)


def class_of(count: int, duration: float = 3600.0, names: Sequence[str] = NAMES, seed: int = 7) -> Figures:
    """A class of which everyone is seen for most of the time, and whose attention falls in the middle."""
    random = Random(seed)
    seats = tuple(seat_figures(k, names[k % len(names)], duration, random) for k in range(count))
    minutes = tuple(_together(column) for column in zip(*(seat.minutes for seat in seats), strict=True))
    half = duration / 2
    people = tuple(seat.seat for seat in seats[: max(1, count // 2)])
    return Figures(
        title="Photosynthesis, part two",
        started_at="2026-03-05T09:15:00+01:00",
        duration=duration,
        every=1.0,
        status="finished",
        read_until=duration,
        total=_whole(minutes, duration, seats),
        minutes=minutes,
        seats=seats,
        absent=("Noor", "Tomasz"),
        moments=_moments(duration, people) if count >= 3 and duration >= 900 else (),
        events=(Event(half, "gap"),),
        warnings=(),
        teacher_known=True,
        provenance=PROVENANCE,
    )


def _moments(duration: float, people: tuple[int, ...]) -> tuple[Moment, ...]:
    half, late = duration / 2, duration * 0.8
    return (
        Moment(half, half + duration / 6, "attention", -0.22, people, 0.004, ""),
        Moment(late, duration, "mood", 0.12, people[:3], 0.01, "more happy"),
    )


def with_total(figures: Figures, **changes: object) -> Figures:
    """The same lesson with other figures for the whole class."""
    return replace(figures, total=replace(figures.total, **changes))  # type: ignore[arg-type]


def without_moods(figures: Figures, policy: str = "cues") -> Figures:
    """The same lesson as read under a policy that loads no emotion model."""
    read = with_total(figures, moods={}, index=None)
    return replace(read, provenance={**figures.provenance, "policy": policy})


def nobody_seen(count: int = 3, duration: float = 600.0) -> Figures:
    """A lesson in which every camera was off."""
    minutes = tuple(_blank(start, end) for start, end in grid(duration))
    seats = tuple(
        SeatFigures(
            k,
            NAMES[k],
            "student",
            None,
            None,
            0.0,
            _blank(0.0, duration),
            minutes,
            (),
            ("camera always off",),
        )
        for k in range(count)
    )
    return _bare(duration, _blank(0.0, duration), minutes, seats)


def empty(duration: float = 0.0) -> Figures:
    """A lesson of which nothing could be read."""
    return _bare(duration, _blank(0.0, duration), (), ())


def seat_figures(
    seat: int, name: str, duration: float, random: Random, role: Role = "student"
) -> SeatFigures:
    """One person: away for a tenth of the lesson, direction unknown at its start, and calm moods."""
    away = random.uniform(0.2, 0.8) * duration
    minutes = tuple(
        _blank(start, end)
        if away <= start < away + duration / 10
        else _seen(seat, start, end, duration, random)
        for start, end in grid(duration)
    )
    return SeatFigures(
        seat=seat,
        name=name,
        role=role,
        first_seen=0.0,
        last_seen=duration,
        minutes_present=duration / 60,
        total=_whole(minutes, duration, ()),
        minutes=minutes,
        moods=tuple(_moods(seat, duration, away, random)),
        notes=("Direction is unknown before 3:00: it takes three minutes to learn where straight ahead is.",),
        minutes_seen=duration * 0.6 / 60,
    )


def grid(duration: float) -> list[tuple[float, float]]:
    """The minutes of a lesson, the last one cut off."""
    return [(60.0 * k, min(60.0 * (k + 1), duration)) for k in range(math.ceil(duration / 60))]


def card() -> ModelCard:
    """A model card with scores as training writes them."""
    return ModelCard(
        name="emotion",
        labels=EMOTIONS,
        outputs={"shown": "emotion"},
        input_size=64,
        mean=0.0,
        scale=255.0,
        temperature=1.3,
        sha256="3b5d0c9e" * 8,
        trained_on="28,709 labelled faces",
        scores={"accuracy": 0.671, "balanced_accuracy": 0.624, "ece": 0.021, "n": 3589},
    )


def _seen(seat: int, start: float, end: float, duration: float, random: Random) -> Measure:
    fallen = 0.22 if duration / 2 <= start < duration * 2 / 3 else 0.0
    attention = min(1.0, max(0.0, 0.75 - fallen + random.gauss(0, 0.12))) if start >= 180 else None
    happy = random.uniform(0.05, 0.25)
    rest = 1 - happy - 0.16
    moods = {
        "neutral": rest,
        "happy": happy,
        "sad": 0.03,
        "surprise": 0.02,
        "fear": 0.01,
        "disgust": 0.0,
        "angry": 0.01,
    }
    index = None if attention is None else 30 + 60 * attention
    coverage = 0.6 + 0.05 * (seat % 7)
    known = 0.0 if attention is None else 0.9
    return Measure(start, end, 1, coverage, coverage, attention, known, {**moods, UNSURE: 0.09}, index)


def _moods(seat: int, duration: float, away: float, random: Random) -> list[Span]:
    spans, time = [], 0.0
    while time < duration:
        end = min(duration, time + random.uniform(10, 200))
        if end <= away or time >= away + duration / 10:
            label = random.choices(("neutral", "happy", "surprise", "sad", UNSURE), (60, 18, 4, 6, 12))[0]
            spans.append(Span(seat, label, time, end))
        time = end
    return spans


def _blank(start: float, end: float) -> Measure:
    return Measure(start, end, 0, 0.0, None, None, 0.0, NO_MOODS, None)


def _together(column: Sequence[Measure]) -> Measure:
    """The class in one minute: means over the people seen."""
    seen = [m for m in column if m.people]
    first = column[0]
    if not seen:
        return _blank(first.start, first.end)
    return Measure(
        first.start,
        first.end,
        people=len(seen),
        coverage=sum(m.coverage for m in column) / len(column),
        presence=sum(m.presence or 0.0 for m in column) / len(column),
        attention=_mean([m.attention for m in seen]),
        attention_known=sum(m.attention_known for m in seen) / len(seen),
        moods={label: sum(m.moods[label] for m in seen) / len(seen) for label in seen[0].moods},
        index=_mean([m.index for m in seen]),
    )


def _whole(minutes: Sequence[Measure], duration: float, seats: Sequence[SeatFigures]) -> Measure:
    """The whole lesson out of its minutes."""
    if not any(m.people for m in minutes):
        return _blank(0.0, duration)
    seen = _together(minutes)
    people = sum(1 for seat in seats if seat.total.people) if seats else 1
    return Measure(
        0.0,
        duration,
        people,
        seen.coverage,
        seen.presence,
        seen.attention,
        seen.attention_known,
        seen.moods,
        seen.index,
    )


def _mean(values: Sequence[float | None]) -> float | None:
    there = [value for value in values if value is not None]
    return sum(there) / len(there) if there else None


def _bare(
    duration: float, total: Measure, minutes: tuple[Measure, ...], seats: tuple[SeatFigures, ...]
) -> Figures:
    return Figures(
        title="Empty room",
        started_at=None,
        duration=duration,
        every=1.0,
        status="finished",
        read_until=duration,
        total=total,
        minutes=minutes,
        seats=seats,
        absent=(),
        moments=(),
        events=(),
        warnings=(),
        teacher_known=False,
        provenance=PROVENANCE,
    )
