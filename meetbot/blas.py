"""Keeps the linear algebra of numpy and OpenCV in one thread; nothing here multiplies large matrices."""

import os

_THREADS = "OPENBLAS_NUM_THREADS"  # read once, when numpy or OpenCV is loaded


def one_blas_thread() -> None:
    """From here on, in this process and those it starts, unless somebody has said how many threads.

    A thread that waits for work spins at first: a third of the time that loading takes (benchmarks/peers.py).
    """
    os.environ.setdefault(_THREADS, "1")
