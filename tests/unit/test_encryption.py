"""An encrypted lesson: the same lesson to whoever has the passphrase, and nothing to anybody else."""

import os
import shutil
import signal
import sqlite3
import struct
import subprocess
import sys
import textwrap
from contextlib import closing
from pathlib import Path

import pytest

from meetbot.errors import InputError, OutputError
from meetbot.passphrase import VARIABLE, asked_by
from meetbot.timeline import rows, schema, seal
from meetbot.timeline.lesson import create_lesson, open_lesson
from meetbot.timeline.vault import Vault, _encoded
from meetbot.types import Reading, Still
from tests.sealed import ABOUT, PHRASE, YAW, boxes, encrypted, observations, plain_values
from tests.written import face, golden_observations, write_lesson


@pytest.fixture(autouse=True)
def _quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cheap key; the shipped cost is looked at by a test of its own."""
    monkeypatch.setattr(seal, "COST", 2**4)
    monkeypatch.delenv(VARIABLE, raising=False)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A finished encrypted lesson."""
    with encrypted(tmp_path / "a.meetbot") as lesson:
        lesson.finish("finished", 20.0)
    return tmp_path / "a.meetbot"


def test_an_encrypted_lesson_gives_what_a_plain_one_gives(tmp_path: Path) -> None:
    plain = write_lesson(tmp_path / "plain.meetbot", golden_observations(), duration=240.0)
    with create_lesson(
        tmp_path / "sealed.meetbot", ABOUT, {"every": "1.0", "policy": "full"}, PHRASE
    ) as made:
        for observation in golden_observations():
            made.add(observation)
        made.reached(239.0)
        made.finish("finished", 240.0)
    with open_lesson(plain) as one, open_lesson(made.path, passphrase=PHRASE) as other:
        assert list(one.each_reading_row()) == list(other.each_reading_row())
        assert (one.seats(), list(one.each_event())) == (other.seats(), list(other.each_event()))
        assert one.figures().total == other.figures().total


def test_every_kind_of_row_comes_back(path: Path) -> None:
    with open_lesson(path, passphrase=PHRASE) as lesson:
        assert [*lesson.each_event(), *lesson.each_layout()] == observations()[:3]
        assert list(lesson.each_still()) == observations()[-1:]
        assert lesson.facts()["title"] == "Secret title"
        assert [seat.shown for seat in lesson.seats()] == ["Anastasia", "Seat 2"]


def test_no_value_can_be_read_in_the_file(path: Path) -> None:
    assert plain_values(path.parent) == []


def test_a_plain_lesson_would_be_found_out(tmp_path: Path) -> None:
    path = write_lesson(tmp_path / "a.meetbot", observations(), title="Secret title")
    assert set(plain_values(path.parent)) >= {b"Anastasia", b"jpegjpeg", struct.pack(">d", YAW), b"joined"}


def test_no_value_can_be_read_while_it_is_written_nor_in_a_copy_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with encrypted(tmp_path / "a.meetbot") as lesson:
        assert (tmp_path / "a.meetbot-wal").stat().st_size > 0
        assert plain_values(tmp_path) == []
        with monkeypatch.context() as patch:  # as in a folder in which nothing may be made
            read_only = schema._read_only
            patch.setattr(schema, "_read_only", _refusing_once(read_only))
            with open_lesson(lesson.path, passphrase=PHRASE) as copy:
                assert len(list(tmp_path.glob("meetbot-*/a.meetbot*"))) >= 1
                assert len(list(copy.each_reading_row())) == 40
                assert plain_values(tmp_path) == []


def _refusing_once(read_only: object) -> object:
    refused: list[Path] = []

    def attempt(path: Path, *rest: object) -> object:
        if not refused:
            refused.append(path)
            error = sqlite3.OperationalError("unable to open")
            error.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
            raise error
        return read_only(path, *rest)  # type: ignore[operator]

    return attempt


