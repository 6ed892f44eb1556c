"""Keeps LiteRT's greeting off the terminal."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from threading import Event, RLock

_GREETED = Event()
_ONE_AT_A_TIME = RLock()  # of two threads at once, one would put back the other's silence


@contextmanager
def silenced() -> Iterator[None]:
    """LiteRT writes a greeting to the process's error stream at its first run, and has no switch for it.

    Once that was said nothing is kept back any more, for it would be what other threads say.
    """
    if _GREETED.is_set():
        yield
        return
    with _ONE_AT_A_TIME, nullcontext() if _GREETED.is_set() else _nothing_said():
        yield
    _GREETED.set()


@contextmanager
def _nothing_said() -> Iterator[None]:
    try:
        kept = os.dup(2)
    except OSError:  # a program without a console has no such stream
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
