"""Where CPU time goes: stages, each without what other stages of its thread take inside it."""

import threading
import time
from collections.abc import Callable, Sequence
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class _Inside(threading.local):
    """Seconds that stages inside the running one took, in each thread."""

    seconds = 0.0


class Stopwatch:
    """CPU seconds by stage, each of the thread that does it."""

    def __init__(self, stages: Sequence[str]) -> None:
        self.spent = dict.fromkeys(stages, 0.0)
        self._inside = _Inside()

    def timed(self, stage: str, work: Callable[P, R]) -> Callable[P, R]:
        """The same work, with its time put down to a stage."""

        def measured(*values: P.args, **named: P.kwargs) -> R:
            start, outside = time.thread_time(), self._inside.seconds
            self._inside.seconds = 0.0
            try:
                return work(*values, **named)
            finally:
                took = time.thread_time() - start
                self.spent[stage] += took - self._inside.seconds
                self._inside.seconds = outside + took

        return measured
