"""A shift: orders are handed out, workers come and go, each recording ends with a result or a reason."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from queue import Empty, Queue
from time import monotonic
from typing import TYPE_CHECKING, Any, Protocol

from meetbot import settings
from meetbot.conclude import Outcome
from meetbot.errors import MeetbotError
from meetbot.many.crew import Hands, crew_of
from meetbot.many.order import Order
from meetbot.many.work import PROGRESS, read_recording

if TYPE_CHECKING:
    from distributed import Client, Future

Result = Outcome | MeetbotError
_TURN = 0.5  # seconds between two looks at whether anything came, so that Ctrl-C is heard


class Onlooker(Protocol):
    """Who is told how it goes."""

    def begun(self, dashboard: str) -> None: ...

    def waiting(self) -> None: ...

    def reached(self, order: Order, at: float, of: float | None) -> None: ...


def shift(orders: Sequence[Order], hands: Hands, onlooker: Onlooker) -> Iterator[tuple[Order, Result]]:
    """Each order with what came of it, as they end; what is still running at the end is called off."""
    if hands.workers:
        share = max(1, (os.cpu_count() or 1) // hands.workers)
        orders = [replace(order, cores=share) for order in orders]
    with crew_of(hands) as client:
        onlooker.begun(client.dashboard_link)
        yield from _worked(client, orders, onlooker)


def _worked(client: "Client", orders: Sequence[Order], onlooker: Onlooker) -> Iterator[tuple[Order, Result]]:
    by_id = {order.id: order for order in orders}
    came: Queue[Callable[[], tuple[Order, Result] | None]] = Queue()

    def told(event: tuple[Any, Mapping[str, Any]]) -> None:
        word = event[1]
        if order := by_id.get(word["id"]):
            came.put(lambda: onlooker.reached(order, word["at"], word["of"]))

    def ended(order: Order) -> "Callable[[Future], None]":
        return lambda future: came.put(lambda: (order, result_of(order, future)))

    client.subscribe_topic(PROGRESS, told)
    futures = [
        client.submit(read_recording, order, key=order.id, pure=False, priority=-number)
        for number, order in enumerate(orders)
    ]
    try:
        for order, future in zip(orders, futures, strict=True):
            future.add_done_callback(ended(order))
        yield from _each(client, came, len(orders), onlooker)
    finally:
        client.cancel(futures, force=True)


def _each(
    client: "Client",
    came: "Queue[Callable[[], tuple[Order, Result] | None]]",
    left: int,
    onlooker: Onlooker,
) -> Iterator[tuple[Order, Result]]:
    alone_since: float | None = monotonic()
    while left:
        try:
            result = came.get(timeout=_TURN)()
        except Empty:
            if alone_since and monotonic() - alone_since > settings.WORKERS_WITHIN:
                alone_since = None
                if not client.scheduler_info()["workers"]:
                    onlooker.waiting()
            continue
        if result:
            left -= 1
            yield result


def result_of(order: Order, future: "Future") -> Result:
    """What a worker answered, or why nobody did."""
    from distributed.scheduler import KilledWorker

    error = future.exception()
    if error is None:
        return future.result()  # type: ignore[no-any-return]
    if isinstance(error, KilledWorker):
        return MeetbotError(
            f"{order.recording} was given up: {settings.WORKER_DEATHS} workers died over it, most often "
            "because memory ran out; give them more (--worker-memory), or read it alone without --workers."
        )
    return MeetbotError(f"{order.recording} was not read: no worker could ({type(error).__name__}: {error}).")
