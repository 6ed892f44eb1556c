"""What a splitter remembers at one instant, handed over so that two runs can be compared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from meetbot.gallery.follow import Track
from meetbot.gallery.view import View
from meetbot.types import Image


class Known(NamedTuple):
    """A face of one seat that is remembered."""

    x: float  # shares of its tile
    y: float
    reach: float  # how far it may move
    time: float  # when it was seen last
    order: int  # which of the seat's faces came first


@dataclass(frozen=True, slots=True)
class Memory:
    """Everything of a splitter that may make a difference later."""

    view: View | None
    met: frozenset[int]  # seats of real people
    faces: Mapping[int, Sequence[Known]]  # of each seat those that still count
    beside: Mapping[int, int]  # how many faces are beside somebody, where there are any
    tracks: Sequence[Track]  # of faces that are followed
    slide: Image | None  # the last that was kept, in 48 x 27 squares
    rest: Sequence[object]  # what knows of no seat
