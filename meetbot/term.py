"""Many lessons into one page: what each sums up to is kept in it, so that the next page takes a second."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import quote

from meetbot.errors import InputError, MeetbotError, PolicyError
from meetbot.language import language_for
from meetbot.passphrase import WrongPassphrase
from meetbot.report.html import write_term
from meetbot.report.term.page import make_term_page
from meetbot.report.words import words_of
from meetbot.resources import make_folder
from meetbot.summary import LeftOut, Summary, Term
from meetbot.timeline.copies import knows_copy, note_copy
from meetbot.timeline.lesson import Lesson, open_lesson
from meetbot.timeline.summing import keep_summary, kept_summary, summary_of
from meetbot.timeline.term import Read, make_term

ENDING = ".meetbot"
PAGE = "term.html"


class TermOutcome(NamedTuple):
    """What is left behind."""

    page: Path
    term: Term
    errors: tuple[MeetbotError, ...]


def write_term_page(
    paths: Sequence[Path],
    out: Path | None = None,
    lang: str | None = None,
    complain: Callable[[str], None] = lambda text: None,
) -> TermOutcome:
    """Read lessons (files, or folders of them) and write the page over all of them."""
    words, lessons, errors = words_of(language_for(lang)), [], []
    left_out: list[LeftOut] = []
    found, target = lessons_in(paths), _target(paths[0], out)
    for path in found:
        try:
            lessons.append(_read(path, target))
        except MeetbotError as error:
            complain(str(error))
            errors.append(error)
            left_out.append(LeftOut(path.name, _kind_of(error), str(error)))
    if not lessons:
        refused = all(isinstance(error, PolicyError) for error in errors)
        kind, why = (PolicyError, "may be shown here") if refused else (InputError, "can be read")
        raise kind(f"None of these lessons {why}, so there is no page to write.") from errors[0]
    term = make_term(_once(lessons, left_out), left_out)
    reports = {one.path: address for one in lessons if (address := _report(Path(one.path), target))}
    return TermOutcome(write_term(make_term_page(term, words, reports), target), term, tuple(errors))


def lessons_in(paths: Sequence[Path]) -> list[Path]:
    """The lesson files that the paths name, each once: files as they are, folders by their contents."""
    found = [lesson for path in paths for lesson in _lessons(path)]
    return list({lesson.resolve(): lesson for lesson in found}.values())


def _lessons(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    try:
        found = [one for one in path.iterdir() if one.suffix == ENDING and not one.name.startswith(".")]
    except OSError as error:
        raise InputError(f"The folder {path} can't be read ({error.strerror}).") from error
    if not found:
        raise InputError(f"The folder {path} holds no lesson ({ENDING} files); name the one that does.")
    return sorted(found, key=lambda one: (one.name.casefold(), one.name))


def _read(path: Path, page: Path) -> Read:
    """A lesson's summary; the lesson keeps it, and where the page lies: `meetbot forget` tells of it."""
    with open_lesson(path, whole=False) as lesson:
        kept = kept_summary(lesson)
        if kept and knows_copy(lesson, page):
            return _told(lesson, kept)
    with open_lesson(path) as lesson:
        read = _told(lesson, summary_of(lesson))
        finished = lesson.facts().get("status") == "finished"
    if finished:
        with suppress(MeetbotError), open_lesson(path, write=True) as lesson:  # a read-only place is no harm
            keep_summary(lesson, read.summary)
            note_copy(lesson, page)
    return read


def _kind_of(error: MeetbotError) -> Literal["unread", "locked", "policy"]:
    """As much of an error as may stand on a page that is passed on: no path, no word of this machine."""
    if isinstance(error, WrongPassphrase):
        return "locked"
    return "policy" if isinstance(error, PolicyError) else "unread"


def _told(lesson: Lesson, summary: Summary) -> Read:
    names = {seat.id: str(seat.name) for seat in lesson.seats() if seat.name}
    return Read(str(lesson.path), summary, names, str(lesson.facts().get("content_hash", "")))


def _once(lessons: Sequence[Read], left_out: list[LeftOut]) -> Iterator[Read]:
    """Each recording once, whatever it was copied to."""
    met: dict[str, str] = {}
    for one in lessons:
        other = met.setdefault(one.content or one.path, one.path)
        if other == one.path:
            yield one
        else:
            name = Path(other).name
            left_out.append(LeftOut(Path(one.path).name, "copy", f"the same recording as {name}", name))


def _target(first: Path, out: Path | None) -> Path:
    """In `out`, else beside the first lesson; never over the report of a lesson."""
    folder = make_folder(out) if out else first if first.is_dir() else first.parent
    taken = folder / f"term{ENDING}"
    return folder / (PAGE if not taken.exists() else "term-overview.html")


def _report(lesson: Path, target: Path) -> str:
    """The address of a lesson's own report as seen from the page, where that report is there."""
    report = lesson.with_suffix(".html")
    if not report.is_file():
        return ""
    try:
        return quote(Path(os.path.relpath(report, target.parent)).as_posix())
    except ValueError:  # another drive
        return ""
