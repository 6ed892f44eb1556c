"""Lesson files from strangers: read, or refused in a sentence, in bounded time and memory."""

import json
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from meetbot.cli.documents import lesson_document
from meetbot.conclude import Outcome
from meetbot.errors import InputError, MeetbotError
from meetbot.report.page import make_page
from meetbot.timeline import trust
from meetbot.timeline.lesson import open_lesson
from meetbot.types import Box, Event, Layout, Observation, Place, Still
from tests.written import face, write_lesson

NASTY = some.sampled_from(
    [None, "left", "", b"", b"\xff\x00", 0, -1, 2**62, 1e308, -1e308, 9e999, -9e999, 0.5, "[]", "{}",
     "[" * 50_000, "\x00", "null", "nan", "A" * 30_000,
     '[[1, 2, 3, 4, 5, "person", "on"]]', '[[[], "a", {}, 4, 5, 6, 7]]']
)  # fmt: skip
TABLES = ("lesson", "seat", "reading", "layout", "event", "still", "consent", "class_minute")
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n) SELECT i"


@pytest.fixture(scope="module")
def original() -> Iterator[bytes]:
    """A small lesson with a row in most tables."""
    tiles = (
        Place(1, "Ana", Box(0, 0, 9, 9), "person", "on"),
        Place(2, None, Box(9, 0, 9, 9), "person", "off"),
    )
    seen: list[Observation] = [face(float(second), seat) for second in range(20) for seat in (1, 2)]
    seen += [Event(1.0, "joined", 1, "Ana"), Event(5.0, "gap", None, "Gone."), Still(2.0, "slide", b"jpeg")]
    seen += [Layout(0.0, 9.0, (90, 60), 0.9, tiles)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.meetbot"
        write_lesson(path, seen, names=("Ana", "Ben"), duration=20.0)
        yield path.read_bytes()


@contextmanager
def changed(original: bytes) -> Iterator[tuple[Path, sqlite3.Connection]]:
    """A copy of a lesson, and the way for a vandal into it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.meetbot"
        path.write_bytes(original)
        with closing(sqlite3.connect(path, isolation_level=None)) as vandal:
            yield path, vandal


def use(path: Path) -> None:
    """All that a report, an export and a continued run take out of a lesson."""
    with open_lesson(path) as lesson:
        for rows in (lesson.each_reading(), lesson.each_event(), lesson.each_layout(), lesson.each_still()):
            list(rows)
        lesson.last_places(0.0)
        figures = lesson.figures()
        make_page(figures, None)
        json.dumps(lesson_document(Outcome(path, path, "read", figures)))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.data())
def test_no_value_in_a_lesson_breaks_what_reads_it(original: bytes, data: some.DataObject) -> None:
    with changed(original) as (path, vandal):
        for _ in range(data.draw(some.integers(1, 3))):
            table = data.draw(some.sampled_from(TABLES))
            columns = [row[1] for row in vandal.execute(f"PRAGMA table_info({table})")]
            column, value = data.draw(some.sampled_from(columns)), data.draw(NASTY)
            most = data.draw(some.integers(1, 40))
            where = f'WHERE "{columns[0]}" IN (SELECT "{columns[0]}" FROM {table} LIMIT {most})'
            with suppress(sqlite3.Error):  # what the table itself refuses
                vandal.execute(f'UPDATE OR IGNORE {table} SET "{column}" = ? {where}', (value,))
        with suppress(MeetbotError):
            use(path)


@pytest.mark.parametrize(
    "trap",
    [
        f"DROP TABLE event; CREATE VIEW event AS {ENDLESS} AS time, 'gap' AS kind FROM n",
        "CREATE TRIGGER t AFTER UPDATE ON seat BEGIN DELETE FROM reading; END",
        "DROP TABLE still; CREATE TABLE still (id INTEGER PRIMARY KEY, time REAL, kind TEXT, seat INTEGER, "
        "jpeg BLOB GENERATED ALWAYS AS (zeroblob(900000000)) VIRTUAL)",
        "CREATE VIRTUAL TABLE other USING fts5(x)",
        "CREATE INDEX i ON reading(abs(time))",
    ],
    ids=["endless view", "trigger", "giant column", "virtual table", "index"],
)
@pytest.mark.parametrize("write", [False, True], ids=["to read", "to write"])
def test_a_lesson_with_a_trap_in_it_is_refused_before_anything_is_read(
    original: bytes, trap: str, write: bool
) -> None:
    with changed(original) as (path, vandal):
        vandal.executescript(trap)
        vandal.close()
        with pytest.raises(InputError, match="could be a trap"):
            open_lesson(path, write=write)


def test_a_giant_value_is_refused_and_never_held(original: bytes) -> None:
    with changed(original) as (path, vandal):
        vandal.execute(f"UPDATE still SET jpeg = zeroblob({trust.LARGEST + 1})")
        vandal.close()
        with pytest.raises(InputError, match="is damaged"):
            use(path)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE reading SET angry = NULL",
        "UPDATE reading SET time = 9e999 WHERE time = 0 AND seat = 1",
        "UPDATE reading SET state = 'asleep'",
        "UPDATE seat SET name = x'00ff'",
        "UPDATE seat SET id = -5 WHERE id = 1",
        "UPDATE seat SET last_seen = 1e300",
        "UPDATE event SET kind = 'born'",
        "UPDATE event SET time = 'soon'",
        'UPDATE layout SET places = \'[[1, 2, 3, 4, 5, "person", "asleep"]]\'',
        'UPDATE layout SET places = \'[[1, NaN, 3, 4, 5, "person", "on"]]\'',
        "UPDATE lesson SET value = x'00'",
    ],
)
def test_a_value_of_a_wrong_type_or_beyond_all_bounds_is_called_damage(original: bytes, change: str) -> None:
    with changed(original) as (path, vandal):
        vandal.execute(change)
        vandal.close()
        with pytest.raises(InputError, match="is damaged"):
            use(path)


@pytest.mark.parametrize("table", ["seat", "lesson"])
def test_more_rows_than_any_lesson_has_are_refused(
    original: bytes, table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    small: dict[str, Any] = {name: (1, condition) for name, (_, condition) in trust._SMALL.items()}
    monkeypatch.setattr(trust, "_SMALL", {table: small[table]})
    with changed(original) as (path, _), pytest.raises(InputError, match=f"more than 1 rows of {table}"):
        use(path)
