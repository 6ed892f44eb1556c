"""Composes a recording of a small class: real portraits that move, turn, look away, go dark and leave."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.util import find_spec
from math import cos, radians, sin, tau
from pathlib import Path
from typing import NamedTuple

import av
import cv2
import numpy as np
import numpy.typing as npt

from meetbot.errors import OutputError, UsageError
from meetbot.types import Image


class Portrait(NamedTuple):
    """A public-domain picture inside a package of the extra `demo`, and where the face is in its cut."""

    package: str
    inside: str
    cut: tuple[int, int, int, int]  # left, top, right, bottom in the picture
    nose: tuple[int, int]  # in the cut
    eyes: int  # pixels from eye to eye


PORTRAITS = {
    "grace_hopper": Portrait(
        "matplotlib", "mpl-data/sample_data/grace_hopper.jpg", (150, 60, 390, 460), (118, 178), 79
    ),
    "astronaut": Portrait("skimage", "data/astronaut.png", (90, 0, 380, 300), (133, 127), 43),
}
_GAP = 8  # pixels between two tiles
_BACKGROUND = (18, 18, 18)
_HEAD_DEPTH = 1.0  # distances between the eyes, from the middle of the head to the cheeks
_YAW_STEP = 2.0  # degrees: turned portraits are made once for each step


@dataclass(frozen=True, slots=True)
class Student:
    """One tile of the class and what happens in it; spans are (from, to) in seconds."""

    name: str
    portrait: str | None  # None: the camera is off all lesson
    mirrored: bool = False
    light: float = 1.0
    rhythm: float = 9.0  # seconds of one sway of the head
    away: float = 36.0  # degrees of yaw while turned away
    turned_away: tuple[float, float] = (0.0, 0.0)
    dark: tuple[float, float] = (0.0, 0.0)
    gone: tuple[float, float] = (0.0, 0.0)


def demo_class(seconds: float) -> tuple[Student, ...]:
    """The nine students of `meetbot demo`; after 60 % of the lesson five of seven look away."""
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
    for student in students:
        _portrait(student.portrait or next(iter(PORTRAITS)))  # a missing extra is told before a file is begun
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
        tile = _camera(student, place, time, width, height)
    _write(tile, student.name, (10, height - 12), 0.5)
    return tile


def _camera(student: Student, place: int, time: float, width: int, height: int) -> Image:
    room = _room(student.portrait or "", student.mirrored, width, height)
    if _within(time, student.gone):
        return room.copy()
    sway = sin(tau * (time / student.rhythm + place / 7))
    yaw = student.away + 2 * sway if _within(time, student.turned_away) else 8 * sway
    yaw = round(yaw / _YAW_STEP) * _YAW_STEP
    head = _turned(student.portrait or "", student.mirrored, yaw, height)
    tile = room.copy()
    room_beside = width - head.shape[1]
    left = min(max(room_beside // 2 + round(0.03 * width * sway), 0), room_beside)
    tile[height - head.shape[0] :, left : left + head.shape[1]] = head
    light = 0.12 if _within(time, student.dark) else student.light
    return np.asarray(cv2.convertScaleAbs(tile, alpha=light), np.uint8)


def _within(time: float, span: tuple[float, float]) -> bool:
    return span[0] <= time < span[1]


def _write(tile: Image, text: str, at: tuple[int, int], scale: float) -> None:
    cv2.putText(tile, text, at, cv2.FONT_HERSHEY_SIMPLEX, scale, (235, 235, 235), 1, cv2.LINE_AA)


@cache
def _room(name: str, mirrored: bool, width: int, height: int) -> Image:
    """What stands beside an upright picture in a wide tile: the picture itself, large and out of focus."""
    portrait = _portrait(name)[:, :: -1 if mirrored else 1]
    colours = cv2.resize(portrait, (5, 4), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.resize(colours, (width, height)) // 2, np.uint8)


@cache
def _turned(name: str, mirrored: bool, yaw: float, height: int) -> Image:
    """A portrait as high as nine tenths of a tile, its head turned as far as a flat picture allows.

    The head is taken for an ellipsoid with a nose, in multiples of the distance between the eyes: what
    stands nearer moves further to the side.
    """
    portrait = PORTRAITS[name]
    picture = _portrait(name)[:, :: -1 if mirrored else 1]
    scale = 0.9 * height / picture.shape[0]
    picture = np.asarray(
        cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8
    )
    grid: npt.NDArray[np.float32] = np.indices(picture.shape[:2]).astype(np.float32)
    unit = portrait.eyes * scale
    nose = picture.shape[1] - portrait.nose[0] * scale if mirrored else portrait.nose[0] * scale
    turn = sin(radians(yaw))
    across = (grid[1] - nose) / unit - _HEAD_DEPTH * turn
    down = (grid[0] - portrait.nose[1] * scale) / unit
    near = np.sqrt(np.clip(1 - (across / 1.3) ** 2 - ((down + 0.3) / 1.9) ** 2, 0, 1))
    depth = _HEAD_DEPTH * near + 0.35 * np.exp(-(across**2 + down**2) / 0.4)
    narrower = near * across * (1 / cos(radians(yaw)) - 1)
    moved = (grid[1] + (narrower - depth * turn) * unit).astype(np.float32)
    turned = cv2.remap(picture, moved, grid[0], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(turned, np.uint8)


@cache
def _portrait(name: str) -> Image:
    package, inside, (left, top, right, bottom), *_ = PORTRAITS[name]
    found = find_spec(package)
    if found is None or found.origin is None:
        raise UsageError('The demo needs two portraits: pip install "meetbot[demo]"')
    data = np.fromfile(Path(found.origin).parent / inside, np.uint8)
    picture = cv2.imdecode(data, cv2.IMREAD_COLOR)
    assert picture is not None, f"{inside} of {package} is not a picture"
    return np.asarray(picture[top:bottom, left:right], np.uint8)
