"""Has glibc give free memory back to the system; else it keeps 110 MB after the first look for labels."""

import ctypes
import sys
from typing import Any

from meetbot.settings import FREED_AT_ONCE

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # of mallopt
_TRIM_AT = 32 * 2**20  # bytes: glibc's own where it is left alone


def free_at_once() -> None:
    """From here on whatever is large is given back when it is freed, in all of the process."""
    if set_option := _of_glibc("mallopt"):
        set_option(_MMAP_THRESHOLD, FREED_AT_ONCE)
        set_option(_TRIM_THRESHOLD, _TRIM_AT)


def give_back() -> None:
    """Give back now what is free among smaller things; takes milliseconds."""
    if trim := _of_glibc("malloc_trim"):
        trim(0)


def _of_glibc(name: str) -> Any:
    """One of its functions; None on a system without it, which keeps less or can't be asked."""
    return getattr(ctypes.CDLL(None), name, None) if sys.platform == "linux" else None
