"""Which packets have to be decoded so that each sampling instant gets exactly the frame shown at it.

A frame is shown from its own time until the next frame's. Decoding order is not showing order, so a packet
is judged only when the packets around it are known: codecs move a frame by at most 16 places.
"""

import math
from bisect import bisect_left, bisect_right, insort
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from meetbot.settings import LOOKAHEAD_BYTES, LOOKAHEAD_PACKETS, REORDER_PACKETS
from meetbot.sources.chain import Chain, needed
from meetbot.sources.headers import Link

SAME_TIME = 1e-6  # seconds: a frame's time and an instant's come out of different divisions

P = TypeVar("P")


@dataclass(frozen=True, slots=True)
class Grid:
    """The sampling instants k x every."""

    every: float

    def at(self, k: int) -> float:
        """The time of instant `k`."""
        return k * self.every

    def next(self, time: float) -> int:
        """The first instant at `time` or later."""
        return math.ceil((time - SAME_TIME) / self.every)


class Stamped(NamedTuple, Generic[P]):
    """A packet with its showing time (None if unknown), and whether decoding can begin at it."""

    packet: P
    time: float | None
    key: bool
    size: int


class _Marked(NamedTuple, Generic[P]):
    stamped: Stamped[P]
    wanted: bool  # an instant shows it
    fresh: bool  # a key frame, and nothing before it is needed by what follows
    leading: bool  # stands behind a fresh key frame, but is shown before it
    anew: bool = False  # a key frame right before which packets were left out


class Step(NamedTuple, Generic[P]):
    """A packet to be decoded."""

    packet: P
    wanted: bool  # an instant shows it
    anew: bool  # a key frame right before which packets were left out


def plan(
    packets: Iterable[Stamped[P]], grid: Grid, first: int, link: Callable[[P], Link | None] = lambda _: None
) -> Iterator[Step[P]]:
    """The packets that have to be decoded from instant `first` on.

    What lies between the last wanted packet and the next key frame is left out, and so is what wanted frames
    can't refer to by what `link` tells; the others that no instant shows are needed as references only.
    """
    waiting: list[tuple[_Marked[P], int | None]] = []
    weight = 0
    judge: _Judge[P] = _Judge(grid, first)
    chain = Chain(link)
    for marked in judge.mark(packets):
        if marked.fresh:
            marked = marked._replace(anew=bool(waiting))
            waiting, weight = [], 0
            chain = Chain(link)
        if marked.leading:
            continue
        stamped = marked.stamped
        waiting.append((marked, chain.joined(stamped.packet, stamped.time)))
        weight += stamped.size
        if marked.wanted or len(waiting) > LOOKAHEAD_PACKETS or weight > LOOKAHEAD_BYTES:
            yield from (Step(m.stamped.packet, m.wanted, m.anew) for m in needed(waiting, chain.holds))
            waiting, weight = [], 0


class _Judge(Generic[P]):
    """Marks each packet as soon as enough of those behind it are known."""

    def __init__(self, grid: Grid, first: int) -> None:
        self._grid = grid
        self._first = first
        self._held: deque[Stamped[P]] = deque()
        self._arrived: deque[float | None] = deque()
        self._sorted: list[float] = []  # the showing times in `_arrived`
        self._fresh_from = -math.inf

    def mark(self, packets: Iterable[Stamped[P]]) -> Iterator[_Marked[P]]:
        for stamped in packets:
            self._add(stamped)
            if len(self._held) > REORDER_PACKETS:
                yield self._judge(self._held.popleft())
        while self._held:
            yield self._judge(self._held.popleft())

    def _add(self, stamped: Stamped[P]) -> None:
        self._held.append(stamped)
        self._arrived.append(stamped.time)
        if stamped.time is not None:
            insort(self._sorted, stamped.time)
        if len(self._arrived) > 2 * REORDER_PACKETS + 1:
            oldest = self._arrived.popleft()
            if oldest is not None:
                del self._sorted[bisect_left(self._sorted, oldest)]

    def _judge(self, stamped: Stamped[P]) -> _Marked[P]:
        fresh = stamped.key and stamped.time is not None and not self._leads_to_wanted(stamped.time)
        if stamped.key:
            self._fresh_from = stamped.time if fresh and stamped.time is not None else -math.inf
        leading = stamped.time is not None and stamped.time < self._fresh_from
        return _Marked(stamped, self._wanted(stamped.time), fresh, leading)

    def _leads_to_wanted(self, key_time: float) -> bool:
        """Whether a frame between this key frame and its forerunners is wanted: it refers to both."""
        for follower in self._held:
            if follower.time is None or follower.time > key_time:
                return False
            if self._wanted(follower.time):
                return True
        return False

    def _wanted(self, time: float | None) -> bool:
        if time is None:
            return True
        place = bisect_right(self._sorted, time)
        shown_until = self._sorted[place] if place < len(self._sorted) else math.inf
        return shown_until > self._grid.at(max(self._first, self._grid.next(time))) + SAME_TIME
