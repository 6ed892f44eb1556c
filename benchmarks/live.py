"""How well a class on Janus is followed: readings, delay, load, memory, and whose pictures they are (Linux).

    python -m benchmarks.live [--students 25] [--seconds 30] [--every 1] [--bots 3 [--together]]

Makes a network namespace of its own with Debian's Janus, students that send clips of 320x180 at 15 pictures a
second (VP8, encoded before), and the bot as `meetbot join` runs it, each in a process of its own. One
more student comes in the middle. Every picture carries its student's number. Exits with 1 when a bar is
missed.

With several bots, one is measured alone first, and then all at a time, each in a room of its own with so many
students, or all in one room: that spares students, who share the machine, and is the same to each bot.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from math import inf
from pathlib import Path
from statistics import mean, median
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
LIKE_ONE = 1.15  # bar: the load of a bot among others over that of one alone
FIRST_ROOM = 1234


class Followed(NamedTuple):
    """One class and how it was followed."""

    began: float  # monotonic seconds: the bot was started
    late: float  # the late student had published
    bot: Mapping[str, Any]
    lost: int = 0  # UDP packets for which a receiver had no room, whichever
    memory: tuple[float, float] = (0.0, 0.0)  # MB of its own, and of what it has in common with others
    beside: Mapping[str, float] = {}  # shares of a core that others took meanwhile

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


class Setting(NamedTuple):
    """What is measured."""

    students: int
    seconds: float
    every: float
    bots: int = 1
    together: bool = False  # in one room, instead of one each

    @property
    def rooms(self) -> list[str]:
        """Their numbers."""
        return [str(FIRST_ROOM + k) for k in range(1 if self.together else self.bots)]


def main() -> None:
    """Set up, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--students", type=int, default=25, help="up to 190, in each room")
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--every", type=float, default=1.0)
    parser.add_argument("--bots", type=int, default=1)
    parser.add_argument("--together", action="store_true", help="all bots in one room")
    wanted = Setting(**vars(parser.parse_args()))
    if MARK not in os.environ:
        sys.exit(_again_inside())
    print(f"load of the machine before: {os.getloadavg()[0]:.1f}; one look at 960x540: {yardstick():.0f} ms")
    alone = measured(wanted._replace(bots=1))
    rows = bars(wanted, *alone[0]) if wanted.bots == 1 else company(wanted, alone[0], measured(wanted))
    if missed := show(rows):
        sys.exit(f"missed: {', '.join(missed)}")


def measured(wanted: Setting) -> list[tuple[Followed, int, int]]:
    """Each bot's class, its readings due, and those made."""
    with tempfile.TemporaryDirectory() as folder:
        followed = follow(wanted, Path(folder))
        return [(seen, *readings(seen, wanted.students, wanted.every, wanted.bots)) for seen in followed]


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


def follow(wanted: Setting, folder: Path) -> list[Followed]:
    """Classes from the first student to the bots' leaving, as each bot saw its own."""
    with (
        janus(folder / "janus", wanted.rooms) as server,
        published(wanted.students, wanted.rooms) as others,
        ExitStack() as running,
    ):
        others_now = {"students": others.pid, "server": server.pid}
        lost, before = _udp_lost(), {name: _spent(pid) for name, pid in others_now.items()}
        began = time.monotonic()
        bots = [running.enter_context(_bot(wanted, server.port, folder, k)) for k in range(wanted.bots)]
        time.sleep(wanted.seconds / 2)
        late = _say(others, "late\n")
        time.sleep(max(0.0, began + wanted.seconds - time.monotonic()))
        memories = [_memory(bot.pid) for bot in bots]
        passed = time.monotonic() - began
        beside = {name: (_spent(pid) - before[name]) / passed for name, pid in others_now.items()}
        told = [bot.communicate(timeout=120)[0] for bot in bots]
        assert not any(bot.returncode for bot in bots), "a bot broke"
        lost = _udp_lost() - lost
        return [
            Followed(began, late, json.loads(one), lost, memory, beside)
            for one, memory in zip(told, memories, strict=True)
        ]


def _bot(wanted: Setting, port: int, folder: Path, number: int) -> subprocess.Popen[str]:
    """One bot on its way into its room."""
    (out := folder / f"bot{number}").mkdir()
    room = f"janus://{HOST}:{port}/{wanted.rooms[number % len(wanted.rooms)]}"
    words = [room, str(wanted.seconds), str(wanted.every), str(out)]
    return subprocess.Popen(
        [sys.executable, "-m", "benchmarks._bot", *words], stdout=subprocess.PIPE, text=True
    )


@contextmanager
def published(students: int, rooms: Sequence[str]) -> Iterator[subprocess.Popen[str]]:
    """So many students in each room, in a process of their own."""
    command = [sys.executable, "-m", "benchmarks._students", str(students), *rooms]
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


def _spent(pid: int) -> float:
    """CPU seconds of a process so far."""
    words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def _memory(pid: int) -> tuple[float, float]:
    """MB of a process: its own, and of files that others have open too."""
    sizes: Counter[str] = Counter()
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]:
        name, size, *_ = line.split()
        sizes[name.partition("_")[0].rstrip(":")] += int(size)
    return sizes["Private"] / 1024, sizes["Shared"] / 1024


