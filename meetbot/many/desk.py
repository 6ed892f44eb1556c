"""Where work is handed to Dask and comes back: what is out, over one connection to a scheduler."""

from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError
from contextlib import suppress
from dataclasses import dataclass
from queue import Queue
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from uuid import uuid4

from meetbot import settings
from meetbot.errors import Interrupted, MeetbotError, UsageError
from meetbot.many.errand import Misfit, do, packed, this_build, unpacked
from meetbot.many.order import Order

if TYPE_CHECKING:
    from distributed import Client, Future


@dataclass(eq=False, slots=True)
class Errand:
    """A function of `meetbot.many.work`, what it is called with, and who is told what came of it."""

    what: str
    order: Order
    more: Sequence[object]
    rank: int  # the higher, the sooner
    ended: Callable[[Any], None]
    tries: int = 0


class Desk:
    """Hands out errands; what comes back lies in `came`, to be called where it is to be heard."""

    def __init__(self, client: "Client") -> None:
        self.came: Queue[Callable[[], None]] = Queue()
        self.lost = False  # whether the scheduler went, with all that it knew
        self._client = client
        self._out: dict[str, tuple[Errand, Future]] = {}
        self._undone: list[Errand] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._cancel([future for _, future in self._out.values()])

    def submit(self, errand: Errand) -> None:
        """To whichever worker is free first."""
        if self._client.status != "running":
            self._lose(errand)
            return
        parcel = packed((errand.order, *errand.more))
        key, priority = f"reading-{uuid4().hex}", errand.rank
        future = self._client.submit(
            do, errand.what, this_build(), parcel, key=key, pure=False, priority=priority
        )
        self._out[key] = (errand, future)
        future.add_done_callback(lambda done: self.came.put(lambda: self._done(key)))

    def call_off(self, order: Order) -> None:
        """Nobody wants any more what is out of a recording."""
        keys = [key for key, (errand, _) in self._out.items() if errand.order is order]
        self._cancel([self._out.pop(key)[1] for key in keys])

    def undone(self) -> Sequence[Errand]:
        """What is to be handed out again over another connection."""
        return [*self._undone, *(errand for errand, _ in self._out.values())]

    def workers_there(self) -> int:
        """How many workers the scheduler knows of."""
        try:
            return len(self._client.scheduler_info(n_workers=-1)["workers"])
        except OSError:
            return 0

    def _done(self, key: str) -> None:
        if key not in self._out:
            return  # called off meanwhile
        errand, future = self._out.pop(key)
        try:
            end = answer_of(errand.order, future)
        except (CancelledError, OSError):
            self._lose(errand)
            return
        if isinstance(end, Misfit):
            raise misfits(end)
        if isinstance(end, Interrupted) and errand.tries < settings.WORKER_DEATHS:
            errand.tries += 1  # its worker was told to end; nobody here asked for that
            self.submit(errand)
        else:
            errand.ended(end)

    def _lose(self, errand: Errand) -> None:
        self._undone.append(errand)
        self.lost = True

    def _cancel(self, futures: "Sequence[Future]") -> None:
        if futures and self._client.status == "running":
            with suppress(OSError):
                self._client.cancel(futures, force=True)


def answer_of(order: Order, future: "Future") -> Any:
    """What a worker answered, or why nobody did; an error of Dask's where the scheduler was lost."""
    if future.status != "error":
        return unpacked(future.result())
    from distributed.scheduler import KilledWorker

    error = future.exception()
    if isinstance(error, KilledWorker):
        return MeetbotError(
            f"{order.recording} was given up: {error.allowed_failures + 1} workers died over it, most often "
            "because memory ran out or meetbot is not installed there; give them more (--worker-memory, "
            "--memory-limit), or read it alone without --workers."
        )
    return MeetbotError(f"{order.recording} was not read: no worker could ({type(error).__name__}: {error}).")


def misfits(misfit: Misfit) -> UsageError:
    """A lesson of two builds would be a mixture."""
    return UsageError(
        f"The worker at {misfit.worker} has meetbot {misfit.build} and this command {this_build()}; install "
        "one of them on every machine, start the workers again, and give the same command: it carries on."
    )
