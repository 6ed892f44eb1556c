"""The loop in which a room is held: it rests between its rounds, and is not kept waiting.

asyncio takes one packet of a socket in each round of its loop, so packets that trickle in cost a round each.
Here a round that finds nothing to do sleeps for a moment first, and the sockets give all that came meanwhile
(`sockets.py`): with 50 people the network takes 13 % of a core instead of 17 (benchmarks/live.py).
"""

import asyncio
import selectors
import sys
import time
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

from meetbot.settings import ROOM_RESTS, THREAD_TURN


class Resting(selectors.DefaultSelector):
    """Waits for whatever comes, and before it does, sleeps for as long as nobody can tell."""

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """What is ready; a loop that has work to do (`timeout` 0) is not held up."""
        if timeout is None:
            time.sleep(ROOM_RESTS)
        elif timeout > 0:
            rest = min(timeout, ROOM_RESTS)
            time.sleep(rest)
            timeout -= rest
        return super().select(timeout)


def held(room: Coroutine[Any, Any, None]) -> None:
    """Hold a room to its end."""
    with asyncio.Runner(loop_factory=_resting) as runner:
        runner.run(room)


def _resting() -> asyncio.AbstractEventLoop:
    if sys.platform == "win32":  # whose own loop has no selector
        return asyncio.new_event_loop()
    return asyncio.SelectorEventLoop(Resting())


@contextmanager
def short_turns() -> Iterator[None]:
    """Let the room's thread go on soon, whoever else uses Python.

    It lets go of Python's lock several times for each packet, and gets it back after 5 ms where another
    thread is at work: with 100 people ten times as many packets were lost (benchmarks/live.py).
    """
    before = sys.getswitchinterval()
    sys.setswitchinterval(THREAD_TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(before)
