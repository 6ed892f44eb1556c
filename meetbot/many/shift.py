"""A shift: orders are handed out, workers come and go, each recording ends with a result or a reason."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from queue import Empty, Queue
from time import monotonic
from typing import TYPE_CHECKING, Any, Protocol
from uuid import uuid4

from meetbot import settings
from meetbot.conclude import Outcome
from meetbot.errors import MeetbotError
from meetbot.many.crew import Hands, crew_of
from meetbot.many.cut import lesson_of, stretches_of
from meetbot.many.order import Order
from meetbot.many.piece import Piece
from meetbot.many.segment import NotOnePiece, Stretch
from meetbot.many.stopping import Stop, stoppable
from meetbot.many.work import PROGRESS, answered, read_piece, read_recording

if TYPE_CHECKING:
    from distributed import Client, Future

Result = Outcome | MeetbotError
_TURN = 0.5  # seconds between two looks at whether anything came, so that Ctrl-C is heard


class Onlooker(Protocol):
    """Who is told how it goes."""

    def begun(self, dashboard: str) -> None: ...

    def waiting(self) -> None: ...

    def reached(self, order: Order, piece: int, at: float, of: float | None) -> None: ...

    def whole(self, order: Order, why: str) -> None: ...


def shift(orders: Sequence[Order], hands: Hands, onlooker: Onlooker) -> Iterator[tuple[Order, Result]]:
    """Each order with what came of it, as they end; what is still running at the end is called off."""
    with stoppable() as stop, crew_of(hands) as client:
        stop.heed()
        onlooker.begun(client.dashboard_link)
        yield from _Shift(client, orders, onlooker, stop).results(hands.workers)


class _Shift:
    """What is out, and what came back."""

    def __init__(self, client: "Client", orders: Sequence[Order], onlooker: Onlooker, stop: Stop) -> None:
        self._client, self._onlooker, self._stop = client, onlooker, stop
        self._orders = {order.id: order for order in orders}
        self._came: Queue[Callable[[], None]] = Queue()
        self._out: dict[str, list[Future]] = {}
        self._pieces: dict[str, dict[int, Piece]] = {}
        self._ends: list[tuple[Order, Result]] = []

    def results(self, workers: int) -> Iterator[tuple[Order, Result]]:
        """Each order with what came of it."""
        self._client.subscribe_topic(PROGRESS, self._told)
        there = workers or len(self._client.scheduler_info(n_workers=-1)["workers"])
        try:
            for order in self._orders.values():
                self._hand_out(order, stretches_of(order, there // len(self._orders)))
            yield from self._each()
        finally:
            self._client.cancel([one for out in self._out.values() for one in out], force=True)

    def _each(self) -> Iterator[tuple[Order, Result]]:
        left, alone_since = len(self._orders), monotonic()
        while left:
            self._stop.heed()
            try:
                self._came.get(timeout=_TURN)()
            except Empty:
                if alone_since and monotonic() - alone_since > settings.WORKERS_WITHIN:
                    alone_since = 0.0
                    if not self._client.scheduler_info()["workers"]:
                        self._onlooker.waiting()
            while self._ends:
                left -= 1
                order, end = self._ends.pop()
                self._out.pop(order.id)  # whoever reads holds a result for as long as somebody may ask for it
                yield order, end

    def _told(self, event: tuple[Any, Mapping[str, Any]]) -> None:
        word = event[1]
        if order := self._orders.get(word["id"]):
            told = self._onlooker.reached
            self._came.put(lambda: told(order, word["piece"], word["at"], word["of"]))

    def _hand_out(self, order: Order, stretches: Sequence[Stretch]) -> None:
        """To one worker, or to several piece by piece."""
        self._out[order.id], self._pieces[order.id] = [], {}
        if not stretches:
            self._submit(order, lambda future: self._ends.append((order, result_of(order, future))))
        for number, stretch in enumerate(stretches):
            self._submit(order, self._piece_ended(order, number, len(stretches)), number, stretch)

    def _submit(self, order: Order, ended: "Callable[[Future], None]", *piece: object) -> None:
        work = read_piece if piece else read_recording
        rank = -list(self._orders).index(order.id)
        future = self._client.submit(
            work, order, *piece, key=f"reading-{uuid4().hex}", pure=False, priority=rank
        )
        self._out[order.id].append(future)
        future.add_done_callback(lambda done: self._came.put(lambda: ended(done)))

    def _piece_ended(self, order: Order, number: int, count: int) -> "Callable[[Future], None]":
        def ended(future: "Future") -> None:
            if future.key not in {one.key for one in self._out.get(order.id, ())}:
                return  # called off meanwhile
            end = result_of(order, future)
            if not isinstance(end, Piece):
                self._read_whole(order, str(end))
                return
            self._pieces[order.id][number] = end
            if len(self._pieces[order.id]) == count:
                self._join(order)

        return ended

    def _join(self, order: Order) -> None:
        pieces = self._pieces.pop(order.id)
        try:
            made = answered(order, lambda: lesson_of(order, [pieces[number] for number in sorted(pieces)]))
            self._ends.append((order, made))
        except NotOnePiece as why:
            self._read_whole(order, str(why))

    def _read_whole(self, order: Order, why: str) -> None:
        """Rather once more than another lesson than one process would have written."""
        self._client.cancel(self._out[order.id], force=True)
        self._onlooker.whole(order, why)
        self._hand_out(order, ())


def result_of(order: Order, future: "Future") -> Any:
    """What a worker answered, or why nobody did."""
    if future.status == "cancelled":
        return MeetbotError(
            f"{order.recording} was not read: the scheduler ended or lost it; see whether it runs, and give "
            "the same command again: it carries on."
        )
    error = future.exception()
    if error is None:
        return future.result()
    from distributed.scheduler import KilledWorker

    if isinstance(error, KilledWorker):
        return MeetbotError(
            f"{order.recording} was given up: {settings.WORKER_DEATHS} workers died over it, most often "
            "because memory ran out; give them more (--worker-memory), or read it alone without --workers."
        )
    return MeetbotError(f"{order.recording} was not read: no worker could ({type(error).__name__}: {error}).")
