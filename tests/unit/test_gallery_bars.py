"""What the gallery's benchmark reads, groups and holds against its bars."""

import json
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from benchmarks._bars import at_most, share_at_least, show
from benchmarks.galleries import foreign, labels, lessons, stills
from benchmarks.galleries.labels import Named
from benchmarks.galleries.lessons import Lesson
from benchmarks.galleries.stills import Still
from meetbot.errors import InputError
from meetbot.types import Image
from tests.galleries import draw, scene, truth
from tests.galleries.alarms import Alarms
from tests.galleries.scenes import Scene, State
from tests.galleries.score import Shown, Tally, shown
from tests.galleries.seating import Seating
from tests.galleries.speech import Heard
from tests.galleries.styles import HARBOUR, MEET
from tests.galleries.write import write_both

ONE_RIGHT = Tally(4, 4, 4, 1, 1)
GOOD = Still("zoom", (1920, 1080), "grid", 2, 4, frozenset(), ONE_RIGHT, 0.02)
BAD = replace(GOOD, style="meet", kind="left", gap=9, tally=Tally(1, 4, 4, 1, 0), hard=frozenset({"panel"}))


def two_layouts() -> Scene:
    """Four people, of whom one leaves after four of eight seconds."""
    made = scene(7, MEET, (320, 180), "grid", 4)
    state = replace(made.states[0], off=frozenset(range(4)))
    later = State(4.0, "grid", (0, 1, 2), state.off, flow=1.0, cause="leave")
    return replace(made, states=(state, later), speeches=(), duration=8.0)


def test_a_recording_is_looked_at_within_each_layout_and_not_while_it_moves(tmp_path: Path) -> None:
    made = two_layouts()
    told = truth(made)
    path = write_both(tmp_path, "two", made, rate=2.0)
    seen = list(foreign.looks(path, told))
    assert [len(layout["tiles"]) for _, layout in seen] == [4, 4, 4, 3, 3, 3]
    for (picture, _), time in zip(seen, (1.0, 2.0, 3.5, 5.5, 6.5, 7.5), strict=True):
        assert np.abs(picture.astype(int) - draw(made, time)).mean() < 12


def test_a_folder_is_scored_file_by_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = scene(7, MEET, (320, 180), "grid", 4)
    told = truth(made)
    cv2.imwrite(str(tmp_path / "shot.png"), draw(made, 0.0))
    cv2.imwrite(str(tmp_path / "untold.png"), draw(made, 0.0))
    (tmp_path / "shot.json").write_text(json.dumps(told), encoding="utf-8")

    def all_but_one(picture: Image) -> tuple[list[Shown], float]:
        assert picture.shape == (180, 320, 3)
        return shown(told["layouts"][0])[1:], 0.5

    monkeypatch.setattr(foreign, "find", all_but_one)
    [given] = foreign.measure(tmp_path)
    assert given[:3] == ("shot.png", Tally(3, 3, 4, 1, 0), 0.5)
    assert (given.noticed.samples, given.seated.readings) == (0, 0)


def test_a_foreign_recording_is_followed_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_both(tmp_path, "two", two_layouts(), rate=1.0)
    told = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    bare = {"size": told["size"], "layouts": told["layouts"]}
    path.with_suffix(".json").write_text(json.dumps(bare), encoding="utf-8")
    monkeypatch.setattr(foreign, "find", lambda picture: ([], 0.5))
    [given] = foreign.measure(tmp_path)
    assert (given.noticed.true, given.noticed.samples) == (1, 8)


def test_a_truth_without_events_has_a_reflow_where_another_layout_begins() -> None:
    told = truth(two_layouts())
    before, after = told["layouts"]
    same = {**after, "from": 8.0, "to": 9.0}
    completed = foreign.completed({"size": told["size"], "layouts": [before, after, same]})
    assert [(event["time"], event["moved"]) for event in completed["events"]] == [(4.0, True)]
    assert foreign.completed(told)["moving"] == told["moving"]


def test_a_picture_that_can_not_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "shot.png").write_bytes(b"no picture")
    with pytest.raises(InputError, match=r"shot\.png is no picture"):
        list(foreign.looks(tmp_path / "shot.png", {"layouts": [{}]}))


def test_a_share_below_its_bar_is_missed(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        share_at_least("tiles", 0.98, 0.975, 40),
        share_at_least("layouts", 0.8, 0.88, 10),
        share_at_least("of nothing", 0.0, 0.9, 0),
        at_most("time", 61.0, 60, "ms"),
    ]
    assert show(rows) == ["layouts", "time"]
    lines = capsys.readouterr().out.splitlines()
    assert "80.0% of 10" in lines[1] and lines[1].endswith("MISSED")
    assert "not measured" in lines[2] and not lines[2].endswith("MISSED")


def test_bars_look_at_the_pictures_they_are_about() -> None:
    rows = {bar.claim: bar for bar in stills.bars([GOOD, BAD])}
    assert rows["tiles, recall"].measured == "62.5% of 8"
    assert rows["Zoom, gaps of 0-3 px, recall"].measured == "100.0% of 4"
    assert rows["stage and filmstrip, whole layout"].measured == "0.0% of 1"
    assert rows["one detection at 1080p"].measured == "20 CPU ms"


def test_unseen_styles_are_in_no_bar_but_in_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    rows = {bar.claim: bar for bar in stills.bars([GOOD, replace(BAD, style=HARBOUR.name)])}
    assert rows["whole layout right"].measured == "100.0% of 1"
    stills.tables([GOOD, replace(BAD, style=HARBOUR.name)])
    lines = {line.split("  ")[0]: line for line in capsys.readouterr().out.splitlines()}
    assert lines["unseen styles"].split()[2:4] == ["1", "4"]


def test_lessons_and_names_of_unseen_styles_are_in_no_bar(capsys: pytest.CaptureFixture[str]) -> None:
    usual = Lesson(
        1, "meet", Alarms(9, 10, 0, 600), Alarms(8, 10, 3, 600), Seating(500, 2, 9, 9), Heard(), 0.3
    )
    apart = replace(usual, style=HARBOUR.name, noticed=Alarms(0, 10, 60, 600))
    rows = {bar.claim: bar for bar in lessons.bars([usual, apart])}
    assert rows["re-flows within two samples"].measured == "80.0% of 10"
    assert rows["false alarms in 60 samples"].measured == "0.3 a minute"
    assert rows["readings on the wrong person"].measured == "0.4 %"
    assert lessons.bars([apart]) == []
    lessons.table([usual, apart])
    assert "unseen styles: 0.0% of 10 re-flows in time, 6.00 false" in capsys.readouterr().out
    right = Named(13, True, "zoom", False, True, True, "right")
    [bar] = labels.bars([right, right._replace(style=HARBOUR.name, matched="none")])
    assert bar.measured == "100.0% of 1"


def test_names_count_where_the_whole_label_can_be_read() -> None:
    right = Named(13, True, "zoom", False, True, True, "right")
    others = [
        right._replace(letters=11, matched="none"),
        right._replace(whole=False, matched="wrong"),
        right._replace(latin=False, matched="none"),
    ]
    [bar] = labels.bars([right, right._replace(matched="wrong"), *others])
    assert bar.measured == "50.0% of 2" and not bar.held
