"""Whose face it is where a tile shows several: the one that was there longest; the others are counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import hypot

from meetbot import settings
from meetbot.gallery.memory import Known
from meetbot.types import Box, Event, Face


@dataclass(frozen=True, slots=True)
class _Resident:
    """A face of one seat: where in its tile, since when, and when last seen."""

    x: float  # shares of the tile, so that they hold when the tile grows or moves
    y: float
    reach: float
    since: float
    time: float


class Residents:
    """Picks of each tile's faces its person's; the faces beside it are counted and never read.

    It remembers faces for `settings.COMPANION_MEMORY` seconds.
    """

    def __init__(self) -> None:
        self._known: dict[int, list[_Resident]] = {}
        self._beside: dict[int, int] = {}  # faces beside each seat's person, as told last
        self._news: list[Event] = []

    def take_news(self) -> Sequence[Event]:
        """Where the number of faces beside somebody changed since the last call."""
        news, self._news = self._news, []
        return news

    def faces(self, time: float) -> Mapping[int, Sequence[Known]]:
        """Of each seat the faces that still count: since when is told by their order alone."""
        found = {}
        for seat, all_known in self._known.items():
            known = [one for one in all_known if _counts(one, time)]
            since = sorted({one.since for one in known})
            if known:
                found[seat] = tuple(Known(o.x, o.y, o.reach, o.time, since.index(o.since)) for o in known)
        return found

    def beside(self) -> Mapping[int, int]:
        """How many faces are beside somebody, where there are any."""
        return {seat: count for seat, count in self._beside.items() if count}

    def pick(self, seat: int, time: float, tile: Box, faces: Sequence[Face]) -> Face | None:
        """The face of the one who was there longest; None where only others are in view."""
        face = self._own(seat, time, tile, faces)
        beside = len(faces) - (face is not None)
        if beside != self._beside.get(seat, 0):
            self._beside[seat] = beside
            self._news.append(Event(time, "companions", seat, str(beside)))
        return face

    def _own(self, seat: int, time: float, tile: Box, faces: Sequence[Face]) -> Face | None:
        before = [known for known in self._known.get(seat, ()) if _counts(known, time)]
        now = [_resident(face, tile, time) for face in faces]
        if len(before) == len(now) == 1:  # alone, and nobody beside them lately: they may move as they like
            self._known[seat] = [replace(now[0], since=before[0].since)]
            return faces[0]
        pairs = _pairs(before, now)
        here = [
            replace(one, since=before[pairs[n]].since) if n in pairs else one for n, one in enumerate(now)
        ]
        away = [one for n, one in enumerate(before) if n not in pairs.values()]
        self._known[seat] = [*here, *away]
        if not here:
            return None
        first = min(known.since for known in self._known[seat])
        oldest = [n for n, one in enumerate(here) if one.since == first]
        return max((faces[n] for n in oldest), key=lambda face: face.box.height, default=None)


def _counts(known: _Resident, time: float) -> bool:
    return time - known.time <= settings.COMPANION_MEMORY


def _resident(face: Face, tile: Box, time: float) -> _Resident:
    x = (face.box.x + face.box.width / 2 - tile.x) / tile.width
    y = (face.box.y + face.box.height / 2 - tile.y) / tile.height
    return _Resident(x, y, settings.FOLLOW_REACH * face.box.width / tile.width, time, time)


def _pairs(before: Sequence[_Resident], now: Sequence[_Resident]) -> dict[int, int]:
    """New face to known face, the nearest pairs first."""
    near = sorted(
        (step, n, k)
        for n, new in enumerate(now)
        for k, old in enumerate(before)
        if (step := hypot(new.x - old.x, new.y - old.y)) <= max(old.reach, new.reach)
    )
    pairs: dict[int, int] = {}
    for _, n, k in near:
        if n not in pairs and k not in pairs.values():
            pairs[n] = k
    return pairs
