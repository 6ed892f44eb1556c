"""What is tried a second time, since a worker died or its answer was lost, carries on: also with --force."""

import os
import shutil
import signal
from collections.abc import Iterable, Iterator
from pathlib import Path

import psutil
import pytest

from meetbot import open_lesson
from meetbot.conclude import Outcome
from meetbot.errors import Interrupted
from meetbot.many.crew import Hands
from meetbot.many.order import Order
from meetbot.many.shift import shift
from meetbot.pipeline import Plan, analyze_recording
from meetbot.timeline import consent
from meetbot.types import About, Instant, Reading

PLAN = Plan(lang="en")
PHRASE = "a phrase of several words"


class Stopped:
    """Looks on, and stops it after some instants; knows how many were read."""

    def __init__(self, after: int = 1000) -> None:
        self.seen = 0
        self._after = after

    def __call__(self, instants: Iterable[Instant], about: About) -> Iterator[Instant]:
        for instant in instants:
            if self.seen == self._after:
                raise KeyboardInterrupt
            self.seen += 1
            yield instant


class Killer:
    """Ends the worker that reads as soon as it has begun, and notes which lesson it had begun."""

    def __init__(self, lesson: Path) -> None:
        self.begun_as: list[str] = []
        self._lesson = lesson

    def begun(self, dashboard: str) -> None:
        """Dask is there."""

    def waiting(self) -> None:
        """Nobody came."""

    def lost(self) -> None:
        """The scheduler went."""

    def reached(self, order: Order, piece: int, at: float, of: float | None) -> None:
        """Somebody reads, into a lesson of this order's: what was there before is gone by now."""
        if not self.begun_as:
            (worker,) = (p for p in psutil.Process().children() if "spawn_main" in " ".join(p.cmdline()))
            self.begun_as.append(begun_as(self._lesson))
            os.kill(worker.pid, signal.SIGKILL)

    def whole(self, order: Order, why: str) -> None:
        """Pieces could not be joined."""
        raise AssertionError(why)


@pytest.fixture
def own(recording: Path, tmp_path: Path) -> Path:
    """A recording of this test's."""
    return Path(shutil.copy(recording, tmp_path / "own.mp4"))


def read(path: Path, order: str | None, watch: Stopped, force: bool = True, plan: Plan = PLAN) -> Outcome:
    return analyze_recording(path, plan, force=force, watch=watch, order=order)


def readings(lesson: Path, phrase: str | None = None) -> list[Reading]:
    with open_lesson(lesson, passphrase=phrase) as opened:
        return list(opened.each_reading())


def begun_as(lesson: Path, phrase: str | None = None) -> str:
    """The first hash of its record, which is salted by chance: another one in each lesson that is begun."""
    with open_lesson(lesson, passphrase=phrase) as opened:
        return next(iter(consent.entries(opened))).hash


@pytest.mark.parametrize("force", [True, False])
def test_a_lesson_whose_answer_was_lost_is_not_read_again_and_told_as_read(own: Path, force: bool) -> None:
    first = read(own, "one", Stopped(), force)
    again = Stopped()
    second = read(own, "one", again, force)
    assert (first.news, second.news, again.seen) == ("read", "read", 0)
    assert second.figures == first.figures


@pytest.mark.parametrize("order", ["two", None])
def test_another_command_that_is_forced_reads_again(own: Path, order: str | None) -> None:
    read(own, "one", Stopped())
    whole = Stopped()
    assert read(own, order, whole).news == "read" and whole.seen > 10


@pytest.mark.parametrize("phrase", [None, PHRASE], ids=["open", "encrypted"])
def test_a_forced_reading_whose_worker_died_is_carried_on_with(own: Path, phrase: str | None) -> None:
    plan = PLAN if phrase is None else Plan(lang="en", privacy=PLAN.privacy.__class__(passphrase=phrase))
    whole = read(own, None, Stopped(), plan=plan)
    expected, target = readings(whole.lesson, phrase), whole.lesson
    with pytest.raises(Interrupted):
        read(own, "one", Stopped(after=6), plan=plan)
    kept, begun = readings(target, phrase), begun_as(target, phrase)
    assert 0 < len(kept) < len(expected)
    assert read(own, "one", Stopped(), plan=plan).news == "read"
    assert begun_as(target, phrase) == begun and readings(target, phrase) == expected


def test_what_an_order_carried_on_with_is_told_so_in_each_try(own: Path) -> None:
    with pytest.raises(Interrupted):
        read(own, None, Stopped(after=4))
    with pytest.raises(Interrupted):
        read(own, "one", Stopped(after=6), force=False)
    assert read(own, "one", Stopped(), force=False).news == "continued"
    assert read(own, "one", Stopped(), force=False).news == "continued"
    assert read(own, "two", Stopped(), force=False).news == "unchanged"


def test_a_recording_that_has_changed_meanwhile_is_read_anew(own: Path, recording: Path) -> None:
    with pytest.raises(Interrupted):
        read(own, "one", Stopped(after=6))
    own.write_bytes(recording.read_bytes() + bytes(8))
    whole = Stopped()
    assert read(own, "one", whole).news == "read" and whole.seen > 10


def test_the_first_worker_begins_a_forced_reading_and_the_next_one_carries_on(own: Path) -> None:
    before = read(own, None, Stopped())
    begun, expected = begun_as(before.lesson), readings(before.lesson)
    order, killer = Order(own, PLAN, force=True), Killer(before.lesson)
    ((_, end),) = shift([order], Hands(1), killer)
    assert isinstance(end, Outcome) and end.news == "read"
    assert begun not in killer.begun_as == [begun_as(end.lesson)]
    assert readings(end.lesson) == expected
