"""How fast a class of 25 at 1080p is analysed, and where the CPU time goes.

    python -m benchmarks.analyze [--seconds 60] [--rounds 3]

Speed is media time over wall time; CPU seconds are of the whole process. Decoding runs ahead in its own
threads, so its share is what the other stages leave over.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import ParamSpec, TypeVar

from meetbot.demo import Student, compose, demo_class
from meetbot.faces.classify import load_classifier
from meetbot.faces.find import FaceFinder
from meetbot.faces.read import FaceReader
from meetbot.gallery.follow import FaceFollower
from meetbot.pipeline import observe
from meetbot.sources import open_source
from meetbot.timeline.lesson import create_lesson
from meetbot.types import Instant

P = ParamSpec("P")
R = TypeVar("R")
STAGES = ("decode", "find", "follow", "classify", "write")


class Stopwatch:
    """CPU seconds of this thread, by stage."""

    def __init__(self, stages: Sequence[str] = STAGES) -> None:
        self.spent = dict.fromkeys(stages, 0.0)

    def timed(self, stage: str, work: Callable[P, R]) -> Callable[P, R]:
        """The same work, with its time put down to a stage."""

        def measured(*values: P.args, **named: P.kwargs) -> R:
            start = time.thread_time()
            try:
                return work(*values, **named)
            finally:
                self.spent[stage] += time.thread_time() - start

        return measured


def class_of_25(seconds: float) -> tuple[Student, ...]:
    """Twenty-five students, three of them with the camera off."""
    nine = demo_class(seconds)
    return (*nine, *nine, *(student for student in nine if student.portrait))


def one_run(recording: Path, folder: Path) -> dict[str, float]:
    """Analyse once; CPU seconds by stage, in all, and wall seconds."""
    watch = Stopwatch()
    source = open_source(recording, 1.0)
    classifier = load_classifier()
    find, follow = watch.timed("find", FaceFinder()), watch.timed("follow", FaceFollower())
    read = watch.timed("classify", FaceReader(classifier))
    cpu, wall = time.process_time(), time.monotonic()
    with create_lesson(folder / "bench.meetbot", source.about, {}) as lesson:
        add, reached = watch.timed("write", lesson.add), watch.timed("write", lesson.reached)

        def marked(instants: Iterator[Instant]) -> Iterator[Instant]:
            for instant in instants:
                yield instant
                reached(instant.time)

        with source as instants:
            for observation in observe(marked(instants), find, follow, read):
                add(observation)
    spent, seconds = time.process_time() - cpu, time.monotonic() - wall
    others = sum(watch.spent.values())
    return {**watch.spent, "decode": spent - others, "cpu": spent, "wall": seconds}


def decoding_alone(recording: Path) -> float:
    """CPU seconds of taking the same instants out of the file and doing nothing with them."""
    start = time.process_time()
    with open_source(recording, 1.0) as instants:
        for instant in instants:
            assert instant.time >= 0
    return time.process_time() - start


def main() -> None:
    """Compose, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--rounds", type=int, default=3)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        recording = Path(name) / "class25.mp4"
        students = class_of_25(wanted.seconds)
        compose(recording, students, columns=5, size=(1920, 1080), seconds=wanted.seconds, rate=25)
        alone = median(decoding_alone(recording) for _ in range(wanted.rounds))
        runs = [one_run(recording, Path(name)) for _ in range(wanted.rounds)]
    row = {key: median(run[key] for run in runs) for key in runs[0]}
    print(
        f"25 tiles at 1080p, H.264, 25 frames a second, {wanted.seconds:g} s; medians of {wanted.rounds} runs"
    )
    print(f"speed: {wanted.seconds / row['wall']:.1f} times real time")
    for stage in STAGES:
        print(f"{stage:9} {row[stage]:7.2f} CPU s")
    print(
        f"{'in all':9} {row['cpu']:7.2f} CPU s, {row['cpu'] / alone:.1f} times decoding alone ({alone:.2f} s)"
    )


if __name__ == "__main__":
    main()
