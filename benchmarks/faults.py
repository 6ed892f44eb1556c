"""Do damaged recordings ever crash or stall the reading?

python -m benchmarks.faults [--count 200] [--seed 0]

Makes six seconds of grain in five containers, damages copies of them (flipped bits, cuts, edited headers),
and reads each copy in a process of its own. Exits with 1 when one of them crashed or took too long.
"""

import argparse
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import numpy.typing as npt

from meetbot.errors import InputError
from meetbot.sources import open_source
from meetbot.types import Image
from tests.media import Video, steady, write_clip

PATIENCE = 30  # seconds
OUTCOMES = ("read", "refused", "crashed", "too long")
FLIPPED = 40  # bytes changed in one copy
HEADER, EDITED = 1024, 4  # bytes that an edit may fall into, and bytes it changes

Fault = Callable[[bytearray, np.random.Generator], bytearray]


def main() -> None:
    """Print the table, and each copy that crashed or took too long."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--count", type=int, default=200, help="damaged recordings")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--read", type=Path, metavar="FILE", help="only read this file")
    options = parser.parse_args()
    if options.read:
        read(options.read)
        return
    with tempfile.TemporaryDirectory() as folder:
        seen = damage_and_read(Path(folder), options.count, options.seed)
    print(f"{options.count} damaged recordings, seed {options.seed}")
    print(f"{'':8}" + "".join(f"{outcome:>10}" for outcome in OUTCOMES))
    for ending in CLIPS:
        print(f"{ending:8}" + "".join(f"{seen[ending, outcome]:10}" for outcome in OUTCOMES))
    bad = sum(count for (_, outcome), count in seen.items() if outcome in ("crashed", "too long"))
    if bad:
        sys.exit(f"missed: {bad} of {options.count} crashed or took over {PATIENCE} s")


def damage_and_read(folder: Path, count: int, seed: int) -> Counter[tuple[str, str]]:
    """How many recordings of each ending came to which outcome; containers and faults take turns."""
    whole = {ending: write_clip(folder / f"whole.{ending}", clip) for ending, clip in CLIPS.items()}
    seen: Counter[tuple[str, str]] = Counter()
    for number in range(count):
        turn, place = divmod(number, len(whole))
        ending, (fault, change) = list(whole)[place], list(FAULTS.items())[turn % len(FAULTS)]
        damaged = folder / f"damaged.{ending}"
        data = bytearray(whole[ending].read_bytes())
        damaged.write_bytes(change(data, np.random.default_rng([seed, number])))
        outcome, words = attempt(damaged)
        seen[ending, outcome] += 1
        if outcome in ("crashed", "too long"):
            print(f"{outcome}: number {number}, {fault} in {ending}: {words}", flush=True)
    return seen


def attempt(path: Path) -> tuple[str, str]:
    """Read a recording in a process of its own; the outcome, and that process's last words."""
    command = [sys.executable, "-m", "benchmarks.faults", "--read", str(path)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        return "too long", f"over {PATIENCE} s"
    outcome = {0: "read", InputError.exit_code: "refused"}.get(done.returncode, "crashed")
    return outcome, (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]


def read(path: Path) -> None:
    """Take every instant out of a file."""
    try:
        with open_source(path, every=0.5) as instants:
            for instant in instants:
                assert all(frame.picture.luma.size for frame in instant.frames)
    except InputError as error:
        sys.exit(error.exit_code)


def flip(data: bytearray, chance: np.random.Generator) -> bytearray:
    """Bits flipped anywhere."""
    return change(data, chance.integers(0, len(data), FLIPPED), chance)


def cut(data: bytearray, chance: np.random.Generator) -> bytearray:
    """The end is missing."""
    return data[: int(chance.integers(1, len(data)))]


def edit(data: bytearray, chance: np.random.Generator) -> bytearray:
    """Bytes changed at the beginning, or in the index that stands at the end of an mp4."""
    begin = max(0, data.find(b"moov"))
    return change(data, begin + chance.integers(0, min(HEADER, len(data) - begin), EDITED), chance)


def change(data: bytearray, places: npt.NDArray[np.int64], chance: np.random.Generator) -> bytearray:
    """Another byte in each of these places."""
    for place in places:
        data[place] ^= int(chance.integers(1, 256))
    return data


def grain(time: float) -> Image:
    """Noise, so that each frame takes bytes of its own."""
    return np.random.default_rng(round(time * 1000)).integers(0, 255, (96, 128)).astype(np.uint8)


FAULTS: dict[str, Fault] = {"flipped bits": flip, "a cut": cut, "an edited header": edit}
CLIPS = {
    "mp4": Video(grain, options={"g": "10"}),
    "mkv": Video(grain, options={"g": "10"}),
    "webm": Video(grain, codec="libvpx", options={"g": "10", "deadline": "realtime", "cpu-used": "8"}),
    "avi": Video(grain, steady(6.0, 25), "mpeg4", tick=Fraction(1, 25), rate=25),
    "mpg": Video(grain, steady(6.0, 25), "mpeg2video", tick=Fraction(1, 25), rate=25),
}


if __name__ == "__main__":
    main()
