"""Time and memory of a peer, in its own environment: nothing is imported here that not all of them have."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]


def instants(recording: str, every: float, count: int) -> Iterator[Pixels]:
    """The pictures at 0, every, 2 x every, ... as these projects take them: OpenCV decodes all in between."""
    video = cv2.VideoCapture(recording)
    rate, number = video.get(cv2.CAP_PROP_FPS), 0
    for instant in range(count):
        while number <= round(instant * every * rate):
            assert video.grab(), f"{recording} has no {count} instants"
            number += 1
        yield np.asarray(video.retrieve()[1], np.uint8)


def measure(recording: str, every: float, count: int, look: Callable[[Pixels], int]) -> None:
    """Let a peer look at some instants; the first one, at which everything is loaded, is not counted."""
    pictures = instants(recording, every, count + 1)
    look(next(pictures))
    wall, cpu = time.monotonic(), time.process_time()
    faces = [look(picture) for picture in pictures]
    tell(count, time.monotonic() - wall, time.process_time() - cpu, sum(faces))


def tell(count: int, wall: float, cpu: float, faces: int, **more: Any) -> None:
    """One line of JSON: seconds for each instant (or face), faces for each, and the peak of memory in MB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    each = {"wall": wall / count, "cpu": cpu / count, "faces": faces / count, "peak": peak / 1024}
    print(json.dumps({**each, **more}), flush=True)
