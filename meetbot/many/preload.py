"""Loaded by every process that is started here: Ctrl-C in a terminal reaches all of them, and one answers."""

import signal


def dask_setup(worker: object) -> None:
    """Dask calls it when a worker begins; whoever started the worker ends it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
