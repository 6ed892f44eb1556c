"""Terms made by hand: lessons summed up, without files."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from meetbot.summary import PersonSum, Summary, Sums, Term
from meetbot.timeline.term import Read, make_term
from tests.lessons import NAMES

MONDAY = datetime(2026, 3, 2, 9, 15)


def sums(
    attention: float | None = 0.7, coverage: float = 0.8, due: float = 1000.0, moods: bool = True
) -> Sums:
    """A lesson's sums with these shares."""
    faces = coverage * due
    known = 0.0 if attention is None else 0.9 * faces
    shares = {"neutral": 0.7 * faces, "happy": 0.2 * faces, "unsure": 0.1 * faces} if moods else {}
    indexed = faces if attention is not None and moods else 0.0
    return Sums(due, faces, known, known * (attention or 0.0), shares, indexed, 70.0 * indexed)


def read(
    number: int,
    when: datetime | str | None = MONDAY,
    names: Mapping[int, str] | None = None,
    of: Sums | None = None,
    content: str = "",
) -> Read:
    """A lesson with a person in each named seat, and one in a seat without a name."""
    names = {1: "Ada", 2: "Ben"} if names is None else names
    seats = [*names, max(names, default=0) + 1]
    began = when.isoformat() if isinstance(when, datetime) else when
    persons = tuple(PersonSum(seat, 50.0, 40.0, 0.8) for seat in seats)
    summary = Summary(f"Lesson {number}", began, 3600.0, len(seats), len(seats), of or sums(), persons)
    return Read(f"/lessons/{number:02}.meetbot", summary, dict(names), content)


def term_of(
    count: int, people: int = 10, fall: float = 0.0, names: tuple[str, ...] = NAMES, moods: bool = True
) -> Term:
    """Three lessons a week, attention falling by so much from the first to the last."""
    lessons = []
    for number in range(count):
        week, day = divmod(number, 3)
        there = {k + 1: names[k % len(names)] for k in range(people) if (number + k) % 5}
        attention = 0.8 - fall * number / max(1, count - 1) + (0.02 if number % 2 else -0.02)
        when = MONDAY + timedelta(weeks=week, days=2 * day, hours=2 * day)
        lessons.append(read(number, when, there, sums(attention, moods=moods)))
    return make_term(lessons)
