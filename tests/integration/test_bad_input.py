"""Bad input is normal input: one clear sentence, the right exit code, and nothing gathered is lost."""

import os
import resource
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from meetbot import open_lesson
from meetbot.demo import compose, demo_class
from tests.commands import command, meetbot
from tests.media import Video, write_clip

# Runs the command line and gets the signal that its last word names, in the middle of the recording.
STOPS_ITSELF = """
import os, signal, sys
from meetbot import cli, pipeline

signal.signal(signal.SIGINT, signal.default_int_handler)  # a runner in the background ignores it
stop, marked = int(sys.argv.pop()), pipeline.marked

def stopping(instants, lesson):
    for number, instant in enumerate(marked(instants, lesson)):
        if number == 40:
            os.kill(os.getpid(), stop)
        yield instant

pipeline.marked = stopping
cli.main()
"""
OFTEN = ("--every", "0.1")  # many instants, so that a short recording takes a while


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three students for twelve seconds, one of whom leaves for two: enough to read while it is stopped."""
    folder = tmp_path_factory.mktemp("three")
    students = tuple(student for student in demo_class(12) if student.portrait)[1:4]
    return compose(folder / "class.mp4", students, size=(760, 240), seconds=12)


@pytest.fixture(scope="module")
def whole(three: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The lesson of the same recording, read without a stop."""
    folder = tmp_path_factory.mktemp("whole")
    assert meetbot("analyze", three, "--out", folder, *OFTEN).code == 0
    return folder / "class.meetbot"


def one_sentence(text: str) -> bool:
    """Whether an error is one line of words for people, and no traceback."""
    return text.startswith("meetbot: ") and text.count("\n") == 1 and "Traceback" not in text


