"""A recording in, a lesson and a report out: what the command line promises."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from meetbot import analyze, open_lesson
from meetbot.demo import PORTRAITS, compose, demo_class
from meetbot.errors import UsageError
from meetbot.types import EMOTIONS
from tests.commands import Done, meetbot
from tests.requires import require_extra


@pytest.fixture(scope="module")
def lesson(recording: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The lesson file of the composed class; its report stands beside it."""
    folder = tmp_path_factory.mktemp("lesson")
    with analyze(recording, out=folder) as made:
        return made.path


@pytest.fixture
def copy(lesson: Path, tmp_path: Path) -> Path:
    """A lesson that a test may change."""
    return Path(shutil.copy(lesson, tmp_path / "class.meetbot"))


def test_a_recording_gives_the_promised_document(recording: Path, tmp_path: Path) -> None:
    done = meetbot("analyze", recording, "--out", tmp_path, "--json")
    document = json.loads(done.out)
    assert (done.code, done.err) == (0, "")
    assert list(document) == [
        "lesson", "report", "status", "duration", "coverage", "seats", "moments", "consent", "warnings",
    ]  # fmt: skip
    assert document["status"] == "finished"
    assert document["duration"] == pytest.approx(12, abs=0.5)
    assert 0.5 < document["coverage"] <= 1
    assert len(document["seats"]) == 9
    assert Path(document["lesson"]).exists() and Path(document["report"]).exists()


def test_seats_are_the_tiles_in_reading_order(lesson: Path) -> None:
    with open_lesson(lesson) as opened:
        (layout,) = opened.each_layout()
        first = {reading.seat: reading.state for reading in opened.each_reading() if reading.time == 0.0}
    assert [place.seat for place in layout.tiles] == list(range(1, 10))
    for row in (layout.tiles[:3], layout.tiles[3:6], layout.tiles[6:]):
        assert [place.box.x for place in row] == sorted(place.box.x for place in row)
        assert max(place.box.y for place in row) - min(place.box.y for place in row) < 3
    assert {seat for seat, state in first.items() if state == "camera_off"} == {3, 7}
    assert {seat for seat, state in first.items() if state == "face"} == {1, 2, 4, 5, 6, 8, 9}


def test_names_are_read_from_the_labels(lesson: Path) -> None:
    require_extra("names")
    with open_lesson(lesson) as opened:
        names = [seat.name for seat in opened.seats()]
    assert names == [student.name for student in demo_class(12)]


def test_someone_who_leaves_is_not_seen_rather_than_sad(lesson: Path) -> None:
    with open_lesson(lesson) as opened:
        gone = [reading for reading in opened.each_reading() if reading.seat == 5 and 4 <= reading.time <= 5]
    assert [reading.state for reading in gone] == ["no_face", "no_face"]
    assert [reading.label for reading in gone] == [None, None]


def test_a_face_in_the_dark_is_never_given_a_mood_with_confidence(lesson: Path) -> None:
    with open_lesson(lesson) as opened:
        dark = [
            reading for reading in opened.each_reading() if reading.seat == 6 and 2.5 <= reading.time < 4.8
        ]
    assert dark
    assert {reading.label for reading in dark} <= {None, "unsure"}


def test_turning_away_moves_the_yaw(lesson: Path) -> None:
    with open_lesson(lesson) as opened:
        yaws = [(reading.time, reading.yaw) for reading in opened.each_reading() if reading.seat == 2]
    before = [yaw for time, yaw in yaws if yaw is not None and time < 7]
    after = [yaw for time, yaw in yaws if yaw is not None and time > 8]
    assert min(after) - max(before) > 8


def test_two_runs_export_the_same_bytes(recording: Path, tmp_path: Path) -> None:
    tables = []
    for run in ("one", "two"):
        assert meetbot("analyze", recording, "--out", tmp_path / run, "--quiet").code == 0
        assert meetbot("export", tmp_path / run / "class.meetbot", "--format", "csv").code == 0
        tables.append((tmp_path / run / "class.readings.csv").read_bytes())
    assert len(tables[0].splitlines()) > 50
    assert tables[0] == tables[1]


