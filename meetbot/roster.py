"""The class list: names, other names, addresses, roles, and who is not to be analysed, out of a CSV file."""

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, cast, get_args

from meetbot.errors import InputError
from meetbot.resources import read_small
from meetbot.settings import ROSTER_MOST
from meetbot.types import Role

CUT = "\N{HORIZONTAL ELLIPSIS}"  # ends a name of which a label shows the beginning only
_DELIMITERS = ",;\t"
_COLUMNS = ("name", "alias", "email", "role", "analyse")
_YES = ("", "yes", "y", "true", "1", "x", "ja", "j", "oui", "sí", "si", "हाँ")
_NO = ("no", "n", "false", "0", "-", "nein", "non", "नहीं")
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # xlsx and ods; xls
_WORD = re.compile(r"\w+")
_SEAT = re.compile(r"seat \d+", re.IGNORECASE)


def plain_name(name: str) -> str:
    """A name as names are compared: case, blanks and the form of accents aside."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def is_cut(name: str) -> bool:
    """Whether only the beginning of a name is known."""
    return name.endswith(CUT)


def is_seat(name: str) -> bool:
    """Whether that is no name but says where somebody sits, as in Seat 3."""
    return bool(_SEAT.fullmatch(name.strip()))


def is_left_out(name: str, excluded: Collection[str]) -> bool:
    """Whether a name may be that of somebody who is not to be read; `excluded` are plain names.

    "Ana" and "Ana Lopez (tablet)" may both be Ana Lopez, and somebody without a name may be anybody: leaving
    out one too many costs a reading, one too few a promise.
    """
    words = _words(name)
    for other in excluded:
        others = _words(other)
        if plain_name(name) == plain_name(other) or words <= others or (others and others <= words):
            return True
    return False


def _words(name: str) -> set[str]:
    """A name's words without accents, which people leave out of their own names."""
    apart = unicodedata.normalize("NFKD", name).casefold()
    return set(_WORD.findall("".join(letter for letter in apart if not unicodedata.combining(letter))))


class Entry(NamedTuple):
    """One line of the class list."""

    name: str
    alias: str = ""  # how the person appears in the lesson: another name, or "Seat 3"
    email: str = ""
    role: Role = "student"
    analyse: bool = True  # False: no model may see this person

    def answers_to(self, label: str) -> bool:
        """Whether a seat with this label is this person's."""
        return label.strip().casefold() in {self.name.casefold(), self.alias.casefold()} - {""}


def read_roster(path: Path) -> tuple[Entry, ...]:
    """The entries of a class list; the columns are name, alias, email, role and analyse, in any order."""
    try:
        entries = tuple(_entries(path, _text(path)))
    except csv.Error as error:
        raise InputError(f"{path} can't be read as a table ({error}); save it as CSV again.") from error
    if not entries:
        raise InputError(f"{path} names nobody; below the line of columns each person has a line.")
    if len(entries) > ROSTER_MOST:
        raise InputError(f"{path} has {len(entries)} people; a class list of {ROSTER_MOST} can be read.")
    seats = Counter(entry.alias.casefold() for entry in entries if entry.alias)
    for seat, count in seats.items():
        if count > 1:
            raise InputError(f"{path} gives {seat!r} to two people; each alias may stand there once.")
    return entries


def _entries(path: Path, text: str) -> Iterator[Entry]:
    """The lines that have a name; all three ends of a line are one, also that of old Macs."""
    rows = csv.DictReader(io.StringIO(text, newline=None), delimiter=_delimiter(text))
    columns = {(field or "").strip().casefold(): field for field in rows.fieldnames or ()}
    if "name" not in columns:
        raise InputError(
            f"{path} has no column 'name'; its first line must name its columns: name, and where you have "
            "them alias, email, role and analyse."
        )
    begun = rows.line_num + 1
    for row in rows:
        cells = {key: row.get(field) or "" for key, field in columns.items()}
        if any("\n" in cells.get(column, "").strip() for column in _COLUMNS):
            raise InputError(
                f"{path}, line {begun}: a cell runs over several lines; is a quotation mark left open?"
            )
        entry = _entry(path, begun, cells)
        begun = rows.line_num + 1
        if entry.name:
            yield entry


def _entry(path: Path, line: int, row: dict[str, str]) -> Entry:
    role = row.get("role", "").strip().casefold() or "student"
    if role not in get_args(Role):
        known = ", ".join(get_args(Role))
        raise InputError(f"{path}, line {line}: the role {role!r} is not one of {known}.")
    name, alias, email = (row.get(column, "").strip() for column in ("name", "alias", "email"))
    return Entry(name, alias, email, cast(Role, role), _analyse(path, line, row.get("analyse", "")))


def _analyse(path: Path, line: int, said: str) -> bool:
    """Whether somebody may be analysed; a word that is neither yes nor no must not count as yes."""
    word = unicodedata.normalize("NFC", said).strip().casefold()
    if word not in (*_YES, *_NO):
        raise InputError(f"{path}, line {line}: the column analyse says {said!r}; write yes or no.")
    return word in _YES


def pseudonyms(entries: Sequence[Entry]) -> tuple[str, ...]:
    """What each person of the class list is called where names may not be written.

    The alias, unless it only says where somebody sits; else a number by the place on the list, so that it is
    the same one all term.
    """
    return tuple(
        entry.alias if entry.alias and not is_seat(entry.alias) else f"Person {number}"
        for number, entry in enumerate(entries, start=1)
    )


def _text(path: Path) -> str:
    """The file's text, with or without a byte order mark, in UTF-8, UTF-16 or Windows' Western encoding."""
    data = read_small(path, "class list")
    if data.startswith(_WORKBOOKS):
        raise InputError(f"{path} is a workbook, not a table of text; save it as CSV and name that file.")
    text = data.decode(_encoding(data), errors="replace")
    first, _, rest = text.partition("\n")
    return rest if re.fullmatch(r"sep=.\s*", first) else text  # a line by which Excel helps itself


def _encoding(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    if 0 in data[:2]:  # of UTF-16 without its mark: half of each Latin letter
        return "utf-16-be" if data[0] == 0 else "utf-16-le"
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _delimiter(text: str) -> str:
    """The character that divides the first line most often; Excel writes semicolons in many countries."""
    first = next(iter(text.splitlines()), "")
    return max(_DELIMITERS, key=first.count)
