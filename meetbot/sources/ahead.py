"""Works ahead in a thread of its own, so that decoding, dividing and reading keep two cores busy."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from queue import Empty, Queue
from threading import Event, Thread

from meetbot.settings import AHEAD_MOST, AHEAD_PIXELS
from meetbot.types import Instant


class _End:
    """What stands behind the last instant: the error that ended it, if there was one."""

    def __init__(self, error: BaseException | None) -> None:
        self.error = error


def room_for(size: tuple[int, int] | None) -> int:
    """How many instants of pictures of that size may wait."""
    across, down = size or (0, 0)
    return max(1, min(AHEAD_MOST, AHEAD_PIXELS // max(1, across * down)))


@contextmanager
def ahead(
    instants: Iterator[Instant], name: str = "decode", most: int = AHEAD_MOST
) -> Iterator[Iterator[Instant]]:
    """The same instants, of which up to `most` wait; errors come where they would have come.

    When it is left, nobody works on `instants` any more.
    """
    ready: Queue[Instant | _End] = Queue(most)
    left = Event()

    def work() -> None:
        error: BaseException | None = None
        try:
            for instant in instants:
                ready.put(instant)
                if left.is_set():
                    return
        except BaseException as raised:
            error = raised
        ready.put(_End(error))

    def taken() -> Iterator[Instant]:
        while isinstance(one := ready.get(), Instant):
            yield one
        if one.error is not None:
            raise one.error

    worker = Thread(target=work, name=name, daemon=True)
    worker.start()
    try:
        yield taken()
    finally:
        left.set()
        with suppress(Empty):  # whoever waits for room gets it, sees that nobody takes more, and ends
            while True:
                ready.get_nowait()
        worker.join()