def test_lesson_and_report_carry_version_model_settings_and_content(lesson: Path) -> None:
    page = lesson.with_suffix(".html").read_text(encoding="utf-8")
    with open_lesson(lesson) as opened:
        facts = opened.facts()
    assert facts["version"] in page
    assert facts["model_sha256"] in page and len(facts["model_sha256"]) == 64
    assert facts["content_hash"] in page and facts["content_hash"].startswith("sha256:")
    assert json.loads(facts["settings"])["every"] == 1.0


def test_a_finished_lesson_is_not_read_twice(recording: Path, copy: Path) -> None:
    before = copy.stat().st_size
    done = meetbot("analyze", recording, "--out", copy.parent)
    assert done.code == 0
    assert "already read with these settings" in done.out
    assert copy.stat().st_size == before


def test_other_settings_over_a_lesson_are_refused_and_named(recording: Path, copy: Path) -> None:
    done = meetbot("analyze", recording, "--out", copy.parent, "--every", "2")
    assert done.code == 2
    assert "another every (1.0, now 2.0)" in done.err and "--force" in done.err


def test_force_reads_again_from_the_start(recording: Path, copy: Path) -> None:
    done = meetbot("analyze", recording, "--out", copy.parent, "--every", "2", "--force")
    with open_lesson(copy) as lesson:
        times = sorted({reading.time for reading in lesson.each_reading()})
    assert done.code == 0
    assert times == [0.0, 2.0, 4.0, 6.0, 8.0, 10.0]


def test_another_recording_of_the_same_name_is_refused(copy: Path) -> None:
    other = compose(copy.parent / "class.mp4", demo_class(3), seconds=3)
    done = meetbot("analyze", other)
    assert done.code == 2
    assert "another recording" in done.err


def test_the_teacher_is_in_no_class_figure(copy: Path) -> None:
    with open_lesson(copy) as lesson:
        everyone = lesson.figures()
    done = meetbot("report", copy, "--teacher", "Seat 1", "--json")
    with open_lesson(copy) as lesson:
        without = lesson.figures()
    assert done.code == 0
    assert not everyone.teacher_known and without.teacher_known
    assert without.total.people == everyone.total.people - 1
    assert [seat["role"] for seat in json.loads(done.out)["seats"]].count("teacher") == 1


def test_a_teacher_who_is_not_there_is_an_error_that_names_the_seats(copy: Path) -> None:
    done = meetbot("report", copy, "--teacher", "Mr Nobody")
    assert done.code == 2
    assert "Mr Nobody" in done.err and "Grace, Eileen" in done.err


def test_a_roster_names_seats_and_the_absent(copy: Path) -> None:
    roster = copy.with_name("roster.csv")
    seats = "".join(f"Pupil {number},Seat {number},\n" for number in range(3, 8))
    roster.write_text(
        f"name,alias,role\nAda,Seat 1,teacher\nBob,Seat 2,\n{seats}<b>Zoë</b> 🙂,,\n", encoding="utf-8"
    )
    document = json.loads(meetbot("report", copy, "--roster", roster, "--json").out)
    page = Path(document["report"]).read_text(encoding="utf-8")
    assert [seat["name"] for seat in document["seats"]][:3] == ["Ada", "Bob", "Pupil 3"]
    assert "&lt;b&gt;Zoë&lt;/b&gt; 🙂" in page and "<b>Zoë</b>" not in page


