"""Two public-domain portraits that ship inside packages, as frames for the tests of faces."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

import cv2
import numpy as np

from meetbot.types import Frame, Image, Participant, Picture

_FILES = {
    "collins": ("skimage", "data/astronaut.png"),
    "hopper": ("matplotlib", "mpl-data/sample_data/grace_hopper.jpg"),
}


@cache
def portrait(name: str) -> Image:
    """The brightness of a portrait with one face, about 115 px high (collins) or 210 px (hopper)."""
    package, file = _FILES[name]
    spec = find_spec(package)
    assert spec is not None and spec.origin is not None
    picture = cv2.imread(str(Path(spec.origin).parent / file), cv2.IMREAD_GRAYSCALE)
    return np.asarray(picture, np.uint8)


def scaled(picture: Image, scale: float) -> Image:
    """The picture at another size, without aliasing."""
    flag = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=flag), np.uint8)


def turned(picture: Image, degrees: float) -> Image:
    """The picture turned clockwise about its middle."""
    height, width = picture.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1)
    flat = cv2.warpAffine(picture, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(flat, np.uint8)


def pasted(size: tuple[int, int], *pictures: tuple[Image, int, int]) -> Image:
    """A grey frame (width, height) with pictures at (left, top)."""
    frame = np.full((size[1], size[0]), 40, np.uint8)
    for picture, left, top in pictures:
        frame[top : top + picture.shape[0], left : left + picture.shape[1]] = picture
    return frame


def frame(picture: Image, time: float = 0.0, participant: Participant | None = None) -> Frame:
    """A picture at a time."""
    return Frame(time, Picture(picture), participant)
