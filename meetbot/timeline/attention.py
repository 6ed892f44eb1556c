"""Is a face turned to the screen? Judged against the centre of that person's own poses."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from meetbot.settings import ATTENTION_NEEDS, CENTRE_OFF_CAMERA, FACING_PITCH, FACING_YAW

Floats = npt.NDArray[np.float64]

_CELL = 5.0  # degrees: about the error of a pose
_GRID = np.arange(-90.0, 90.0 + _CELL, _CELL)


class Facing(NamedTuple):
    """Per reading 1 (turned to the screen), 0 (turned away) or nan (can't be told), and why it can't."""

    turned: Floats
    note: str = ""


def facing(yaw: Floats, pitch: Floats, every: float) -> Facing:
    """Judges one person's poses of a whole lesson; nan in either angle means that it was not measured."""
    usual, note = usual_pose(yaw, pitch, every)
    return Facing(turned(yaw, pitch, usual), note)


def usual_pose(yaw: Floats, pitch: Floats, every: float) -> tuple[tuple[float, float] | None, str]:
    """The centre that one person is judged by, or None and why there is none."""
    known = ~(np.isnan(yaw) | np.isnan(pitch))
    if known.sum() * every < ATTENTION_NEEDS:
        return None, f"attention unsure: seen for less than {ATTENTION_NEEDS / 60:g} minutes"
    usual = centre(yaw[known], pitch[known])
    if np.hypot(*usual) > CENTRE_OFF_CAMERA:
        return None, f"attention unsure: turned more than {CENTRE_OFF_CAMERA:g}° off the camera"
    return usual, ""


def turned(yaw: Floats, pitch: Floats, usual: tuple[float, float] | None) -> Floats:
    """Per pose 1 (turned to the screen), 0 (turned away) or nan, where pose or centre is unknown."""
    if usual is None:
        return np.full(len(yaw), np.nan)
    known = ~(np.isnan(yaw) | np.isnan(pitch))
    return np.where(known, _near(yaw, pitch, *usual), np.nan)


def centre(yaw: Floats, pitch: Floats) -> tuple[float, float]:
    """Where a person looks most: the median of the poses around the fullest window, half a screen large.

    The median of all poses would, for somebody who looks away half the time, lie where they never look.
    """
    cells = np.histogram2d(np.clip(yaw, -90, 90), np.clip(pitch, -90, 90), bins=(_GRID, _GRID))[0]
    windows = _around(_around(cells, FACING_YAW / 2, 0), FACING_PITCH / 2, 1)
    middles = (_GRID[:-1] + _GRID[1:]) / 2
    # Less than one pose in weight: among equally full windows the one nearest to the camera counts.
    off = np.hypot(middles[:, None], middles[None, :]) / 1000
    place = np.unravel_index(np.argmax(windows - off), windows.shape)
    inside = _near(yaw, pitch, middles[place[0]], middles[place[1]])
    return float(np.median(yaw[inside])), float(np.median(pitch[inside]))


def _near(yaw: Floats, pitch: Floats, centre_yaw: float, centre_pitch: float) -> npt.NDArray[np.bool_]:
    return np.asarray(
        (np.abs(yaw - centre_yaw) <= FACING_YAW) & (np.abs(pitch - centre_pitch) <= FACING_PITCH)
    )


def _around(cells: Floats, reach: float, axis: int) -> Floats:
    # The sum of the cells within reach, the own one in the middle.
    window = np.ones(2 * int(reach // _CELL) + 1)
    return np.apply_along_axis(lambda line: np.convolve(line, window, "same"), axis, cells)
