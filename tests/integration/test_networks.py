"""Networks are loaded once by whoever reads several recordings, and nothing of one goes into the next."""

import shutil
from pathlib import Path
from typing import Any
from weakref import ref

import pytest

from meetbot import open_lesson, pipeline
from meetbot.conclude import Outcome, conclude
from meetbot.networks import Networks
from meetbot.pipeline import Plan, analyze_recording
from tests.media import Video, write_clip
from tests.portraits import portrait, scaled

PLAN = Plan(lang="en", slides=False)


@pytest.fixture
def recordings(recording: Path, tmp_path: Path) -> list[Path]:
    """The class, one person alone, and the class again."""
    large = scaled(portrait("collins"), 0.8)
    alone = write_clip(tmp_path / "alone.mp4", Video(lambda time: large, [0.5 * k for k in range(8)], rate=2))
    return [recording, alone, Path(shutil.copy(recording, tmp_path / "again.mp4"))]


def seen(recording: Path, out: Path, networks: Networks) -> object:
    """Everything that a lesson of the recording holds."""
    outcome = analyze_recording(recording, PLAN, out, networks=networks)
    with open_lesson(outcome.lesson) as lesson:
        readings, events = list(lesson.each_reading()), list(lesson.each_event())
        assert readings
        return readings, events, list(lesson.each_layout()), lesson.seats()


def test_nothing_of_one_recording_goes_into_the_next(recordings: list[Path], tmp_path: Path) -> None:
    shared = Networks()
    after_each_other = [seen(one, tmp_path / "shared", shared) for one in recordings]
    assert after_each_other == [seen(one, tmp_path / "own", Networks()) for one in recordings]


def test_networks_are_loaded_once_for_several_recordings(
    recordings: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    networks = Networks()
    first = seen(recordings[0], tmp_path / "first", networks)
    for loader in ("faces.network.Interpreter", "faces.detector.Interpreter", "gallery.labels._session"):
        monkeypatch.setattr(f"meetbot.{loader}", None)  # nothing can be loaded any more
    assert seen(recordings[2], tmp_path / "second", networks) == first


def test_networks_of_one_recording_take_no_memory_beside_its_figures(
    recordings: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Watched(Networks):
        def __init__(self) -> None:
            super().__init__()
            loaded.append(ref(self))

    def concluded(*given: Any, **more: Any) -> Outcome:
        there.append(loaded[0]() is not None)
        return conclude(*given, **more)

    loaded: list[ref[Networks]] = []
    there: list[bool] = []
    monkeypatch.setattr(pipeline, "Networks", Watched)
    monkeypatch.setattr(pipeline, "conclude", concluded)
    analyze_recording(recordings[0], PLAN, tmp_path / "own")
    assert there == [False]
