"""A class that breaks off in the middle: the lesson says so, and what there is has its report."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from meetbot import attend as module
from meetbot.attend import attend
from meetbot.errors import Interrupted, MeetbotError, OutputError, RoomError
from meetbot.pipeline import Plan
from meetbot.policy import CUES
from meetbot.rooms.base import Joined, RoomKind, TrackSink, Visit
from meetbot.sources.live import Terms
from meetbot.timeline import contents
from meetbot.timeline.lesson import open_lesson
from meetbot.types import About, Instant


class Room:
    """A room in which Ada is, and nothing happens."""

    async def join(self, sink: TrackSink) -> None:
        sink(Joined("ada", "Ada"))

    async def leave(self) -> None:
        """Nothing is held."""


@pytest.fixture(autouse=True)
def _room(monkeypatch: pytest.MonkeyPatch) -> None:
    kind = RoomKind("quiet room", "quiet://host/room", lambda address: True, lambda address, visit: Room())
    monkeypatch.setattr(module, "room_kind", lambda address: kind)


def broken_by(error: BaseException, folder: Path) -> None:
    """A class in which something goes wrong after two looks."""

    def watch(instants: Iterable[Instant], about: About) -> Iterator[Instant]:
        for count, instant in enumerate(instants):
            if count == 2:
                raise error
            yield instant

    attend("quiet://host/room", Visit(), Terms(seconds=60), Plan(0.5, CUES), folder, watch=watch)


@pytest.mark.parametrize("error", [RoomError("The class was lost."), RuntimeError("a fault of our own")])
def test_an_error_in_mid_class_leaves_an_interrupted_lesson_and_its_report(
    tmp_path: Path, error: Exception
) -> None:
    with pytest.raises(type(error), match=str(error)) as caught:
        broken_by(error, tmp_path)
    (lesson,), (report,) = tmp_path.glob("*.meetbot"), tmp_path.glob("*.html")
    with open_lesson(lesson) as kept:
        assert kept.facts()["status"] == "interrupted" and "live" in kept.facts()
        assert [seat.shown for seat in kept.seats()] == ["Ada"] and contents.hold(kept)
    told = str(caught.value) if isinstance(error, MeetbotError) else caught.value.__notes__[0]
    assert told.endswith(f"What was read until then is in {lesson}. Its report is {report}.")


def test_where_no_report_can_be_written_the_first_error_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*words: object, **more: object) -> None:
        raise OutputError("The disk is full.")

    monkeypatch.setattr(module, "conclude", full)
    with pytest.raises(
        RoomError, match=r"The class was lost\. What was read until then is in .*\.meetbot\.$"
    ):
        broken_by(RoomError("The class was lost."), tmp_path)
    (lesson,) = tmp_path.glob("*.meetbot")
    with open_lesson(lesson) as kept:
        assert kept.facts()["status"] == "interrupted"


def test_a_second_ctrl_c_while_the_report_is_made_says_where_everything_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked_again(*words: object, **more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "conclude", asked_again)
    with pytest.raises(Interrupted) as caught:
        attend("quiet://host/room", Visit(), Terms(seconds=0.5), Plan(0.5, CUES), tmp_path)
    (lesson,) = tmp_path.glob("*.meetbot")
    assert str(caught.value) == (
        f"Left the class without a report; everything read is in {lesson}, "
        f"and `meetbot report {lesson}` makes the report of it."
    )
    with open_lesson(lesson) as kept:
        assert kept.facts()["status"] == "finished" and contents.hold(kept)