def readings(seen: Followed, students: int, every: float, bots: int = 1) -> tuple[int, int]:
    """Due by the clock, whatever the bot believes, and made.

    Due from three seconds after a student was there, or as much for each of several bots that start at once.
    """
    looks = [at for at, _ in seen.bot["looks"]]
    start, end = looks[0], looks[-1]
    due = made = 0
    with open_lesson(seen.bot["lesson"]) as lesson:
        names = {seat.id: seat.name for seat in lesson.seats()}
        there = {
            (names[r.seat], round(r.time / every)) for r in lesson.each_reading() if r.state != "camera_off"
        }
    for number in range(1, students + 2):
        here = seen.late + SETTLED if number > students else seen.began + SETTLED * bots
        wanted = {
            (name_of(number), k) for k in range(round((end - start) / every)) if start + k * every >= here
        }
        due, made = due + len(wanted), made + len(wanted & there)
    return due, made


def bars(wanted: Setting, seen: Followed, due: int, made: int) -> list[Bar]:
    """Everything that is claimed of a class."""
    bot, tally, late = seen.bot, seen.bot["tally"], seen.late_first
    first = seen.first or [inf]
    sent = wanted.seconds * RATE * (wanted.students + 0.5)
    more = f"{tally['pictures_received']} of about {sent:.0f} sent pictures shown"
    rows = [
        share_at_least("readings made of those due", made / due if due else 0.0, SHARE, due),
        at_most("under a wrong name", bot["wrong"], 0, "", f"{bot['unreadable']} pictures without a number"),
        told("delay from the picture to the reading", _delay(seen)),
        told("looks left out", str(tally["looks_left_out"])),
        told("packets lost to full buffers", str(seen.lost)),
        at_most(
            "first reading after the start", first[0], SETTLED, "s", f"everybody after {first[-1]:.1f} s"
        ),
        at_most("first reading of a late student", inf if late is None else late, SETTLED, "s"),
        at_most("load", 100 * sum(seen.cores().values()), LOAD, "% of one core", _parts(seen)),
        told("load of what is beside it", _beside(seen)),
        at_most("peak memory", bot["peak"], PEAK, "MB", more),
    ]
    return [
        row._replace(claim=f"{wanted.students} students, a look every {wanted.every:g} s: {row.claim}")
        for row in rows
    ]


def company(
    wanted: Setting, alone: tuple[Followed, int, int], all_of_them: Sequence[tuple[Followed, int, int]]
) -> list[Bar]:
    """What is claimed of several bots on one machine, beside one of them alone."""
    several, one = [seen for seen, _, _ in all_of_them], alone[0]
    due, made = sum(row[1] for row in all_of_them), sum(row[2] for row in all_of_them)
    loads, single = [100 * sum(seen.cores().values()) for seen in several], 100 * sum(one.cores().values())
    peaks, memory = [seen.bot["peak"] for seen in several], [seen.memory for seen in several]
    worst = max(several, key=lambda seen: seen.bot["tally"]["delay_p95"])
    slow = max(seen.first[-1] if seen.first else inf for seen in several)
    rows = [
        share_at_least("readings made of those due", made / due if due else 0.0, SHARE, due),
        at_most("under a wrong name", sum(seen.bot["wrong"] for seen in several), 0, ""),
        told("delay from the picture to the reading, the slowest bot's", _delay(worst)),
        told("looks left out", str(sum(seen.bot["tally"]["looks_left_out"] for seen in several))),
        told("packets lost to full buffers", str(several[0].lost)),
        told(
            "everybody read after the start of all at once", f"{slow:.1f} s; one alone {one.first[-1]:.1f} s"
        ),
        told("load of each", f"{', '.join(f'{load:.0f}' for load in loads)} % of one core; {_parts(worst)}"),
        at_most(
            "load over that of one alone", mean(loads) / single, LIKE_ONE, "times", f"{single:.0f} % alone"
        ),
        told("load of what is beside them", _beside(several[0])),
        at_most("peak memory of each", max(peaks), PEAK, "MB"),
        told(
            "memory of each while it follows",
            f"{mean(own for own, _ in memory):.0f} MB, and {max(shared for _, shared in memory):.0f} MB "
            f"that all share; one alone {one.memory[0]:.0f} and {one.memory[1]:.0f}",
        ),
    ]
    where = "in one room of" if wanted.together else "each in a room of"
    return [row._replace(claim=f"{wanted.bots} bots {where} {wanted.students}: {row.claim}") for row in rows]


def _delay(seen: Followed) -> str:
    return f"{seen.bot['tally']['delay_median']} s; 95 % {seen.bot['tally']['delay_p95']} s"


def _parts(seen: Followed) -> str:
    return ", ".join(f"{part} {100 * share:.0f}" for part, share in seen.cores().items())


def _beside(seen: Followed) -> str:
    return ", ".join(f"{name} {100 * share:.0f}" for name, share in seen.beside.items()) + " % of one core"


if __name__ == "__main__":
    main()
