"""How much memory an analysis takes, however long the recording is (Linux).

    python -m benchmarks.memory [--every 5] [NAME...]

Composes recordings of a class of 25 by writing the packets of four encoded seconds over and over, analyses
each in a process of its own, report included, and prints the peak of that process. Exits with 1
over the limit.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import av

from benchmarks._class25 import class_of_25
from meetbot import analyze
from meetbot.demo import compose as compose_class

RATE = 25
LOOP = 100  # frames that are really encoded
CLIPS = {
    "1080p-10min": ((1920, 1080), 10),
    "1080p-1hour": ((1920, 1080), 60),
    "4K-10min": ((3840, 2160), 10),
}
MOST = {1080: 400, 2160: 700}  # MB by height of the picture


def main() -> None:
    """Compose, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("names", nargs="*", default=list(CLIPS), help=", ".join(CLIPS))
    parser.add_argument("--every", type=float, default=5.0, help="seconds between two looks")
    parser.add_argument(
        "--read", type=Path, help="analyse this file and print the peak of this process in MB"
    )
    options = parser.parse_args()
    if options.read:
        print(read(options.read, options.every))
        return
    over = []
    for name in options.names:
        size, minutes = CLIPS[name]
        with tempfile.TemporaryDirectory() as folder:
            path = compose(Path(folder) / "lesson.mp4", size, minutes)
            script = [sys.executable, "-m", "benchmarks.memory"]
            command = [*script, "--every", str(options.every), "--read", str(path)]
            peak = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
            disk = path.stat().st_size / 1e6
        print(f"{name:<12} every {options.every:g} s: {disk:.0f} MB on disk, peak {peak} MB", flush=True)
        over += [name] if int(peak) > MOST[size[1]] else []
    if over:
        sys.exit(f"over {MOST[1080]} MB at 1080p or {MOST[2160]} MB at 4K: {', '.join(over)}")


def read(path: Path, every: float) -> int:
    """Analyses a recording and writes its report; the peak resident size in MB."""
    analyze(path, every=every).close()
    status = Path("/proc/self/status").read_text()  # getrusage would count the parent's peak too
    peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return round(int(peak.split()[1]) / 1024)


def compose(path: Path, size: tuple[int, int], minutes: int) -> Path:
    """A long H.264 recording out of four encoded seconds."""
    loop = path.with_name("loop.mp4")
    compose_class(loop, class_of_25(LOOP / RATE), columns=5, size=size, seconds=LOOP / RATE, rate=RATE)
    with av.open(str(loop)) as source, av.open(str(path), "w") as target:
        stream = source.streams.video[0]
        packets = [packet for packet in source.demux(stream) if packet.dts is not None]
        assert stream.time_base is not None
        turn = round(LOOP / RATE / stream.time_base)
        copy = target.add_stream_from_template(stream)
        for number in range(minutes * 60 * RATE // LOOP):
            for packet in packets:
                repeated = av.Packet(bytes(packet))
                repeated.stream, repeated.time_base = copy, stream.time_base
                repeated.pts, repeated.dts = (
                    shifted(packet.pts, number * turn),
                    shifted(packet.dts, number * turn),
                )
                repeated.duration, repeated.is_keyframe = packet.duration, packet.is_keyframe
                target.mux(repeated)
    return path


def shifted(stamp: int | None, by: int) -> int | None:
    """A time stamp moved by some ticks."""
    return None if stamp is None else stamp + by


if __name__ == "__main__":
    main()
