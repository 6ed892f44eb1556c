"""Figures in, everything that the report shows out: as words and numbers that are ready to print."""

from collections.abc import Sequence
from dataclasses import dataclass

from meetbot.clock import clock
from meetbot.report.attendance import Attendance, make_attendance
from meetbot.report.data import make_data
from meetbot.report.method import Method, make_method
from meetbot.report.moods import ORDER, were_read
from meetbot.report.opening import Opening, make_opening
from meetbot.report.overview import Overview, make_overview
from meetbot.report.people import Person, make_people, no_people
from meetbot.report.words import ENGLISH, Words
from meetbot.types import Figures, ModelCard, Still


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
    no_people: str
    attendance: Attendance
    method: Method
    data: str


def make_page(
    figures: Figures, card: ModelCard | None, words: Words = ENGLISH, stills: Sequence[Still] = ()
) -> Page:
    """The report of one lesson; without a model card it says that the model's accuracy is unknown."""
    words = words.under(were_read(figures))
    return Page(
        words=words,
        title=figures.title,
        when=words.numbers.date(figures.started_at),
        length=clock(figures.duration),
        mood_order=tuple(mood for mood in ORDER if figures.total.moods.get(mood)),
        opening=make_opening(figures, words, stills, card),
        overview=make_overview(figures, words),
        people=make_people(figures, words, stills),
        no_people=no_people(figures, words),
        attendance=make_attendance(figures, words),
        method=make_method(figures, card, words),
        data=make_data(figures, words),
    )
