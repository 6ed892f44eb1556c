"""Deletes lessons past their time, with their reports and exports, and nothing that is not meetbot's."""

import json
import os
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from meetbot.errors import InputError, MeetbotError
from meetbot.passphrase import VARIABLE
from meetbot.resources import delete, unfinished
from meetbot.timeline import consent
from meetbot.timeline.copies import copies_elsewhere
from meetbot.timeline.cover import is_encrypted, kept_until
from meetbot.timeline.export import exports_beside
from meetbot.timeline.lesson import open_lesson
from meetbot.timeline.schema import companions, is_lesson, locked

_TABLES = (b"time,seat,name,role,state,", b"start,end,people,coverage,")  # how exported tables begin


class Purged(NamedTuple):
    """What became of one lesson, or of a file that could not be read as one."""

    lesson: Path
    until: datetime | None = None  # until when it is to be kept; None: for ever
    deleted: tuple[Path, ...] = ()
    left: tuple[Path, ...] = ()  # files of its name that are not known to be meetbot's
    elsewhere: (
        tuple[Path, ...] | None
    ) = ()  # reports and tables in other folders, which stay; None: not known
    why: str | None = None  # why it was not deleted though its time is over, or not looked into
    exit_code: int = 0  # that goes with `why`


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
            why = "it is being written or changed"
            return Purged(path, until, why=why, exit_code=MeetbotError.exit_code)
        reports, elsewhere = _elsewhere(path)
        beside, left = _beside(path)
        ours = (*reports, *beside)
        if not dry_run:
            for part in ours:
                delete(part)
        return Purged(path, until, ours, left, elsewhere)
    except MeetbotError as error:
        foreign = isinstance(error, InputError) and not is_lesson(path)
        return Purged(path, why=str(error), exit_code=0 if foreign else error.exit_code)


def _beside(path: Path) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """A lesson's files, itself at the end so that what was stopped can be done again; and those that stay."""
    made = [path.with_suffix(".html"), *exports_beside(path)]
    there = [file for file in made if file.is_file() and not file.is_symlink()]
    ours = [file for file in there if _is_ours(file)]
    sides = [side for side in companions(path) if side.exists()]
    return (*unfinished(path), *ours, *sides, path), tuple(file for file in there if file not in ours)


def _elsewhere(path: Path) -> tuple[tuple[Path, ...], tuple[Path, ...] | None]:
    """A lesson's reports in other folders, and what else it knows of there; None where it can't be asked.

    The file may be a stranger's: only a report that shows a hash of this lesson's own record is deleted.
    """
    phrase = os.environ.get(VARIABLE)
    try:
        if is_encrypted(path) and not phrase:
            return (), None
        with open_lesson(path, any_policy=True, whole=False, passphrase=phrase) as lesson:
            copies = copies_elsewhere(lesson)
            hashes = [entry.hash.encode() for entry in consent.entries(lesson)]
    except MeetbotError:
        return (), None
    ours = tuple(copy for copy in copies if copy.name == f"{path.stem}.html" and _shows(copy, hashes))
    return ours, tuple(copy for copy in copies if copy not in ours)


def _shows(page: Path, hashes: Iterable[bytes]) -> bool:
    with suppress(OSError):
        content = page.read_bytes() if not page.is_symlink() and _is_report(page) else b""
        return any(one in content for one in hashes)
    return False


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
