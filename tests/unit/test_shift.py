"""What a shift makes of what a scheduler answers, and what it lets go of."""

import gc
import weakref
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Any, cast

import pytest

from meetbot.errors import InputError, Interrupted, MeetbotError
from meetbot.many import work
from meetbot.many.order import Order
from meetbot.many.segment import Stretch
from meetbot.many.shift import _Shift, result_of
from meetbot.many.stopping import Stop
from meetbot.pipeline import Plan

ORDERS = [Order(Path(f"/lessons/{name}.mp4"), Plan()) for name in "abcd"]


class Answer:
    """A future that has ended."""

    def __init__(self, end: object, key: str = "", status: str = "finished") -> None:
        self.end, self.key, self.status = end, key, status

    def exception(self) -> None:
        """Nothing went wrong; of one that was called off Dask says the same."""

    def result(self) -> object:
        """What a worker gave."""
        return self.end

    def add_done_callback(self, told: Callable[["Answer"], None]) -> None:
        """It has ended already."""
        told(self)


class Scheduler:
    """Refuses every recording at once, and knows which answers somebody still holds."""

    def __init__(self) -> None:
        self.held = weakref.WeakSet[Answer]()

    def submit(self, work: object, order: Order, key: str, **more: Any) -> Answer:
        """An answer."""
        answer = Answer(InputError(f"{order.recording} is no recording."), key)
        self.held.add(answer)
        return answer

    def subscribe_topic(self, topic: str, told: object) -> None:
        """Nobody tells anything."""

    def scheduler_info(self, **more: Any) -> dict[str, Any]:
        """One worker is there."""
        return {"workers": {"one": {}}}

    def cancel(self, futures: list[Answer], force: bool) -> None:
        """All have ended."""
        assert futures == []


def test_a_result_is_let_go_when_it_was_told() -> None:
    scheduler = Scheduler()
    ends = _Shift(cast(Any, scheduler), ORDERS, cast(Any, None), Stop()).results(1)
    for left in range(len(ORDERS) - 1, -1, -1):
        order, end = next(ends)
        assert isinstance(end, InputError) and str(order.recording) in str(end)
        gc.collect()
        assert len(scheduler.held) == left
    assert list(ends) == []


def test_a_scheduler_that_ended_is_said_of_each_recording() -> None:
    end = result_of(ORDERS[0], cast(Any, Answer(None, status="cancelled")))
    assert isinstance(end, MeetbotError)
    assert "/lessons/a.mp4 was not read: the scheduler ended" in str(end)


def test_each_thread_of_a_worker_has_one_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "load_classifier", object)
    loaded: list[object] = []
    threads = [
        Thread(target=lambda: loaded.extend(work.classifier_of_this_worker() for _ in range(2)))
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
