"""Forgetting a person: the lesson without them, and after it the report; what can't be reached is named."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from meetbot.conclude import report
from meetbot.errors import PolicyError, UsageError
from meetbot.pins import require_shown
from meetbot.policy import FULL
from meetbot.resources import delete, unfinished
from meetbot.timeline import consent, erasure
from meetbot.timeline.copies import copies_elsewhere
from meetbot.timeline.erasure import Person
from meetbot.timeline.export import exports_beside, is_of_another
from meetbot.timeline.lesson import Lesson, open_lesson
from meetbot.timeline.summing import keep_summary, summed


class Forgotten(NamedTuple):
    """What an erasure did, and what it can't do."""

    lesson: Path
    person: Person | None  # None: only an erasure that was stopped before was brought to its end
    completed: str | None  # whose erasure that was
    report: Path | None  # written anew
    removed: Path | None  # a report that may not be written anew under the pin of this machine
    copies: tuple[Path, ...]  # exports, and reports in other folders, that still hold the person
    named_in: tuple[str, ...]  # facts that still hold the name, such as the title
    class_only: bool  # there were no values of single people; the class's stay as they are
    consent: str | None  # the newest hash of the chain


def forget(path: Path, wanted: str) -> Forgotten:
    """Erase one person; one that was stopped in the middle is completed first."""
    with open_lesson(path, write=True, any_policy=True) as lesson:
        completed = erasure.unfinished(lesson)
        if completed:
            written = _complete(lesson)
        try:
            person: Person | None = erasure.person_called(lesson, wanted)
        except UsageError:
            if not completed:
                raise
            person = None
        if person:
            erasure.erase(lesson, person)
            written = _complete(lesson)
        return Forgotten(
            lesson=path,
            person=person,
            completed=completed,
            report=written[0],
            removed=written[1],
            copies=tuple(_copies(lesson, person)),
            named_in=tuple(erasure.facts_that_name(lesson, person)) if person else (),
            class_only=lesson.facts().get("policy") == "class",
            consent=consent.newest(lesson),
        )


def _copies(lesson: Lesson, person: Person | None) -> Iterator[Path]:
    """Reports and tables that hold the person still, as far as they are known."""
    for copy in (*exports_beside(lesson.path), *copies_elsewhere(lesson)):
        if not (person and is_of_another(copy, lesson.path, person.seat)):
            yield copy


def _complete(lesson: Lesson) -> tuple[Path | None, Path | None]:
    """Nothing left in the file, and the report after it; which report was written, and which removed."""
    lesson.scrub()
    for part in unfinished(lesson.path):
        delete(part)
    beside = lesson.path.with_suffix(".html")
    written = removed = None
    if beside.exists():
        try:
            require_shown(lesson.path, lesson.facts().get("policy", FULL.name))
            figures = lesson.figures()
            keep_summary(lesson, summed(figures))
            written = report(lesson, figures)
        except PolicyError:  # a report of it may not be made here; the old one shows the person
            delete(beside)
            removed = beside
    erasure.finish(lesson)
    return written, removed
