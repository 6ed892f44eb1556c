"""Minutes of a class as the figures that the report shows: of nobody by name, and only what was kept."""

from collections.abc import Mapping, Sequence
from math import ceil
from typing import TYPE_CHECKING

from meetbot.settings import CLASS_LEAST
from meetbot.timeline.class_minute import MINUTE, ClassMinute
from meetbot.timeline.counts import Extent
from meetbot.timeline.spans import LABELS
from meetbot.types import Figures, Measure, Status

if TYPE_CHECKING:
    from meetbot.timeline.lesson import Lesson

FEWER = f"Minutes in which fewer than {CLASS_LEAST} people were there from beginning to end show nothing."
TEACHER = (
    "The teacher counts as one of the class: under this policy they can be left out only while the lesson is "
    "read, by --teacher, by a class list, or by the room."
)


def class_figures(
    lesson: "Lesson",
    extent: Extent,
    status: Status,
    provenance: Mapping[str, str],
    warnings: Sequence[str],
) -> Figures:
    """Everything that the report shows of a lesson that kept minutes of the class alone."""
    end = extent.end
    kept = {minute.start: minute for minute in lesson.each_minute()}
    grid = [(MINUTE * k, min(MINUTE * (k + 1), end)) for k in range(ceil(round(end / MINUTE, 6)))]
    minutes = tuple(_measure(start, stop, kept.get(start)) for start, stop in grid)
    events = tuple(lesson.each_event())
    shown = sum(1 for minute in minutes if minute.people)
    facts = lesson.facts()
    return Figures(
        title=facts.get("title", lesson.path.stem),
        started_at=facts.get("started_at"),
        duration=extent.duration,
        every=extent.every,
        status=status,
        read_until=end,
        total=_total(minutes, end),
        minutes=minutes,
        seats=(),
        absent=(),
        moments=(),
        events=events,
        warnings=(
            *(event.text for event in events if event.kind == "warning"),
            *warnings,
            *((FEWER,) if shown < len(minutes) else ()),
            *((TEACHER,) if shown and "teacher" not in facts else ()),
        ),
        teacher_known="teacher" in facts,
        provenance=provenance,
    )


def _measure(start: float, end: float, minute: ClassMinute | None) -> Measure:
    shares = minute.shares if minute else {}
    presence, facing = shares.get("presence"), shares.get("facing")
    return Measure(
        start=start,
        end=end,
        people=minute.people if minute else 0,
        coverage=presence or 0.0,
        presence=presence,
        attention=facing,
        attention_known=0.0 if facing is None else 1.0,
        moods={label: shares[label] for label in LABELS if label in shares},
        index=None,
    )


def _total(minutes: Sequence[Measure], end: float) -> Measure:
    """The whole lesson as the mean of the minutes that show something."""
    shown = [minute for minute in minutes if minute.people]
    facing = [minute.attention for minute in shown if minute.attention is not None]
    moods = [minute.moods for minute in shown if minute.moods]
    presence = _mean([minute.coverage for minute in shown])
    return Measure(
        start=0.0,
        end=end,
        people=max((minute.people for minute in shown), default=0),
        coverage=round((presence or 0.0) * len(shown) / max(len(minutes), 1), 4),
        presence=presence,
        attention=_mean(facing),
        attention_known=len(facing) / len(shown) if shown else 0.0,
        moods={label: _mean([one[label] for one in moods]) or 0.0 for label in LABELS} if moods else {},
        index=None,
    )


def _mean(shares: Sequence[float]) -> float | None:
    return round(sum(shares) / len(shares), 4) if shares else None
