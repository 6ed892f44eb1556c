"""Students out of two public portraits: what their cameras show, with heads that sway, turn and go."""

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from math import cos, radians, sin, tau
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from meetbot.errors import UsageError
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
_HEAD_DEPTH = 1.0  # distances between the eyes, from the middle of the head to the cheeks
_YAW_STEP = 2.0  # degrees: turned portraits are made once for each step


@dataclass(frozen=True, slots=True)
class Student:
    """One student and what happens to them; spans are (from, to) in seconds."""

    name: str
    portrait: str | None  # None: the camera is off all lesson
    mirrored: bool = False
    light: float = 1.0
    rhythm: float = 9.0  # seconds of one sway of the head
    away: float = 36.0  # degrees of yaw while turned away
    turned_away: tuple[float, float] = (0.0, 0.0)
    dark: tuple[float, float] = (0.0, 0.0)
    gone: tuple[float, float] = (0.0, 0.0)


def check_portraits() -> None:
    """Says which extra is missing, before anything is begun."""
    for name in PORTRAITS:
        _portrait(name)


def camera(student: Student, place: int, time: float, width: int, height: int) -> Image:
    """What a student's camera shows at a time, in colours; `place` keeps two from swaying in step."""
    assert student.portrait is not None, f"{student.name} has no camera"
    room = _room(student.portrait, student.mirrored, width, height)
    if _within(time, student.gone):
        return room.copy()
    sway = sin(tau * (time / student.rhythm + place / 7))
    yaw = student.away + 2 * sway if _within(time, student.turned_away) else 8 * sway
    yaw = round(yaw / _YAW_STEP) * _YAW_STEP
    head = _turned(student.portrait, student.mirrored, yaw, height)
    tile = room.copy()
    room_beside = width - head.shape[1]
    left = min(max(room_beside // 2 + round(0.03 * width * sway), 0), room_beside)
    tile[height - head.shape[0] :, left : left + head.shape[1]] = head
    light = 0.12 if _within(time, student.dark) else student.light
    return np.asarray(cv2.convertScaleAbs(tile, alpha=light), np.uint8)


def _within(time: float, span: tuple[float, float]) -> bool:
    return span[0] <= time < span[1]


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
