"""Everything that the page over several lessons shows, as words and numbers that are ready to print."""

from collections.abc import Iterator
from dataclasses import dataclass

from meetbot import settings
from meetbot.report import moods
from meetbot.report.absences import isolated
from meetbot.report.method import Entry
from meetbot.report.notation import points
from meetbot.report.overview import Table
from meetbot.report.term.rows import (
    LessonRow,
    PersonRow,
    lesson_headings,
    make_lessons,
    make_persons,
    persons_table,
)
from meetbot.report.term.weeks import Timetable, Weeks, make_timetable, make_weeks
from meetbot.report.words import ENGLISH, Words
from meetbot.summary import Term

METHOD = ("weeks", "trend", "timetable", "people")


@dataclass(frozen=True, slots=True)
class TermPage:
    """The whole page, before any markup."""

    words: Words
    span: str
    headline: str
    sentences: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]
    moods_read: bool
    mood_order: tuple[str, ...]
    weeks: Weeks
    attention_description: str
    moods_description: str
    coverage_description: str
    timetable: Timetable
    lesson_headings: tuple[str, ...]
    lessons: tuple[LessonRow, ...]
    people: tuple[PersonRow, ...]
    people_table: Table
    strip_width: int
    unnamed: str
    method: tuple[Entry, ...]
    not_for: tuple[str, ...]


def make_term_page(term: Term, words: Words = ENGLISH, reports: dict[str, str] | None = None) -> TermPage:
    """The page of a term; `reports` are the addresses of the lessons' own reports."""
    words = words.under(bool(term.total.moods))
    return TermPage(
        words=words,
        span=_span(term, words),
        headline=headline(term, words),
        sentences=tuple(_sentences(term, words)),
        left_out=tuple(_left_out(term, words)),
        moods_read=bool(term.total.moods),
        mood_order=tuple(label for label in moods.ORDER if term.total.moods.get(label)),
        weeks=make_weeks(term, words),
        attention_description=words.say(
            "term_attention_desc", share=words.numbers.percent(term.total.attention)
        ),
        moods_description=words.say("term_moods_desc", list=moods.sentence(term.total.mood_shares, words)),
        coverage_description=words.say(
            "term_coverage_desc", share=words.numbers.percent(term.total.coverage)
        ),
        timetable=make_timetable(term.slots, words),
        lesson_headings=lesson_headings(words),
        lessons=make_lessons(term, reports or {}, words),
        people=make_persons(term, words),
        people_table=persons_table(term, words),
        strip_width=max(1, 10 * len(term.lessons)),
        unnamed=words.count("term_unnamed", term.unnamed) if term.unnamed else "",
        method=tuple(
            Entry(words[f"term_{key}"], words.say(f"term_how_{key}", **_numbers(words))) for key in METHOD
        ),
        not_for=tuple(words[f"not_for_{k}"] for k in range(1, 5)),
    )


def headline(term: Term, words: Words) -> str:
    """One sentence, never beyond what the figures carry."""
    attention, trend, percent = term.total.attention, term.trend, words.numbers.percent
    if not term.total.faces:
        return words["term_nobody"]
    if attention is None:
        return words["term_unknown"]
    if trend.kind == "few":
        return words.count("term_few", len(term.lessons), share=percent(attention))
    said = {"first": percent(trend.first), "last": percent(trend.last), "share": percent(attention)}
    return words.say(f"term_{trend.kind}", n=trend.lessons, **said)


def _sentences(term: Term, words: Words) -> list[str]:
    hours = sum(held.duration for held in term.lessons) / 3600
    coverage = words.numbers.percent(term.total.coverage)
    said = [
        words.count("term_much", len(term.lessons), hours=words.numbers.amount(hours, 1), coverage=coverage)
    ]
    if term.trend.kind == "few" and term.total.attention is not None:
        said.append(words.say("term_few_note", least=settings.TERM_LESSONS))
    if term.total.moods:
        said.append(words.say("term_moods", list=moods.sentence(term.total.mood_shares, words)))
    undated = sum(held.when is None for held in term.lessons)
    return [*said, words.count("term_dateless", undated)] if undated else said


def _left_out(term: Term, words: Words) -> Iterator[tuple[str, str]]:
    for one in term.left_out:
        yield one.file, words.say(f"term_out_{one.kind}", other=isolated(one.other))


def _span(term: Term, words: Words) -> str:
    """From which day to which."""
    days = [held.when.date().isoformat() for held in term.lessons if held.when]
    if not days:
        return ""
    first, last = (words.numbers.date(day) for day in (days[0], days[-1]))
    return first if first == last else words.say("term_span", first=first, last=last)


def _numbers(words: Words) -> dict[str, object]:
    return {
        "least": settings.TERM_LESSONS,
        "level": words.numbers.percent(settings.MOMENT_LEVEL),
        "points": points(settings.MOMENT_LEAST),
    }
