"""A recording that is read in several goes gives what it gives in one: readings, events, stills."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from meetbot import open_lesson
from meetbot.errors import Interrupted
from meetbot.gallery.split import GallerySplitter
from meetbot.pipeline import Plan, analyze_recording
from meetbot.privacy import privacy
from meetbot.types import About, Event, Face, Frame, Instant, Observation, Still, Tile
from tests.galleries import lesson as gallery
from tests.galleries import record
from tests.requires import require_extra

PLAN = Plan(lang="en")


class Until:
    """Looks on, and stops it behind an instant."""

    def __init__(self, last: float) -> None:
        self._last = last

    def __call__(self, instants: Iterable[Instant], about: About) -> Iterator[Instant]:
        for instant in instants:
            if instant.time > self._last:
                raise KeyboardInterrupt
            yield instant


def in_one_go(path: Path, plan: Plan, out: Path) -> Sequence[Observation]:
    lesson = analyze_recording(path, plan, out).lesson
    with open_lesson(lesson) as opened:
        return [*opened.each_event(), *opened.each_reading(), *opened.each_still()]


def in_several(path: Path, plan: Plan, out: Path, *stops: float) -> Sequence[Observation]:
    for last in stops:
        with pytest.raises(Interrupted):
            analyze_recording(path, plan, out, watch=Until(last))
    return in_one_go(path, plan, out)


def test_several_stops_change_nothing_of_a_lesson_with_slides(tmp_path: Path) -> None:
    """Beside a shared screen people change places at 9 and 22 s, which moves the screen too."""
    shared = gallery(1, 50.0, 3, size=(1280, 720), kind="right", count=5)
    path = record(tmp_path / "class.mp4", shared, 1.0, "ultrafast")
    plan = replace(PLAN, every=2.0, thumbnails=True)
    whole = in_one_go(path, plan, tmp_path / "whole")
    assert {one.kind for one in whole if isinstance(one, Still)} == {"slide", "face"}
    assert in_several(path, plan, tmp_path, 4.0, 16.0, 22.0) == whole


def test_the_layouts_around_somebody_who_is_left_out_are_those_of_one_go(tmp_path: Path) -> None:
    require_extra("names")
    shared = gallery(1, 30.0, 3, size=(1280, 720), kind="right", count=5)
    path = record(tmp_path / "class.mp4", shared, 1.0, "ultrafast")
    with open_lesson(analyze_recording(path, replace(PLAN, every=2.0), tmp_path / "seen").lesson) as lesson:
        somebody = next(seat.name for seat in lesson.seats() if seat.name)
    plan = replace(PLAN, every=2.0, privacy=privacy(exclude=(somebody,)))
    whole = in_one_go(path, plan, tmp_path / "whole")
    assert in_several(path, plan, tmp_path, 4.0, 16.0, 22.0) == whole
    layouts = []
    for folder in (tmp_path / "whole", tmp_path):
        with open_lesson(folder / "class.meetbot") as lesson:
            layouts.append(list(lesson.each_layout()))
    assert layouts[0] == layouts[1] and len(layouts[0]) > 1


@pytest.mark.parametrize(("every", "stop"), [(0.7, 4.2), (0.1, 0.3)])
def test_nobody_joins_again_whatever_the_grid_of_instants(
    every: float, stop: float, recording: Path, tmp_path: Path
) -> None:
    plan = replace(PLAN, every=every)
    seen = (
        in_several(recording, plan, tmp_path, stop)
        if every > 0.5
        else in_several(recording, plan, tmp_path, stop, 0.6)
    )
    joined = [one.seat for one in seen if isinstance(one, Event) and one.kind == "joined"]
    assert joined == list(range(1, 10))


def test_nobody_joins_again_after_a_stop_while_the_layout_moved(
    recording: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    split = GallerySplitter.__call__

    def moving(splitter: GallerySplitter, frame: Frame, faces: Sequence[Face]) -> Sequence[Tile] | None:
        return None if frame.time in (4.0, 5.0) else split(splitter, frame, faces)

    monkeypatch.setattr(GallerySplitter, "__call__", moving)
    whole = in_one_go(recording, PLAN, tmp_path / "whole")
    assert in_several(recording, PLAN, tmp_path, 4.0, 5.0, 7.0) == whole
