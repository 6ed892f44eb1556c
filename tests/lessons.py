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
    minutes = tuple(
        replace(_together(column), end=column[0].end)
        for column in zip(*(seat.minutes for seat in seats), strict=True)
    )
    half = duration / 2
    people = tuple(seat.seat for seat in seats[: max(1, count // 2)])
    return Figures(
        title="Photosynthesis, part two",
        started_at="2026-03-05T09:15:00+01:00",
        duration=duration,
        every=1.0,
        status="finished",
        read_until=duration,
        total=_whole(minutes, seats),
        minutes=minutes,
        seats=seats,
        absent=("Noor", "Tomasz"),
        moments=_moments(duration, people) if count >= 3 and duration >= 900 else (),
        events=(Event(duration / 4, "slide"), Event(half, "gap"), Event(duration * 0.7, "reflow")),
        warnings=(),
        teacher_known=True,
        provenance=PROVENANCE,
    )


def _moments(duration: float, people: tuple[int, ...]) -> tuple[Moment, ...]:
    half, late = duration / 2, duration * 0.8
    return (
        Moment(half, half + duration / 6, "attention", -0.22, people, 0.004, "", before=0.75),
        Moment(late, duration, "mood", 0.12, people[:3], 0.01, "more happy", before=0.6, more="happy"),
    )


def with_total(figures: Figures, **changes: object) -> Figures:
    """The same lesson with other figures for the whole class."""
    return replace(figures, total=replace(figures.total, **changes))  # type: ignore[arg-type]


def without_moods(figures: Figures, policy: str = "cues") -> Figures:
    """The same lesson as read under a policy that loads no emotion model."""
    read = with_total(figures, moods={}, index=None)
    return replace(read, provenance={**figures.provenance, "policy": policy})


def class_alone(duration: float = 1800.0) -> Figures:
    """A lesson of which minutes of the class were kept, and nothing of single people."""
    shares = {"neutral": 0.7, "happy": 0.2, UNSURE: 0.1}
    minutes = tuple(
        Measure(start, end, 10, 0.8, 0.8, 0.75 if start < duration / 2 else 0.6, 1.0, shares, None)
        for start, end in grid(duration)
    )
    figures = _bare(duration, replace(minutes[0], end=duration, attention=0.7), minutes, ())
    return replace(figures, provenance={**PROVENANCE, "policy": "class"})


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
        _out_of_view(start, end)
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
        minutes_present=sum(m.readings for m in minutes) / 60,
        total=_whole(minutes, ()),
        minutes=minutes,
        moods=tuple(_moods(seat, duration, away, random)),
        notes=("Direction is unknown before 3:00: it takes three minutes to learn where straight ahead is.",),
        minutes_seen=sum(m.faces for m in minutes) / 60,
        minutes_speaking=1.0 if seat % 5 == 0 else 0.0,
        speech=((60.0 * seat % duration, min(60.0 * seat % duration + 60.0, duration)),)
        if seat % 5 == 0
        else (),
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
    """A minute as counted readings give it: every share is one number of readings over another."""
    fallen = 0.22 if duration / 2 <= start < duration * 2 / 3 else 0.0
    due = round(end - start)
    faces = round(due * (0.6 + 0.05 * (seat % 7)))
    known = round(0.9 * faces) if start >= 180 else 0
    turned = round(known * min(1.0, max(0.0, 0.75 - fallen + random.gauss(0, 0.12))))
    few = {
        "happy": random.randint(2, 9),
        "sad": 1,
        "surprise": 1,
        "fear": 0,
        "disgust": 0,
        "angry": 0,
        UNSURE: 3,
    }
    shown = {mood: min(count, faces // 10) for mood, count in few.items()}
    shown["neutral"] = faces - sum(shown.values())
    attention = turned / known if known else None
    return Measure(
        start,
        end,
        people=1,
        coverage=faces / due,
        presence=faces / due,
        attention=attention,
        attention_known=known / faces,
        moods={mood: count / faces for mood, count in shown.items()},
        index=None if attention is None else round(30 + 60 * attention, 1),
        due=due,
        readings=due,
        faces=faces,
    )


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
    return Measure(start, end, 0, 0.0, None, None, 0.0, NO_MOODS, None, due=round(end - start))


def _out_of_view(start: float, end: float) -> Measure:
    """A minute in which a camera shows nobody."""
    blank = _blank(start, end)
    return replace(blank, presence=0.0, readings=blank.due)


def _together(column: Sequence[Measure]) -> Measure:
    """Measures added up, as the figures of a real lesson are."""
    faces, readings = sum(m.faces for m in column), sum(m.readings for m in column)
    known = sum(round(m.faces * m.attention_known) for m in column)
    turned = sum(round(m.faces * m.attention_known * (m.attention or 0.0)) for m in column)
    told = [(m.index, m.faces) for m in column if m.index is not None]
    weight = sum(count for _, count in told)
    return Measure(
        column[0].start,
        column[-1].end,
        people=sum(m.people > 0 for m in column),
        coverage=round(faces / max(1, sum(m.due for m in column)), 4),
        presence=round(faces / readings, 4) if readings else None,
        attention=round(turned / known, 4) if known else None,
        attention_known=round(known / faces, 4) if faces else 0.0,
        moods={
            label: sum(m.moods.get(label, 0.0) * m.faces for m in column) / faces
            for label in (*EMOTIONS, UNSURE)
        }
        if faces
        else NO_MOODS,
        index=round(sum(index * count for index, count in told) / weight, 1) if weight else None,
        due=sum(m.due for m in column),
        readings=readings,
        faces=faces,
        off=sum(m.off for m in column),
    )


def _whole(minutes: Sequence[Measure], seats: Sequence[SeatFigures]) -> Measure:
    """The whole lesson out of its minutes."""
    people = sum(1 for seat in seats if seat.total.people) if seats else 1
    return replace(_together(minutes), people=people if any(m.people for m in minutes) else 0)


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
