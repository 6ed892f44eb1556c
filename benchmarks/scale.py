"""What a class-hour costs, what workers and cutting add, and what 500 and 50,000 lectures a day need.

    python -m benchmarks.scale [--seconds 600] [--media DIR] [--keep DIR] [--tiles]

The class of 25 at 1080p is read by the command, once for so long and once for a fifth of that: what a
recording costs beside its hours follows. Four recordings of the shorter length are read with one worker and
with two, and one in one piece and in two, with a cut and a warm-up of half its length, so that the warm-up's
price is seen. The days are simulated with what was measured; benchmarks/_day.py says what is assumed. How the
cost grows with the number of tiles is measured on galleries of their own (benchmarks/_tiles.py); `--tiles`
measures that alone. All of it takes five minutes on two idle cores, and the first time, as long once more to
compose what is read. Under `python -m benchmarks`, docs/scale.md gets the figures too.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from benchmarks._bars import COLLECTED, Bar, at_most, show, told
from benchmarks._class25 import recording
from benchmarks._day import MEAN, Cluster, Price, least_cores, simulated
from benchmarks._tiles import galleries, growth
from meetbot import settings
from meetbot.many import segment
from meetbot.many.order import Order
from meetbot.networks import Networks
from meetbot.pipeline import Plan, unwatched
from meetbot.sources import open_source

HOUR = 3600.0
WITHIN = 3600.0  # seconds from the end of a lecture to its report
CLUSTERS = {500: (4, 8, 16), 50_000: (800, 1600, 3200)}  # lectures a day: cores
RATIO = 0.6  # two workers' time over one's
CORES = 2
PAGE = Path(__file__).parent.parent / "docs" / "scale.md"
HOURS = "<!-- Figures: python -m benchmarks scale writes them. -->", "<!-- The end of the figures. -->"
GROWTH = "<!-- Growth: python -m benchmarks scale writes it. -->", "<!-- The end of the growth. -->"


class Cost(NamedTuple):
    """Of one command: seconds of all its processes' CPU, and by the clock."""

    cpu: float
    wall: float


