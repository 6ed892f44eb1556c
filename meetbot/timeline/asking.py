"""Who asks for attention: plain facts of the camera, in the order of names, never a ranking."""

from typing import NamedTuple

import numpy as np

from meetbot.settings import ASK_AFTER, ASK_AWAY, ASK_SEEN
from meetbot.timeline.traces import Stretch

_BACK = 30.0  # seconds of one step back in time


class Fact(NamedTuple):
    """What can be said of one person, and for how long it has been so."""

    kind: str  # camera_off, unseen, turned_away
    seconds: float


def fact(
    stretch: Stretch, off_since: float | None, unseen_since: float | None, end: float, every: float
) -> Fact | None:
    """The one fact that is worth a look, if there is one."""
    if off_since is not None:
        return _long(Fact("camera_off", end - off_since))
    if unseen_since is not None and end - unseen_since >= ASK_AFTER:
        return Fact("unseen", end - unseen_since)
    return _long(Fact("turned_away", _away(stretch, end, every)))


def _long(found: Fact) -> Fact | None:
    return found if found.seconds >= ASK_AFTER else None


def _away(stretch: Stretch, end: float, every: float) -> float:
    """Seconds up to now for which the face was hardly ever turned to the screen, as far as that is known."""
    if not _mostly(stretch, end - ASK_AFTER, end, every):
        return 0.0
    start = end - ASK_AFTER
    while stretch.times.size and start > stretch.times[0] and _mostly(stretch, start - _BACK, start, every):
        start -= _BACK
    return end - start


def _mostly(stretch: Stretch, start: float, end: float, every: float) -> bool:
    inside = stretch.turned[(stretch.times >= start) & (stretch.times < end + every / 2)]
    known = inside[~np.isnan(inside)]
    return len(known) >= ASK_SEEN * (end - start) / every and float(known.mean()) <= ASK_AWAY
