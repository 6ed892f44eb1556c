"""What a shift makes of what a scheduler answers, and what it lets go of."""

import gc
import os
import signal
import weakref
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any, cast

import pytest

from meetbot import settings
from meetbot.conclude import Outcome
from meetbot.errors import InputError, Interrupted, MeetbotError
from meetbot.many import work
from meetbot.many.crew import Hands
from meetbot.many.desk import Desk, Errand, misfits
from meetbot.many.errand import Misfit, Parcel, packed, this_build, unpacked
from meetbot.many.order import Order
from meetbot.many.piece import Piece
from meetbot.many.segment import Stretch
from meetbot.many.shift import _Shift, shift
from meetbot.many.stopping import Stop, stoppable
from meetbot.pipeline import Plan
from meetbot.timeline.schema import InUse
from meetbot.types import About, Instant

PIECE = Piece({}, (), (), (), None, ())
ORDERS = [Order(Path(f"/lessons/{name}.mp4"), Plan()) for name in "abcd"]


class Answer:
    """A future that has ended."""

    status = "finished"

    def __init__(self, end: object) -> None:
        self._end = packed(end)

    def result(self) -> Parcel:
        """What a worker gave, or that it was lost with its scheduler."""
        if isinstance(unpacked(self._end), CancelledError):
            raise CancelledError
        return self._end

    def add_done_callback(self, told: Callable[["Answer"], None]) -> None:
        """It has ended already."""
        told(self)


class Scheduler:
    """Refuses every recording at once, and knows which answers somebody still holds."""

    status = "running"

    def __init__(self) -> None:
        self.held = weakref.WeakSet[Answer]()

    def submit(self, do: object, what: str, build: str, parcel: Parcel, **more: Any) -> Answer:
        """An answer."""
        order, *_ = unpacked(parcel)
        answer = Answer(self.answer(order))
        self.held.add(answer)
        return answer

    def answer(self, order: Order) -> Any:
        """What a worker would say."""
        return InputError(f"{order.recording} is no recording.")

    def subscribe_topic(self, topic: str, told: object) -> None:
        """Nobody tells anything."""

    def scheduler_info(self, **more: Any) -> dict[str, Any]:
        """One worker is there."""
        return {"workers": {"one": {}}}

    def cancel(self, futures: list[Answer], force: bool) -> None:
        """None is left."""
        raise AssertionError


class Reading(Scheduler):
    """Each piece is read at once, until this scheduler is lost."""

    def __init__(self, lost_after: int = 99) -> None:
        super().__init__()
        self.asked, self._lost_after = 0, lost_after

    def answer(self, order: Order) -> Any:
        """A piece."""
        self.asked += 1
        return PIECE if self.asked <= self._lost_after else CancelledError()

    def cancel(self, futures: list[Answer], force: bool) -> None:
        """What was not told yet."""


class Ending(Scheduler):
    """Its workers are told to end again and again."""

    def answer(self, order: Order) -> MeetbotError:
        """They stop where they are."""
        return Interrupted(f"{order.recording} was called off.")


def test_a_result_is_let_go_when_it_was_told() -> None:
    scheduler = Scheduler()
    ends = _Shift(ORDERS, cast(Any, None), Stop()).results(cast(Any, scheduler), 1)
    for left in range(len(ORDERS) - 1, -1, -1):
        order, end = next(ends)
        assert isinstance(end, InputError) and str(order.recording) in str(end)
        gc.collect()
        assert len(scheduler.held) == left
    assert list(ends) == []


def test_what_a_worker_stopped_because_it_was_told_to_end_is_given_to_others_some_times() -> None:
    scheduler, ends = Ending(), list[object]()
    desk = Desk(cast(Any, scheduler))
    desk.submit(Errand("read_recording", ORDERS[0], (), 0, ends.append))
    rounds = 0
    while not desk.came.empty():
        desk.came.get()()
        rounds += 1
    assert rounds == 1 + settings.WORKER_DEATHS
    assert [type(end) for end in ends] == [Interrupted]


def test_what_is_handed_out_while_the_scheduler_is_away_waits_for_the_next_one() -> None:
    scheduler = Scheduler()
    scheduler.status = "connecting"
    desk, errand = (
        Desk(cast(Any, scheduler)),
        Errand("read_recording", ORDERS[0], (), 0, list[object]().append),
    )
    desk.submit(errand)
    assert desk.lost and desk.undone() == [errand] and not scheduler.held


def test_what_travels_shows_nothing_and_another_build_is_told_apart() -> None:
    parcel = packed(ORDERS[0])
    assert "lessons" not in repr(parcel) and unpacked(parcel) == ORDERS[0]
    told = str(misfits(Misfit("tls://10.0.0.9:4012", "0.0.9 (build 0a1b2c3d)")))
    assert (
        f"at tls://10.0.0.9:4012 has meetbot 0.0.9 (build 0a1b2c3d) and this command {this_build()};" in told
    )


