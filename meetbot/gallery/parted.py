"""Frames searched and divided in a thread of their own, for whoever reads their faces a little later."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence

from meetbot.seams import Splitter
from meetbot.types import NO_PICTURE, Face, Frame, Instant, Observation, Tile


class PartedAhead:
    """A finder, a splitter and its news, whose work is done where the instants come from."""

    def __init__(
        self,
        find: Callable[[Frame], Sequence[Face]],
        split: Splitter,
        news: Callable[[], Iterable[Observation]],
        after: float,
    ) -> None:
        self._find, self._split, self._news, self._after = find, split, news, after
        self._tiles: dict[int, Sequence[Tile] | None] = {}  # by frame, until it is asked for
        self._told: deque[Iterable[Observation]] = deque()

    def in_(self, instants: Iterable[Instant]) -> Iterator[Instant]:
        """The same instants, whose frames have been divided; those before `after` only warm the finder."""
        for instant in instants:
            found = [
                (frame, () if frame.picture is NO_PICTURE else self._find(frame)) for frame in instant.frames
            ]
            if instant.time >= self._after:
                for frame, faces in found:
                    self._tiles[id(frame)] = self._split(frame, faces)
                self._told.append(tuple(self._news()))
            yield instant

    def find(self, frame: Frame) -> Sequence[Face]:
        """Nothing: the faces are in the tiles already."""
        return ()

    def split(self, frame: Frame, faces: Sequence[Face]) -> Sequence[Tile] | None:
        """The tiles of a frame out of those instants; to be asked once, while the frame is there."""
        return self._tiles.pop(id(frame))

    def take_news(self) -> Iterable[Observation]:
        """What the splitter told at the next instant; to be asked once an instant."""
        return self._told.popleft()
