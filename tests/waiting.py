"""Waits for what another process or thread does."""

import time
from collections.abc import Callable


def eventually(true: Callable[[], bool], within: float) -> None:
    """Until something is so, for so many seconds at most."""
    until = time.monotonic() + within
    while not true():
        assert time.monotonic() < until
        time.sleep(0.02)
