"""Where CPU time goes: stages of one thread, each without what other stages take inside it."""

import time
from collections.abc import Callable, Sequence
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class Stopwatch:
    """CPU seconds of this thread, by stage."""

    def __init__(self, stages: Sequence[str]) -> None:
        self.spent = dict.fromkeys(stages, 0.0)
        self._inside = 0.0  # seconds that stages inside the running one took

    def timed(self, stage: str, work: Callable[P, R]) -> Callable[P, R]:
        """The same work, with its time put down to a stage."""

        def measured(*values: P.args, **named: P.kwargs) -> R:
            start, outside = time.thread_time(), self._inside
            self._inside = 0.0
            try:
                return work(*values, **named)
            finally:
                took = time.thread_time() - start
                self.spent[stage] += took - self._inside
                self._inside = outside + took

        return measured
