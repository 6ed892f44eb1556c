"""Moments while a class goes on: found by the statistics of the report, and told once.

A lesson is searched again every minute, so each search has a stricter level than the report's one, and a
change is told only when two searches in a row find it at about the same place. What was told stays told.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from meetbot.settings import MOMENT_LIVE_EVERY, MOMENT_LIVE_LEVEL, MOMENT_MARGIN
from meetbot.timeline.moments import Track, find_moments
from meetbot.types import Moment


@dataclass(slots=True)
class Alarm:
    """What was told so far, and what the last search found."""

    told: list[Moment] = field(default_factory=list)
    _seen: tuple[Moment, ...] = ()
    _next: float = 0.0

    def due(self, now: float) -> bool:
        """Whether it is time for another search; asking for it counts as making it."""
        if now < self._next:
            return False
        self._next = now + MOMENT_LIVE_EVERY
        return True

    def look(self, tracks: Sequence[Track], every: float) -> Sequence[Moment]:
        """Search everything so far; what is told for the first time."""
        found = find_moments(tracks, every, MOMENT_LIVE_LEVEL)
        new = [one for one in found if _among(one, self._seen) and not _among(one, self.told)]
        self._seen = found
        self.told += new
        return new


def _among(moment: Moment, others: Sequence[Moment]) -> bool:
    """Whether the same change is among others, placed a little differently."""
    return any(
        one.kind == moment.kind
        and one.change * moment.change > 0
        and abs(one.start - moment.start) <= MOMENT_MARGIN
        for one in others
    )
