"""The bot under the live benchmark: `meetbot join` as it runs, with a clock at every stage (Linux).

    python -m benchmarks._bot ADDRESS SECONDS EVERY FOLDER

Prints one JSON document in the end. A class of numbered students (`benchmarks._students`) is expected.
"""

import json
import resource
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import meetbot.attend
from benchmarks._badge import name_of, number_in
from benchmarks._stopwatch import Stopwatch
from meetbot.faces.find import FaceFinder
from meetbot.faces.points import PointFinder
from meetbot.faces.read import FaceReader
from meetbot.pipeline import Plan
from meetbot.rooms.base import Visit
from meetbot.sources.live import Terms
from meetbot.sources.tally import Tally
from meetbot.timeline.lesson import Lesson
from meetbot.types import Face, Frame, Reading, Tile

PARTS = ("network", "decode", "find", "near look", "classify", "write", "rest")


class Clocks:
    """CPU seconds of this process by part, and when whom a reading was written of first."""

    def __init__(self) -> None:
        self.watch = Stopwatch(("find", "near look", "read", "write"))
        self.first: dict[str, float] = {}
        self.wrong = self.unreadable = 0
        self.looks: list[
            tuple[float, dict[str, float]]
        ] = []  # when each look was written, and what it had cost
        self._read: set[str] = set()
        self._threads: dict[int, tuple[str, float]] = {}

    def check(self, frame: Frame) -> None:
        """Whether the picture is of the one under whose name it came."""
        number = number_in(frame.picture.luma)
        assert frame.participant is not None
        self.unreadable += number is None
        self.wrong += number is not None and name_of(number) != frame.participant.name

    def met(self, tiles: Sequence[Tile]) -> None:
        """These people's readings are on their way into the lesson."""
        self._read |= {tile.name or "" for tile in tiles}

    def written(self) -> None:
        """And now they stand there."""
        now = time.monotonic()
        for name in self._read - set(self.first):
            self.first[name] = now
        self.looks.append((now, self._spent()))

    def _spent(self) -> dict[str, float]:
        for thread in threading.enumerate():
            if thread.ident is not None and thread.native_id is not None:
                used = time.clock_gettime(time.pthread_getcpuclockid(thread.ident))
                self._threads[thread.native_id] = (thread.name, used)
        network = sum(used for name, used in self._threads.values() if name == "room")
        decode = sum(used for name, used in self._threads.values() if name == "video-decoder")
        told = self.watch.spent
        parts = {
            "network": network,
            "decode": decode,
            "find": told["find"],
            "near look": told["near look"],
            "classify": told["read"],
            "write": told["write"],
        }
        return {**parts, "rest": time.process_time() - sum(parts.values())}


def watched(clocks: Clocks) -> None:
    """Put the clocks into the stages."""

    find, read, written = FaceFinder.__call__, FaceReader.__call__, Lesson.reached

    def checked(finder: FaceFinder, frame: Frame) -> Sequence[Face]:
        clocks.check(frame)
        return timed("find", find)(finder, frame)

    def met(reader: FaceReader, tiles: Sequence[Tile], time: float) -> Sequence[Reading]:
        clocks.met(tiles)
        return timed("read", read)(reader, tiles, time)

    def reached(lesson: Lesson, time: float) -> None:
        timed("write", written)(lesson, time)
        clocks.written()

    timed = clocks.watch.timed
    for kind, name, new in (
        (FaceFinder, "__call__", checked),
        (FaceReader, "__call__", met),
        (PointFinder, "upright", timed("near look", PointFinder.upright)),
        (Lesson, "add", timed("write", Lesson.add)),
        (Lesson, "reached", reached),
    ):
        setattr(kind, name, new)


def main(address: str, seconds: float, every: float, folder: Path) -> dict[str, Any]:
    """Join, stay, and tell."""
    clocks, tally = Clocks(), Tally()
    watched(clocks)
    outcome = meetbot.attend.attend(
        address, Visit(), Terms(seconds=seconds), Plan(every=every), folder, tally=tally
    )
    return {
        "lesson": str(outcome.lesson),
        "first": clocks.first,
        "wrong": clocks.wrong,
        "unreadable": clocks.unreadable,
        "looks": clocks.looks,
        "tally": tally.facts(),
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], float(sys.argv[2]), float(sys.argv[3]), Path(sys.argv[4]))))
