"""How much memory reading a recording takes, however long it is (Linux).

    python -m benchmarks.memory

Composes recordings by writing the packets of a few encoded seconds over and over, reads each through the
source alone in a process of its own, one instant each five seconds, and prints the peak of that process.
"""

import argparse
import subprocess
import sys
import tempfile
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from meetbot.sources import open_source

RATE = 25
GROUP = 50  # frames between two key frames
LOOP = 100  # frames that are really encoded
CLIPS = {
    "1080p, 10 minutes": ((1920, 1080), 10),
    "1080p, 1 hour": ((1920, 1080), 60),
    "4K, 10 minutes": ((3840, 2160), 10),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--read", type=Path, help="read this file and print the peak of this process in MB")
    options = parser.parse_args()
    if options.read:
        print(read(options.read))
        return
    with tempfile.TemporaryDirectory() as folder:
        for name, (size, minutes) in CLIPS.items():
            path = compose(Path(folder) / "lesson.mp4", size, minutes)
            command = [sys.executable, "-m", "benchmarks.memory", "--read", str(path)]
            peak = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
            print(f"{name:<18} {path.stat().st_size / 1e6:>6.0f} MB on disk, peak {peak} MB", flush=True)


def read(path: Path) -> int:
    """Goes through all instants as an analysis does; the peak resident size in MB."""
    with open_source(path, 5.0) as found:
        for instant in found:
            for frame in instant.frames:
                frame.picture.colour()
    status = Path("/proc/self/status").read_text()  # getrusage would count the parent's peak too
    peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return round(int(peak.split()[1]) / 1024)


def compose(path: Path, size: tuple[int, int], minutes: int) -> Path:
    """A long H.264 recording out of four encoded seconds."""
    loop = encoded(path.with_name("loop.mp4"), size)
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


def encoded(path: Path, size: tuple[int, int]) -> Path:
    """Four seconds of drifting stripes, with B-frames and two key frames."""
    settings = {"preset": "veryfast", "g": str(GROUP), "x264-params": "scenecut=0:keyint_min=50", "crf": "30"}
    width, height = size
    stripes = (np.add.outer(np.arange(height), np.arange(2 * width)) // 3 % 200 + 20).astype(np.uint8)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=RATE, options=settings)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for number in range(LOOP):
            image = np.ascontiguousarray(stripes[:, 4 * number : 4 * number + width])
            frame = av.VideoFrame.from_ndarray(image, "gray")
            frame.pts, frame.time_base = number, Fraction(1, RATE)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


if __name__ == "__main__":
    main()
