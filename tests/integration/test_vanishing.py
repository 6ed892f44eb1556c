"""A disk that goes while a recording is read from it: the lesson stays unfinished, and is carried on with."""

import errno
from pathlib import Path

import pytest

from meetbot import cli, open_lesson, pipeline
from meetbot.errors import InputError
from meetbot.many.order import Order
from meetbot.many.segment import Stretch, read_stretch
from meetbot.many.work import read_recording
from meetbot.networks import Networks
from meetbot.pipeline import Plan, analyze_recording, unwatched
from meetbot.timeline.lesson import Lesson
from meetbot.types import About, Observation
from tests.vanishing import Vanishing

ABOUT = About("class", "")
PLAN = Plan(every=0.25, lang="en")


def content(lesson: Lesson) -> list[Observation]:
    return [*lesson.each_reading(), *lesson.each_event(), *lesson.each_still(), *lesson.each_layout()]


@pytest.mark.parametrize("error", [errno.EIO, errno.ESTALE])
def test_the_same_command_carries_on_when_the_disk_is_back(
    error: int, recording: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Vanishing(monkeypatch, error)
    with pytest.raises(InputError, match="the same command carries on"):
        analyze_recording(recording, PLAN, tmp_path, watch=disk.after(1))
    with open_lesson(tmp_path / "class.meetbot") as lesson:
        assert lesson.facts()["status"] == "interrupted"
        assert 0 < float(lesson.facts()["read_until"]) < 11
    disk.gone = False
    assert analyze_recording(recording, PLAN, tmp_path).news == "continued"
    analyze_recording(recording, PLAN, tmp_path / "whole")
    with (
        open_lesson(tmp_path / "class.meetbot") as lesson,
        open_lesson(tmp_path / "whole/class.meetbot") as whole,
    ):
        assert lesson.facts()["status"] == "finished"
        assert not [one for one in lesson.each_event() if one.kind == "warning"]
        assert content(lesson) == content(whole)


def test_the_command_says_so_in_a_sentence(
    recording: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    disk, marked = Vanishing(monkeypatch, errno.ENOTCONN), pipeline.marked
    monkeypatch.setattr(pipeline, "marked", lambda seen, lesson: marked(disk.after(1)(seen, ABOUT), lesson))
    monkeypatch.setattr(
        "sys.argv", ["meetbot", "analyze", str(recording), "--out", str(tmp_path), "-q", "--every", "0.25"]
    )
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 3
    said = capfd.readouterr().err
    assert said.startswith(f"meetbot: {recording} can't be read: ") and said.count("\n") == 1


def test_a_worker_leaves_what_it_read_too(
    recording: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Vanishing(monkeypatch, errno.ESTALE)
    order = Order(recording, PLAN, tmp_path)
    monkeypatch.setattr("meetbot.many.work.watching", lambda order, piece=0: disk.after(1))
    assert isinstance(read_recording(order), InputError)
    with open_lesson(tmp_path / "class.meetbot") as lesson:
        assert lesson.facts()["status"] == "interrupted"
    disk.gone = False
    with pytest.raises(InputError, match="the same command carries on"):
        read_stretch(order, Stretch(None, None), Networks(), disk.after(1))
    monkeypatch.setattr("meetbot.many.work.watching", lambda order, piece=0: unwatched)
    disk.gone = False
    outcome = read_recording(Order(recording, PLAN, tmp_path))
    assert not isinstance(outcome, Exception) and outcome.news == "continued"
