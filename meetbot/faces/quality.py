"""How far a picture of a face can be trusted to show its mood."""

from collections.abc import Sequence

import cv2
import numpy as np

from meetbot import settings
from meetbot.types import Image


def quality(face: Image, height: float, yaw: float, pitch: float) -> float:
    """0-1 for an aligned face: the product of what its size, light, sharpness and turn leave of it."""
    return (
        _ramp(height, settings.QUALITY_HEIGHT)
        * _ramp(float(face.mean()), settings.QUALITY_LIGHT)
        * _ramp(float(face.std()), settings.QUALITY_CONTRAST)
        * _ramp(sharpness(face), settings.QUALITY_SHARPNESS)
        * _ramp(float(np.hypot(yaw, pitch)), settings.QUALITY_TURN)
    )


def sharpness(face: Image) -> float:
    """How much of the face's contrast lies in its finest detail, whatever the light."""
    fine = cv2.Laplacian(face, cv2.CV_32F)
    return float(fine.std() / (face.std() + 1))


def _ramp(value: float, points: Sequence[tuple[float, float]]) -> float:
    """Straight lines between (value, quality) points, level outside them."""
    values, qualities = np.array(points).T
    return float(np.interp(value, values, qualities))
