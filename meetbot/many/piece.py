"""What a worker hands back of one piece of a recording: what was seen, and what it takes to join it.

Pictures in it: those that the lesson keeps of slides, every face filled, and of each tile's look 16 x 9 grey
squares and the strokes of its label (`gallery/looks.py`); no others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from meetbot.gallery.follow import Track
from meetbot.gallery.looks import Look
from meetbot.gallery.memory import Known
from meetbot.many.shades import Shades
from meetbot.types import Box, Observation

Residents = Mapping[int, Sequence[Known]]  # by seat, each face that is remembered


@dataclass(frozen=True, slots=True)
class Placing:
    """One question to `Seats`, as it was asked, and the seats that the piece's own gave for an answer."""

    time: float
    boxes: Sequence[Box]
    names: Sequence[str | None]
    looks: Sequence[Look]
    alone: bool
    answer: Sequence[int]


@dataclass(frozen=True, slots=True)
class Counting:
    """Seats that were given to faces where there is no gallery."""

    time: float
    answer: Sequence[int]


Given = Placing | Counting


@dataclass(frozen=True, slots=True)
class State:
    """What a splitter remembers at one instant, with the piece's own seats; no picture, but `Shades`."""

    rest: str  # the checksum of everything that knows of no seat
    start: float | None  # of the layout in force
    view: tuple[int, ...]  # the seats in it
    met: frozenset[int]
    residents: Residents
    beside: Mapping[int, int]  # faces beside somebody, where there are any
    tracks: frozenset[Track]  # of faces that are followed
    before: Mapping[int, tuple[str, bool | None]]  # camera and speech in the last instant
    places: Mapping[int, tuple[float, Box]]  # when and where each seat was last seen
    slide: Shades | None  # of the last slide that was kept


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a recording in seats of its own; its neighbours have seen its ends as well."""

    states: Mapping[float, State]  # at the instants at which it may meet one of them
    times: Sequence[float]
    observations: Sequence[Observation]
    given: Sequence[Given]
    complaint: str | None  # what is said once in a lesson
    slides: Sequence[tuple[float, Shades]]  # when another was kept
    size: int = 0  # bytes of the recording, which may grow between two pieces