def main() -> None:
    """Measure, simulate, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--media", type=Path, metavar="DIR")
    parser.add_argument("--keep", type=Path, metavar="DIR")
    parser.add_argument("--tiles", action="store_true")
    wanted = parser.parse_args()
    load = os.getloadavg()[0]  # by others, before anything is done here
    with tempfile.TemporaryDirectory() as name:
        folder, out = wanted.keep or Path(name), Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        hours = [] if wanted.tiles else whole(folder, out, wanted.seconds, wanted.media, load)
        tiled = galleries(folder, wanted.media)
        grown = growth(tiled, lambda path: command(path, "--out", out / path.stem).cpu)
    missed = show([*hours, *grown])
    if os.environ.get(COLLECTED):
        for bars, marks in ((hours, HOURS), (grown, GROWTH)):
            if bars:
                write(bars, load, marks)
    if missed:
        sys.exit(f"missed: {', '.join(missed)}")


def whole(folder: Path, out: Path, seconds: float, media: Path | None, load: float) -> list[Bar]:
    """The class of 25: what it costs, and what days of it take."""
    lengths = seconds, seconds / 5
    long, short = (made(folder, length, media) for length in lengths)
    spent = [command(path, "--out", out / path.stem) for path in (long, short)]
    cost = price(spent, lengths)
    return [
        *weighed(long, out / long.stem, spent[0], seconds),
        told("of that, for each recording, however long", f"{cost.each:.1f} CPU s"),
        *shared(short, out, spent[1], load),
        *cut(short, lengths[1]),
        *days(cost),
    ]


def made(folder: Path, seconds: float, media: Path | None) -> Path:
    """The class for so long."""
    return recording(folder / f"{'clips' if media else 'portraits'}-{seconds:g}.mp4", seconds, media)


def price(spent: Sequence[Cost], lengths: Sequence[float]) -> Price:
    """What an hour costs, and what each recording costs beside its hours."""
    hour = HOUR * (spent[0].cpu - spent[1].cpu) / (lengths[0] - lengths[1])
    return Price(hour, max(0.0, spent[0].cpu - hour * lengths[0] / HOUR))


def command(*words: str | Path) -> Cost:
    """What `meetbot analyze` takes, from its start to its end."""
    before, start = os.times(), time.monotonic()
    said = [sys.executable, "-m", "meetbot", "analyze", *map(str, words), "--quiet"]
    subprocess.run(said, check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(cpu, time.monotonic() - start)


def weighed(path: Path, out: Path, alone: Cost, seconds: float) -> list[Bar]:
    """The cost of an hour, and what it leaves on the disk."""
    hour = HOUR / seconds
    lesson, report = ((out / f"{path.stem}{end}").stat().st_size for end in (".meetbot", ".html"))
    skip = time.process_time()
    with open_source(path, 1.0, seconds - 10) as instants:
        next(instants)
    skipped = time.process_time() - skip
    return [
        told("a class-hour, 25 tiles at 1080p, start-up included", f"{alone.cpu * hour:.0f} CPU s"),
        told("cores that one process keeps busy", f"{alone.cpu / alone.wall:.2f} of {CORES}"),
        told("the recording itself, as composed", f"{path.stat().st_size * hour / 1e6:.0f} MB an hour"),
        told("its lesson", f"{lesson * hour / 1e6:.1f} MB an hour"),
        told("its report", f"{report / 1e6:.2f} MB for {seconds / 60:g} minutes"),
        *(told(f"lessons of {n:,} lectures", f"{n * MEAN * lesson * hour / 1e9:.1f} GB") for n in CLUSTERS),
        told("reading past an hour to begin after it", f"{skipped * hour:.2f} CPU s"),
    ]


def shared(path: Path, out: Path, alone: Cost, load: float) -> list[Bar]:
    """Four recordings by one worker and by two."""
    folder = out / "four"
    folder.mkdir()
    for number in range(4):
        shutil.copy(path, folder / f"{number}.mp4")
    one, two = (command(folder, "--out", out / f"by{n}", "--workers", str(n)) for n in (1, 2))
    return [
        faster(one, two, load),
        told("CPU time of two workers over one's", f"{two.cpu / one.cpu:.2f} times"),
        told("workers' own cost, four recordings", f"{one.cpu - 4 * alone.cpu:.1f} CPU s"),
    ]


def faster(one: Cost, two: Cost, load: float) -> Bar:
    """Whether two workers win; where one fills the cores, or others do, nothing can be promised."""
    claim, ratio, busy = (
        "four recordings, two workers' time over one's",
        two.wall / one.wall,
        one.cpu / one.wall,
    )
    said = f"{one.wall:.0f} s with {busy:.2f} cores busy by one, {two.wall:.0f} s by two"
    if load > CORES:
        return told(claim, f"{ratio:.2f} times; {said}; says nothing, since other programs filled the cores")
    if busy / CORES < RATIO:
        return at_most(claim, ratio, RATIO, "times", f"{said}: one leaves cores idle, so the bar counts")
    least = busy / CORES
    return told(claim, f"{ratio:.2f} times; {said}: one fills the cores, {least:.2f} is the least, so no bar")


def cut(path: Path, seconds: float) -> list[Bar]:
    """One piece, and two with a warm-up of half the recording."""
    half = seconds / 2
    order, networks = Order(path, Plan()), Networks()
    whole, first, second = (
        segment.Stretch(None, None), segment.Stretch(None, half), segment.Stretch(half, None)
    )  # fmt: skip
    with patch.object(settings, "RENEW_EVERY", half), patch.object(segment, "CUT_WARM", half):
        spent = []
        for stretch in (whole, whole, first, second):  # the first one loads what is loaded once
            start = time.process_time()
            segment.read_stretch(order, stretch, networks, unwatched)
            spent.append(time.process_time() - start)
    _, one, *two = spent
    warm = (sum(two) - one) / half
    price = warm * settings.CUT_WARM
    return [told("each cut of a recording", f"{price:.1f} CPU s ({settings.CUT_WARM:g} s of warm-up)")]


def days(cost: Price) -> list[Bar]:
    """500 and 50,000 lectures a day on some clusters."""
    rows = []
    for lectures, clusters in CLUSTERS.items():
        for cores in clusters:
            day = simulated(lectures, Cluster(cores, cost))
            said = (
                f"half within {day.half / 60:.0f} min, 95 % within {day.most / 60:.0f}, "
                f"the last {day.last / 60:.0f}; cores busy {day.busy:.0%}"
            )
            rows.append(told(f"{lectures:,} lectures a day on {cores:,} cores", said))
        tried = [round(lectures / 500 * step) for step in range(1, 65)]
        least = least_cores(lectures, cost, WITHIN, tried)
        rows.append(told(f"{lectures:,} lectures, 95 % of reports within an hour", f"{least:,} cores"))
    return rows


def write(bars: Sequence[Bar], load: float, marks: tuple[str, str]) -> None:
    """Puts figures into the page for administrators, between two marks."""
    start, end = marks
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(start)
    _, _, after = rest.partition(end)
    assert after, f"{PAGE} lacks the marks of the figures"
    when = f"Measured on {date.today():%Y-%m-%d}, on {os.cpu_count()} cores beside a load of {load:.0f}."
    rows = [f"| {bar.claim} | {bar.measured}{'' if bar.held else f' (missed: {bar.bar})'} |" for bar in bars]
    table = "\n".join([start, when, "", "| | |", "|---|---|", *rows, end])
    PAGE.write_text(before + table + after, encoding="utf-8")


if __name__ == "__main__":
    main()
