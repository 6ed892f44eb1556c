"""Which frames of a recording the others do without.

Codecs decode frames in another order than they show them: first one far ahead, then those between it and the
one that was ahead before. Those ahead make a chain. Where each refers to none but the one before it in the
chain, what lies beside the chain is needed only near a frame that is wanted.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar

from meetbot.sources.headers import Link

P = TypeVar("P")


class Chain(Generic[P]):
    """The frames from a key frame on, in decoding order."""

    def __init__(self, link: Callable[[P], Link | None]) -> None:
        self._link = link
        self._latest = -math.inf
        self._number: int | None = None
        self.holds = True  # whether each frame of the chain is known to need only the one before it

    def joined(self, packet: P, time: float | None) -> int | None:
        """None of a frame beside the chain; of one in it, how many beside it others might have referred to.

        A frame whose time nobody knows is in it.
        """
        link = self._link(packet)  # also of one beside the chain: parameters may change in it
        if time is not None and time < self._latest:
            return None
        self._latest = self._latest if time is None else time
        link = link if self.holds and time is not None else None
        self.holds = link is not None and link.reference in (None, self._number)
        self._number = None if link is None else link.number
        return 0 if link is None else link.between


def needed(joined: Sequence[tuple[P, int | None]], holds: bool) -> Iterator[P]:
    """Of frames up to a wanted one, each with what its chain says of it, those that have to be decoded.

    By the order of showing the wanted one and those beside it find what they refer to. FFmpeg's H.264
    decoder puts a stand-in for each frame left out: two places, which may be whole frames, behind the last of
    the chain. So frames are left out only where their stand-ins come before what is referred to.
    """
    links = [(place, beside) for place, (_, beside) in enumerate(joined) if beside is not None]
    near = 0
    if holds and links:
        last, _ = links[-1]
        close = next(n for n, (place, beside) in enumerate(links) if last - place <= 2 * beside)
        near = links[close - 1][0] if close else 0
    return (frame for place, (frame, beside) in enumerate(joined) if beside is not None or place >= near)
