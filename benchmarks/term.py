"""How long does `meetbot term` take over the lessons of several months?

python -m benchmarks.term [--lessons 60] [--people 30] [--minutes 60] [--runs 5] [--folder DIR]

Makes one lesson (a look a second at each person) as `meetbot analyze` leaves it, and copies of it on other
days with other names in them. Runs the command over all in a process of its own and takes the median. CPU
seconds are the process's own, so other work on the machine hardly counts. `first` is the same command over
a single lesson that was read by an older meetbot and carries no summary yet. Exits with 1 where the bar is
missed.
"""

import argparse
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks._bars import at_most, show, told
from meetbot.timeline.lesson import create_lesson, open_lesson
from meetbot.timeline.summing import forget_summary, keep_summary, summary_of
from meetbot.types import About, Event, Observation, Reading
from tests.written import face

BAR = 2.0  # CPU seconds
FIRST_DAY = datetime(2026, 1, 12, 9, 15)
HOURS = (0, 2, 5)  # after the first lesson of a day, by weekday in turn


class Cost(NamedTuple):
    """What one run took."""

    cpu: float
    clock: float


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--lessons", type=int, default=60)
    parser.add_argument("--people", type=int, default=30)
    parser.add_argument("--minutes", type=int, default=60)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--folder", type=Path, help="where the lessons are made; they take 15 MB each")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as made:
        folder = Path(made)
        make_lessons(folder, options.lessons, options.people, options.minutes * 60)
        costs = [run(folder) for _ in range(options.runs)]
        size = (folder / "term.html").stat().st_size
        with open_lesson(folder / "lesson-000.meetbot", write=True) as lesson:
            forget_summary(lesson)
        first = run(folder / "lesson-000.meetbot")
    cpu = statistics.median(cost.cpu for cost in costs)
    clock = statistics.median(cost.clock for cost in costs)
    of = f"{options.lessons} lessons of {options.minutes} minutes, {options.people} people"
    more = f"{clock:.1f} s on the clock, page {size / 1e6:.2f} MB"
    bars = [
        at_most(f"many lessons on one page: {of}", cpu, BAR, "CPU s", more),
        told("one lesson without a summary, at its first time", f"{first.cpu:.1f} CPU s"),
    ]
    return int(bool(show(bars)))


def make_lessons(folder: Path, count: int, people: int, seconds: int) -> None:
    """One lesson, and copies on other days."""
    model = folder / "lesson-000.meetbot"
    with create_lesson(model, About("Lesson", "sha256:0"), {"every": "1.0", "policy": "full"}) as lesson:
        for observation in observations(people, seconds):
            lesson.add(observation)
        lesson.reached(seconds - 1.0)
        lesson.finish("finished", float(seconds))
        summary = summary_of(lesson)
        keep_summary(lesson, summary)
    for number in range(1, count):
        copy = folder / f"lesson-{number:03}.meetbot"
        shutil.copyfile(model, copy)
        week, day = divmod(number, 3)
        when = FIRST_DAY + timedelta(weeks=week, days=2 * day, hours=HOURS[day])
        with open_lesson(copy, write=True) as lesson:
            lesson.note(
                title=f"Lesson {number}", started_at=when.isoformat(), content_hash=f"sha256:{number}"
            )
            lesson.name_seat(1 + number % people, f"Guest {number % 7}")
            known = replace(summary, title=f"Lesson {number}", started_at=when.isoformat())
            keep_summary(lesson, known)


def observations(people: int, seconds: int) -> Iterator[Observation]:
    """People who look away now and then, and who are not seen a tenth of the time."""
    chance = np.random.default_rng(1)
    for seat in range(1, people + 1):
        yield Event(0.0, "joined", seat, f"Person {seat}")
    for second in range(seconds):
        away, gone = chance.random(people) < 0.25, chance.random(people) < 0.1
        for seat in range(1, people + 1):
            if gone[seat - 1]:
                yield Reading(float(second), seat, "no_face")
            else:
                pose = (45.0, 0.0) if away[seat - 1] else (0.0, 0.0)
                yield face(float(second), seat, "happy" if second % 7 == seat % 7 else "neutral", pose)


def run(lessons: Path) -> Cost:
    """The command over a folder or a file."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([sys.executable, "-m", "meetbot", "term", str(lessons)], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(cpu, time.perf_counter() - began)


if __name__ == "__main__":
    sys.exit(main())
