"""Finds the models and templates in a checkout, an editable install and a wheel; looks after folders."""

import hashlib
import re
from pathlib import Path

from meetbot.errors import InputError, ModelError, OutputError

_PACKAGE = Path(__file__).resolve().parent
_LONGEST_STEM = 40  # letters; four bytes each and a random part still fit into a name of 255 bytes


def resource(folder: str, name: str = "") -> Path:
    """The path of `models/...` or `templates/...`: package data in a wheel, the top level in a checkout."""
    for base in (_PACKAGE / "data", _PACKAGE.parent):
        path = base / folder / name
        if path.exists():
            return path
    raise ModelError(f"{folder}/{name} is missing from this installation; install meetbot again.")


def measured(path: Path, sha256: str, what: str, unlike: str) -> bytes:
    """The bytes of a network in a file, after making sure that they are those that were measured."""
    try:
        weights = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{what} {path} can't be read ({error}); install meetbot again.") from error
    if hashlib.sha256(weights).hexdigest() != sha256:
        raise ModelError(f"{what} {path} is not {unlike}; install meetbot again.")
    return weights


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


def part_stem(stem: str) -> str:
    """What a half-written page is called by: no other stem gives the same, and no disk finds it too long."""
    if len(stem) <= _LONGEST_STEM:
        return stem
    return f"{stem[:_LONGEST_STEM]}~{hashlib.sha256(stem.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def unfinished(lesson: Path) -> list[Path]:
    """What killed runs left of a lesson's report and exports: they hold the same names."""
    report = rf"\.{re.escape(part_stem(lesson.stem))}-[a-z0-9_]{{8}}\.part"
    table = rf"\.{re.escape(lesson.stem)}\.(readings|minutes|person-?\d*)\.\w+\.part"
    return sorted(
        path for path in lesson.parent.glob(".*.part") if re.fullmatch(rf"{report}|{table}", path.name)
    )


def is_there(path: Path) -> bool:
    """Whether something stands at that path; a name that the disk can't hold is told."""
    try:
        return path.exists()
    except OSError as error:
        raise OutputError(f"{path} can't be written ({error.strerror}); take a shorter name.") from error
