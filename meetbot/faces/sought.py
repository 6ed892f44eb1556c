"""Faces found while a recording is decoded ahead, for whoever reads it a little later."""

from collections.abc import Iterable, Iterator, Sequence

from meetbot.seams import Finder
from meetbot.types import NO_PICTURE, Face, Frame, Instant


class SoughtAhead:
    """A finder whose work is done where the instants come from, in a thread that decodes ahead."""

    def __init__(self, find: Finder) -> None:
        self._find = find
        self._found: dict[int, Sequence[Face]] = {}  # by frame, until it is asked for

    def in_(self, instants: Iterable[Instant]) -> Iterator[Instant]:
        """The same instants, in whose frames the faces have been found."""
        for instant in instants:
            for frame in instant.frames:
                if frame.picture is not NO_PICTURE:
                    self._found[id(frame)] = self._find(frame)
            yield instant

    def __call__(self, frame: Frame) -> Sequence[Face]:
        """The faces of a frame out of those instants; to be asked once, while the frame is there."""
        return self._found.pop(id(frame))
