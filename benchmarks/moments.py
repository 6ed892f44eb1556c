"""How often are moments found where nothing changed, and where something did?

    python -m benchmarks.moments [--lessons 100] [--json]

Simulated lessons of 45 minutes and 25 people, sampled once a second. Attention is a two-state process
for each person (turned to the screen or not; a share of their own, about 0.78; looks away for so many
seconds on average), so neighbouring seconds are alike as in life. Mood is a value for each person that
wanders with a correlation time of 30 s. On top the whole class may wave together (first-order
autoregressive, correlation time 60 s). 8 % of the readings are missing; where said, a fifth of the
people comes late and a fifth leaves early. In a fall, twelve or thirteen people turn to the screen
20 points less from a random minute on. "Found" is a moment of attention within 60 s of the truth;
"extra" are other moments.
"""

import argparse
import json
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from benchmarks._bars import Bar, at_least, at_most, show, told
from meetbot.timeline.moments import Track, find_moments

PEOPLE, SECONDS, EVERY = 25, 2700, 1.0
FALL, NEAR = 0.20, 60.0  # share that half of the class falls by; seconds that a moment may be off

MOST_FALSE, LEAST_FOUND = 0.05, 0.95  # held against the first setting and the first fall

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Setting:
    """How a simulated class behaves."""

    name: str
    away: float  # mean seconds of a look away
    wave: float  # standard deviation of what the class has in common, in shares
    coming_and_going: bool
    falls: bool


class Result(NamedTuple):
    """What was found over many lessons."""

    lessons: int
    with_moments: int
    found: int
    extra: int
    seconds_off: float  # median, of those found within reach or not


SETTINGS = (
    Setting("no change, short looks away", 6, 0.02, True, False),
    Setting("no change, long looks away", 20, 0.02, True, False),
    Setting("no change, strong common wave", 6, 0.03, True, False),
    Setting("fall, short looks away", 6, 0.0, False, True),
    Setting("fall, common wave of 2 points", 6, 0.02, False, True),
    Setting("fall, common wave of 3 points", 6, 0.03, False, True),
    Setting("fall, coming and going", 6, 0.02, True, True),
    Setting("fall, long looks away", 20, 0.0, False, True),
)


def simulate(setting: Setting, draw: np.random.Generator) -> tuple[list[Track], float | None]:
    """One lesson, and the second at which attention falls."""
    share = np.clip(draw.beta(14, 4, (PEOPLE, 1)), 0.35, 0.97) + _wander(draw, 1, 60, setting.wave)
    mood = np.clip(draw.beta(14, 4, (PEOPLE, 1)), 0.35, 0.97) + _wander(draw, 1, 60, setting.wave)
    truth = None
    if setting.falls:
        truth = float(draw.integers(600, SECONDS - 600))
        share[draw.permutation(PEOPLE)[: draw.integers(12, 14)], int(truth) :] -= FALL
    attention = _looks(draw, np.clip(share, 0.03, 0.97), setting.away)
    mood = np.clip(mood + _wander(draw, PEOPLE, 30, 0.15), 0.2, 1.0)
    unseen = draw.random((PEOPLE, SECONDS)) < 0.08
    if setting.coming_and_going:
        unseen |= _away_from_class(draw)
    seats = tuple(range(PEOPLE))
    tracks = [("attention", attention), ("mood", mood)]
    return [Track(kind, seats, np.where(unseen, np.nan, values)) for kind, values in tracks], truth  # type: ignore[arg-type]


def run(setting: Setting, lessons: int) -> Result:
    """Searches many lessons of one setting."""
    with_moments, found, extra, off = 0, 0, 0, []
    for seed in range(lessons):
        tracks, truth = simulate(setting, np.random.default_rng([seed, *setting.name.encode()]))
        moments = find_moments(tracks, EVERY)
        with_moments += bool(moments)
        near = [abs(m.start - truth) for m in moments if truth is not None and m.kind == "attention"]
        off += [min(near)] if near else []
        hit = bool(near) and min(near) <= NEAR
        found += hit
        extra += len(moments) - hit
    return Result(lessons, with_moments, found, extra, float(np.median(off)) if off else float("nan"))


def _looks(draw: np.random.Generator, share: Floats, away: float) -> Floats:
    back = 1.0 / away
    leave = np.clip(back * (1 - share) / share, 0, 1)
    chance = draw.random(share.shape)
    looks = np.empty_like(share)
    now = draw.random(len(share)) < share[:, 0]
    for second in range(share.shape[1]):
        now = np.where(now, chance[:, second] >= leave[:, second], chance[:, second] < back)
        looks[:, second] = now
    return looks


def _wander(draw: np.random.Generator, rows: int, seconds: float, spread: float) -> Floats:
    keep = np.exp(-1.0 / seconds)
    steps = draw.normal(0.0, spread * np.sqrt(1 - keep**2), (rows, SECONDS))
    values = np.empty((rows, SECONDS))
    now = draw.normal(0.0, spread, rows)
    for second in range(SECONDS):
        now = keep * now + steps[:, second]
        values[:, second] = now
    return values


def _away_from_class(draw: np.random.Generator) -> npt.NDArray[np.bool_]:
    second = np.arange(SECONDS)
    kind = draw.random((PEOPLE, 1))
    late, early = draw.uniform(0, SECONDS / 2, (PEOPLE, 1)), draw.uniform(SECONDS / 2, SECONDS, (PEOPLE, 1))
    return ((kind < 0.2) & (second < late)) | ((kind > 0.8) & (second > early))


def main() -> None:
    """Prints one line a setting."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--lessons", type=int, default=100)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    rows = []
    for setting in SETTINGS:
        began = time.perf_counter()
        result = run(setting, options.lessons)
        each = (time.perf_counter() - began) / options.lessons
        rows.append({**asdict(setting), **result._asdict(), "seconds_each": round(each, 2)})
        if not options.json:
            told = f"found {result.found}, extra {result.extra}, off {result.seconds_off:.0f} s"
            print(
                f"{setting.name:32} {result.with_moments:4} of {result.lessons} with moments"
                + (f"; {told}" if setting.falls else "")
                + f"  ({each:.2f} s each)",
                flush=True,
            )
    if options.json:
        print(json.dumps(rows, indent=1))
        return
    if missed := show(
        bar_of(setting, one, options.lessons) for setting, one in zip(SETTINGS, rows, strict=True)
    ):
        sys.exit(f"missed: {', '.join(missed)}")


def bar_of(setting: Setting, row: Mapping[str, float], lessons: int) -> Bar:
    """Something is promised of the first lessons without a change, and of the first fall."""
    claim = f"moments, {setting.name}"
    wrong, found = 100 * row["with_moments"] / lessons, 100 * row["found"] / lessons
    if not setting.falls:
        return at_most(claim, wrong, 100 * MOST_FALSE, "% of the lessons with one", f"{lessons} lessons")
    more = f"{row['extra']} others in {lessons} lessons"
    if setting is next(one for one in SETTINGS if one.falls):
        return at_least(claim, found, 100 * LEAST_FOUND, "% found", more)
    return told(claim, f"{found:.0f} % found; {more}")


if __name__ == "__main__":
    main()
