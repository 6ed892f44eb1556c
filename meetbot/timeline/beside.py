"""How many faces stood beside each person's own, from the events that tell when their number changed."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from meetbot.types import Event


class Beside(NamedTuple):
    """The most faces beside a person's own at once, and the minutes with any."""

    most: int
    minutes: float


def beside(seat: int, times: npt.NDArray[np.float64], events: Iterable[Event], every: float) -> Beside:
    """Of one seat, at the times of its readings; `events` are those of the kind "companions", by time."""
    changes = [event for event in events if event.seat == seat]
    if not changes or not len(times):
        return Beside(0, 0.0)
    counts = np.array([0, *(int(event.text) if event.text.isdecimal() else 0 for event in changes)])
    there = counts[np.searchsorted([event.time for event in changes], times, side="right")]
    return Beside(int(there.max()), round(float((there > 0).sum()) * every / 60, 2))