def test_each_thread_of_a_worker_has_networks_of_its_own() -> None:
    loaded: list[object] = []
    threads = [
        Thread(target=lambda: loaded.extend(work.networks_of_this_worker() for _ in range(2)))
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
        thread.join()
    assert loaded[0] is loaded[1] and loaded[2] is loaded[3] and loaded[0] is not loaded[2]


def test_what_broke_is_said_of_its_recording() -> None:
    def breaking() -> object:
        raise KeyError("lost")

    end = work.answered(ORDERS[1], breaking)
    assert isinstance(end, MeetbotError)
    assert str(end) == "/lessons/b.mp4 was not read: something in meetbot broke (KeyError: 'lost')."


def test_what_is_called_off_ends_no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    def called_off(*asked: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr(work, "_read", called_off)
    monkeypatch.setattr(work, "_read_piece", called_off)
    assert isinstance(work.read_recording(ORDERS[0]), Interrupted)
    assert isinstance(work.read_piece(ORDERS[0], 1, Stretch(None, None)), Interrupted)


def test_a_lesson_that_an_ending_worker_still_holds_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    tries = 0

    def held(*asked: object) -> str:
        nonlocal tries
        tries += 1
        if tries < 3:
            raise InUse("/lessons/a.meetbot is being written by another meetbot.")
        return "read"

    for name in ("prepare", "watching"):
        monkeypatch.setattr(work, name, lambda order: None)
    monkeypatch.setattr(work, "sleep", lambda seconds: None)
    monkeypatch.setattr(work, "analyze_recording", held)
    assert cast(Any, work.read_recording(ORDERS[0])) == "read" and tries == 3
    tries = 0
    monkeypatch.setattr(work, "LESSON_WITHIN", -1.0)
    assert isinstance(work.read_recording(ORDERS[0]), InUse) and tries == 1


@pytest.mark.parametrize(("status", "read"), [("running", 3), ("closing_gracefully", 3), ("closing", 1)])
def test_a_worker_that_is_told_to_end_lets_go_at_the_next_instant(
    status: str, read: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    task = SimpleNamespace(state="executing")
    worker = SimpleNamespace(
        state=SimpleNamespace(tasks={"key": task}),
        status=SimpleNamespace(name="running"),
        get_current_task=lambda: "key",
        log_event=lambda topic, word: None,
    )
    monkeypatch.setattr("distributed.get_worker", lambda: worker)
    seen = []
    with suppress(KeyboardInterrupt):
        for instant in work.watching(ORDERS[0])([Instant(float(k), ()) for k in range(3)], About("", "")):
            seen.append(instant)
            worker.status.name = status
    assert len(seen) == read


def test_ctrl_c_while_pieces_are_joined_is_heard_once_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    def joined(order: Order, pieces: Sequence[Piece]) -> Outcome:
        os.kill(os.getpid(), signal.SIGINT)
        return cast(Outcome, f"{order.recording.stem}: {len(pieces)} pieces")

    two = [Stretch(None, 600.0), Stretch(600.0, None)]
    monkeypatch.setattr("meetbot.many.shift.stretches_of", lambda order, count: two)
    monkeypatch.setattr("meetbot.many.shift.lesson_of", joined)
    with stoppable() as stop:
        ends: Iterator[object] = _Shift(ORDERS, cast(Any, None), stop).results(cast(Any, Reading()), 8)
        assert next(ends) == (ORDERS[0], "a: 2 pieces")
        with pytest.raises(KeyboardInterrupt):
            next(ends)


def test_pieces_that_were_read_before_a_scheduler_went_are_not_read_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    two = [Stretch(None, 600.0), Stretch(600.0, None)]
    monkeypatch.setattr("meetbot.many.shift.stretches_of", lambda order, count: two)
    monkeypatch.setattr("meetbot.many.shift.lesson_of", lambda order, pieces: len(pieces))
    before, after = Reading(lost_after=1), Reading()
    shift = _Shift(ORDERS[:1], cast(Any, None), Stop())
    assert list(shift.results(cast(Any, before), 2)) == [] and shift.left == tuple(ORDERS[:1])
    ends: list[object] = list(shift.results(cast(Any, after), 2))
    assert ends == [(ORDERS[0], 2)]
    assert (before.asked, after.asked) == (2, 1)


class Fading(Scheduler):
    """Is lost as soon as it is given work."""

    dashboard_link = ""

    def answer(self, order: Order) -> Any:
        """None."""
        return CancelledError()

    def cancel(self, futures: list[Answer], force: bool) -> None:
        """Nothing is known of them any more."""


class Waiting:
    """Hears how often a scheduler is waited for."""

    losses = 0

    def begun(self, dashboard: str) -> None:
        """Dask is there."""

    def lost(self) -> None:
        """It went, and is waited for."""
        self.losses += 1


def test_a_scheduler_that_is_lost_again_and_again_is_waited_for_some_times_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun = 0

    @contextmanager
    def crew(*asked: object) -> Iterator[Any]:
        nonlocal begun
        begun += 1
        yield Fading()

    for name in ("crew_of", "crew_again"):
        monkeypatch.setattr(f"meetbot.many.shift.{name}", crew)
    onlooker = Waiting()
    ends = list(shift(ORDERS, Hands(1), cast(Any, onlooker)))
    assert begun == 1 + settings.SCHEDULER_LOSSES == 1 + onlooker.losses
    assert [order for order, _ in ends] == ORDERS
    assert all(isinstance(end, InputError) and "the scheduler is gone" in str(end) for _, end in ends)
