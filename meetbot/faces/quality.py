"""How far a picture of a face can be trusted to show its mood."""

from collections.abc import Sequence
from itertools import pairwise
from math import hypot

import cv2

from meetbot import settings
from meetbot.types import Image


def quality(face: Image, height: float, yaw: float, pitch: float) -> float:
    """0-1 for an aligned face: the product of what its size, light, sharpness and turn leave of it."""
    light, contrast = _mean_and_spread(face)
    return (
        _ramp(height, settings.QUALITY_HEIGHT)
        * _ramp(light, settings.QUALITY_LIGHT)
        * _ramp(contrast, settings.QUALITY_CONTRAST)
        * _ramp(sharpness(face), settings.QUALITY_SHARPNESS)
        * _ramp(hypot(yaw, pitch), settings.QUALITY_TURN)
    )


def sharpness(face: Image) -> float:
    """How much of the face's contrast lies in its finest detail, whatever the light."""
    fine = cv2.Laplacian(face, cv2.CV_32F)
    return _mean_and_spread(fine)[1] / (_mean_and_spread(face)[1] + 1)


def _mean_and_spread(picture: cv2.typing.MatLike) -> tuple[float, float]:
    mean, spread = cv2.meanStdDev(picture)
    return float(mean[0, 0]), float(spread[0, 0])


def _ramp(value: float, points: Sequence[tuple[float, float]]) -> float:
    """Straight lines between (value, quality) points, level outside them."""
    if value <= points[0][0]:
        return points[0][1]
    for (low, before), (high, after) in pairwise(points):
        if value <= high:
            return before + (after - before) * (value - low) / (high - low)
    return points[-1][1]
