"""Cuts one face out of a picture, turned and scaled to where faces stand in the training pictures."""

from collections.abc import Sequence
from math import ceil, sqrt

import cv2
import numpy as np
import numpy.typing as npt

from meetbot.types import Image, Point

SIZE = 48  # pixels: FER-2013's pictures, and so the classifier's input

# Where FER-2013's own pictures have eyes, nose and mouth corners: the means that
# benchmarks/geometry.py prints, made symmetric.
TARGET = np.array([(14.6, 18.1), (32.2, 18.1), (23.4, 28.1), (16.4, 36.8), (30.4, 36.8)])

_MIDDLE = complex(*TARGET.mean(axis=0))
_GOALS = [complex(*place) - _MIDDLE for place in TARGET]
_SPREAD = sqrt(sum(abs(goal) ** 2 for goal in _GOALS) / len(_GOALS))

_LEAST_FIT = 0.6  # a turned face fits the target badly; below this share its scale is held, not shrunk
_LEAST_SPREAD = 1.0  # pixels: points closer together than this say nothing about scale and angle
_MOST_SAMPLES = 32  # samples across one pixel of the crop: enough for a face of 1500 px

Matrix = npt.NDArray[np.float64]


def crop(luma: Image, points: Sequence[Point]) -> Image:
    """The face as 48x48 pixels; places outside the picture repeat its edge."""
    matrix = transform(points)
    # Many samples a pixel, then their mean: one sample a pixel would alias on every face above 48 px.
    samples = min(_MOST_SAMPLES, max(1, ceil(1 / np.hypot(*matrix[:, 0]))))
    dense = matrix * samples
    dense[:, 2] += (samples - 1) / 2
    side = SIZE * samples
    face = cv2.warpAffine(luma, dense, (side, side), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    if samples > 1:
        face = cv2.resize(face, (SIZE, SIZE), interpolation=cv2.INTER_AREA)
    return np.asarray(face, np.uint8)


def transform(points: Sequence[Point]) -> Matrix:
    """The 2x3 matrix (shift, turn and scale) that brings five points closest to the target's."""
    here = [complex(*point) for point in points]  # turning and resizing is one complex factor
    middle = sum(here) / len(here)
    spread = sqrt(sum(abs(place - middle) ** 2 for place in here) / len(here))
    factor = 1 + 0j
    if spread >= _LEAST_SPREAD:
        shared = sum(goal * (place - middle).conjugate() for goal, place in zip(_GOALS, here, strict=True))
        fit = abs(shared) / (spread * _SPREAD * len(here))
        turn = shared / abs(shared) if fit > 0 else 1 + 0j
        factor = turn * max(fit, _LEAST_FIT) * _SPREAD / spread
    shift = _MIDDLE - factor * middle
    return np.array([[factor.real, -factor.imag, shift.real], [factor.imag, factor.real, shift.imag]])
