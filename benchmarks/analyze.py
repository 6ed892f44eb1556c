"""How fast a class of 25 at 1080p is analysed, where the CPU time goes, and whether speed costs accuracy.

    python -m benchmarks.analyze [--seconds 120] [--media DIR] [--keep DIR] [--agreement] [--rounds 1]

The recording is analysed as `meetbot analyze` does it. CPU seconds are of the whole process; those of stages
are of the threads that find, divide and read; decoding is what others take. Without --media the faces
are two portraits that sway, turn and change their light; with it, clips of people (DIR/faces/*.mp4 and
DIR/talking/*.mpg). --keep leaves the recording in a folder, to be used again. --agreement reads once more
with every look searched at full size. With --seconds 600 or more the command itself is timed too, with its
start-up.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from unittest.mock import patch

from av.video.codeccontext import VideoCodecContext
from av.video.stream import VideoStream

import meetbot.networks
import meetbot.pipeline
from benchmarks import _agreement
from benchmarks._bars import Bar, at_least, at_most, show, told
from benchmarks._class25 import recording
from benchmarks._stopwatch import Stopwatch
from meetbot.faces.classify import EmotionClassifier
from meetbot.faces.find import FaceFinder
from meetbot.faces.read import FaceReader
from meetbot.gallery.split import GallerySplitter
from meetbot.pipeline import Plan, analyze_recording
from meetbot.sources import open_source, playback
from meetbot.sources.headers import Headers
from meetbot.sources.playback import prepared
from meetbot.timeline.lesson import Lesson

STAGES = {
    "find": (FaceFinder, "__call__"),
    "split": (GallerySplitter, "__call__"),
    "points": (FaceReader, "__call__"),
    "classify": (EmotionClassifier, "__call__"),
    "write": (Lesson, "add"),
    "commit": (Lesson, "reached"),
    "report": (meetbot.pipeline, "conclude"),
    "load": (meetbot.networks, "load_classifier"),
}
AHEAD = ("find", "split")  # done in threads that are ahead of the one that reads
TIMES, RATIO, TEN_MINUTES = 30.0, 1.9, 25.0  # times real time; times decoding alone; seconds


def main() -> None:
    """Compose, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--media", type=Path, metavar="DIR")
    parser.add_argument("--keep", type=Path, metavar="DIR")
    parser.add_argument("--agreement", action="store_true")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = wanted.keep or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        faces = "clips" if wanted.media else "portraits"
        path = recording(folder / f"{faces}-{wanted.seconds:g}.mp4", wanted.seconds, wanted.media)
        print(f"25 tiles at 1080p, H.264, 25 frames a second, {wanted.seconds:g} s of {faces}")
        bars = speed(path, wanted.seconds, wanted.rounds, Path(name))
        if wanted.seconds >= 600:
            bars += command(path, wanted.seconds, Path(name))
        if wanted.agreement:
            bars += _agreement.bars(_agreement.compared(path, Path(name)))
    if missed := show(bars):
        sys.exit(f"missed: {', '.join(missed)}")


def speed(path: Path, seconds: float, rounds: int, folder: Path) -> list[Bar]:
    """Times real time, CPU seconds, and where they go."""
    alone = median(decoding_alone(path) for _ in range(rounds))
    with (
        patch.object(Headers, "link", lambda headers, packet: None),
        patch.object(playback, "prepared", unfiltered),
    ):
        references = median(decoding_alone(path) for _ in range(rounds))
    runs = [one_run(path, folder) for _ in range(rounds)]
    row = {key: median(run[key] for run in runs) for key in runs[0]}
    cpu, wall = row.pop("cpu"), row.pop("wall")
    stages = ", ".join(f"{stage} {1e3 * spent / seconds:.1f}" for stage, spent in row.items())
    return [
        at_least(
            "speed, 25 tiles at 1080p on two cores", seconds / wall, TIMES, "times real time", f"{wall:.1f} s"
        ),
        at_least(
            "the same by CPU time, if both cores were always busy",
            2 * seconds / cpu,
            TIMES,
            "times real time",
        ),
        at_most(
            "CPU time of an analysis over decoding all frames that others refer to, unfiltered",
            cpu / references,
            RATIO,
            "times",
            f"{cpu:.1f} and {references:.1f} CPU s",
        ),
        told(
            "the same over decoding what is decoded now",
            f"{cpu / alone:.2f} times; {alone:.1f} CPU s",
        ),
        told("where it goes, CPU ms a look", stages),
    ]


def decoding_alone(path: Path) -> float:
    """CPU seconds of taking the same instants out of the file and doing nothing with them."""
    start = time.process_time()
    with open_source(path, 1.0) as instants:
        for instant in instants:
            assert instant.time >= 0
    return time.process_time() - start


def unfiltered(stream: VideoStream) -> VideoCodecContext:
    """A decoder that leaves out the loop filter."""
    context = prepared(stream)
    context.options = {"skip_loop_filter": "all"}
    return context


def one_run(path: Path, folder: Path) -> dict[str, float]:
    """Analyse once; CPU seconds by stage, in all, and wall seconds."""
    watch = Stopwatch(tuple(STAGES))
    with timed(watch):
        cpu, mine, wall = time.process_time(), time.thread_time(), time.monotonic()
        analyze_recording(path, Plan(), folder, force=True)
        spent, own = time.process_time() - cpu, time.thread_time() - mine
        seconds = time.monotonic() - wall
    elsewhere = sum(watch.spent[stage] for stage in AHEAD)
    rest = own - (sum(watch.spent.values()) - elsewhere)
    return {"decode": spent - own - elsewhere, **watch.spent, "rest": rest, "cpu": spent, "wall": seconds}


@contextmanager
def timed(watch: Stopwatch) -> Iterator[None]:
    """Production's stages, timed."""
    with ExitStack() as stack:
        for stage, (owner, name) in STAGES.items():
            stack.enter_context(patch.object(owner, name, watch.timed(stage, getattr(owner, name))))
        yield


def command(path: Path, seconds: float, folder: Path) -> list[Bar]:
    """The command as a user types it, from the start of Python to its end."""
    words = [sys.executable, "-m", "meetbot", "analyze", str(path), "--out", str(folder / "whole"), "--quiet"]
    before, wall = os.times(), time.monotonic()
    subprocess.run(words, check=True)
    took, after = time.monotonic() - wall, os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    most = TEN_MINUTES * seconds / 600
    claim = f"`meetbot analyze` of {seconds / 60:g} minutes, start-up included"
    return [at_most(claim, took, most, "s", f"{cpu:.1f} CPU s")]


if __name__ == "__main__":
    main()
