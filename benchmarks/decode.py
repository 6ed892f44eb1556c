"""What decoding costs when only sampling instants are wanted, and what leaving out the loop filter changes.

    python -m benchmarks.decode [--seconds 30] [--every 1.0]

Composes a 25-tile 1080p recording of drifting textures with camera grain in five codecs and prints, for each,
the CPU seconds of decoding everything, the same without the loop filter, and as a recording is read here, by
how much brightness goes astray without the loop filter, and by how much more because frames are left out: not
at all, or it is a fault.
"""

import argparse
import tempfile
import time
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import av
import cv2
import numpy as np

from benchmarks._bars import Bar, at_most, show, told
from meetbot.sources import open_source
from meetbot.sources.frames import picture_of
from meetbot.types import Image

WIDTH, HEIGHT, RATE = 1920, 1080, 25
TILES = 5  # each way
CODECS = {
    "H.264": ("libx264", "mp4", {"preset": "veryfast", "crf": "26"}),
    "HEVC": ("libx265", "mp4", {"preset": "ultrafast", "crf": "28", "x265-params": "log-level=none"}),
    "VP8": ("libvpx", "webm", {"deadline": "realtime", "cpu-used": "8", "b": "3M"}),
    "VP9": ("libvpx-vp9", "webm", {"deadline": "realtime", "cpu-used": "8", "b": "2M"}),
    "AV1": ("libsvtav1", "mp4", {"preset": "12", "crf": "40"}),
}


class Result(NamedTuple):
    """CPU seconds, and how far brightness (0-255) goes astray without the loop filter."""

    everything: float
    unfiltered: float
    here: float
    mean_difference: float
    largest_difference: float  # the 99.9th percentile of the pixels
    left_out: int  # how far any pixel goes astray because of frames that were left out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--every", type=float, default=1.0)
    options = parser.parse_args()
    print(
        f"{options.seconds:.0f} s of {WIDTH}x{HEIGHT} at {RATE} a second, an instant each {options.every} s"
    )
    print("CPU seconds of decoding; brightness astray without the loop filter, of 255")
    costs = f"{'all frames':>11}{'unfiltered':>11}{'here':>8}{'ratio':>7}"
    print(f"{'codec':<7}{costs}{'mean':>8}{'99.9 %':>8}{'left out':>9}")
    bars: list[Bar] = []
    with tempfile.TemporaryDirectory() as folder:
        for name, (codec, ending, settings) in CODECS.items():
            path = compose(Path(folder) / f"class.{ending}", codec, settings, options.seconds)
            result = measure(path, options.every)
            costs = f"{result.everything:>11.2f}{result.unfiltered:>11.2f}{result.here:>8.2f}"
            ratio = result.here / result.everything
            astray = f"{result.mean_difference:>8.2f}{result.largest_difference:>8.0f}"
            print(f"{name:<7}{costs}{ratio:>7.2f}{astray}{result.left_out:>9}", flush=True)
            spent = f"{result.here:.2f} CPU s; of every frame {result.everything:.2f}"
            bars.append(told(f"decoding what is needed of {options.seconds:g} s, {name}", spent))
            bars.append(
                at_most(f"brightness astray by frames left out, {name}", result.left_out, 0, "of 255")
            )
    show(bars)


def compose(path: Path, codec: str, settings: dict[str, str], seconds: float) -> Path:
    """A recording of 25 tiles, each with a texture of its own that drifts to and fro under camera grain."""
    draw = np.random.default_rng(1)
    width, height = WIDTH // TILES, HEIGHT // TILES
    textures = [texture(draw, width + 40, height + 40) for _ in range(TILES * TILES)]
    grain = [draw.normal(0, 2.5, (HEIGHT, WIDTH)).astype(np.int8) for _ in range(8)]
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=RATE, options=settings)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        for number in range(round(seconds * RATE)):
            image = np.zeros((HEIGHT, WIDTH), np.uint8)
            for place, tile in enumerate(textures):
                x = round(20 + 19 * np.sin(number / 17 + place))
                y = round(20 + 19 * np.sin(number / 23 + 2 * place))
                top, left = place // TILES * height, place % TILES * width
                image[top : top + height, left : left + width] = tile[y : y + height, x : x + width]
            image = np.clip(image.astype(np.int16) + grain[number % len(grain)], 0, 255).astype(np.uint8)
            frame = av.VideoFrame.from_ndarray(np.repeat(image[:, :, None], 3, axis=2), "bgr24")
            frame.pts, frame.time_base = number, Fraction(1, RATE)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def texture(draw: np.random.Generator, width: int, height: int) -> Image:
    """Soft shapes with some sharp edges, about as much detail as a face before a wall."""
    soft = cv2.GaussianBlur(draw.normal(0, 1, (height, width)), (0, 0), 12)
    fine = cv2.GaussianBlur(draw.normal(0, 1, (height, width)), (0, 0), 2)
    image = 120 + 900 * soft + 60 * fine + 40 * (soft > 0.02)
    return np.clip(image, 16, 240).astype(np.uint8)


def measure(path: Path, every: float) -> Result:
    """Decodes the file in three ways and compares the pictures."""
    marks = [time.process_time()]
    exact = decode_everything(path, every, {})
    marks.append(time.process_time())
    rough = decode_everything(path, every, {"skip_loop_filter": "all"})
    marks.append(time.process_time())
    with open_source(path, every) as found:
        here = [instant.frames[0].picture.luma.copy() for instant in found]
    marks.append(time.process_time())
    left_out = max(int(cv2.absdiff(a, b).max()) for a, b in zip(here, exact, strict=True))
    off = np.concatenate([cv2.absdiff(a, b)[::4, ::4].ravel() for a, b in zip(exact, rough, strict=True)])
    everything, unfiltered, spent = (end - begin for begin, end in pairwise(marks))
    astray = float(off.mean()), float(np.percentile(off, 99.9))
    return Result(everything, unfiltered, spent, *astray, left_out)


def decode_everything(path: Path, every: float, settings: dict[str, str]) -> list[Image]:
    """The sampled pictures by way of every frame."""
    pictures: list[Image] = []
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        stream.thread_type = "AUTO"
        stream.codec_context.options = settings
        for frame in container.decode(stream):
            if frame.time >= len(pictures) * every - 1e-6:
                pictures.append(picture_of(frame).luma.copy())
    return pictures


if __name__ == "__main__":
    main()
