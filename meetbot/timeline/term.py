"""Several lessons together: by week, by weekday and hour, by name, and whether attention has a trend."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta, tzinfo
from itertools import accumulate, takewhile
from typing import NamedTuple

import numpy as np

from meetbot import settings
from meetbot.roster import plain_name
from meetbot.summary import Held, LeftOut, Slot, Summary, Sums, Term, TermPerson, Trend, Week

_EARLIEST, _LATEST = 1971, 2999  # years: a clock that was never set begins in 1904 or 1970


class Read(NamedTuple):
    """A lesson that was read: its file, its summary, the names of its seats, and which recording it is of."""

    path: str
    summary: Summary
    names: dict[int, str]
    content: str = ""


def make_term(lessons: Iterable[Read], left_out: Sequence[LeftOut] = (), zone: tzinfo | None = None) -> Term:
    """The term of these lessons; `zone` is where times in UTC are read, the machine's own if none."""
    dated = [(_local(one.summary.started_at, zone), one) for one in lessons]
    dated.sort(key=lambda pair: (pair[0] is None, pair[0] or datetime.max, pair[1].path))
    held = tuple(_held(one, when) for when, one in dated)
    return Term(
        lessons=held,
        total=_added(one.sums for one in held),
        weeks=tuple(_weeks(held)),
        slots=tuple(_slots(held)),
        people=tuple(_people([one for _, one in dated])),
        unnamed=sum(person.seat not in one.names for _, one in dated for person in one.summary.persons),
        trend=trend([(one.when, one.sums.attention) for one in held]),
        left_out=tuple(left_out),
    )


def trend(points: Sequence[tuple[datetime | None, float | None]]) -> Trend:
    """Whether attention rose or fell over the lessons, by a permutation test of its correlation with time."""
    told = [(when.timestamp(), share) for when, share in points if when and share is not None]
    if len(told) < settings.TERM_LESSONS:
        return Trend("few", lessons=len(told))
    times, shares = np.array(sorted(told)).T
    third = max(1, len(told) // 3)
    first, last = float(shares[:third].mean()), float(shares[-third:].mean())
    order = times - times.mean()
    found = abs(float(order @ shares))
    shuffle = np.random.default_rng(1)  # the same lessons give the same page
    tries = [abs(float(order @ shuffle.permutation(shares))) for _ in range(settings.MOMENT_TRIES)]
    chance = (1 + sum(one >= found - 1e-12 for one in tries)) / (1 + len(tries))
    clear = chance <= settings.MOMENT_LEVEL and abs(last - first) >= settings.MOMENT_LEAST
    kind = ("rose" if last > first else "fell") if clear else "none"
    return Trend(kind, first, last, len(told), chance)  # type: ignore[arg-type]  # one of its words


def _local(started_at: str | None, zone: tzinfo | None) -> datetime | None:
    """A lesson's beginning as its clock showed it; a time in UTC, as cameras write it, as the clock here."""
    try:
        when = datetime.fromisoformat(started_at or "")
    except ValueError:
        return None
    if not _EARLIEST <= when.year <= _LATEST:
        return None
    if when.utcoffset() == timedelta(0):
        when = when.astimezone(zone)
    return when.replace(tzinfo=None)


def _held(one: Read, when: datetime | None) -> Held:
    known = one.summary
    return Held(one.path, known.title, when, known.duration, known.people, known.everyone, known.sums)


def _added(sums: Iterable[Sums]) -> Sums:
    return list(accumulate(sums, initial=Sums()))[-1]


def _monday(when: datetime) -> date:
    return when.date() - timedelta(days=when.weekday())


def _weeks(held: Sequence[Held]) -> Iterable[Week]:
    """Every week from the first to the last; in a break of more than a few weeks they stop being listed."""
    found: dict[date, list[Held]] = defaultdict(list)
    for one in held:
        if one.when:
            found[_monday(one.when)].append(one)
    before: date | None = None
    for monday in sorted(found):
        for empty in _between(before, monday):
            yield Week(empty, 0, Sums())
        yield Week(monday, len(found[monday]), _added(one.sums for one in found[monday]))
        before = monday


def _between(before: date | None, monday: date) -> Iterable[date]:
    if before is None:
        return ()
    weeks = (before + timedelta(weeks=k) for k in range(1, settings.TERM_BREAK + 1))
    return takewhile(lambda week: week < monday, weeks)


def _slots(held: Sequence[Held]) -> Iterable[Slot]:
    found: dict[tuple[int, int], list[Held]] = defaultdict(list)
    for one in held:
        if one.when:
            found[one.when.weekday(), one.when.hour].append(one)
    for (weekday, hour), those in sorted(found.items()):
        yield Slot(weekday, hour, len(those), _added(one.sums for one in those))


def _people(lessons: Sequence[Read]) -> Iterable[TermPerson]:
    """Persons by their name, in its order; whoever has no name is in no other lesson."""
    names: dict[str, str] = {}
    rows: dict[str, list[list[tuple[float, float, float]]]] = {}
    for place, one in enumerate(lessons):
        for person in one.summary.persons:
            name = one.names.get(person.seat)
            if name is None:
                continue
            key = plain_name(name)
            names.setdefault(key, name)
            row = rows.setdefault(key, [[] for _ in lessons])
            row[place].append((person.minutes_present, person.minutes_seen, person.coverage))
    for key in sorted(rows):
        yield _person(names[key], rows[key])


def _person(name: str, row: Sequence[Sequence[tuple[float, float, float]]]) -> TermPerson:
    """Somebody who had two seats in a lesson was seen in both."""
    return TermPerson(
        name=name,
        lessons=sum(1 for seats in row if seats),
        minutes_present=round(sum(seat[0] for seats in row for seat in seats), 1),
        minutes_seen=round(sum(seat[1] for seats in row for seat in seats), 1),
        seen=tuple(min(1.0, sum(seat[2] for seat in seats)) if seats else None for seats in row),
    )
