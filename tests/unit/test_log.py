"""A log says what ran and what went wrong; of people it says what the policy lets it say."""

import json
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from meetbot.cli import app
from meetbot.cli.logs import logged
from meetbot.conclude import Outcome, conclude
from meetbot.errors import InputError, Interrupted, UsageError
from meetbot.log import LONGEST_LINE, LONGEST_TEXT, Log
from meetbot.policy import CLASS, CUES, FULL, Policy
from meetbot.privacy import privacy
from meetbot.timeline.lesson import open_lesson
from meetbot.types import About, Event, Instant
from tests import lessons
from tests.commands import meetbot
from tests.sealed import PHRASE
from tests.sealed import encrypted as sealed

EVENTS = (
    Event(1.0, "joined", 1, "Ada"),
    Event(2.0, "gap", None, "wss://school.example/Ada was away"),
    Event(3.0, "warning", None, "ada.mp4 is damaged"),
)


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def unwatched(instants: Iterable[Instant], about: About) -> Iterator[Instant]:
    yield from instants


def lesson(log: Log) -> None:
    """A lesson of three minutes in which something happens, and its end."""
    log.input(1, Path("/home/ada/ada.mp4"))
    instants = [Instant(float(second), (), EVENTS if second == 3 else ()) for second in range(180)]
    assert len(list(log.watching(unwatched)(instants, About("Ada", "1")))) == 180
    log.read(lessons.class_of(3))
    log.failed(InputError("/home/ada/ada.mp4 can't be read."))


def written(folder: Path, policy: Policy) -> list[dict[str, Any]]:
    with Log(folder / "log.jsonl", policy) as log:
        lesson(log)
    return lines(folder / "log.jsonl")


def test_each_line_is_an_object_with_time_level_and_event(tmp_path: Path) -> None:
    found = written(tmp_path, FULL)
    assert all({"time", "level", "event"} <= set(line) for line in found)
    told = [(line["level"], line["event"]) for line in found]
    assert told == [
        ("info", "input"), ("info", "reached"),
        ("info", "joined"), ("warning", "gap"), ("warning", "warning"),
        ("info", "reached"), ("info", "reached"), ("info", "read"), ("error", "failed"),
    ]  # fmt: skip
    assert [line["at"] for line in found if line["event"] == "reached"] == [0.0, 60.0, 120.0]
    assert found[-1] | {"time": ""} == {
        "time": "", "level": "error", "event": "failed", "kind": "InputError", "code": 3, "where": "",
        "text": "/home/ada/ada.mp4 can't be read.",
    }  # fmt: skip


@pytest.mark.parametrize(("policy", "seats"), [(CUES, True), (CLASS, False)])
def test_without_names_there_are_no_files_addresses_or_words_either(
    tmp_path: Path, policy: Policy, seats: bool
) -> None:
    found = written(tmp_path, policy)
    text = (tmp_path / "log.jsonl").read_text(encoding="utf-8").lower()
    assert "ada" not in text and "school" not in text and '"text"' not in text
    assert ("joined" in [line["event"] for line in found]) is seats
    assert any("seat" in line or "seats" in line for line in found) is seats
    assert found[-1]["kind"] == "InputError"


def test_full_tells_names(tmp_path: Path) -> None:
    text = json.dumps(written(tmp_path, FULL))
    assert "/home/ada/ada.mp4" in text and '"text": "Ada"' in text


def test_lines_are_added_and_the_file_is_the_owners(tmp_path: Path) -> None:
    first = len(written(tmp_path, FULL))
    assert len(written(tmp_path, CUES)) == 2 * first
    assert stat.S_IMODE((tmp_path / "log.jsonl").stat().st_mode) == 0o600


