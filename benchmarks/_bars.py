"""What is promised beside what was measured, in the one way in which all benchmarks say it.

A script collects a `Bar` for each of its figures and shows them at its end:

    bars = [
        at_most("memory, 25 tiles at 1080p, an hour", peak, 400, "MB"),
        at_least("speed, 25 tiles at 1080p", times, 30, "times real time", more=f"{cpu:.0f} CPU s"),
        share_at_least("readings made", made / due, 0.99, due),
        told("decode, of that", f"{decode:.0f} CPU s"),  # a figure without a bar
    ]
    if missed := show(bars):
        sys.exit(f"missed: {', '.join(missed)}")

A claim says what was measured without its value, is the same in every run, and is unlike all others of its
script: under `python -m benchmarks` it names a row of the table in benchmarks/README.md.
"""

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

# The variable that names the file in which `python -m benchmarks` finds them
COLLECTED = "MEETBOT_BENCH_ROWS"
NO_BAR = "none"
NOT_GIVEN = 2  # the exit code of a script that lacks what it needs; 1 is a missed bar or a crash


class Bar(NamedTuple):
    """One figure, and what is promised of it."""

    claim: str
    measured: str
    bar: str = NO_BAR
    held: bool = True


def at_least(claim: str, value: float, bar: float, unit: str, more: str = "") -> Bar:
    """A number that may not be smaller."""
    return Bar(claim, _said(value, unit, more), f"at least {bar:g} {unit}".strip(), value >= bar)


def at_most(claim: str, value: float, bar: float, unit: str, more: str = "") -> Bar:
    """A number that may not be larger."""
    return Bar(claim, _said(value, unit, more), f"at most {bar:g} {unit}".strip(), value <= bar)


def share_at_least(claim: str, share: float, bar: float, of: int, more: str = "") -> Bar:
    """A share that may not be smaller; of nothing, nothing is claimed."""
    measured = f"{share:.1%} of {of}{more and f'; {more}'}" if of else "not measured"
    return Bar(claim, measured, f"at least {100 * bar:g} %", not of or share >= bar)


def told(claim: str, measured: str) -> Bar:
    """A figure of which nothing is promised."""
    return Bar(claim, measured)


def show(bars: Iterable[Bar]) -> list[str]:
    """Print a line each, and hand them to `python -m benchmarks` if that is running; the claims missed."""
    bars = list(bars)
    width = max((len(bar.claim) for bar in bars), default=0)
    for bar in bars:
        promise = "" if bar.bar == NO_BAR else f"   ({bar.bar})"
        print(f"{bar.claim:{width}}   {bar.measured}{promise}{'' if bar.held else '   MISSED'}")
    if file := os.environ.get(COLLECTED):
        with Path(file).open("a", encoding="utf-8") as rows:
            rows.writelines(json.dumps(bar) + "\n" for bar in bars)
    return [bar.claim for bar in bars if not bar.held]


def figure(value: float) -> str:
    """Three digits where there are so many before the point, and no more than that behind it."""
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _said(value: float, unit: str, more: str) -> str:
    return f"{figure(value)} {unit}".strip() + (more and f"; {more}")
