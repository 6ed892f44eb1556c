"""What the live page costs, in shares of one core: the thread that reads, and the thread that shows.

    python -m benchmarks.live_page [--people 25] [--minutes 45] [--json]

A made-up class goes on as fast as the machine allows: one reading of everybody a second, as the bot makes
them, and a new state of the page every three seconds of class, as `meetbot join --live` makes them: all
values, with the search for moments once a minute, as the JSON that is sent. CPU time of the one thread that
works is taken around each part, so other work counts little. The share is of the class's own time.
"""

import argparse
import json
import sys
import time
from typing import Any

import numpy as np

from benchmarks._bars import at_most, show, told
from meetbot.settings import LIVE_EVERY
from meetbot.timeline.glance import Terms
from meetbot.timeline.running import Running
from meetbot.types import Box, Event, Reading

MOST_READING, MOST_SHOWING = 0.001, 0.02  # of a core


def readings(second: int, people: int, draw: np.random.Generator) -> list[Reading]:
    """One look at everybody: mostly turned to the screen, in moods that wander."""
    shares = draw.dirichlet((0.5, 0.2, 0.3, 2.0, 0.6, 0.4, 4.0), people)
    yaw = np.where(draw.random(people) < 0.85, draw.normal(0, 4, people), 40.0)
    box = Box(100, 40, 60, 80)
    return [
        Reading(second, seat, "face", box, tuple(map(float, one)), float(one.max()), float(turn), 0.0, 0.0)
        for seat, (one, turn) in enumerate(zip(shares, yaw, strict=True), start=1)
    ]


def run(people: int, minutes: float) -> dict[str, Any]:
    """A class, and what its page costs."""
    running, draw = Running(Terms(1.0)), np.random.default_rng(0)
    for seat in range(1, people + 1):
        running.add(Event(0.0, "joined", seat, f"Student {seat}"))
    seconds, reading, showing, longest, text = round(60 * minutes), 0.0, 0.0, 0.0, ""
    for second in range(seconds):
        seen = readings(second, people, draw)
        began = time.thread_time()
        for one in seen:
            running.add(one)
        running.reached(second)
        reading += time.thread_time() - began
        if second % LIVE_EVERY == 0:
            began = time.thread_time()
            text = json.dumps(running.values())
            spent = time.thread_time() - began
            showing, longest = showing + spent, max(longest, spent)
    return {
        "people": people,
        "minutes": minutes,
        "reading_thread": round(reading / seconds, 6),
        "showing_thread": round(showing / seconds, 4),
        "longest_state_s": round(longest, 3),
        "bytes_a_state": len(text),
    }


def main() -> None:
    """Prints the shares."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=25)
    parser.add_argument("--minutes", type=float, default=45)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found = run(options.people, options.minutes)
    if options.json:
        print(json.dumps(found))
        return
    of, longest = (
        f"{options.people} people, {options.minutes:g} minutes",
        f"{found['longest_state_s']} s at most",
    )
    reading, showing = 100 * found["reading_thread"], 100 * found["showing_thread"]
    bars = [
        at_most("live page, cost to the reading thread", reading, 100 * MOST_READING, "% of a core", of),
        at_most("live page, cost of showing", showing, 100 * MOST_SHOWING, "% of a core", longest),
        told("live page, one state", f"{found['bytes_a_state'] / 1000:.1f} kB"),
    ]
    if missed := show(bars):
        sys.exit(f"missed: {', '.join(missed)}")


if __name__ == "__main__":
    main()