@pytest.mark.parametrize(
    ("name", "content"),
    [("text.mp4", b"this is not a video\n" * 50), ("zero.mp4", b""), ("noise.webm", bytes(range(256)) * 40)],
)
def test_what_is_no_recording_is_named(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    done = meetbot("analyze", tmp_path / name)
    assert done.code == 3
    assert one_sentence(done.err) and name in done.err
    assert not (tmp_path / name).with_suffix(".meetbot").exists()


def test_a_missing_path_is_named(tmp_path: Path) -> None:
    done = meetbot("analyze", tmp_path / "gone.mp4")
    assert done.code == 3
    assert one_sentence(done.err) and "gone.mp4" in done.err


def test_a_folder_without_media_is_named(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("nothing")
    done = meetbot("analyze", tmp_path)
    assert done.code == 3
    assert one_sentence(done.err) and str(tmp_path) in done.err


def test_a_recording_cut_in_half_gives_a_report_and_says_so(recording: Path, tmp_path: Path) -> None:
    import av

    whole = tmp_path / "whole.mkv"
    with av.open(str(recording)) as source, av.open(str(whole), "w") as target:
        stream = target.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(video=0):
            if packet.dts is not None:
                packet.stream = stream
                target.mux(packet)
    half = tmp_path / "half.mkv"
    half.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    done = meetbot("analyze", half)
    assert done.code == 0
    assert "warning: half.mkv ends at" in done.out and "the rest of it is missing" in done.out
    assert (tmp_path / "half.html").exists()
    with open_lesson(tmp_path / "half.meetbot") as lesson:
        assert 3 <= lesson.figures().duration <= 9


@pytest.mark.parametrize("word", ["analyze", "report"])
def test_a_folder_that_can_not_be_written_is_named(recording: Path, tmp_path: Path, word: str) -> None:
    (tmp_path / "file").write_text("in the way")
    first = recording
    if word == "report":
        assert meetbot("analyze", recording, "--out", tmp_path, "--quiet").code == 0
        first = tmp_path / "class.meetbot"
    done = meetbot(word, first, "--out", tmp_path / "file")
    assert done.code == 1
    assert one_sentence(done.err) and str(tmp_path / "file") in done.err


def test_a_full_disk_keeps_what_was_read(three: Path, tmp_path: Path) -> None:
    """A limit on file size stands in for the full disk: the write fails in the same place."""
    limit = 160_000

    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    line = command("analyze", three, "--out", tmp_path, *OFTEN)
    done = subprocess.run(line, capture_output=True, preexec_fn=no_room, timeout=120)
    assert done.returncode == 1
    assert one_sentence(done.stderr.decode()), done.stderr.decode()
    with open_lesson(tmp_path / "class.meetbot") as lesson:
        assert len(list(lesson.each_reading())) > 20


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_stopped_run_is_kept_and_carried_on_with(
    three: Path, whole: Path, tmp_path: Path, stop: signal.Signals
) -> None:
    lesson = tmp_path / "class.meetbot"
    words = ["analyze", str(three), "--out", str(tmp_path), *OFTEN, str(int(stop))]
    running = subprocess.run([sys.executable, "-c", STOPS_ITSELF, *words], capture_output=True, timeout=120)
    assert 0 < readings_in(lesson) < readings_in(whole)
    if stop != signal.SIGKILL:
        assert running.returncode == 130
        err = running.stderr.decode()
        assert one_sentence(err) and "meetbot report" in err
    assert meetbot("report", lesson).code == 0
    assert "interrupted" in lesson.with_suffix(".html").read_text(encoding="utf-8")

    again = meetbot("analyze", three, "--out", tmp_path, *OFTEN)
    assert (again.code, again.err) == (0, "")
    assert "read on from where the last run stopped" in again.out
    assert table(lesson) == table(whole)


def test_a_lesson_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.meetbot").write_text("not a lesson")
    for word in ("report", "export"):
        done = meetbot(word, tmp_path / "x.meetbot")
        assert done.code == 3
        assert one_sentence(done.err) and "x.meetbot" in done.err


@pytest.mark.parametrize("every", ["0", "-1", "nan", "1e9"])
def test_a_senseless_step_is_refused(recording: Path, tmp_path: Path, every: str) -> None:
    done = meetbot("analyze", recording, "--out", tmp_path, "--every", every)
    assert done.code == 2
    assert one_sentence(done.err) and "--every" in done.err


def test_a_tiny_recording_gives_an_empty_report(tmp_path: Path) -> None:
    done = meetbot("analyze", write_clip(tmp_path / "dot.mkv", square(48)))
    assert done.code == 0, done.err
    assert "0 people seen" in done.out


def test_a_recording_of_one_pixel_is_named(tmp_path: Path) -> None:
    done = meetbot("analyze", write_clip(tmp_path / "dot.mkv", square(1)))
    assert done.code == 3
    assert one_sentence(done.err) and "only 1x1 pixels" in done.err


def test_sound_alone_is_named(tmp_path: Path) -> None:
    done = meetbot("analyze", write_clip(tmp_path / "sound.mkv", sound=2.0))
    assert done.code == 3
    assert one_sentence(done.err) and "sound.mkv" in done.err


def test_a_name_that_is_no_text_is_still_a_file(three: Path, tmp_path: Path) -> None:
    recording = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.mp4"))
    shutil.copy(three, recording)
    done = meetbot("analyze", recording, "--every", "4")
    assert done.code == 0, done.err
    assert recording.with_suffix(".html").exists()


def test_a_name_too_long_for_its_lesson_is_named(three: Path, tmp_path: Path) -> None:
    recording = tmp_path / ("a" * 250 + ".mp4")
    shutil.copy(three, recording)
    done = meetbot("analyze", recording, "--every", "4")
    assert done.code == 1
    assert one_sentence(done.err)


def square(side: int) -> Video:
    """A grey video that is as wide as it is high."""
    return Video(draw=lambda time: np.full((side, side), 90, np.uint8), codec="ffv1", pixels="gray")


def readings_in(lesson: Path) -> int:
    with open_lesson(lesson) as opened:
        return len(list(opened.each_reading()))


def table(lesson: Path) -> bytes:
    """The lesson's readings as csv."""
    assert meetbot("export", lesson).code == 0
    return lesson.with_suffix(".readings.csv").read_bytes()
