"""What could not be read of a recording, and how that is told."""

import math
from collections import deque

from meetbot.clock import clock
from meetbot.types import Event

_AT_THE_END = 0.5  # seconds: damage this close to the end means that the file stops inside a picture


class Damage:
    """Counts damaged packets and remembers from when on pictures are missing."""

    def __init__(self, every: float) -> None:
        self._every = every
        self._breaks: deque[float] = deque()
        self.seen = False  # whether anything was
        self._packets = 0
        self._latest = -math.inf
        self._told: float | None = None

    def skip(self, time: float) -> None:
        """A packet that is shown about `time` can't be used."""
        self._packets += 1
        self._latest = max(self._latest, time)
        self.miss(time)

    def miss(self, time: float) -> None:
        """Something that is shown about `time` is not in the file any more."""
        self.seen = True
        if not self._breaks or time > self._breaks[-1] + self._every / 2:
            self._breaks.append(time)

    def stale(self, shown: float, time: float) -> bool:
        """Whether damage, and not a still picture, is why nothing newer than `shown` is there at `time`."""
        while self._breaks and self._breaks[0] < shown:
            self._breaks.popleft()
        return bool(self._breaks) and self._breaks[0] <= time and time - shown > self._every

    def gap(self, begin: float, until: float) -> list[Event]:
        """The gap that ends at `until`, when it was not told before."""
        if self._told == until:
            return []
        self._told = until
        text = f"No picture could be read from {clock(begin)} to {clock(until)}."
        return [Event(begin, "gap", None, text)]

    def summary(self, end: float) -> list[str]:
        """What is to be said when everything was read."""
        if not self._packets:
            return []
        packets = "1 damaged packet was" if self._packets == 1 else f"{self._packets} damaged packets were"
        place = ", the last at the very end: the file is probably cut off" if self._cuts(end) else ""
        return [f"{packets} skipped{place}."]

    def _cuts(self, end: float) -> bool:
        return self._latest >= end - _AT_THE_END
