"""A recording that grows while it is read: it is still being copied or made, and half of it was seen."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from meetbot.errors import InputError
from meetbot.resources import delete
from meetbot.sources.files import reading
from meetbot.timeline.schema import companions


class Growing(InputError):
    """A recording has changed since it was begun."""


def size_of(path: Path) -> int:
    """How many bytes a file has now; none where it can't be seen, which whoever reads it says."""
    with suppress(OSError):
        return path.stat().st_size
    return 0


def require_size(path: Path, size: int) -> None:
    """Refuses a recording that has another size than before it was read."""
    with reading(path):  # one that is gone has not grown: what was read of it is kept
        now = path.stat().st_size
    if now != size:
        raise Growing(
            f"{path} has changed while it was read, as if it were still being copied or recorded; "
            "nothing of it was kept, so give the same command again once it is whole."
        )


@contextmanager
def not_of_half(lesson: Path) -> Iterator[None]:
    """Leaves no lesson of a recording that grew: it would stand in the way of the whole one's."""
    try:
        yield
    except Growing:
        for part in (lesson, *companions(lesson)):
            delete(part)
        raise
