"""Brings a lesson file and its report to a narrower policy, and names what that can't reach."""

from pathlib import Path
from typing import NamedTuple

from meetbot.conclude import report
from meetbot.errors import UsageError
from meetbot.pins import chosen, pinned
from meetbot.resources import delete, unfinished
from meetbot.timeline import consent
from meetbot.timeline.copies import copies_elsewhere
from meetbot.timeline.export import exports_beside
from meetbot.timeline.lesson import open_lesson
from meetbot.timeline.narrow import narrow


class Narrowed(NamedTuple):
    """What narrowing a lesson left behind."""

    policy: str
    report: Path | None  # written again, where there was one
    consent: str | None  # the newest hash of its record
    not_reached: tuple[Path, ...]  # exports, and reports in other folders, with what was in the lesson


def narrow_lesson(path: Path, asked: str | None) -> Narrowed:
    """Leave in a lesson file what a policy allows, at most the pinned one, and write its report again."""
    if asked is None and pinned() is None:
        raise UsageError("Say by --policy to what the lesson is narrowed: cues, eu-education or class.")
    policy = chosen(asked)
    with open_lesson(path, write=True, any_policy=True) as lesson:
        narrow(lesson, policy)
        page = path.with_suffix(".html")
        written = report(lesson, lesson.figures()) if page.exists() else None
        for part in unfinished(path):
            delete(part)
        left = (*exports_beside(path), *copies_elsewhere(lesson))
        return Narrowed(policy.name, written, consent.newest(lesson), left)
