"""Where reports and tables of a lesson lie in other folders: whoever forgets a person is told of them."""

import json
from contextlib import suppress
from pathlib import Path

from meetbot.errors import MeetbotError
from meetbot.timeline.lesson import Lesson, open_lesson

FACT = "copies"


def remember_copy(lesson: Path, copy: Path) -> None:
    """Notes a file in another folder; a lesson that can't be written now does without the note."""
    there = copy.resolve()
    if there.parent == lesson.resolve().parent:
        return  # found by its name
    with suppress(MeetbotError), open_lesson(lesson, write=True) as opened:
        note_copy(opened, there)


def note_copy(lesson: Lesson, copy: Path) -> None:
    """Notes a file in a lesson that is open for writing, once."""
    if not knows_copy(lesson, copy):
        known = [str(one) for one in lesson.decoded(FACT, list)]
        lesson.note(**{FACT: json.dumps([*known, str(copy.resolve())], ensure_ascii=False)})


def knows_copy(lesson: Lesson, copy: Path) -> bool:
    """Whether a file was noted before."""
    return str(copy.resolve()) in map(str, lesson.decoded(FACT, list))


def copies_elsewhere(lesson: Lesson) -> list[Path]:
    """Those of them that are still there."""
    return [path for one in lesson.decoded(FACT, list) if _is_file(path := Path(str(one)))]


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
