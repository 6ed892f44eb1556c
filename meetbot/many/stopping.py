"""Ctrl-C as a mark that is looked at: raised wherever it strikes, it can be lost inside Dask.

Dask listens to Python's collector of garbage, and what is raised in there is swallowed.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Stop:
    """Whether somebody asked for an end."""

    def __init__(self) -> None:
        self._asked = False

    def ask(self, number: int = signal.SIGINT, frame: FrameType | None = None) -> None:
        """A first time it is noted; a second time it strikes at once."""
        if self._asked:
            raise KeyboardInterrupt
        self._asked = True

    def heed(self) -> None:
        """End here if that was asked for."""
        if self._asked:
            raise KeyboardInterrupt


@contextmanager
def stoppable() -> Iterator[Stop]:
    """Ctrl-C and the system's wish for an end are noted until this is left."""
    stop = Stop()
    if threading.current_thread() is not threading.main_thread():  # who is told of neither
        yield stop
        return
    before = {number: signal.signal(number, stop.ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)
