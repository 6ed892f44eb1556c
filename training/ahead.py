"""The next batch is made while the network learns from this one."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Made = TypeVar("Made")


def made_ahead(make: Callable[[int], Made], starts: Sequence[int]) -> Iterator[Made]:
    """What is made of each start, in their order, by one thread and one at a time."""
    with ThreadPoolExecutor(1) as maker:
        coming = maker.submit(make, starts[0])
        for start in starts[1:]:
            ready, coming = coming.result(), maker.submit(make, start)
            yield ready
        yield coming.result()
