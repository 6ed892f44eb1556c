"""How much memory an analysis takes, however long the recording is (Linux).

    python -m benchmarks.memory [--every 5] [NAME...]

Composes recordings of a class of 25 by writing the packets of four encoded seconds over and over, analyses
each in a process of its own, report included, and prints the peak of that process. Exits with 1
over a limit; hours may take a tenth more than ten minutes. Without a name three hours are left out: at a look
a second they take a quarter of an hour.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks._bars import at_most, show
from benchmarks._class25 import class_of_25, repeat
from meetbot import analyze
from meetbot.demo import compose as compose_class

RATE = 25
LOOP = 4.0  # seconds that are really encoded
CLIPS = {
    "1080p-10min": ((1920, 1080), 10),
    "1080p-1hour": ((1920, 1080), 60),
    "1080p-3hours": ((1920, 1080), 180),
    "4K-10min": ((3840, 2160), 10),
}
MOST = {1080: 400, 2160: 700}  # MB by height of the picture
SHORT, LONG = "1080p-10min", {"1080p-1hour": "an hour", "1080p-3hours": "3 hours"}
GROWTH = 1.1  # times the peak of ten minutes that hours may take
USUAL = [name for name in CLIPS if name != "1080p-3hours"]


def main() -> None:
    """Compose, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("names", nargs="*", default=USUAL, help=", ".join(CLIPS))
    parser.add_argument("--every", type=float, default=5.0, help="seconds between two looks")
    parser.add_argument(
        "--read", type=Path, help="analyse this file and print the peak of this process in MB"
    )
    options = parser.parse_args()
    if options.read:
        print(read(options.read, options.every))
        return
    bars, peaks = [], {}
    for name in options.names:
        size, minutes = CLIPS[name]
        peaks[name] = measured(size, minutes, options.every)
        claim = f"peak memory, 25 tiles, {name}, a look every {options.every:g} s"
        bars.append(at_most(claim, peaks[name], MOST[size[1]], "MB"))
    for name, said in LONG.items():
        if {SHORT, name} <= peaks.keys():
            claim = f"peak memory of {said} over that of 10 minutes, a look every {options.every:g} s"
            bars.append(at_most(claim, peaks[name] / peaks[SHORT], GROWTH, "times"))
    if missed := show(bars):
        sys.exit(f"missed: {', '.join(missed)}")


def measured(size: tuple[int, int], minutes: int, every: float) -> int:
    """The peak in MB of a process that analyses such a recording."""
    with tempfile.TemporaryDirectory() as folder:
        path = compose(Path(folder) / "lesson.mp4", size, minutes)
        script = [sys.executable, "-m", "benchmarks.memory"]
        command = [*script, "--every", str(every), "--read", str(path)]
        return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def read(path: Path, every: float) -> int:
    """Analyses a recording and writes its report; the peak resident size in MB."""
    analyze(path, every=every).close()
    status = Path("/proc/self/status").read_text()  # getrusage would count the parent's peak too
    peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return round(int(peak.split()[1]) / 1024)


def compose(path: Path, size: tuple[int, int], minutes: int) -> Path:
    """A long H.264 recording out of four encoded seconds."""
    loop = path.with_name("loop.mp4")
    compose_class(loop, class_of_25(LOOP), columns=5, size=size, seconds=LOOP, rate=RATE)
    repeat(loop, path, 60.0 * minutes)
    return path


if __name__ == "__main__":
    main()