def test_a_message_has_a_limit(tmp_path: Path) -> None:
    with Log(tmp_path / "log.jsonl", FULL) as log:
        log.write("info", "warning", text="\N{GRINNING FACE}" * 10_000)
        log.write("info", "warning", **{f"field{k}": "x" * 400 for k in range(20)})
    first, second = (tmp_path / "log.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(json.loads(first).get("text", "")) <= LONGEST_TEXT
    assert max(len(first), len(second)) <= LONGEST_LINE and json.loads(second)["cut"]


def test_no_text_makes_a_line_of_its_own(tmp_path: Path) -> None:
    with Log(tmp_path / "log.jsonl", FULL) as log:
        log.write("info", "joined", text='x\n{"event": "forged"}\u2028\ud83d')
    assert len(lines(tmp_path / "log.jsonl")) == 1


def test_an_error_that_ends_the_command_is_told_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(UsageError), Log(tmp_path / "log.jsonl", CUES):
        Log(tmp_path, CUES)
    (line,) = lines(tmp_path / "log.jsonl")
    assert line["kind"] == "UsageError" and line["where"].startswith("log.py:")


def test_an_interruption_is_no_error(tmp_path: Path) -> None:
    with Log(tmp_path / "log.jsonl", CUES) as log:
        log.failed(Interrupted("Stopped."))
    assert [(line["level"], line["code"]) for line in lines(tmp_path / "log.jsonl")] == [("info", 130)]


@pytest.mark.parametrize("what", ["folder", "missing/log.jsonl", "recording.mp4", "pipe"])
def test_a_log_that_can_not_be_kept_is_refused_at_the_start(tmp_path: Path, what: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "recording.mp4").write_bytes(b"\x00\x00 ftyp")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UsageError, match=r"(can't be written|no log of meetbot|no plain file)"):
        Log(tmp_path / what, FULL)
    assert (tmp_path / "recording.mp4").read_bytes() == b"\x00\x00 ftyp"


def test_beside_a_lesson_of_pseudonyms_or_an_encrypted_one_the_log_names_nobody(tmp_path: Path) -> None:
    with logged(tmp_path / "log.jsonl", "analyze", FULL, names=False) as log:
        lesson(log)
    assert "ada" not in (tmp_path / "log.jsonl").read_text(encoding="utf-8").lower()
    assert privacy(names="alias").hides_names and privacy(passphrase="a phrase").hides_names
    assert not privacy(keep="30d").hides_names


@pytest.mark.parametrize("error", [None, InputError("/home/ada/ada.mp4 can't be read.")])
def test_an_encrypted_lesson_that_is_carried_on_with_unasked_is_named_nowhere_and_its_report_is_warned_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: InputError | None
) -> None:
    monkeypatch.setattr("meetbot.timeline.seal.COST", 2**4)
    for name in ("ada.mp4", "ben.mp4"):
        (tmp_path / name).write_bytes(b"nothing")
    sealed(tmp_path / "ada.meetbot").close()

    def read(path: Path, *rest: object) -> Outcome:
        if error:
            raise error
        with open_lesson(tmp_path / "ada.meetbot", passphrase=PHRASE, write=True) as lesson:
            done = conclude(lesson, (), None, "continued")
        return done._replace(encrypted=done.encrypted and path.name == "ada.mp4")

    monkeypatch.setattr("meetbot.pipeline.analyze_recording", read)
    log = tmp_path / "log.jsonl"
    paths = [str(tmp_path / "ada.mp4"), str(tmp_path / "ben.mp4")]
    done = CliRunner().invoke(app, ["analyze", *paths, "--log-file", str(log)])
    first, second = log.read_text(encoding="utf-8").split('"number": 2')
    assert '"number": 1' in first and "ada.m" not in first and "ben.mp4" in second
    assert ("ada.mp4 can't be read" in second) is bool(error)  # of a plain lesson words may stand there
    assert done.stderr.count("the lesson is encrypted, ") == (0 if error else 1)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
def test_a_log_that_breaks_off_costs_nothing_and_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with logged(Path("/dev/full"), "analyze", FULL) as log:
        lesson(log)
    assert "/dev/full broke off (No space left on device); what was read is whole" in capsys.readouterr().err


def test_without_a_file_nothing_is_written_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with logged(None, "analyze", FULL) as log:
        lesson(log)
    assert list(tmp_path.iterdir()) == []


def test_analyze_keeps_a_log(tmp_path: Path) -> None:
    (tmp_path / "ada.mp4").write_bytes(b"nothing")
    log = tmp_path / "log.jsonl"
    done = meetbot("analyze", tmp_path / "ada.mp4", "--log-file", log, "--policy", "cues")
    assert done.code == 3
    assert [line["event"] for line in lines(log)] == ["begun", "input", "failed", "ended"]
    assert lines(log)[0]["policy"] == "cues" and "ada" not in log.read_text(encoding="utf-8")
