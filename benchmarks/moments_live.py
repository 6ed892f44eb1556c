"""How often does the live page tell of a moment where nothing changed, and how soon where something did?

    python -m benchmarks.moments_live [--lessons 20] [--json]

The simulated lessons of `benchmarks.moments` (45 minutes, 25 people), searched once a minute as far as they
had come, as the live page does it. Quiet lessons and those with a common wave have no change in them: every
lesson in which anything is told counts as wrong. A fall is told when a fall of attention within two minutes
of the true one is; its delay runs from the fall to the telling.
"""

import argparse
import json
import sys
import time
from typing import Any, NamedTuple

import numpy as np

from benchmarks._bars import at_most, share_at_least, show, told
from benchmarks.moments import EVERY, SECONDS, SETTINGS, Setting, simulate
from meetbot.settings import MOMENT_LIVE_EVERY, MOMENT_MARGIN
from meetbot.timeline.alarm import Alarm
from meetbot.timeline.moments import Track
from meetbot.types import Moment

NAMES = (
    "no change, short looks away",
    "no change, strong common wave",
    "fall, short looks away",
    "fall, common wave of 2 points",
)
MOST_FALSE, LEAST_TOLD = 0.05, 0.8  # of the first setting's lessons; of the first fall's


class Telling(NamedTuple):
    """A moment, and when the page told of it."""

    at: float
    moment: Moment


def tellings(tracks: list[Track]) -> list[Telling]:
    """What the page tells in the course of a lesson."""
    alarm, told = Alarm(), []
    for now in np.arange(MOMENT_LIVE_EVERY, SECONDS + 1, MOMENT_LIVE_EVERY):
        so_far = [track._replace(values=track.values[:, : int(now / EVERY)]) for track in tracks]
        told += [Telling(float(now), moment) for moment in alarm.look(so_far, EVERY)]
    return told


def run(setting: Setting, lessons: int) -> dict[str, Any]:
    """Many lessons of one setting."""
    began, wrong, delays, searches = time.process_time(), 0, [], lessons * SECONDS / MOMENT_LIVE_EVERY
    for seed in range(lessons):
        tracks, truth = simulate(setting, np.random.default_rng([seed, *setting.name.encode()]))
        told = tellings(tracks)
        true = [one for one in told if truth is not None and _is_the_fall(one.moment, truth)]
        wrong += len(told) > len(true)
        delays += [true[0].at - truth] if true and truth is not None else []
    return {
        "setting": setting.name,
        "lessons": lessons,
        "lessons_with_a_wrong_moment": wrong,
        "falls_told": len(delays) if setting.falls else None,
        "delay_median_s": round(float(np.median(delays))) if delays else None,
        "cpu_s_a_search": round((time.process_time() - began) / searches, 3),
    }


def _is_the_fall(moment: Moment, truth: float) -> bool:
    return moment.kind == "attention" and moment.change < 0 and abs(moment.start - truth) <= MOMENT_MARGIN


def main() -> None:
    """Prints one line a setting."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--lessons", type=int, default=20)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    rows = []
    for setting in (one for name in NAMES for one in SETTINGS if one.name == name):
        rows.append(run(setting, options.lessons))
        if not options.json:
            print(" ".join(f"{key}={value}" for key, value in rows[-1].items()), flush=True)
    if options.json:
        print(json.dumps(rows, indent=1))
        return
    quiet, waves, fall, faint = rows
    wrong = 100 * quiet["lessons_with_a_wrong_moment"] / options.lessons
    share, of = fall["falls_told"] / options.lessons, f"of {options.lessons}"
    bars = [
        at_most("told live: quiet lessons with a wrong moment", wrong, 100 * MOST_FALSE, "%", of),
        told("told live: the same with a common wave", f"{waves['lessons_with_a_wrong_moment']} {of}"),
        share_at_least(
            "told live: falls of attention",
            share,
            LEAST_TOLD,
            options.lessons,
            f"{fall['delay_median_s']} s after them",
        ),
        told("told live: falls under a common wave of 2 points", f"{faint['falls_told']} {of}"),
    ]
    if missed := show(bars):
        sys.exit(f"missed: {', '.join(missed)}")


if __name__ == "__main__":
    main()