def test_a_killed_run_keeps_all_that_was_reached_and_shows_none_of_it(tmp_path: Path) -> None:
    script = """
        import sys, time
        from pathlib import Path
        from meetbot.timeline import seal
        from meetbot.timeline.lesson import create_lesson
        from tests.sealed import ABOUT, PHRASE, observations
        seal.COST = 2**4
        lesson = create_lesson(Path(sys.argv[1]), ABOUT, {"every": "1.0"}, PHRASE)
        for observation in observations():
            lesson.add(observation)
        lesson.reached(19.0)
        print("written", flush=True)
        time.sleep(120)
    """
    work, temporary = tmp_path / "work", tmp_path / "temporary"
    work.mkdir()
    temporary.mkdir()
    run = [sys.executable, "-c", textwrap.dedent(script), str(work / "a.meetbot")]
    environment = {**os.environ, "TMPDIR": str(temporary), "SQLITE_TMPDIR": str(temporary)}
    root = Path(__file__).parents[2]
    with subprocess.Popen(run, stdout=subprocess.PIPE, env=environment, cwd=root) as process:
        assert process.stdout and process.stdout.readline() == b"written\n"
        os.kill(process.pid, signal.SIGKILL)
    assert (work / "a.meetbot-wal").stat().st_size > 0
    assert plain_values(tmp_path) == []
    with open_lesson(work / "a.meetbot", write=True, passphrase=PHRASE) as lesson:
        assert (len(list(lesson.each_reading_row())), lesson.facts()["read_until"]) == (40, "19.0")
        lesson.forget_after(9.0)
        lesson.add(face(10.0))
        lesson.reached(10.0)
    assert [file.name for file in work.iterdir()] == ["a.meetbot"]
    assert plain_values(tmp_path) == []
    with open_lesson(work / "a.meetbot", passphrase=PHRASE) as lesson:
        assert len(list(lesson.each_reading_row())) == 21


@pytest.mark.parametrize("phrase", ["correct horse ", "Correct horse", "x", "\N{LATIN SMALL LETTER E}\u0301"])
@pytest.mark.parametrize("write", [False, True])
def test_another_passphrase_is_refused_in_one_sentence(path: Path, phrase: str, write: bool) -> None:
    with pytest.raises(InputError, match=r"passphrase does not open .*a\.meetbot; type it again") as caught:
        open_lesson(path, passphrase=phrase, write=write)
    assert caught.value.exit_code == 3
    with open_lesson(path, passphrase=PHRASE, write=True) as lesson:  # no lock was left
        assert lesson.facts()["status"] == "finished"


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("DELETE FROM lock WHERE key = 'salt'", "what its key is made with can't be read"),
        ("UPDATE lock SET value = 9e999 WHERE key = 'cost'", "what its key is made with can't be read"),
        ("UPDATE sealed SET box = 'text' WHERE place = 1", "encrypted rows can't be understood"),
        ("UPDATE sealed SET box = 7 WHERE place = 0", "encrypted rows can't be understood"),
    ],
)
def test_damage_is_told_of_what_is_damaged(path: Path, statement: str, words: str) -> None:
    with closing(sqlite3.connect(path)) as file, file:
        file.execute(statement)
    with pytest.raises(InputError, match=f"is damaged: {words}"):
        open_lesson(path, passphrase=PHRASE)


