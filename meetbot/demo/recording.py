"""Composes a recording of a small class, as a meeting program would have made it."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np

from meetbot.demo.portraits import Student, camera, check_portraits
from meetbot.errors import OutputError
from meetbot.types import Image

_GAP = 8  # pixels between two tiles
_BACKGROUND = (18, 18, 18)


def demo_class(seconds: float) -> tuple[Student, ...]:
    """The nine students of `meetbot demo --recorded`; after 60 % of the lesson five of seven look away."""
    lost = (0.6 * seconds, seconds)
    return (
        Student("Grace", "grace_hopper", turned_away=lost, away=-36),
        Student("Eileen", "astronaut", turned_away=lost, rhythm=11),
        Student("Ada", None),
        Student("Hedy", "astronaut", mirrored=True, light=0.85, rhythm=7, turned_away=lost, away=-36),
        Student("Katherine", "grace_hopper", mirrored=True, rhythm=13, gone=(0.3 * seconds, 0.45 * seconds)),
        Student("Emmy", "astronaut", light=1.1, dark=(0.2 * seconds, 0.4 * seconds), turned_away=lost),
        Student("Lise", None),
        Student("Mary", "grace_hopper", light=0.9, rhythm=8, turned_away=lost, away=-36),
        Student("Sofia", "astronaut", mirrored=True, rhythm=10),
    )


def compose(
    target: Path,
    students: tuple[Student, ...],
    *,
    columns: int = 3,
    size: tuple[int, int] = (1280, 720),
    seconds: float = 240.0,
    rate: int = 4,
) -> Path:
    """Write a class recording as H.264 and return its path."""
    check_portraits()
    unfinished = target.with_name(f".{target.name}")
    try:
        with av.open(str(unfinished), "w", format="mp4") as container:
            stream = container.add_stream("libx264", rate=Fraction(rate), options={"preset": "ultrafast"})
            stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
            for picture in _pictures(students, columns, size, seconds, rate):
                container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="bgr24")))
            container.mux(stream.encode())
        unfinished.replace(target)
    except OSError as error:
        raise OutputError(f"The demo's recording {target} can't be written: {error.strerror}.") from error
    finally:
        unfinished.unlink(missing_ok=True)
    return target


def _pictures(
    students: tuple[Student, ...], columns: int, size: tuple[int, int], seconds: float, rate: int
) -> Iterator[Image]:
    rows = -(-len(students) // columns)
    width, height = (size[0] - _GAP) // columns - _GAP, (size[1] - _GAP) // rows - _GAP
    for number in range(round(seconds * rate)):
        picture = np.full((size[1], size[0], 3), _BACKGROUND, np.uint8)
        for place, student in enumerate(students):
            left = _GAP + place % columns * (width + _GAP)
            top = _GAP + place // columns * (height + _GAP)
            picture[top : top + height, left : left + width] = _tile(
                student, place, number / rate, width, height
            )
        yield picture


def _tile(student: Student, place: int, time: float, width: int, height: int) -> Image:
    """One student's tile at a time, with the name where meeting programs write it."""
    if student.portrait is None:
        tile = np.full((height, width, 3), (52, 46, 40), np.uint8)
        _write(tile, student.name[:1], (width // 2 - 20, height // 2 + 20), 2.0)
    else:
        tile = camera(student, place, time, width, height)
    _write(tile, student.name, (10, height - 12), 0.5)
    return tile


def _write(tile: Image, text: str, at: tuple[int, int], scale: float) -> None:
    cv2.putText(tile, text, at, cv2.FONT_HERSHEY_SIMPLEX, scale, (235, 235, 235), 1, cv2.LINE_AA)
