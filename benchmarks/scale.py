"""What a class-hour costs, what workers and cutting add, and what 500 and 50,000 lectures a day need.

    python -m benchmarks.scale [--seconds 120] [--media DIR] [--keep DIR] [--workers] [--cut]

The class of 25 at 1080p is read by the command, and its lesson and report are weighed. --workers reads four
recordings with one worker and with two; --cut reads one recording in one piece and in two, with a cut and a
warm-up of half its length, so that the warm-up's price is seen. The days are simulated with what was
measured; benchmarks/_day.py says what is assumed.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from benchmarks._bars import Bar, at_most, show, told
from benchmarks._class25 import recording
from benchmarks._day import Cluster, least_cores, simulated
from meetbot import settings
from meetbot.faces.classify import load_classifier
from meetbot.many import segment
from meetbot.many.order import Order
from meetbot.pipeline import Plan, unwatched
from meetbot.sources import open_source

HOUR = 3600.0
WITHIN = 3600.0  # seconds from the end of a lecture to its report
CLUSTERS = {500: (4, 8, 16), 50_000: (800, 1600, 3200)}  # lectures a day: cores
RATIO = 0.6  # two workers' time over one's
CORES = 2


class Cost(NamedTuple):
    """Of one command: seconds of all its processes' CPU, and by the clock."""

    cpu: float
    wall: float


def main() -> None:
    """Measure, simulate, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--media", type=Path, metavar="DIR")
    parser.add_argument("--keep", type=Path, metavar="DIR")
    parser.add_argument("--workers", action="store_true")
    parser.add_argument("--cut", action="store_true")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder, out = wanted.keep or Path(name), Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        faces = "clips" if wanted.media else "portraits"
        path = recording(folder / f"{faces}-{wanted.seconds:g}.mp4", wanted.seconds, wanted.media)
        alone = command(path, "--out", out / "alone")
        bars = weighed(path, out / "alone", alone, wanted.seconds)
        if wanted.workers:
            bars += shared(path, out, alone)
        if wanted.cut:
            bars += cut(path, wanted.seconds)
        bars += days(alone.cpu * HOUR / wanted.seconds)
    if missed := show(bars):
        sys.exit(f"missed: {', '.join(missed)}")


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
        told("reading past an hour to begin after it", f"{skipped * hour:.2f} CPU s"),
    ]


def shared(path: Path, out: Path, alone: Cost) -> list[Bar]:
    """Four recordings by one worker and by two."""
    folder = out / "four"
    folder.mkdir()
    for number in range(4):
        shutil.copy(path, folder / f"{number}.mp4")
    one, two = (command(folder, "--out", out / f"by{n}", "--workers", str(n)) for n in (1, 2))
    busy = " and ".join(f"{run.wall:.0f} s, {run.cpu / run.wall:.2f} cores busy" for run in (two, one))
    return [
        at_most("four recordings, two workers' time over one's", two.wall / one.wall, RATIO, "times", busy),
        told("CPU time of two workers over one's", f"{two.cpu / one.cpu:.2f} times"),
        told("workers' own cost, four recordings", f"{one.cpu - 4 * alone.cpu:.1f} CPU s"),
    ]


def cut(path: Path, seconds: float) -> list[Bar]:
    """One piece, and two with a warm-up of half the recording."""
    half = seconds / 2
    order, classifier = Order(path, Plan()), load_classifier()
    whole, first, second = (
        segment.Stretch(None, None), segment.Stretch(None, half), segment.Stretch(half, None)
    )  # fmt: skip
    with patch.object(settings, "RENEW_EVERY", half), patch.object(segment, "CUT_WARM", half):
        spent = []
        for stretch in (whole, whole, first, second):  # the first one loads what is loaded once
            start = time.process_time()
            segment.read_stretch(order, stretch, classifier, unwatched)
            spent.append(time.process_time() - start)
    _, one, *two = spent
    warm = (sum(two) - one) / half
    price = warm * settings.CUT_WARM
    return [told("each cut of a recording", f"{price:.1f} CPU s ({settings.CUT_WARM:g} s of warm-up)")]


def days(cost: float) -> list[Bar]:
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


if __name__ == "__main__":
    main()