def test_a_fault_of_loading_is_not_told_as_a_damaged_key(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(vault: Vault) -> None:
        raise KeyError("a fault of our own")

    monkeypatch.setattr(Vault, "load", faulty)
    with pytest.raises(KeyError, match="a fault of our own"):
        open_lesson(path, passphrase=PHRASE)


def test_a_passphrase_is_the_same_however_its_accents_are_typed(tmp_path: Path) -> None:
    with encrypted(tmp_path / "a.meetbot", "caf\N{LATIN SMALL LETTER E WITH ACUTE}"):
        pass
    with open_lesson(tmp_path / "a.meetbot", passphrase="cafe\u0301") as lesson:
        assert lesson.facts()["title"] == "Secret title"


def test_without_a_passphrase_it_is_said_what_is_missing(path: Path) -> None:
    with pytest.raises(InputError, match=f"a.meetbot is encrypted; give its passphrase, or set {VARIABLE}"):
        open_lesson(path)


def test_the_passphrase_comes_from_the_environment_or_is_asked_for(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []

    def ask(lesson: Path) -> str:
        asked.append(lesson)
        return PHRASE

    with asked_by(ask), open_lesson(path):
        assert asked == [path]
    monkeypatch.setenv(VARIABLE, PHRASE)
    with asked_by(ask), open_lesson(path):
        assert asked == [path]


def test_what_is_deleted_is_in_no_box_and_leaves_no_row(path: Path) -> None:
    before = len(boxes(path))
    with open_lesson(path, write=True, passphrase=PHRASE) as lesson:
        lesson.forget_after(4.0)
        lesson.scrub()
    assert len(boxes(path)) == before - 15
    with open_lesson(path, passphrase=PHRASE) as lesson:
        assert [row[0] for row in lesson.each_reading_row()] == [k // 2 for k in range(10)]


def test_two_writers_are_told_apart(tmp_path: Path) -> None:
    with (
        encrypted(tmp_path / "a.meetbot") as lesson,
        pytest.raises(OutputError, match="being written by another meetbot"),
    ):
        open_lesson(lesson.path, write=True, passphrase=PHRASE)


def test_it_can_be_read_while_it_is_written(tmp_path: Path) -> None:
    with encrypted(tmp_path / "a.meetbot") as lesson:
        lesson.add(face(20.0))
        with open_lesson(lesson.path, passphrase=PHRASE) as seen:
            assert len(list(seen.each_reading_row())) == 40
        assert len(list(lesson.each_reading_row())) == 41


def test_a_full_disk_keeps_what_was_written(tmp_path: Path) -> None:
    lesson = create_lesson(tmp_path / "a.meetbot", ABOUT, {}, PHRASE)
    assert lesson._sealed
    lesson._sealed.file.execute("PRAGMA max_page_count=30")  # SQLite's own full disk
    written = -1.0
    with pytest.raises(OutputError, match="disk is full"), lesson:
        for second in range(10_000):
            lesson.add(face(float(second)))
            lesson.reached(float(second))
            written = float(second)
    assert written > 10
    with open_lesson(lesson.path, passphrase=PHRASE) as kept:
        assert list(kept.each_reading_row())[-1][0] == written


@pytest.mark.parametrize("phrase", [None, PHRASE])
def test_every_file_of_a_lesson_is_its_owners_alone(tmp_path: Path, phrase: str | None) -> None:
    old = os.umask(0)
    try:
        with create_lesson(tmp_path / "a.meetbot", ABOUT, {}, phrase) as lesson:
            lesson.add(Reading(0.0, 1, "no_face"))
            lesson.reached(0.0)
            modes = {file.name: file.stat().st_mode & 0o777 for file in tmp_path.iterdir()}
    finally:
        os.umask(old)
    assert modes == {"a.meetbot": 0o600, "a.meetbot-wal": 0o600, "a.meetbot-shm": 0o600}


def test_a_copy_in_the_temporary_folder_is_its_owners_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_lesson(tmp_path / "a.meetbot", [face(0.0)])
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(schema, "_read_only", _refusing_once(schema._read_only))
    old = os.umask(0)
    try:
        with open_lesson(path):
            (copy,) = tmp_path.glob("meetbot-*/a.meetbot")
            assert (copy.stat().st_mode & 0o777, copy.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    finally:
        os.umask(old)


def test_a_plain_copy_of_an_encrypted_lesson_has_its_rows(path: Path, tmp_path: Path) -> None:
    """Rows of an older meetbot may be shorter than the table: what is new in it stays empty."""
    shutil.copy(path, tmp_path / "older.meetbot")
    with open_lesson(path, passphrase=PHRASE) as lesson:
        assert lesson._sealed
        old = lesson._sealed
        row = next(iter(lesson.each_still()))
        assert rows.still_row(row)[:3] == (2.0, "face", b"\xff\xd8jpegjpeg")
        group = next(group for group in old._places if group.table == "still")
        place = old._places[group]
        short = old.memory.execute("SELECT id, time, kind, jpeg FROM still").fetchall()
        old.memory.execute("DELETE FROM still")
        old._take(place, old._seal.close(place, _encoded(["still", group.key, short])))
        assert list(lesson.each_still()) == [Still(2.0, "face", b"\xff\xd8jpegjpeg", None)]
