"""Finds the models and templates in a checkout, an editable install and a wheel; looks after folders."""

import re
from pathlib import Path

from meetbot.errors import InputError, ModelError, OutputError

_PACKAGE = Path(__file__).resolve().parent


def resource(folder: str, name: str = "") -> Path:
    """The path of `models/...` or `templates/...`: package data in a wheel, the top level in a checkout."""
    for base in (_PACKAGE / "data", _PACKAGE.parent):
        path = base / folder / name
        if path.exists():
            return path
    raise ModelError(f"{folder}/{name} is missing from this installation; install meetbot again.")


def make_folder(path: Path) -> Path:
    """The folder, made where it is missing."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"The folder {path} can't be made ({error.strerror}); name another by --out."
        ) from error
    return path


def read_small(path: Path, what: str, most: int = 4 * 2**20) -> bytes:
    """A file that people write by hand or in a spreadsheet; one that is much larger is something else."""
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except (OSError, ValueError) as error:  # a name with a zero byte is a ValueError
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"The {what} {path} can't be read: {reason}.") from error
    if len(data) > most:
        raise InputError(f"The {what} {path} is larger than {most >> 20} MB; that is no {what}.")
    return data


def write_file(path: Path, data: bytes) -> None:
    """Writes a file whole."""
    try:
        path.write_bytes(data)
    except OSError as error:
        raise OutputError(f"{path} can't be written ({error.strerror}); name another file.") from error


def delete(path: Path) -> None:
    """Deletes a file that must not stay."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(
            f"{path} can't be deleted ({error.strerror}), and still holds what was to go."
        ) from error


def unfinished(lesson: Path) -> list[Path]:
    """What killed runs left of a lesson's report and exports: they hold the same names."""
    stem = re.escape(lesson.stem[:40])
    report, table = rf"\.{stem}-[a-z0-9_]{{8}}\.part", rf"\.{stem}\.(readings|minutes)\.\w+\.part"
    if len(lesson.stem) > 40:  # another lesson may begin with the same letters
        report = table
    return sorted(
        path for path in lesson.parent.glob(".*.part") if re.fullmatch(rf"{report}|{table}", path.name)
    )


def is_there(path: Path) -> bool:
    """Whether something stands at that path; a name that the disk can't hold is told."""
    try:
        return path.exists()
    except OSError as error:
        raise OutputError(f"{path} can't be written ({error.strerror}); take a shorter name.") from error
