"""What stands in the way of a lesson file is said in one sentence, and nothing gathered is lost."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetbot.errors import InputError, MeetbotError, OutputError
from meetbot.timeline import schema
from meetbot.timeline.lesson import Lesson, create_lesson, open_lesson
from meetbot.types import About
from tests.written import face, write_lesson

ABOUT = About("A lesson", "sha256:1234")
NOBODY = 65534


@contextmanager
def as_anyone() -> Iterator[None]:
    """Without the superuser's right to write everywhere; other users have none to lose."""
    root = os.geteuid() == 0
    try:
        if root:
            os.seteuid(NOBODY)
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that other users can look into, which pytest's own folders don't allow."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)
        Path(name).chmod(0o755)


def killed_lesson(path: Path) -> None:
    """A lesson as SIGKILL leaves it: the newest readings stand in the side file only."""
    with tempfile.TemporaryDirectory() as name:
        running = create_lesson(Path(name) / path.name, ABOUT, {})
        for second in range(3):
            running.add(face(second))
            running.reached(second)
        for part in Path(name).iterdir():
            if not part.name.endswith("-shm"):
                (path.parent / part.name).write_bytes(part.read_bytes())
        running.close()


def times(lesson: Lesson) -> list[float]:
    return [reading.time for reading in lesson.each_reading()]


def test_a_missing_lesson_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.meetbot does not exist"):
        open_lesson(tmp_path / "nowhere.meetbot")


def test_a_folder_is_no_lesson(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is not a lesson file"):
        open_lesson(tmp_path)


@pytest.mark.parametrize("write", [False, True])
@pytest.mark.parametrize(
    "content", [b"", b"x", b"time,seat\n" * 1000, b"SQLite format 3\x00" + b"\xff" * 5000]
)
def test_another_file_is_no_lesson(tmp_path: Path, content: bytes, write: bool) -> None:
    path = tmp_path / "a.meetbot"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"a\.meetbot is (not a lesson|damaged)"):
        open_lesson(path, write=write)
    assert path.read_bytes() == content


def test_another_sqlite_file_is_no_lesson(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "a.meetbot") as other:
        other.execute("CREATE TABLE lesson (key, value)")
    other.close()
    with pytest.raises(InputError, match="is not a lesson file"):
        open_lesson(tmp_path / "a.meetbot")


def test_a_lesson_of_a_newer_meetbot_asks_for_an_upgrade(tmp_path: Path) -> None:
    path = write_lesson(tmp_path / "a.meetbot", [face(0.0)])
    with sqlite3.connect(path) as newer:
        newer.execute("PRAGMA user_version=7")
    newer.close()
    with pytest.raises(InputError, match=r"lesson format 7, this one reads up to 2.*upgrade meetbot"):
        open_lesson(path)


def test_a_cut_off_lesson_is_called_damaged(tmp_path: Path) -> None:
    path = write_lesson(tmp_path / "a.meetbot", [face(float(second)) for second in range(600)])
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(InputError, match="is damaged"):
        open_lesson(path)


def test_a_reading_that_is_no_number_is_called_damage(tmp_path: Path) -> None:
    path = write_lesson(tmp_path / "a.meetbot", [face(0.0)])
    with sqlite3.connect(path) as vandal:
        vandal.execute("UPDATE reading SET yaw = 'left'")
    vandal.close()
    with open_lesson(path) as lesson, pytest.raises(InputError, match="no number"):
        lesson.figures()


@pytest.mark.parametrize("fact", ["duration", "every", "read_until"])
@pytest.mark.parametrize("value", ["soon", "1e300", "-5", "nan"])
def test_a_lesson_with_an_impossible_length_is_called_damaged(tmp_path: Path, fact: str, value: str) -> None:
    path = write_lesson(tmp_path / "a.meetbot", [face(0.0)], duration=10.0)
    with open_lesson(path, write=True) as lesson:
        lesson.note(**{fact: value, "status": "finished"})
        with suppress(InputError):
            assert lesson.figures().total.end <= 10.0


@cache
def whole_lesson() -> bytes:
    with tempfile.TemporaryDirectory() as name:
        return write_lesson(
            Path(name) / "a.meetbot", [face(float(second)) for second in range(20)]
        ).read_bytes()


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_lesson_with_flipped_bytes_never_crashes_the_reader(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as name:
        path, content = Path(name) / "a.meetbot", bytearray(whole_lesson())
        for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=20)):
            content[place] = data.draw(st.integers(0, 255))
        path.write_bytes(content)
        with suppress(MeetbotError), open_lesson(path) as lesson:
            list(lesson.each_layout())
            assert lesson.figures().total.people in (0, 1)


@pytest.mark.parametrize("roster", ["[", "5", "null,", "[" * 100_000, '{"Ana": 1}'])
def test_a_class_list_that_can_not_be_understood_is_called_damage(tmp_path: Path, roster: str) -> None:
    path = write_lesson(tmp_path / "a.meetbot", [face(0.0)], roster=roster)
    with open_lesson(path) as lesson, pytest.raises(InputError, match=r"a roster that .*it is damaged"):
        lesson.figures()


@pytest.mark.parametrize("step", ["note", "commit"])
def test_a_lesson_that_can_not_be_begun_leaves_no_file_and_no_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Lesson, step, fail)
        create_lesson(tmp_path / "a.meetbot", ABOUT, {})
    assert list(tmp_path.iterdir()) == []
    create_lesson(tmp_path / "a.meetbot", ABOUT, {}).close()


