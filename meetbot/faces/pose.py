"""Which way a head is turned, from the five points of its face."""

from collections.abc import Sequence
from math import asin, atan2, degrees, isfinite, sqrt
from operator import mul

import numpy as np

from meetbot.types import Point

# Eyes, nose and mouth corners in millimetres: x to the picture's right, y down, z away from the camera.
# Widths and heights in align.TARGET's proportions, for pupils 63 mm apart; depths after common head models.
HEAD = np.array(
    [(-31.5, -34.0, 0.0), (31.5, -34.0, 0.0), (0.0, 0.0, -25.0), (-25.0, 30.0, -2.0), (25.0, 30.0, -2.0)]
)

_FIT = np.linalg.pinv(HEAD - HEAD.mean(axis=0))
OUT_OF_PLANE = _FIT[2]  # weight of each point's place in how far, and which way, the nose stands out
_ROWS = [row.tolist() for row in _FIT]
_LEAST_SPREAD = 1.0  # pixels: points closer together than this have no direction
_LEAST_AREA = 1e-9  # of the points' extent: points on one line have none either


def pose(points: Sequence[Point]) -> tuple[float, float, float]:
    """Yaw, pitch and roll in degrees: nose to the picture's right, nose up, head turned clockwise.

    The head is fitted as seen from afar (all depths at one scale), which is a matrix product; within an
    arm's length of the camera that is off by a few degrees at large turns.
    """
    x, y = (_about_their_mean(places) for places in zip(*points, strict=True))
    if not all(map(isfinite, x + y)) or max(map(abs, x + y)) < _LEAST_SPREAD:
        return 0.0, 0.0, 0.0
    across, down = ([_dot(row, places) for row in _ROWS] for places in (x, y))
    # The nearest two rows of a rotation: both are brought to one length and a right angle.
    wide, high, slant = _dot(across, across), _dot(down, down), _dot(across, down)
    area = sqrt(max(0.0, wide * high - slant * slant))
    if area <= _LEAST_AREA * (wide + high):
        return 0.0, 0.0, 0.0
    share = 1 / (area * sqrt(wide + high + 2 * area))
    right = [share * ((high + area) * a - slant * d) for a, d in zip(across, down, strict=True)]
    below = [share * ((wide + area) * d - slant * a) for a, d in zip(across, down, strict=True)]
    return (
        degrees(atan2(-right[2], right[0] * below[1] - right[1] * below[0])),
        degrees(asin(min(1.0, max(-1.0, below[2])))),
        degrees(atan2(below[0], below[1])),
    )


def _dot(one: Sequence[float], other: Sequence[float]) -> float:
    return float(sum(map(mul, one, other)))


def _about_their_mean(places: Sequence[float]) -> list[float]:
    middle = sum(places) / len(places)
    return [place - middle for place in places]
