"""Figures in, everything that the report shows out: as words and numbers that are ready to print."""

from dataclasses import dataclass

from meetbot.clock import clock
from meetbot.report import moods
from meetbot.report.attendance import Attendee, make_attendance
from meetbot.report.method import Method, make_method
from meetbot.report.moods import ORDER
from meetbot.report.opening import Opening, make_opening
from meetbot.report.overview import Overview, make_overview
from meetbot.report.people import Person, make_people
from meetbot.report.words import ENGLISH, Words
from meetbot.types import Figures, ModelCard


@dataclass(frozen=True, slots=True)
class Page:
    """The whole report, before any markup."""

    words: Words
    title: str
    when: str
    length: str
    mood_order: tuple[str, ...]
    opening: Opening
    overview: Overview
    people: tuple[Person, ...]
    people_none: str  # why there is nobody
    attendance: tuple[Attendee, ...]
    method: Method


def make_page(figures: Figures, card: ModelCard | None, words: Words = ENGLISH) -> Page:
    """The report of one lesson; without a model card it says that the model's accuracy is unknown."""
    return Page(
        words=words,
        title=figures.title,
        when=_when(figures.started_at),
        length=clock(figures.duration),
        mood_order=ORDER,
        opening=make_opening(figures, words),
        overview=make_overview(figures, words),
        people=make_people(figures, words),
        people_none=words["people_none" if moods.kept_people(figures) else "people_class"],
        attendance=make_attendance(figures, words),
        method=make_method(figures, card, words),
    )


def _when(started_at: str | None) -> str:
    """Date and minute of an ISO 8601 time as it is written, with UTC behind it where it says so."""
    stamp = started_at or ""
    zone = " UTC" if stamp.endswith(("Z", "+00:00")) else ""
    return stamp.replace("T", " ")[:16] + zone
