"""A shift: orders are handed out, workers and schedulers come and go, each recording ends with a result."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from queue import Empty
from time import monotonic
from typing import TYPE_CHECKING, Any, Protocol

from meetbot import settings
from meetbot.conclude import Outcome
from meetbot.errors import MeetbotError
from meetbot.many.crew import Hands, crew_again, crew_of
from meetbot.many.cut import lesson_of, stretches_of
from meetbot.many.desk import Desk, Errand
from meetbot.many.order import Order, lost
from meetbot.many.piece import Piece
from meetbot.many.segment import NotOnePiece, Stretch
from meetbot.many.stopping import Stop, stoppable
from meetbot.many.work import PROGRESS, answered

if TYPE_CHECKING:
    from distributed import Client

Result = Outcome | MeetbotError
_TURN = 0.5  # seconds between two looks at whether anything came, so that Ctrl-C is heard


class Onlooker(Protocol):
    """Who is told how it goes."""

    def begun(self, dashboard: str) -> None: ...

    def waiting(self) -> None: ...

    def lost(self) -> None: ...

    def reached(self, order: Order, piece: int, at: float, of: float | None) -> None: ...

    def whole(self, order: Order, why: str) -> None: ...


def shift(orders: Sequence[Order], hands: Hands, onlooker: Onlooker) -> Iterator[tuple[Order, Result]]:
    """Each order with what came of it, as they end; what is still running at the end is called off."""
    with stoppable() as stop:
        work = _Shift(orders, onlooker, stop)
        with crew_of(hands) as client:
            stop.heed()
            onlooker.begun(client.dashboard_link)
            yield from work.results(client, hands.workers)
        losses = 1
        while (left := work.left) and losses <= settings.SCHEDULER_LOSSES:
            onlooker.lost()
            with crew_again(hands, stop) as again:
                if again is None:
                    break
                yield from work.results(again, hands.workers)
            losses = losses + 1 if work.left == left else 1
        yield from ((order, lost(order)) for order in work.left)


class _Shift:
    """What is to be read, and what came of it so far."""

    def __init__(self, orders: Sequence[Order], onlooker: Onlooker, stop: Stop) -> None:
        self._onlooker, self._stop = onlooker, stop
        self._orders = {order.id: order for order in orders}
        self._rank = {order.id: -number for number, order in enumerate(orders)}
        self._pieces: dict[str, dict[int, Piece]] = {}
        self._ends: list[tuple[Order, Result]] = []
        self._undone: Sequence[Errand] | None = None

    @property
    def left(self) -> Sequence[Order]:
        """What has not ended yet."""
        return tuple(self._orders.values())

    def results(self, client: "Client", workers: int) -> Iterator[tuple[Order, Result]]:
        """Each order with what came of it, up to the last one, or until the scheduler is lost."""
        with Desk(client) as self._desk:
            client.subscribe_topic(PROGRESS, self._told)
            if self._undone is None:
                there = workers or self._desk.workers_there()
                for order in self.left:
                    self._hand_out(order, stretches_of(order, there // len(self._orders)))
            else:
                for errand in self._undone:
                    self._desk.submit(errand)
            yield from self._each()
            self._undone = self._desk.undone()

    def _each(self) -> Iterator[tuple[Order, Result]]:
        alone_since = monotonic()
        while self._orders and not self._desk.lost:
            self._stop.heed()
            try:
                self._desk.came.get(timeout=_TURN)()
            except Empty:
                if alone_since and monotonic() - alone_since > settings.WORKERS_WITHIN:
                    alone_since = 0.0
                    if not self._desk.workers_there():
                        self._onlooker.waiting()
            while self._ends:
                order, end = self._ends.pop()
                del self._orders[order.id]
                yield order, end

    def _told(self, event: tuple[Any, Mapping[str, Any]]) -> None:
        word = event[1]
        if order := self._orders.get(word["id"]):
            told = self._onlooker.reached
            self._desk.came.put(lambda: told(order, word["piece"], word["at"], word["of"]))

    def _hand_out(self, order: Order, stretches: Sequence[Stretch]) -> None:
        """To one worker, or to several piece by piece."""
        self._pieces[order.id] = {}
        rank = self._rank[order.id]
        if not stretches:
            self._desk.submit(Errand("read_recording", order, (), rank, lambda end: self._end(order, end)))
        for number, stretch in enumerate(stretches):
            ended = self._piece_ended(order, number, len(stretches))
            self._desk.submit(Errand("read_piece", order, (number, stretch), rank, ended))

    def _end(self, order: Order, end: Result) -> None:
        self._ends.append((order, end))

    def _piece_ended(self, order: Order, number: int, count: int) -> "Callable[[Piece | MeetbotError], None]":
        def ended(end: Piece | MeetbotError) -> None:
            if isinstance(end, MeetbotError):
                self._read_whole(order, str(end))
                return
            self._pieces[order.id][number] = end
            if len(self._pieces[order.id]) == count:
                self._join(order)

        return ended

    def _join(self, order: Order) -> None:
        pieces = self._pieces.pop(order.id)
        try:
            in_order = [pieces[number] for number in sorted(pieces)]
            self._end(order, answered(order, lambda: lesson_of(order, in_order)))
        except NotOnePiece as why:
            self._read_whole(order, str(why))

    def _read_whole(self, order: Order, why: str) -> None:
        """Rather once more than another lesson than one process would have written."""
        self._desk.call_off(order)
        self._onlooker.whole(order, why)
        self._hand_out(order, ())
