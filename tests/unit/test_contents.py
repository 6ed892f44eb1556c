"""A lesson whose readings were changed after its end is told from the one that was read."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from meetbot.cli import app
from meetbot.forgetting import forget
from meetbot.narrowing import narrow_lesson
from meetbot.timeline import consent, contents, seal
from meetbot.timeline.lesson import create_lesson, open_lesson
from meetbot.types import About, Event
from tests.written import face


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return written(tmp_path / "a.meetbot")


def written(path: Path, phrase: str | None = None, finished: bool = True) -> Path:
    """A lesson of two, whose record holds what was read."""
    facts = {"every": "1.0", "policy": "full", "settings": "{}"}
    with create_lesson(path, About("A lesson", "sha256:1234"), facts, phrase) as lesson:
        consent.record(lesson, "notice", text="You are analysed.")
        lesson.add(Event(0.0, "joined", 1, "Ana"))
        lesson.add(Event(0.0, "joined", 2, "Ben"))
        for second in range(3):
            lesson.add(face(float(second), 1, "happy", (1.0 / 3.0, 0.1)))
            lesson.add(face(float(second), 2))
        lesson.reached(2.0)
        if finished:
            lesson.finish("finished", 3.0)
            contents.seal(lesson)
    return path


def changed(path: Path, statement: str) -> Path:
    with closing(sqlite3.connect(path)) as file, file:
        assert file.execute(statement).rowcount == 1
    return path


def holds(path: Path, phrase: str | None = None) -> bool | None:
    with open_lesson(path, passphrase=phrase) as lesson:
        consent.verify(lesson)
        return contents.hold(lesson)


def test_a_lesson_that_was_left_alone_holds_what_its_record_says(path: Path) -> None:
    assert holds(path) is True
    with open_lesson(path, write=True) as lesson:  # names and roles may come later
        lesson.name_seat(2, "Benjamin")
        lesson.set_role(1, "teacher")
        lesson.note(keep_until="2030-01-01T00:00:00+00:00")
    assert holds(path) is True


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reading SET yaw = 0.4 WHERE seat = 1 AND time = 1",
        "DELETE FROM reading WHERE seat = 2 AND time = 2",
        "UPDATE event SET text = 'Bea' WHERE seat = 2",
        "UPDATE lesson SET value = 'cues' WHERE key = 'policy'",
        "UPDATE lesson SET value = '4.0' WHERE key = 'duration'",
        "INSERT INTO class_minute VALUES (0, 60, 5, '{}')",
    ],
)
def test_whatever_is_changed_is_noticed_though_the_record_itself_holds(path: Path, statement: str) -> None:
    assert holds(changed(path, statement)) is False


def test_an_encrypted_lesson_holds_it_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seal, "COST", 2**4)
    assert holds(written(tmp_path / "a.meetbot", "a phrase"), "a phrase") is True


def test_of_an_unfinished_lesson_nothing_is_said(tmp_path: Path) -> None:
    path = written(tmp_path / "a.meetbot", finished=False)
    assert holds(path) is None
    forget(path, "Ana")
    narrow_lesson(path, "cues")
    assert holds(path) is None


def test_what_is_erased_or_narrowed_is_recorded_anew(path: Path) -> None:
    with open_lesson(path) as lesson:
        (old,) = (entry.text or "" for entry in consent.entries(lesson) if entry.kind == contents.KIND)
    forget(path, "Ana")
    assert holds(path) is True
    assert old.encode() not in path.read_bytes()  # it was made with the person
    narrow_lesson(path, "cues")
    assert holds(path) is True
    narrow_lesson(path, "eu-education")
    assert holds(path) is True
    with open_lesson(path) as lesson:
        kinds = [entry.kind for entry in consent.entries(lesson) if entry.kind != "erased"]
    assert kinds == ["notice", "contents", "narrowed", "contents", "narrowed", "contents"]


def test_of_a_class_no_digest_of_what_single_people_showed_is_kept(path: Path) -> None:
    narrow_lesson(path, "class")
    assert holds(path) is True
    with open_lesson(path) as lesson:
        kinds = [entry.kind for entry in consent.entries(lesson)]
    assert kinds == ["notice", "erased", "erased", "narrowed", "contents"]


def test_neither_erasing_nor_narrowing_makes_good_what_was_changed(path: Path) -> None:
    changed(path, "UPDATE reading SET yaw = 0.4 WHERE seat = 1 AND time = 1")
    forget(path, "Ben")
    assert holds(path) is False
    narrow_lesson(path, "cues")
    assert holds(path) is False


def test_the_command_says_so(path: Path) -> None:
    done = CliRunner().invoke(app, ["verify", str(path)])
    assert done.exit_code == 0 and "are those that the record was made with" in done.stdout
    assert "readings, events and policy recorded\n" in done.stdout
    done = CliRunner().invoke(app, ["verify", str(written(path.with_name("b.meetbot"), finished=False))])
    assert done.exit_code == 0 and "not in this record" in done.stdout
    assert "The record holds: 1 entry, none" in done.stdout
    changed(path, "DELETE FROM reading WHERE seat = 2 AND time = 2")
    failed = CliRunner().invoke(app, ["verify", str(path), "--json"]).exception
    assert getattr(failed, "exit_code", 0) == 3 and "are not those that its record" in str(failed)
