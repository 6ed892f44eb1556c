"""What is asked of a worker, packed: only the build of meetbot that packed it unpacks it.

Scheduler and workers of any build know these two names, so that another build is told in a sentence; an order
unpacked by another meetbot would fail inside Dask, or worse, be understood in another way. Packing is Dask's
own: what comes over its connections can run programs, and so they are locked.
"""

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import meetbot
from meetbot.resources import resource

_CARDS = ("emotion.json", "points.json")  # each with its network's checksum


class Parcel(bytes):
    """What travels; Dask may print it, so it shows nothing."""

    def __repr__(self) -> str:
        return "Parcel()"


def do(what: str, build: str, parcel: Parcel) -> Parcel | dict[str, str]:
    """Does some of `meetbot.many.work` on a worker; where another build packed it, that is the answer."""
    if build != this_build():
        from distributed import get_worker

        return {"worker": get_worker().address, "build": this_build()}
    from meetbot.many import work

    return packed(getattr(work, what)(*unpacked(parcel)))


def packed(value: Any) -> Parcel:
    """Something of ours, ready to travel."""
    from distributed.protocol import serialize_bytes

    return Parcel(serialize_bytes(value))


class Misfit(NamedTuple):
    """A worker of another build."""

    worker: str
    build: str


def unpacked(answer: Parcel | dict[str, str]) -> Any:
    """What was packed, or which worker could not unpack it."""
    from distributed.protocol import deserialize_bytes

    return Misfit(**answer) if isinstance(answer, dict) else deserialize_bytes(answer)


@cache
def this_build() -> str:
    """The version and a checksum of code and networks: two builds may bear the same version."""
    total = sha256()
    root = Path(meetbot.__file__).parent
    for path in sorted(root.rglob("*.py")):
        total.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    for card in _CARDS:
        total.update(resource("models", card).read_bytes())
    return f"{meetbot.__version__} (build {total.hexdigest()[:8]})"
