"""An erasure that is stopped, killed, watched, encrypted or pinned: the person is as before, or gone."""

import os
import signal
import sqlite3
import warnings
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from meetbot import conclude, forgetting
from meetbot.errors import OutputError, UsageError
from meetbot.forgetting import forget
from meetbot.timeline import erasure, schema, seal
from meetbot.timeline.lesson import Lesson, open_lesson
from tests.forgotten import copied, left_of_her, write


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a finished lesson with its report."""
    return write(tmp_path_factory.mktemp("written") / "a.meetbot").parent


@pytest.fixture
def path(written: Path, tmp_path: Path) -> Path:
    """A copy to erase from."""
    return copied(written, tmp_path / "lesson")


@pytest.mark.parametrize("step", ["scrub", "report", "finish"])
def test_an_erasure_that_was_stopped_is_completed_by_the_same_command(
    path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    where = {"scrub": Lesson, "report": forgetting, "finish": erasure}[step]
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(where, step, stop)
        forget(path, "Wilhelmina")
    done = forget(path, "Wilhelmina")
    assert (done.person, done.completed) == (None, "Seat 2")
    assert left_of_her(path.parent) == []
    with pytest.raises(UsageError, match="Nobody"):
        forget(path, "Wilhelmina")


def test_somebody_else_can_be_erased_after_an_erasure_was_stopped(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch, pytest.raises(KeyError):
        patch.setattr(forgetting, "report", lambda lesson, figures: lesson.facts()["no such"])
        forget(path, "Wilhelmina")
    done = forget(path, "Ben")
    assert (done.completed, done.person) == ("Seat 2", erasure.Person(3, "Ben"))
    with open_lesson(path) as lesson:
        assert [seat.shown for seat in lesson.seats()] == ["Ana"]


@pytest.mark.parametrize("left", [2, 9, 12, 13, 14, 15])
def test_killed_at_any_moment_the_person_is_there_or_gone(
    written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, left: int
) -> None:
    path = copied(written, tmp_path / "killed")

    def counted(method: Callable[..., object]) -> Callable[..., object]:
        def call(*given: object) -> object:
            nonlocal left
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return method(*given)

        return call

    for name in ("change", "commit", "scrub", "_commit"):
        monkeypatch.setattr(Lesson, name, counted(getattr(Lesson, name)))
    monkeypatch.setattr(forgetting, "report", counted(conclude.report))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of forking beside other threads, which the child does not need
        child = os.fork()
    if child == 0:
        with suppress(BaseException):
            forget(path, "Wilhelmina")
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == -signal.SIGKILL
    monkeypatch.undo()
    with open_lesson(path) as lesson:
        here = {row[1] for row in lesson.each_reading_row()}, [seat.id for seat in lesson.seats()]
    assert here in (({1, 2, 3}, [1, 2, 3]), ({1, 3}, [1, 3]))
    with suppress(UsageError):  # killed after all was done
        forget(path, "Wilhelmina")
    assert left_of_her(path.parent) == []


def test_a_reader_that_holds_the_lesson_open_is_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "LOCK_PATIENCE", 0.1)
    with closing(sqlite3.connect(path)) as reader:
        with open_lesson(path, write=True) as writer:
            writer.note(x="y")
            writer.commit()
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM reading").fetchall()
        with pytest.raises(OutputError, match="being read by another program"):
            forget(path, "Wilhelmina")
        reader.rollback()
    assert forget(path, "Wilhelmina").completed == "Seat 2"
    assert left_of_her(path.parent) == []


def test_an_encrypted_lesson_forgets_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seal, "COST", 2**4)
    monkeypatch.setenv("MEETBOT_PASSPHRASE", "a phrase")
    path = write(tmp_path / "a.meetbot", "a phrase")
    assert left_of_her(tmp_path, "a.html") == []
    forget(path, "Wilhelmina")
    with open_lesson(path) as lesson:
        assert {row[1] for row in lesson.each_reading_row()} == {1, 3}
        assert [seat.name for seat in lesson.seats()] == ["Ana", "Ben"]
    assert left_of_her(tmp_path) == []


def test_under_a_pin_that_forbids_the_report_the_old_one_is_deleted(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pin = tmp_path / "pin" / "meetbot.toml"
    pin.parent.mkdir()
    pin.write_text('policy = "cues"\n')
    monkeypatch.setattr("meetbot.folders.system_file", lambda: pin)
    done = forget(path, "Wilhelmina")
    assert (done.report, done.removed) == (None, path.with_suffix(".html"))
    assert not path.with_suffix(".html").exists()
    assert path.exists()
