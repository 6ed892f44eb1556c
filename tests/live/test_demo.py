"""`meetbot demo` as a process: the lesson that it leaves, how it ends, and that no process is left of it."""

import os
import signal
import subprocess
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from meetbot.timeline.lesson import Lesson, open_lesson
from tests.commands import command, stoppable

SMILING, GRAVE = {"Eileen", "Hedy", "Emmy"}, {"Grace", "Katherine", "Mary"}
ALONE = ("unshare", "-n", "sh", "-c", 'ip link set lo up && exec "$@"', "sh")
WITHIN = 120.0  # seconds, on a busy machine; an idle one takes 20


@contextmanager
def demo(folder: Path, seconds: int, *around: str) -> "Iterator[subprocess.Popen[str]]":
    """`meetbot demo` while the block runs; what it says goes into a file."""
    with (folder / "said").open("w") as said:
        process = subprocess.Popen(
            [*around, *command("demo", "--seconds", str(seconds), "--out", folder)],
            stdout=said,
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=stoppable,
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def heard(folder: Path) -> str:
    """What the command has said so far."""
    return (folder / "said").read_text()


def wait_for(folder: Path, line: str) -> None:
    """Until the command says something."""
    until = time.monotonic() + WITHIN
    while line not in heard(folder):
        assert time.monotonic() < until, heard(folder)
        time.sleep(0.1)


def students_of(process: "subprocess.Popen[str]") -> list[Path]:
    """The processes that a demo has begun, as folders of /proc."""
    ours = f"PPid:\t{process.pid}\n"
    running = [
        path for path in Path("/proc").iterdir() if path.name.isdecimal() and str(os.getpid()) != path.name
    ]
    return [path for path in running if ours in _read(path / "status")]


def all_gone(students: list[Path]) -> bool:
    """Whether they end by themselves."""
    until = time.monotonic() + WITHIN
    while any("demo.student" in _read(path / "cmdline") for path in students):
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True


def lesson_in(folder: Path) -> Lesson:
    """The one lesson that was written."""
    (path,) = folder.glob("demo-class-*.meetbot")
    return open_lesson(path)


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a whole class, with six students seen while it ran and gone after it."""
    folder = tmp_path_factory.mktemp("demo")
    with demo(folder, 15) as process:
        wait_for(folder, "The bot joins them")
        students = students_of(process)
        assert process.wait(WITHIN) == 0, heard(folder)
    assert len(students) == 6 and all_gone(students)
    return folder


def test_everybody_has_a_seat_and_the_mood_of_their_own_portrait(held: Path) -> None:
    moods: dict[str, Counter[str]] = defaultdict(Counter)
    with lesson_in(held) as lesson:
        names = {seat.id: seat.shown for seat in lesson.seats()}
        assert {seat.role for seat in lesson.seats()} == {"student"}
        for reading in lesson.each_reading():
            if reading.state == "face":
                moods[names[reading.seat]][reading.label or "unread"] += 1
    assert set(names.values()) == SMILING | GRAVE and len(names) == 6
    assert all(moods[name]["happy"] >= 3 and not moods[name]["neutral"] for name in SMILING), moods
    assert all(moods[name]["neutral"] >= 3 and not moods[name]["happy"] for name in GRAVE), moods


def test_what_happened_in_the_class_stands_in_the_lesson(held: Path) -> None:
    with lesson_in(held) as lesson:
        names = {seat.id: seat.shown for seat in lesson.seats()}
        events = {(names.get(one.seat or 0), one.kind): one.time for one in lesson.each_event()}
        states: dict[str, set[str]] = defaultdict(set)
        yaws: dict[str, float] = defaultdict(float)
        for reading in lesson.each_reading():
            states[names[reading.seat]].add(reading.state)
            yaws[names[reading.seat]] = max(yaws[names[reading.seat]], abs(reading.yaw or 0.0))
    assert events["Mary", "joined"] >= 2.0 > events["Grace", "joined"]
    assert events["Katherine", "left"] >= 10.0
    assert events["Grace", "started_speaking"] < events["Grace", "stopped_speaking"]
    assert events["Hedy", "camera_off"] < events["Hedy", "camera_on"] and "camera_off" in states["Hedy"]
    assert "no_face" in states["Emmy"] and states["Grace"] == {"face"}
    assert yaws["Eileen"] > 15.0


def test_one_report_is_written_and_told_in_calm_lines(held: Path) -> None:
    (report,) = held.glob("*.html")
    page = report.read_text()
    assert all(name in page for name in SMILING | GRAVE)
    told = heard(held)
    assert str(report) in told and "Traceback" not in told
    assert told.index("In the class room: Grace") < told.index("#teacher=") < told.index("Mary comes late")
    assert len(told.splitlines()) < 25


def test_without_a_network_it_works_and_ctrl_c_ends_it_with_a_report(tmp_path: Path) -> None:
    with demo(tmp_path, 60, *ALONE) as process:
        wait_for(tmp_path, "Mary comes late")
        students = students_of(process)
        process.send_signal(signal.SIGINT)
        assert process.wait(WITHIN) == 130
    assert all_gone(students) and len(students) == 6
    assert "This machine has no network" in heard(tmp_path) and "Left the class" in heard(tmp_path)
    assert len([*tmp_path.glob("*.html")]) == 1
    with lesson_in(tmp_path) as lesson:
        assert sum(reading.state == "face" for reading in lesson.each_reading()) >= 10


def test_no_student_outlives_a_demo_that_is_killed(tmp_path: Path) -> None:
    with demo(tmp_path, 60) as process:
        wait_for(tmp_path, "The bot joins them")
        students = students_of(process)
        process.kill()
        process.wait()
    assert len(students) == 6 and all_gone(students)
