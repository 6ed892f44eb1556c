"""Deletes lessons past their time, with their reports and exports, and nothing that is not meetbot's."""

import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from meetbot.errors import InputError, MeetbotError
from meetbot.resources import delete, unfinished
from meetbot.timeline.copies import copies_elsewhere
from meetbot.timeline.cover import is_encrypted, kept_until
from meetbot.timeline.export import exports_beside
from meetbot.timeline.lesson import open_lesson
from meetbot.timeline.schema import companions, locked

_TABLES = (b"time,seat,name,role,state,", b"start,end,people,coverage,")  # how exported tables begin


class Purged(NamedTuple):
    """What became of one lesson, or of a file that could not be read as one."""

    lesson: Path
    until: datetime | None = None  # until when it is to be kept; None: for ever
    deleted: tuple[Path, ...] = ()
    left: tuple[Path, ...] = ()  # files of its name that are not known to be meetbot's
    elsewhere: tuple[Path, ...] = ()  # reports and tables in other folders, which stay
    why: str | None = None  # why it was not deleted though its time is over, or not looked into


def purge(folders: Iterable[Path], now: datetime, dry_run: bool = False) -> Iterator[Purged]:
    """Every lesson of these folders, and what was done; with `dry_run`, what would be."""
    for folder in folders:
        for path in lessons_in(folder):
            yield _purged(path, now, dry_run)


def lessons_in(folder: Path) -> list[Path]:
    """The lesson files of a folder, not of its sub-folders."""
    if not folder.is_dir():
        raise InputError(f"{folder} is no folder; name the folders in which lessons lie.")
    try:
        return sorted(path for path in folder.glob("*.meetbot") if path.is_file() and not path.is_symlink())
    except OSError as error:
        raise InputError(f"{folder} can't be read ({error.strerror}).") from error


def _purged(path: Path, now: datetime, dry_run: bool) -> Purged:
    try:
        until = kept_until(path)
        if until is None or until > now:
            return Purged(path, until)
        if locked(path):
            return Purged(path, until, why="it is being written or changed")
        ours, left = _beside(path)
        elsewhere = _elsewhere(path)
        if not dry_run:
            for part in ours:
                delete(part)
        return Purged(path, until, ours, left, elsewhere)
    except MeetbotError as error:
        return Purged(path, why=str(error))


def _beside(path: Path) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """A lesson's files, itself at the end so that what was stopped can be done again; and those that stay."""
    made = [path.with_suffix(".html"), *exports_beside(path)]
    there = [file for file in made if file.is_file() and not file.is_symlink()]
    ours = [file for file in there if _is_ours(file)]
    sides = [side for side in companions(path) if side.exists()]
    return (*unfinished(path), *ours, *sides, path), tuple(file for file in there if file not in ours)


def _elsewhere(path: Path) -> tuple[Path, ...]:
    """What a lesson remembers of other folders; an encrypted one is deleted by those who can't ask it."""
    if not is_encrypted(path):
        with suppress(MeetbotError), open_lesson(path, any_policy=True) as lesson:
            return tuple(copies_elsewhere(lesson))
    return ()


def _is_ours(file: Path) -> bool:
    with suppress(OSError, ValueError, zipfile.BadZipFile):
        return _IS_OURS.get(file.suffix, _is_report)(file)
    return False


def _is_report(file: Path) -> bool:
    with file.open("rb") as opened:
        return b'<meta name="generator" content="meetbot">' in opened.read(4096)


def _is_csv(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(64).startswith(_TABLES)


def _is_json(file: Path) -> bool:
    found = json.loads(file.read_bytes())
    return isinstance(found, dict) and {"lesson", "readings", "seats"} <= found.keys()


def _is_parquet(file: Path) -> bool:
    content = file.read_bytes()
    return (
        content.startswith(b"PAR1")
        and b"pandas" in content
        and (b"certainty" in content or b"coverage" in content)
    )


def _is_xlsx(file: Path) -> bool:
    with zipfile.ZipFile(file) as book:
        sheets = book.read("xl/workbook.xml")
    return all(f'name="{name}"'.encode() in sheets for name in ("people", "minutes", "readings"))


_IS_OURS: Mapping[str, Callable[[Path], bool]] = {
    ".csv": _is_csv,
    ".json": _is_json,
    ".parquet": _is_parquet,
    ".xlsx": _is_xlsx,
}
