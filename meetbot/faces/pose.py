"""Which way a head is turned, from the five points of its face."""

from collections.abc import Sequence
from math import asin, atan2, degrees

import numpy as np

from meetbot.types import Point

# Eyes, nose and mouth corners in millimetres: x to the picture's right, y down, z away from the camera.
# Widths and heights in align.TARGET's proportions, for pupils 63 mm apart; depths after common head models.
HEAD = np.array(
    [(-31.5, -34.0, 0.0), (31.5, -34.0, 0.0), (0.0, 0.0, -25.0), (-25.0, 30.0, -2.0), (25.0, 30.0, -2.0)]
)

_FIT = np.linalg.pinv(HEAD - HEAD.mean(axis=0))
OUT_OF_PLANE = _FIT[2]  # weight of each point's place in how far, and which way, the nose stands out
_LEAST_SPREAD = 1.0  # pixels: points closer together than this have no direction


def pose(points: Sequence[Point]) -> tuple[float, float, float]:
    """Yaw, pitch and roll in degrees: nose to the picture's right, nose up, head turned clockwise.

    The head is fitted as seen from afar (all depths at one scale), which is a matrix product; within an
    arm's length of the camera that is off by a few degrees at large turns.
    """
    flat = np.array(points, dtype=float)
    flat -= flat.mean(axis=0)
    if not np.isfinite(flat).all() or np.abs(flat).max() < _LEAST_SPREAD:
        return 0.0, 0.0, 0.0
    left, _, right = np.linalg.svd((_FIT @ flat).T, full_matrices=False)
    across, down = left @ right  # the first two rows of the nearest rotation
    away = np.cross(across, down)
    return (
        degrees(atan2(-across[2], away[2])),
        degrees(asin(float(np.clip(down[2], -1, 1)))),
        degrees(atan2(down[0], down[1])),
    )
