"""What a splitter sees with: the tiles in a frame, whether they still hold, and who speaks in them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from meetbot.gallery.grid import Grid
from meetbot.gallery.reflow import Flow
from meetbot.types import Face, Image, Picture


class Watch(Protocol):
    """Says of each frame whether the layout still holds, and then how surely where some places changed."""

    def look(self, luma: Image) -> Flow: ...
    def holds(self, places: Sequence[int]) -> bool: ...


@dataclass(frozen=True, slots=True)
class Senses:
    """The senses of a splitter; tests have made-up ones."""

    find: Callable[[Picture, Sequence[Face]], Grid]
    watch: Callable[[Grid], Watch]
    speakers: Callable[[Picture, Grid], Sequence[bool | None]]
