"""Who asks what is kept about them gets all of it, and nothing of anybody else."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from meetbot.cli import app
from meetbot.errors import UsageError
from meetbot.forgetting import forget
from meetbot.purge import _is_json
from meetbot.timeline import consent
from meetbot.timeline.disclosure import disclose
from meetbot.timeline.export import exports_beside
from meetbot.timeline.lesson import create_lesson, open_lesson
from meetbot.types import About, Event, Still
from tests.written import face


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Ana and Ben were there; Zoë was to be left out, and never came."""
    facts = {"every": "1.0", "policy": "full", "roster": '["Ana", "Ben"]', "copies": '["/home/me/a.html"]'}
    with create_lesson(tmp_path / "a.meetbot", About("Logic", "sha256:1"), facts) as lesson:
        consent.record(lesson, "notice", text="You are analysed.")
        consent.record(lesson, "excluded", text="Zoë")
        for seat, name in ((1, "Ana"), (2, "Ben")):
            lesson.add(Event(0.0, "joined", seat, name))
            consent.record(lesson, "told", 0.0, seat, name)
            lesson.add(Still(1.0, "face", name.encode(), seat))
        lesson.add(Event(2.0, "warning", None, "Ana and Ben showed one name; Zoë did not."))
        for second in range(3):
            lesson.add(face(float(second), 1, "happy"))
            lesson.add(face(float(second), 2, "sad"))
        lesson.reached(2.0)
        lesson.finish("finished", 3.0)
    return tmp_path / "a.meetbot"


def told(path: Path, name: str) -> dict[str, Any]:
    with open_lesson(path) as lesson:
        made = disclose(lesson, name, path.parent)
    assert made.stat().st_mode & 0o777 == 0o600
    text = made.read_text("utf-8")
    assert "/home/me" not in text
    found: dict[str, Any] = json.loads(text)
    return found


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, ["export", *map(str, words)])


def test_it_is_all_of_one_person_and_nothing_of_the_others(path: Path) -> None:
    found = told(path, "ana")
    assert "Ben" not in str(found) and "Zo" not in str(found)
    assert (found["person"], found["lesson"]["title"]) == ("Ana", "Logic")
    (seat,) = found["seats"]
    assert (seat["name"], seat["first_seen"], seat["last_seen"]) == ("Ana", 0.0, 2.0)
    assert [row["time"] for row in found["readings"]] == [0.0, 1.0, 2.0]
    assert {row["mood"] for row in found["readings"]} == {"happy"}
    assert [box[0] for box in found["boxes"]] == [0.0, 1.0, 2.0]
    assert [(entry["kind"], entry["text"]) for entry in found["consent"]] == [
        ("notice", "You are analysed."),
        ("told", "Ana"),
    ]
    assert [event["text"] for event in found["events"]] == [
        "Ana",
        "Ana and (another person) showed one name; (another person) did not.",
    ]
    assert [base64.b64decode(picture["jpeg"]) for picture in found["pictures"]] == [b"Ana"]


def test_whoever_was_only_left_out_is_told_that(path: Path) -> None:
    found = told(path, "ZOË")
    assert [entry["kind"] for entry in found["consent"]] == ["notice", "excluded"]
    assert (found["seats"], found["readings"], found["boxes"], found["pictures"]) == ([], [], [], [])
    assert exports_beside(path) == [path.with_name("a.person.json")]


def test_it_is_found_again_when_the_person_is_forgotten_and_the_lesson_deleted(path: Path) -> None:
    for name in ("Ana", "Ben"):
        told(path, name)
    (path.parent / "a.person-x.json").touch()
    made = [path.with_name(f"a.person-{seat}.json") for seat in (1, 2)]
    assert exports_beside(path) == made and all(map(_is_json, made))
    assert forget(path, "Ana").copies == (made[0],)


def test_of_a_class_as_a_whole_there_is_nothing_to_tell(tmp_path: Path) -> None:
    create_lesson(tmp_path / "c.meetbot", About("Logic", "1"), {"policy": "class"}).close()
    with open_lesson(tmp_path / "c.meetbot") as lesson, pytest.raises(UsageError, match="no single person"):
        disclose(lesson, "Ana", tmp_path)


def test_the_command_names_the_file_and_writes_json_only(path: Path) -> None:
    done = run(path, "--person", "Seat 2")
    assert (done.exit_code, done.stdout) == (0, f"export: {path.with_name('a.person-2.json')}\n")
    failed = run(path, "--person", "Ben", "--format", "csv").exception
    assert getattr(failed, "exit_code", 0) == 2 and "written as json" in str(failed)
    assert run(path, "--person", "Nobody").exit_code != 0
    assert run(path).stdout == f"export: {path.with_name('a.readings.csv')}\n"
