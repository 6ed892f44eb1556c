"""A lesson summed up, and kept so in the lesson itself: sixty lessons are then opened in a second.

What is kept is used only while everything that it was made of is still the same; it holds no name.
"""

import hashlib
import json
from typing import Any

from meetbot import __version__
from meetbot.summary import PersonSum, Summary, Sums
from meetbot.timeline.lesson import Lesson
from meetbot.types import Figures, Measure

FACT = "summary"
_FORM = 1  # of what is kept; another one is made anew
_MOST = 1e12  # of anything that is counted
_MADE_OF = ("settings", "policy", "status", "read_until", "duration", "every", "started_at", "title")


def summary_of(lesson: Lesson) -> Summary:
    """The lesson's own summary where it still holds, else a new one."""
    return kept_summary(lesson) or summed(lesson.figures())


def keep_summary(lesson: Lesson, summary: Summary) -> None:
    """Writes a summary into a lesson that is open for writing."""
    told = {"mark": _mark(lesson), "summary": _told(summary)}
    lesson.note(**{FACT: json.dumps(told, ensure_ascii=False)})


def forget_summary(lesson: Lesson) -> None:
    """Drops the summary: for whoever erases something that it was made of."""
    lesson.note(**{FACT: ""})


def summed(figures: Figures) -> Summary:
    """The few figures that are needed of a lesson beside others."""
    students = [seat for seat in figures.seats if seat.role == "student"]
    everyone = max(len(students), figures.total.people)
    return Summary(
        title=figures.title,
        started_at=figures.started_at,
        duration=figures.duration,
        people=figures.total.people,
        everyone=everyone,
        sums=_sums(figures.total, everyone, figures.every),
        persons=tuple(
            PersonSum(seat.seat, seat.minutes_present, seat.minutes_seen, seat.total.coverage)
            for seat in students
        ),
    )


def _sums(total: Measure, everyone: int, every: float) -> Sums:
    """Shares turned into counts again, which add up."""
    due = everyone * (total.end - total.start) / every
    faces = total.coverage * due
    known = faces * total.attention_known
    moods = {label: share * faces for label, share in total.moods.items()}
    indexed = 0.0 if total.index is None else faces
    return Sums(
        due, faces, known, known * (total.attention or 0.0), moods, indexed, indexed * (total.index or 0.0)
    )


def _mark(lesson: Lesson) -> str:
    """What a summary was made of, in short: another mark, another lesson."""
    facts = lesson.facts()
    ((readings,),) = lesson.select("SELECT count(*) FROM reading")
    seats = [(seat.id, seat.role, seat.first_seen, seat.last_seen) for seat in lesson.seats()]
    made_of = [_FORM, __version__, readings, seats, [facts.get(key) for key in _MADE_OF]]
    return hashlib.sha256(json.dumps(made_of).encode()).hexdigest()


def kept_summary(lesson: Lesson) -> Summary | None:
    """The summary that a lesson carries, where it still holds."""
    try:
        told = json.loads(lesson.facts().get(FACT) or "null")
        if not isinstance(told, dict) or told.get("mark") != _mark(lesson):
            return None
        return _read(told["summary"])
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return None  # damaged, or by somebody else's hand: the lesson itself is asked


def _told(summary: Summary) -> dict[str, Any]:
    sums = summary.sums
    return {
        "title": summary.title,
        "started_at": summary.started_at,
        "duration": summary.duration,
        "people": summary.people,
        "everyone": summary.everyone,
        "sums": [sums.due, sums.faces, sums.known, sums.turned, sums.moods, sums.indexed, sums.index],
        "persons": [list(person) for person in summary.persons],
    }


def _read(told: dict[str, Any]) -> Summary:
    *numbers, moods, indexed, index = told["sums"]
    due, faces, known, turned = map(_number, numbers)
    counts = {str(label): _number(count) for label, count in moods.items()}
    started_at = told["started_at"]
    if not isinstance(started_at, str | None):
        raise TypeError("a beginning that is no text")
    return Summary(
        title=str(told["title"]),
        started_at=started_at,
        duration=_number(told["duration"]),
        people=int(_number(told["people"])),
        everyone=int(_number(told["everyone"])),
        sums=Sums(due, faces, known, turned, counts, _number(indexed), _number(index)),
        persons=tuple(
            PersonSum(int(_number(seat)), _number(present), _number(seen), _number(coverage))
            for seat, present, seen, coverage in told["persons"]
        ),
    )


def _number(told: Any) -> float:
    number = float(told)
    if not 0 <= number <= _MOST:
        raise ValueError("a number that no lesson comes to")
    return number
