"""What a lesson file must be before anything in it is used: our own tables, with values in bounds.

A file from a stranger may be a program: views that never end, triggers, columns that compute gigabytes. And
its values may be of any type: SQLite keeps words in columns of numbers.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import get_args

from meetbot.errors import InputError
from meetbot.types import EMOTIONS, EventKind, Role, State

LONGEST = 7 * 24 * 3600.0  # seconds; a time beyond it is a broken file, and would need its memory
LARGEST = 64 * 2**20  # bytes of one value
_FAR = 1e9  # pixels and degrees: beyond any real one
_SEATS, _EVENTS, _LAYOUTS, _STILLS, _FACTS = 20_000, 2_000_000, 200_000, 20_000, 1000  # rows
_READINGS = 5_000_000  # rows: fifty people, a look a second, for a whole day
_TEXT, _NAME, _FACT = 20_000, 2000, 4_000_000  # letters

Connection = sqlite3.Connection


def _number(name: str, least: float = -_FAR, most: float = _FAR, none: bool = False) -> str:
    inside = f"typeof({name}) IN ('real', 'integer') AND {name} BETWEEN {least!r} AND {most!r}"
    return f"({name} IS NULL OR {inside})" if none else f"({inside})"


def _time(name: str, none: bool = False) -> str:
    return _number(name, -LONGEST if none else 0.0, LONGEST, none)


def _text(name: str, most: int, none: bool = False) -> str:
    inside = f"typeof({name}) = 'text' AND length({name}) <= {most}"
    return f"({name} IS NULL OR {inside})" if none else f"({inside})"


def _seat(name: str, none: bool = False) -> str:
    inside = f"typeof({name}) = 'integer' AND {name} BETWEEN 0 AND 1000000000"
    return f"({name} IS NULL OR {inside})" if none else f"({inside})"


def _one_of(name: str, words: Iterable[str]) -> str:
    return f"{name} IN ({', '.join(repr(word) for word in words)})"


def _all_or_none(names: Iterable[str]) -> str:
    names = tuple(names)
    return f"({' + '.join(f'({name} IS NULL)' for name in names)}) IN (0, {len(names)})"


_BOX, _END = tuple("xywh"), '"end"'
_SMALL: Mapping[str, tuple[int, str]] = {
    "lesson": (_FACTS, f"{_text('key', _NAME)} AND {_text('value', _FACT)}"),
    "seat": (
        _SEATS,
        f"{_seat('id')} AND {_text('name', _NAME, none=True)} AND {_one_of('role', get_args(Role))} "
        f"AND {_time('first_seen', none=True)} AND {_time('last_seen', none=True)}",
    ),
    "event": (
        _EVENTS,
        f"{_time('time')} AND {_one_of('kind', get_args(EventKind))} AND {_seat('seat', none=True)} "
        f"AND {_text('text', _TEXT)}",
    ),
    "layout": (
        _LAYOUTS,
        f"{_time('start')} AND {_time(_END)} AND {_number('width', 1)} AND {_number('height', 1)} "
        f"AND {_number('confidence')} AND {_text('places', _FACT)}",
    ),
    "still": (
        _STILLS,
        f"{_time('time')} AND {_text('kind', _NAME)} AND typeof(jpeg) = 'blob' "
        f"AND {_seat('seat', none=True)}",
    ),
    "class_minute": (
        _EVENTS,
        f"{_time('start')} AND {_time(_END)} AND {_number('people', 0)} AND {_text('shares', _TEXT)}",
    ),
}
_READING = " AND ".join(
    (
        _time("time"),
        _seat("seat"),
        _one_of("state", get_args(State)),
        *(
            _number(name, none=True)
            for name in (*_BOX, *EMOTIONS, "certainty", "yaw", "pitch", "roll", "speaking")
        ),
        _all_or_none(_BOX),
        _all_or_none(EMOTIONS),
    )
)


def require_tables(connection: Connection, path: Path) -> None:
    """Refuses a file with anything but plain tables; those that a later meetbot added do no harm."""
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST)
    query = "SELECT CAST(type AS BLOB), CAST(name AS BLOB), CAST(sql AS BLOB) FROM main.sqlite_master"
    for found in connection.execute(query).fetchall():
        kind, name, sql = ((part or b"").decode("utf-8", "replace") for part in found)
        plain = kind == "table" and sql.startswith("CREATE TABLE")
        if not (plain or name.startswith("sqlite_")) or _computes(connection, name):
            raise InputError(
                f"{path} is no lesson as meetbot writes it, or damaged: there is a {kind[:20]} {name[:40]!r} "
                "in it, which could be a trap; ask whoever sent it for another copy."
            )


def require_values(connection: Connection, path: Path) -> None:
    """Refuses values of a wrong type or beyond all bounds, except among the readings.

    The chain of consent (timeline/consent.py) says itself what is wrong with it.
    """
    for table, (most, condition) in _SMALL.items():
        _require(connection, path, table, most, condition)


def require_readings(connection: Connection, path: Path) -> None:
    """The same for the readings, which are many: asked where they are used."""
    _require(connection, path, "reading", _READINGS, _READING)


def _require(connection: Connection, path: Path, table: str, most: int, condition: str) -> None:
    wrong = connection.execute(f"SELECT 1 FROM {table} WHERE ({condition}) IS NOT TRUE LIMIT 1").fetchall()
    if wrong:
        raise InputError(
            f"{path} is damaged: a {table} in it holds what is no number, no text or beyond all bounds."
        )
    if connection.execute(f"SELECT 1 FROM {table} LIMIT 1 OFFSET {most}").fetchall():
        raise InputError(f"{path} is damaged: it holds more than {most} rows of {table}.")


def _computes(connection: Connection, table: str) -> bool:
    """Whether a column of a table is computed; hidden is 2 or 3 for such ones, 1 in virtual tables."""
    quoted = table.replace('"', '""')
    return any(column[6] for column in connection.execute(f'PRAGMA main.table_xinfo("{quoted}")'))
