"""What a worker does with an order: it runs in a process of its own, on this machine or on another."""

from collections.abc import Callable, Iterable, Iterator
from threading import local
from time import monotonic, sleep
from typing import TypeVar

from meetbot.conclude import Outcome
from meetbot.errors import InputError, Interrupted, MeetbotError, UsageError
from meetbot.many.order import Order, broken
from meetbot.many.piece import Piece
from meetbot.many.segment import NotOnePiece, Stretch, read_stretch
from meetbot.networks import Networks
from meetbot.pipeline import analyze_recording, within_pins
from meetbot.seams import Watch
from meetbot.settings import LESSON_WITHIN
from meetbot.timeline.schema import InUse
from meetbot.types import About, Instant

PROGRESS = "meetbot-progress"  # what workers tell under
TOLD_EVERY = 1.0  # seconds of the wall clock between two words on how far a recording is

# A worker that lost its scheduler, or was told to end, waits for what it does; another one has that by then.
_ENDING = ("closing", "closed", "failed")

_NOT_TO_A_DISK = (
    "DASK_DISTRIBUTED__WORKER__MEMORY__SPILL=False and DASK_DISTRIBUTED__WORKER__MEMORY__TARGET=False"
)

T = TypeVar("T")


def read_recording(order: Order) -> Outcome | MeetbotError:
    """Reads one recording into its lesson; what goes wrong is an answer, so that it isn't tried again."""
    return _on_a_worker(order, lambda: _read(order))


def answered(order: Order, work: Callable[[], T]) -> T | MeetbotError:
    """What some work gives, or its error as a sentence that can travel."""
    try:
        return work()
    except MeetbotError as error:
        return error
    except NotOnePiece:
        raise  # the recording is to be read whole
    except Exception as error:
        return broken(order, error)


def _on_a_worker(order: Order, work: Callable[[], T]) -> T | MeetbotError:
    """The same where it may be called off: an interruption that got through would end the worker for all."""
    try:
        return answered(order, work)
    except KeyboardInterrupt:
        return Interrupted(f"{order.recording} was called off.")


_own = local()


def networks_of_this_worker() -> Networks:
    """The networks, loaded once however many recordings a worker reads.

    Where a worker reads several at a time, each of its threads has its own: one can't serve two at once.
    """
    if not hasattr(_own, "networks"):
        _own.networks = Networks()
    networks: Networks = _own.networks
    return networks


def prepare(order: Order) -> None:
    """Refuses what can't be read here: a recording that nobody sees here."""
    if not order.recording.exists():
        raise InputError(
            f"{order.recording} isn't there where a worker looks for it; workers need the recordings under "
            "the same path, as in a folder that all machines share."
        )


def watching(order: Order, piece: int = 0) -> Watch:
    """Looks on while a recording is read: tells how far it is, and stops where nobody wants it any more."""
    from distributed import get_worker

    worker = get_worker()
    key = worker.get_current_task()

    def watch(instants: Iterable[Instant], about: About) -> Iterator[Instant]:
        told = 0.0
        for instant in instants:
            if monotonic() - told >= TOLD_EVERY:
                told = monotonic()
                worker.log_event(
                    PROGRESS, {"id": order.id, "piece": piece, "at": instant.time, "of": about.duration}
                )
            task = worker.state.tasks.get(key)
            if task is None or task.state == "cancelled" or worker.status.name in _ENDING:
                raise KeyboardInterrupt
            yield instant

    return watch


def read_piece(order: Order, number: int, stretch: Stretch) -> Piece | MeetbotError:
    """Reads one piece of a recording; where it has to be read whole, that is the answer."""
    try:
        return _on_a_worker(order, lambda: _read_piece(order, number, stretch))
    except NotOnePiece as why:
        return MeetbotError(str(why))


def _read_piece(order: Order, number: int, stretch: Stretch) -> Piece:
    prepare(order)
    if not _memory_only():  # a piece is as open as no lesson may be
        raise NotOnePiece(f"a worker may move pieces to its disk; it doesn't with {_NOT_TO_A_DISK}")
    within_pins(order.plan)  # what is not allowed here is refused
    return read_stretch(order, stretch, networks_of_this_worker(), watching(order, number))


def _memory_only() -> bool:
    """Whether answers wait in this worker's memory alone until the command has them."""
    from distributed import get_worker

    return isinstance(get_worker().data, dict)  # what Dask keeps them in where none goes to a disk


def _read(order: Order) -> Outcome:
    prepare(order)
    if order.plan.privacy.passphrase and not _memory_only():
        raise UsageError(
            f"{order.recording} was not read: a worker may move figures of encrypted lessons to its disk, in "
            f"the open; start the workers again with {_NOT_TO_A_DISK}."
        )
    until = monotonic() + LESSON_WITHIN
    while True:
        try:
            return analyze_recording(
                order.recording,
                order.plan,
                order.out,
                order.entries,
                order.teacher,
                order.force,
                watching(order),
                networks_of_this_worker(),
                order.id,
            )
        except InUse:  # by a worker that was taken away and has not ended yet
            if monotonic() > until:
                raise
            sleep(1.0)