def test_a_lesson_whose_tables_do_not_fit_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "TABLES", f"PRAGMA max_page_count=2; {schema.TABLES}")
    with pytest.raises(OutputError, match="disk is full"):
        create_lesson(tmp_path / "a.meetbot", ABOUT, {})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("length", [244, 300])  # with -wal behind it too long, and too long by itself
def test_a_name_that_is_too_long_asks_for_a_shorter_one(tmp_path: Path, length: int) -> None:
    with pytest.raises(OutputError, match=r"The name aaaaa.* is too long.*shorter name.*--out"):
        create_lesson(tmp_path / f"{'a' * length}.meetbot", ABOUT, {})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("write", [False, True])
def test_a_name_that_is_too_long_can_not_be_opened_either(tmp_path: Path, write: bool) -> None:
    with pytest.raises(OutputError, match="is too long"):
        open_lesson(tmp_path / f"{'a' * 300}.meetbot", write=write)


def test_a_denied_permission_says_whether_it_was_for_reading_or_writing(tmp_path: Path) -> None:
    denied = PermissionError(13, "Permission denied")
    with pytest.raises(InputError, match="can't be read"), schema.plain_errors(tmp_path, reading=True):
        raise denied
    with pytest.raises(OutputError, match="can't be created or changed"), schema.plain_errors(tmp_path):
        raise denied


def test_two_writers_of_one_lesson_are_told_apart(tmp_path: Path) -> None:
    with create_lesson(tmp_path / "a.meetbot", ABOUT, {}) as lesson:
        lesson.add(face(0.0))
        with pytest.raises(OutputError, match="being written by another meetbot"):
            open_lesson(lesson.path, write=True)
        with pytest.raises(OutputError, match="being written by another meetbot"):
            create_lesson(lesson.path, ABOUT, {})
        lesson.reached(0.0)
        assert times(lesson) == [0.0]


def test_a_file_that_is_no_lesson_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(OutputError, match="stands in the way"):
        create_lesson(tmp_path / "thesis.txt", ABOUT, {})
    assert (tmp_path / "thesis.txt").read_text() == "years of work"


def test_an_empty_file_gives_way_to_a_lesson(tmp_path: Path) -> None:
    (tmp_path / "a.meetbot").touch()
    create_lesson(tmp_path / "a.meetbot", ABOUT, {}).close()
    with open_lesson(tmp_path / "a.meetbot") as lesson:
        assert lesson.facts()["title"] == "A lesson"


def test_a_full_disk_keeps_what_was_written(tmp_path: Path) -> None:
    lesson = create_lesson(tmp_path / "a.meetbot", ABOUT, {})
    lesson._connection.execute("PRAGMA max_page_count=30")  # SQLite's own full disk
    written = -1.0
    with (
        pytest.raises(
            OutputError, match=r"disk is full.*a\.meetbot.*written before is kept.*`meetbot report`"
        ),
        lesson,
    ):
        for second in range(10_000):
            lesson.add(face(float(second)))
            lesson.reached(float(second))
            written = float(second)
    assert written > 10
    with open_lesson(lesson.path) as kept:
        assert times(kept)[-1] == written


def test_a_folder_that_can_not_be_written_is_named(folder: Path) -> None:
    folder.chmod(0o555)
    with as_anyone(), pytest.raises(OutputError, match=r"can't be created.*choose another folder"):
        create_lesson(folder / "a.meetbot", ABOUT, {})


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="can't be created"):
        create_lesson(tmp_path / "nowhere" / "a.meetbot", ABOUT, {})


def test_a_read_only_lesson_can_be_read_but_not_changed(folder: Path) -> None:
    path = write_lesson(folder / "a.meetbot", [face(0.0), face(1.0)])
    path.chmod(0o444)
    folder.chmod(0o555)
    with as_anyone():
        with open_lesson(path) as lesson:
            assert times(lesson) == [0.0, 1.0]
        with pytest.raises(OutputError, match="read-only"):
            open_lesson(path, write=True)


def test_a_killed_lesson_in_a_read_only_folder_is_read_to_its_last_second(folder: Path) -> None:
    killed_lesson(folder / "a.meetbot")
    for part in folder.iterdir():
        part.chmod(0o444)
    folder.chmod(0o555)
    with as_anyone(), open_lesson(folder / "a.meetbot") as lesson:
        assert times(lesson) == [0.0, 1.0, 2.0]
        assert lesson.path == folder / "a.meetbot"


def test_a_lesson_that_may_not_be_read_is_named(folder: Path) -> None:
    path = write_lesson(folder / "a.meetbot", [face(0.0)])
    path.chmod(0o000)
    with as_anyone(), pytest.raises(MeetbotError, match=r"a\.meetbot can't be (read|opened)"):
        open_lesson(path)


def test_a_killed_lesson_is_read_where_it_can_be_written(tmp_path: Path) -> None:
    killed_lesson(tmp_path / "a.meetbot")
    with open_lesson(tmp_path / "a.meetbot") as lesson:
        assert times(lesson) == [0.0, 1.0, 2.0]


def test_every_complaint_of_sqlite_is_one_sentence(tmp_path: Path) -> None:
    codes = {name: code for name, code in vars(sqlite3).items() if name.startswith("SQLITE_")}
    for name in ("SQLITE_FULL", "SQLITE_BUSY", "SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_CORRUPT"):
        error = sqlite3.OperationalError("low level words")
        error.sqlite_errorcode = codes[name]
        message = str(schema.explain(error, tmp_path / "a.meetbot"))
        assert "a.meetbot" in message and message.endswith(".") and "\n" not in message
