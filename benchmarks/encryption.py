"""What does encryption cost while a lesson is written, and when it is opened?

python -m benchmarks.encryption [--people 25] [--minutes 60]

Writes the same lesson in the open and encrypted, a look a second at each person, as `meetbot join` does:
every look is committed. CPU seconds are the process's own. Exits with 1 where the bar is missed: the
encrypted one may take this share of a core more than the other.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks._bars import at_most, show, told
from meetbot.timeline.lesson import create_lesson, open_lesson
from meetbot.timeline.seal import Lock
from meetbot.types import About, Box, Layout, Place
from tests.written import face

BAR = 0.01  # of a core, with a look a second
PHRASE = "only for this measurement"


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--people", type=int, default=25)
    parser.add_argument("--minutes", type=int, default=60)
    options = parser.parse_args()
    seconds = options.minutes * 60
    with tempfile.TemporaryDirectory() as made:
        plain, sealed = Path(made) / "plain.meetbot", Path(made) / "sealed.meetbot"
        open_way = spent(lambda: write(plain, None, options.people, seconds))
        closed_way = spent(lambda: write(sealed, PHRASE, options.people, seconds))
        rows = [
            ("writing, a second of lesson", open_way / seconds * 1000, closed_way / seconds * 1000, "ms CPU"),
            ("opening and reading all", spent(lambda: read(plain)), spent(lambda: read(sealed)), "s CPU"),
            ("size", plain.stat().st_size / 2**20, sealed.stat().st_size / 2**20, "MB"),
        ]
    key = spent(lambda: Lock.new().keys(PHRASE))
    print(f"{options.people} people, {options.minutes} minutes, a look a second")
    more = (closed_way - key - open_way) / seconds
    bars = [
        at_most("encryption, while a lesson is written", 100 * more, 100 * BAR, "% of a core"),
        *(
            told(f"encryption, {what}", f"{other:.2f} {unit}; in the open {one:.2f}")
            for what, one, other, unit in rows
        ),
        told("encryption, the key, once for each opening", f"{key:.2f} s CPU"),
    ]
    return int(bool(show(bars)))


def write(path: Path, phrase: str | None, people: int, seconds: int) -> None:
    """One lesson, committed a second at a time."""
    box = Box(10.0, 20.0, 60.0, 80.0)
    places = tuple(Place(seat, f"Person {seat}", box, "person", "on") for seat in range(1, people + 1))
    facts = {"every": "1.0", "policy": "full"}
    with create_lesson(path, About("A lesson", "sha256:1234"), facts, phrase) as lesson:
        for second in range(seconds):
            lesson.add(Layout(0.0, float(second), (1280, 720), 1.0, places))
            for seat in range(1, people + 1):
                lesson.add(face(float(second), seat))
            lesson.reached(float(second))


def read(path: Path) -> None:
    """Everything that a report reads."""
    with open_lesson(path, passphrase=PHRASE) as lesson:
        list(lesson.each_reading_row())


def spent(work: Callable[[], object]) -> float:
    """The CPU seconds that it takes."""
    began = time.process_time()
    work()
    return time.process_time() - began


if __name__ == "__main__":
    raise SystemExit(main())
