"""Is a face turned to the screen? Judged against the centre of that person's own poses."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from meetbot.settings import ATTENTION_NEEDS, CENTRE_OFF_CAMERA, FACING_PITCH, FACING_YAW

Floats = npt.NDArray[np.float64]


class Facing(NamedTuple):
    """Per reading 1 (turned to the screen), 0 (turned away) or nan (can't be told), and why it can't."""

    turned: Floats
    note: str = ""


def facing(yaw: Floats, pitch: Floats, every: float) -> Facing:
    """Judges one person's poses of a whole lesson; nan in either angle means that it was not measured."""
    known = ~(np.isnan(yaw) | np.isnan(pitch))
    unknown = np.full(len(yaw), np.nan)
    if known.sum() * every < ATTENTION_NEEDS:
        return Facing(unknown, f"attention unsure: seen for less than {ATTENTION_NEEDS / 60:g} minutes")
    # The median is the pose of at least half the time, however far the rest of it looks away.
    centre_yaw, centre_pitch = np.median(yaw[known]), np.median(pitch[known])
    if np.hypot(centre_yaw, centre_pitch) > CENTRE_OFF_CAMERA:
        return Facing(unknown, f"attention unsure: turned more than {CENTRE_OFF_CAMERA:g}° off the camera")
    near = (np.abs(yaw - centre_yaw) <= FACING_YAW) & (np.abs(pitch - centre_pitch) <= FACING_PITCH)
    return Facing(np.where(known, near, np.nan))
