"""The end of every lesson: who is who, and its report."""

import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Literal, NamedTuple

from meetbot.errors import UsageError
from meetbot.faces.card import emotion_card
from meetbot.freed import give_back
from meetbot.gallery.names import match
from meetbot.language import language_for
from meetbot.pseudonym import pseudonym_for
from meetbot.resources import make_folder
from meetbot.roster import Entry, is_cut, pseudonyms
from meetbot.timeline.lesson import Lesson
from meetbot.timeline.summing import keep_summary, summed
from meetbot.types import Figures

News = Literal["read", "continued", "unchanged"]


class Outcome(NamedTuple):
    """What an analysis left behind."""

    lesson: Path
    report: Path
    news: News
    figures: Figures
    encrypted: bool = False  # the lesson, and never its report


def conclude(
    lesson: Lesson,
    entries: Sequence[Entry],
    teacher: str | None,
    news: News = "read",
    teachers: Iterable[int] = (),
    out: Path | None = None,
    slides: bool = True,
    lang: str | None = None,
) -> Outcome:
    """Say who is who in a lesson that was read, and write its report; a room may name teachers."""
    give_back()  # what it was read with
    try:
        identify(lesson, entries, teacher)
        if not teacher:  # a class list may know the teacher, but seldom says the role
            give_roles(lesson, teachers)
    finally:  # an unknown teacher must not cost the report of an hour's reading
        figures = lesson.figures()
        with suppress(UsageError):  # a lesson that is open for reading keeps the summary that it has
            keep_summary(lesson, summed(figures))
        page = report(lesson, figures, out, slides, lang)
    return Outcome(lesson.path, page, news, figures, lesson.encrypted)


def identify(lesson: Lesson, entries: Sequence[Entry], teacher: str | None, sure: bool = True) -> None:
    """Give seats the names and roles of the class list, and one of them the teacher's role.

    While a lesson is being read, the teacher may be somebody who has not come yet; then it isn't `sure`.
    """
    if lesson.nameless:
        named = pseudonym_for(entries)
        lesson.call_by(named)
        teacher = named(teacher) or teacher if teacher else None
        shown = pseudonyms(entries)
        entries = [entry._replace(name=name) for entry, name in zip(entries, shown, strict=True)]
    for seat, found in _meant(lesson, entries):
        for entry in found:
            lesson.name_seat(seat, entry.name)
            lesson.set_role(seat, entry.role)
    if entries:
        students = [entry.name for entry in entries if entry.role == "student"]
        lesson.note(roster=json.dumps(students, ensure_ascii=False))
    if teacher:
        _set_teacher(lesson, teacher, sure)


def _meant(lesson: Lesson, entries: Sequence[Entry]) -> Iterable[tuple[int, Sequence[Entry]]]:
    """Each seat, and the entries that are its person's: by its name or number, else by what its name means.

    The names are rivals there. One that is cut off could not be told when its label was read either.
    """
    seats = lesson.seats()
    called = {
        seat.id: [e for e in entries if e.answers_to(seat.shown) or e.answers_to(f"Seat {seat.id}")]
        for seat in seats
    }
    taken = {entry for found in called.values() for entry in found}
    names = list(dict.fromkeys(seat.name for seat in seats if seat.name and not is_cut(seat.name)))
    meant = {} if lesson.nameless else dict(zip(names, match(names, entries), strict=True))
    for seat in seats:
        entry = meant.get(seat.name or "")
        yield seat.id, called[seat.id] or ([entry] if entry and entry not in taken else [])


def report(
    lesson: Lesson,
    figures: Figures,
    folder: Path | None = None,
    slides: bool = True,
    lang: str | None = None,
) -> Path:
    """Write the report of a lesson's figures beside it, or into a folder."""
    # What makes pages is a quarter of all that is loaded, and not needed before here.
    from meetbot.report.html import write_report
    from meetbot.report.page import make_page
    from meetbot.report.words import words_of

    card = emotion_card()
    measured = card if lesson.facts().get("model_sha256") == card.sha256 else None
    out = make_folder(folder) if folder else lesson.path.parent
    words = words_of(language_for(lang))
    stills = [still for still in lesson.each_still() if slides or still.kind != "slide"]
    return write_report(make_page(figures, measured, words, stills), out / f"{lesson.path.stem}.html")


def _set_teacher(lesson: Lesson, teacher: str, sure: bool) -> None:
    if sure and "teacher" in lesson.facts():
        return  # left out while it was read, and kept nowhere
    wanted = teacher.strip().casefold()
    seats = lesson.seats()
    found = [seat.id for seat in seats if wanted in (seat.shown.casefold(), f"seat {seat.id}")]
    if not found and not sure:
        return
    if not found:
        known = ", ".join(seat.shown for seat in seats) or "none"
        raise UsageError(
            f"No seat of {lesson.path} is called {teacher!r}; its seats are: {known}. What was read is kept; "
            f'`meetbot report {lesson.path} --teacher "Seat 3"` says who the teacher is.'
        )
    for seat in seats:
        if seat.role == "teacher":
            lesson.set_role(seat.id, "student")
    for number in found:
        lesson.set_role(number, "teacher")


def give_roles(lesson: Lesson, teachers: Iterable[int]) -> None:
    """Make those seats the teacher's: they are in no class figure."""
    for seat in teachers:
        lesson.set_role(seat, "teacher")