@pytest.mark.parametrize("policy", ["cues", "eu-education"])
def test_without_moods_the_lesson_holds_none(recording: Path, tmp_path: Path, policy: str) -> None:
    done = meetbot("analyze", recording, "--out", tmp_path, "--policy", policy, "--every", "3")
    with open_lesson(tmp_path / "class.meetbot") as lesson:
        readings, facts, figures = list(lesson.each_reading()), lesson.facts(), lesson.figures()
    assert done.code == 0
    assert {reading.state for reading in readings} == {"face", "camera_off"}
    assert [reading for reading in readings if reading.emotions or reading.certainty] == []
    assert facts["policy"] == policy and "model_sha256" not in facts
    assert (figures.total.moods, figures.total.index) == ({}, None)


def test_two_recordings_never_share_a_lesson(recording: Path, tmp_path: Path) -> None:
    shutil.copy(recording, tmp_path / "a.mp4")
    shutil.copy(recording, tmp_path / "a.mov")
    done = meetbot("analyze", tmp_path, "--force")
    assert done.code == 3
    assert "a.mov" in done.err and "a.mp4" in done.err and not (tmp_path / "a.meetbot").exists()


def test_an_unknown_teacher_does_not_cost_the_report(recording: Path, tmp_path: Path) -> None:
    done = meetbot("analyze", recording, "--out", tmp_path, "--every", "3", "--teacher", "Nobody")
    assert done.code == 2
    assert "Sofia" in done.err and (tmp_path / "class.html").exists()


def test_an_export_leaves_the_class_list_alone(copy: Path) -> None:
    roster = copy.with_suffix(".csv")
    roster.write_text("name\nAda\n")
    assert meetbot("export", copy, "--format", "csv").code == 0
    assert roster.read_text() == "name\nAda\n"


