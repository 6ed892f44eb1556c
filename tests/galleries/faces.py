"""Moving pictures of people: clips of real faces where they lie, two public-domain portraits everywhere."""

import os
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import av
import cv2
import numpy as np

from meetbot.demo import PORTRAITS
from meetbot.faces.find import FaceFinder
from meetbot.types import Box, Frame, Image, Picture

_HERE = Path(__file__).parents[2]
_HEIGHT = 400  # pixels that a clip is kept at
_STILLS, _STEP = 10, 0.32  # of each clip, and seconds from one to the next


class Clip(NamedTuple):
    """Some stills of one person in order, and where the face is in the middle one."""

    frames: tuple[Image, ...]
    face: Box


@cache
def sources() -> tuple[str, ...]:
    """The clips to be had here; MEETBOT_MEDIA names their folder, and may be empty for portraits only."""
    folder = os.environ.get("MEETBOT_MEDIA", str(_HERE.parent / "shared" / "media"))
    paths = sorted(Path(folder).glob("faces/*.mp4")) + sorted(Path(folder).glob("talking/*.mpg"))
    return tuple(map(str, paths)) if folder and paths else tuple(PORTRAITS)


@lru_cache(maxsize=16)
def clip(source: str) -> Clip:
    """A source's stills."""
    frames = _portrait(source) if source in PORTRAITS else _decoded(source)
    middle = np.asarray(cv2.cvtColor(frames[len(frames) // 2], cv2.COLOR_BGR2GRAY), np.uint8)
    found = FaceFinder()(Frame(0.0, Picture(middle)))
    height, width = middle.shape
    guess = Box(0.3 * width, 0.2 * height, 0.4 * width, 0.5 * height)
    return Clip(frames, max((face.box for face in found), key=lambda box: box.height, default=guess))


def _decoded(path: str) -> tuple[Image, ...]:
    frames: list[Image] = []
    with av.open(path) as container:
        for frame in container.decode(video=0):
            if (frame.time or 0.0) < len(frames) * _STEP:
                continue
            frames.append(_shrunk(np.asarray(frame.to_ndarray(format="bgr24"), np.uint8)))
            if len(frames) == _STILLS:
                break
    return tuple(frames)


def _portrait(name: str) -> tuple[Image, ...]:
    """A portrait swaying a little, since a camera's picture is never still."""
    portrait = PORTRAITS[name]
    spec = find_spec(portrait.package)
    assert spec is not None and spec.origin is not None, f"{portrait.package} is not installed"
    picture = cv2.imread(str(Path(spec.origin).parent / portrait.inside))
    left, top, right, bottom = portrait.cut
    still = _shrunk(np.asarray(picture, np.uint8)[top:bottom, left:right])
    return tuple(_swayed(still, 1.6 * number) for number in range(_STILLS))


def _swayed(still: Image, degrees: float) -> Image:
    height, width = still.shape[:2]
    middle = (width / 2, float(height))
    matrix = cv2.getRotationMatrix2D(middle, degrees * 0.35 - 2.5, 1.02)
    return np.asarray(
        cv2.warpAffine(still, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE), np.uint8
    )


def _shrunk(picture: Image) -> Image:
    scale = _HEIGHT / picture.shape[0]
    flag = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=flag), np.uint8)
