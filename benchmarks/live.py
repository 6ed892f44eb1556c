"""How well a class on Janus is followed: readings, delay, load, memory, and whose pictures they are (Linux).

    python -m benchmarks.live [--students 25] [--seconds 30] [--every 1]

Makes a network namespace of its own with Debian's Janus, students that send clips of 320x180 at 15 pictures a
second (VP8, encoded before), and the bot as `meetbot join` runs it, each in a process of its own. One
more student comes in the middle. Every picture carries its student's number. Exits with 1 when a bar is
missed.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from math import inf
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import numpy as np

from benchmarks._badge import name_of
from benchmarks._bars import Bar, at_most, share_at_least, show, told
from benchmarks._bot import PARTS
from meetbot.faces.detector import Detector
from meetbot.timeline.lesson import open_lesson
from tests.live.janus import janus
from tests.live.network import HOST, MARK, inside

RATE = 15  # pictures a second that a student sends
SETTLED = 3.0  # seconds after which somebody who came must be read
YARDSTICK = 33.0  # ms of one look at 960x540 on one core of the machine that the bars were set on
SHARE, LOAD, PEAK = 0.99, 90.0, 350.0  # bars: readings made, % of one core, MB


class Followed(NamedTuple):
    """One class and how it was followed."""

    began: float  # monotonic seconds: the bot was started
    late: float  # the late student had published
    bot: Mapping[str, Any]
    lost: int  # UDP packets for which a receiver had no room

    @property
    def first(self) -> list[float]:
        """Seconds from the start to the first reading of each student who was there."""
        return sorted(at - self.began for at in self.bot["first"].values() if at < self.late)

    @property
    def late_first(self) -> float | None:
        """Seconds from coming in to the first reading of the late student."""
        after = [at - self.late for at in self.bot["first"].values() if at >= self.late]
        return after[0] if after else None

    def cores(self) -> Mapping[str, float]:
        """By part, shares of one core from when everybody had been read to the end."""
        settled = max((at for at in self.bot["first"].values() if at < self.late), default=self.began)
        looks = [(at, spent) for at, spent in self.bot["looks"] if at >= settled]
        (start, before), (end, after) = looks[0], looks[-1]
        return {part: (after[part] - before[part]) / (end - start) for part in PARTS}


def main() -> None:
    """Set up, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--students", type=int, default=25, help="up to 58")
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--every", type=float, default=1.0)
    wanted = parser.parse_args()
    if MARK not in os.environ:
        sys.exit(_again_inside())
    print(f"load of the machine before: {os.getloadavg()[0]:.1f}; one look at 960x540: {yardstick():.0f} ms")
    with tempfile.TemporaryDirectory() as folder:
        seen = follow(wanted.students, wanted.seconds, wanted.every, Path(folder))
        due, made = readings(seen, wanted.students, wanted.every)
    sent, tally = wanted.seconds * RATE * (wanted.students + 0.5), seen.bot["tally"]
    passed = tally["pictures_passed_over"]
    print(f"about {sent:.0f} pictures sent, {tally['pictures_received']} shown, {passed} of them passed over")
    if missed := show(bars(seen, due, made, wanted.students, wanted.every)):
        sys.exit(f"missed: {', '.join(missed)}")


def _again_inside() -> int:
    """Run this in a namespace; the exit code."""
    lacks = None if shutil.which("janus") else "Debian's package janus"
    if subprocess.run(inside("true"), capture_output=True).returncode:
        lacks = "leave to make a network namespace (unshare -rn)"
    if lacks:
        print(f"this benchmark needs {lacks}", file=sys.stderr)
        return 2
    command = inside(sys.executable, "-m", "benchmarks.live", *sys.argv[1:])
    return subprocess.run(command, env={**os.environ, MARK: "1"}).returncode


def yardstick() -> float:
    """CPU milliseconds of one look at 960x540 here and now, since a busy core does less in a second."""
    detect, picture = Detector(0.8), np.full((540, 960), 90, np.uint8)
    spent = []
    for _ in range(7):
        start = time.thread_time()
        detect(picture)
        spent.append(time.thread_time() - start)
    return 1000 * median(spent)


