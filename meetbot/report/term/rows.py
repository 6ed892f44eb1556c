"""The lessons of a term and the people who were in them, a line each."""

from collections.abc import Sequence
from typing import NamedTuple

from meetbot.clock import clock
from meetbot.report import moods
from meetbot.report.overview import Table
from meetbot.report.words import Words
from meetbot.summary import Held, Term, TermPerson

HIGH = 100.0  # of a strip, in its own units; a lesson is 10 wide


class LessonRow(NamedTuple):
    """One lesson: its title and where its report lies, then its cells."""

    title: str
    report: str
    cells: tuple[str, ...]


class PersonRow(NamedTuple):
    """Somebody over the term: cells, and a strip in which each lesson has its place."""

    name: str
    cells: tuple[str, ...]
    there: str  # path over the lessons that they were in
    seen: str  # path of how much of them was seen
    description: str


def lesson_headings(words: Words) -> tuple[str, ...]:
    """What stands over the cells of a lesson."""
    keys = ("term_lesson", "term_date", "term_length", "people_seen", "attention", "mood_most", "coverage")
    return tuple(words[key] for key in keys)


def make_lessons(term: Term, reports: dict[str, str], words: Words) -> tuple[LessonRow, ...]:
    """Every lesson, by its date; `reports` are addresses of reports, by lesson."""
    return tuple(
        LessonRow(held.title, reports.get(held.path, ""), _lesson(held, words)) for held in term.lessons
    )


def make_persons(term: Term, words: Words) -> tuple[PersonRow, ...]:
    """Everybody with a name, in the order of the names."""
    return tuple(_person(person, len(term.lessons), words) for person in term.people)


def persons_table(term: Term, words: Words) -> Table:
    """What the strips show, in numbers: a line a person, a column a lesson."""
    headings = (words["name"], *(_date(held, words) or held.title for held in term.lessons))
    rows = ((person.name, *(words.numbers.percent(share) for share in person.seen)) for person in term.people)
    return Table(headings, tuple(rows))


def _lesson(held: Held, words: Words) -> tuple[str, ...]:
    shares = held.sums.mood_shares
    return (
        _date(held, words) or words["term_undated"],
        clock(held.duration),
        words.say("term_seen_of", seen=held.people, n=held.everyone),
        words.numbers.percent(held.sums.attention),
        moods.most(shares, words) if shares else words["not_read"],
        words.numbers.percent(held.sums.coverage),
    )


def _date(held: Held, words: Words) -> str:
    return words.numbers.date(held.when.isoformat()) if held.when else ""


def _person(person: TermPerson, lessons: int, words: Words) -> PersonRow:
    told = [share for share in person.seen if share is not None]
    coverage = words.numbers.percent(sum(told) / len(told) if told else None)
    there = words.say("term_there_of", seen=person.lessons, n=lessons)
    return PersonRow(
        name=person.name,
        cells=(there, words.numbers.minutes(person.minutes_present), coverage),
        there=_bars([None if share is None else 1.0 for share in person.seen]),
        seen=_bars(person.seen),
        description=words.say("term_strip_desc", there=there, coverage=coverage),
    )


def _bars(shares: Sequence[float | None]) -> str:
    """One bar for each lesson, as high as its share."""
    return "".join(
        f"M{10 * k} {HIGH:g}v{-HIGH * share:.3g}h9v{HIGH * share:.3g}z"
        for k, share in enumerate(shares)
        if share
    )