def test_a_photo_is_no_lesson(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a photo"):
        analyze(portrait(tmp_path, "astronaut"))


def test_help_loads_no_vision_and_no_model_library() -> None:
    code = "import sys, meetbot.cli\ntry:\n    meetbot.cli.app(['--help'])\nfinally:\n    print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert "analyze" in done.stdout
    heavy = {"av", "cv2", "numpy", "pandas", "ai_edge_litert", "aiortc", "aiohttp"}
    assert heavy & set(done.stdout.split()) == set()


def test_an_unknown_policy_is_refused(recording: Path, tmp_path: Path) -> None:
    done = meetbot("analyze", recording, "--out", tmp_path, "--policy", "none")
    assert done.code == 2
    assert "the policies are full, class, cues, eu-education" in done.err


def test_a_photo_gives_the_promised_document(tmp_path: Path) -> None:
    photo = portrait(tmp_path, "astronaut")
    done = meetbot("analyze", photo, "--json")
    document = json.loads(done.out)
    assert done.code == 0
    assert list(document) == ["size", "faces"]
    (face,) = document["faces"]
    assert list(face) == ["box", "emotions", "label", "certainty", "yaw", "pitch", "roll"]
    assert tuple(face["emotions"]) == EMOTIONS
    assert sum(face["emotions"].values()) == pytest.approx(1, abs=0.01)
    assert face["label"] == "happy"


def test_a_photo_without_a_face_says_so(tmp_path: Path) -> None:
    import cv2
    import numpy as np

    cv2.imwrite(str(tmp_path / "wall.png"), np.full((90, 160, 3), 120, np.uint8))
    done = meetbot("analyze", tmp_path / "wall.png")
    assert (done.code, done.out) == (0, "wall.png: no faces\n")


def test_a_folder_of_recordings_and_photos_gives_a_list(recording: Path, tmp_path: Path) -> None:
    shutil.copy(recording, tmp_path / "b.mp4")
    portrait(tmp_path, "grace_hopper")
    (tmp_path / "notes.txt").write_text("not media")
    done = meetbot("analyze", tmp_path, "--json")
    documents = json.loads(done.out)
    assert done.code == 0
    assert ["lesson" in document for document in documents] == [True, False]


def test_one_bad_recording_among_several_does_not_stop_the_others(recording: Path, tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_text("this is not a video")
    shutil.copy(recording, tmp_path / "b.mp4")
    done = meetbot("analyze", tmp_path, "--json")
    bad, good = json.loads(done.out)
    assert done.code == 3
    assert bad["input"].endswith("a.mp4") and "a.mp4" in bad["error"]
    assert good["status"] == "finished"
    assert done.err.splitlines()[-1].endswith(f"1 of 2 failed, for the reasons given above: {bad['input']}.")


@pytest.mark.parametrize("name", ["<img src=x onerror=alert(1)>", "Größe 课堂 🙂", "--force", "a" * 200])
def test_a_hostile_file_name_is_only_a_name(recording: Path, tmp_path: Path, name: str) -> None:
    shutil.copy(recording, tmp_path / f"{name}.mp4")
    done = meetbot("analyze", tmp_path / f"{name}.mp4", "--every", "5")
    page = (tmp_path / f"{name}.html").read_text(encoding="utf-8")
    assert done.code == 0
    assert "<img src=x" not in page


@pytest.mark.parametrize(
    ("kind", "start"), [("csv", b"time"), ("json", b"{"), ("parquet", b"PAR1"), ("xlsx", b"PK")]
)
def test_every_kind_of_export_is_written(lesson: Path, tmp_path: Path, kind: str, start: bytes) -> None:
    done = meetbot("export", lesson, "--format", kind, "--out", tmp_path)
    target = tmp_path / f"class.readings.{kind}"
    assert (done.code, done.out) == (0, f"export: {target}\n")
    assert target.read_bytes().startswith(start)


def test_the_python_interface_gives_frames_and_figures(lesson: Path) -> None:
    with open_lesson(lesson) as opened:
        readings, figures = opened.readings(), opened.figures()
    assert {"time", "seat", "happy", "certainty", "yaw"} <= set(readings.columns)
    assert set(readings["seat"]) == {seat.seat for seat in figures.seats}


def test_the_documented_python_examples_run(
    recording: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = Path(__file__).parents[2] / "docs" / "python.md"
    first, second = (
        part.split("```")[0] for part in page.read_text(encoding="utf-8").split("```python\n")[1:]
    )
    shutil.copy(recording, tmp_path)
    monkeypatch.chdir(tmp_path)
    exec(compile(first, str(page), "exec"), {})
    assert "Sofia" in capsys.readouterr().out
    exec(compile(second, str(page), "exec"), {})
    assert "mood" in capsys.readouterr().out


def portrait(folder: Path, name: str) -> Path:
    """A copy of one of the demo's portraits as a photo."""
    from importlib.util import find_spec

    package, inside, *_ = PORTRAITS[name]
    found = find_spec(package)
    assert found is not None and found.origin is not None
    source = Path(found.origin).parent / inside
    return Path(shutil.copy(source, folder / f"{name}{source.suffix}"))


def test_a_missing_input_does_not_stop_the_others(recording: Path, tmp_path: Path) -> None:
    done = meetbot("analyze", tmp_path / "gone.mp4", recording, "--out", tmp_path, "--every", "4", "--json")
    gone, read = json.loads(done.out)
    assert done.code == 3
    assert gone["input"].endswith("gone.mp4") and read["status"] == "finished"
    assert read["input"] == str(recording)


def test_one_bad_input_gives_a_document_too(tmp_path: Path) -> None:
    done = meetbot("analyze", tmp_path / "gone.mp4", "--json")
    assert done.code == 3
    assert json.loads(done.out)["error"] in done.err


def test_results_go_to_stdout_and_nothing_else(recording: Path, tmp_path: Path) -> None:
    done: Done = meetbot("analyze", recording, "--out", tmp_path)
    first, *_, lesson, report, consent = done.out.splitlines()
    assert first == "class: read; 7 people seen in 0:12, 2 more showed no face."
    assert lesson == f"  lesson: {tmp_path / 'class.meetbot'}"
    assert report == f"  report: {tmp_path / 'class.html'}"
    assert re.fullmatch("  consent: [0-9a-f]{64}", consent)
    assert done.err == ""
