"""Faces followed by position: one face, one seat, for as long as it stays about where it was."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from meetbot.settings import (
    FOLLOW_REACH,
    FOLLOW_SIZE_RATIO,
    REFLOW_SHARE,
    REFLOW_STEP,
    SEAT_MEMORY,
)
from meetbot.types import Box, Face, Frame, Tile


class Track(NamedTuple):
    """Where a seat's face was last seen."""

    seat: int
    box: Box
    time: float


class FaceFollower:
    """Gives every face the seat of the face that was there before; a splitter for pictures without a grid.

    It remembers `memory` seconds. `known` are the seats of an interrupted run, from its lesson file.
    """

    def __init__(
        self,
        known: Iterable[Track] = (),
        next_seat: int = 1,
        memory: float = SEAT_MEMORY,
    ) -> None:
        self._tracks = list(known)
        self._next_seat = next_seat
        self._memory = memory

    def start_at(self, seat: int) -> None:
        """Number new seats from here on, for others were given meanwhile."""
        self._next_seat = max(self._next_seat, seat)

    def tracks(self, time: float) -> list[Track]:
        """What is still remembered."""
        return [track for track in self._tracks if time - track.time <= self._memory]

    def __call__(self, frame: Frame, faces: Sequence[Face]) -> Sequence[Tile]:
        """The tiles of this frame: one for each seat that is remembered, with its face where there is one."""
        remembered = self.tracks(frame.time)
        pairs = _pair(remembered, faces)
        if _rearranged(remembered, faces, pairs):
            remembered, pairs = [], {}
        found = self._seated(remembered, faces, pairs)
        waiting = [track for track in remembered if track.seat not in found]
        here = [Track(seat, face.box, frame.time) for seat, face in found.items()]
        self._tracks = sorted([*waiting, *here])
        return [_tile(track.seat, track.box, found.get(track.seat), frame) for track in self._tracks]

    def _seated(
        self, remembered: Sequence[Track], faces: Sequence[Face], pairs: dict[int, int]
    ) -> dict[int, Face]:
        """Each face by its seat: that of its track, or the next free one in reading order."""
        found: dict[int, Face] = {}
        for number in _reading_order(faces):
            if number in pairs:
                seat = remembered[pairs[number]].seat
            else:
                seat, self._next_seat = self._next_seat, self._next_seat + 1
            found[seat] = faces[number]
        return found


def _pair(tracks: Sequence[Track], faces: Sequence[Face]) -> dict[int, int]:
    """Face number to track number, nearest pairs first."""
    near = sorted(
        (step, number, place)
        for number, face in enumerate(faces)
        for place, track in enumerate(tracks)
        if (step := _step(track.box, face.box)) <= FOLLOW_REACH and _alike(track.box, face.box)
    )
    pairs: dict[int, int] = {}
    for _, number, place in near:
        if number not in pairs and place not in pairs.values():
            pairs[number] = place
    return pairs


def _rearranged(tracks: Sequence[Track], faces: Sequence[Face], pairs: dict[int, int]) -> bool:
    """Whether so many faces jumped at once that the gallery itself must have moved.

    Then nobody can be told from position alone, and a reading on the wrong person is worse than a gap.
    """
    if min(len(tracks), len(faces)) < 3:
        return False
    stayed = sum(
        _step(tracks[place].box, faces[number].box) <= REFLOW_STEP for number, place in pairs.items()
    )
    return stayed < (1 - REFLOW_SHARE) * min(len(tracks), len(faces))


def _step(old: Box, new: Box) -> float:
    """How far a face's centre moved, in widths of the face."""
    across = (new.x + new.width / 2) - (old.x + old.width / 2)
    down = (new.y + new.height / 2) - (old.y + old.height / 2)
    return float((across**2 + down**2) ** 0.5 / max(old.width, new.width, 1.0))


def _alike(old: Box, new: Box) -> bool:
    small, large = sorted((old.width, new.width))
    return large <= FOLLOW_SIZE_RATIO * max(small, 1.0)


def _reading_order(faces: Sequence[Face]) -> list[int]:
    """Face numbers row by row, each row from left to right; a row is as high as its first face."""
    left = sorted(range(len(faces)), key=lambda number: faces[number].box.y)
    order: list[int] = []
    while left:
        top = faces[left[0]].box
        row = [number for number in left if faces[number].box.y < top.y + top.height]
        order += sorted(row, key=lambda number: faces[number].box.x)
        left = [number for number in left if number not in row]
    return order


def _tile(seat: int, box: Box, face: Face | None, frame: Frame) -> Tile:
    return Tile(seat, None, "person", box, "on", None, face, frame.picture)