def follow(students: int, seconds: float, every: float, folder: Path) -> Followed:
    """A class from the first student to the bot's leaving."""
    with janus(folder / "janus") as server, published(students) as others:
        before, began = _udp_lost(), time.monotonic()
        words = [f"janus://{HOST}:{server.port}/1234", str(seconds), str(every), str(folder)]
        bot = subprocess.Popen(
            [sys.executable, "-m", "benchmarks._bot", *words], stdout=subprocess.PIPE, text=True
        )
        time.sleep(seconds / 2)
        late = _say(others, "late\n")
        out, _ = bot.communicate(timeout=seconds + 120)
        assert bot.returncode == 0, "the bot broke"
        return Followed(began, late, json.loads(out), _udp_lost() - before)


@contextmanager
def published(students: int) -> Iterator[subprocess.Popen[str]]:
    """So many students in the room, in a process of their own."""
    command = [sys.executable, "-m", "benchmarks._students", str(students)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        try:
            _say(running, "")
            yield running
        finally:
            assert running.stdin is not None
            running.stdin.close()
            try:
                running.wait(20)
            except subprocess.TimeoutExpired:
                running.kill()


def _say(students: subprocess.Popen[str], order: str) -> float:
    """Give an order; when it had been followed."""
    assert students.stdin is not None and students.stdout is not None
    students.stdin.write(order)
    students.stdin.flush()
    word, at = students.stdout.readline().split()
    assert word == "published"
    return float(at)


def _udp_lost() -> int:
    """Packets that this namespace dropped because a socket's buffer was full."""
    names, values = (
        line.split() for line in Path("/proc/net/snmp").read_text().splitlines() if line.startswith("Udp:")
    )
    return int(values[names.index("RcvbufErrors")])


def readings(seen: Followed, students: int, every: float) -> tuple[int, int]:
    """Due by the clock, whatever the bot believes, from three seconds after a student was there; and made."""
    looks = [at for at, _ in seen.bot["looks"]]
    start, end = looks[0], looks[-1]
    due = made = 0
    with open_lesson(seen.bot["lesson"]) as lesson:
        names = {seat.id: seat.name for seat in lesson.seats()}
        there = {
            (names[r.seat], round(r.time / every)) for r in lesson.each_reading() if r.state != "camera_off"
        }
    for number in range(1, students + 2):
        here = (seen.late if number > students else seen.began) + SETTLED
        wanted = {
            (name_of(number), k) for k in range(round((end - start) / every)) if start + k * every >= here
        }
        due, made = due + len(wanted), made + len(wanted & there)
    return due, made


def bars(seen: Followed, due: int, made: int, students: int, every: float) -> list[Bar]:
    """Everything that is claimed of a class."""
    cores, bot, tally, late = seen.cores(), seen.bot, seen.bot["tally"], seen.late_first
    named = f"{students} students, a look every {every:g} s: "
    parts = ", ".join(f"{part} {100 * share:.0f}" for part, share in cores.items())
    first = seen.first or [inf]
    rows = [
        share_at_least("readings made of those due", made / due if due else 0.0, SHARE, due),
        at_most("under a wrong name", bot["wrong"], 0, "", f"{bot['unreadable']} pictures without a number"),
        told(
            "delay from the picture to the reading", f"{tally['delay_median']} s; 95 % {tally['delay_p95']} s"
        ),
        told("looks left out", str(tally["looks_left_out"])),
        told("packets lost to full buffers", str(seen.lost)),
        at_most(
            "first reading after the start", first[0], SETTLED, "s", f"everybody after {first[-1]:.1f} s"
        ),
        at_most("first reading of a late student", inf if late is None else late, SETTLED, "s"),
        at_most("load", 100 * sum(cores.values()), LOAD, "% of one core", parts),
        at_most("peak memory", bot["peak"], PEAK, "MB"),
    ]
    return [row._replace(claim=named + row.claim) for row in rows]


if __name__ == "__main__":
    main()
