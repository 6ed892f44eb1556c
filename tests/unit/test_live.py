"""A live class as instants: pictures, seats, breaks and ends, with a room that the test plays."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from itertools import islice

import numpy as np
import pytest
from aiortc.mediastreams import MediaStreamError
from av.video.frame import VideoFrame

from meetbot.errors import RoomError
from meetbot.rooms import stay
from meetbot.rooms.base import Ended, Joined, Left, Lost, News, TrackSink, Video
from meetbot.roster import plain_name
from meetbot.sources import live
from meetbot.sources.live import LiveSource, Terms, next_look
from meetbot.sources.tally import Tally
from meetbot.types import NO_PICTURE, Instant

TERMS = Terms(every=0.05, seconds=20.0)


class Pictures:
    """A stream of one grey level, as fast as the loop allows, until it is stopped."""

    def __init__(self, level: int, size: tuple[int, int] = (64, 48)) -> None:
        self._picture = np.full((size[1], size[0], 3), level, np.uint8)
        self.stopped = False

    async def recv(self) -> VideoFrame:
        await asyncio.sleep(0.005)
        if self.stopped:
            raise MediaStreamError
        return VideoFrame.from_ndarray(self._picture, "bgr24")

    def stop(self) -> None:
        self.stopped = True


class PlayedRoom:
    """A room whose news the test writes down; `script` runs once the bot is in."""

    def __init__(self, *news: News, error: Exception | None = None) -> None:
        self.news = news
        self.error = error
        self.left = 0
        self._sink: TrackSink = lambda news: None
        self._loop: asyncio.AbstractEventLoop | None = None

    async def join(self, sink: TrackSink) -> None:
        if self.error:
            raise self.error
        self._sink, self._loop = sink, asyncio.get_running_loop()
        for one in self.news:
            sink(one)

    async def leave(self) -> None:
        self.left += 1

    def tell(self, news: News) -> None:
        """From the test's thread: a loop that waits for nothing else would not wake up by itself."""
        assert self._loop is not None
        self._loop.call_soon_threadsafe(self._sink, news)


def played(
    *rooms: PlayedRoom, until: Callable[[Instant], bool] = lambda instant: False, terms: Terms = TERMS
) -> list[Instant]:
    """The instants of a class up to the one that the test waits for."""
    visits = iter(rooms)
    seen = []
    with LiveSource("room", lambda: next(visits), terms) as instants:
        for instant in instants:
            seen.append(instant)
            if until(instant):
                break
    return seen


def waited_for(true: Callable[[], object]) -> None:
    """Until something has come about in the room's thread."""
    for _ in range(1000):
        if true():
            return
        threading.Event().wait(0.01)
    raise AssertionError("it did not come about")


def shown(instant: Instant) -> dict[str, int | None]:
    """By name, the brightness of the picture, or None for a camera that is off."""
    return {
        frame.participant.name: None
        if frame.picture is NO_PICTURE
        else round(float(frame.picture.luma.mean()))
        for frame in instant.frames
        if frame.participant
    }


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(stay, "REJOIN_PAUSES", (0.05,))
    yield
    assert [thread.name for thread in threading.enumerate() if thread.name == "room"] == []


def test_everybodys_pictures_come_under_their_own_name() -> None:
    ada, bo = Pictures(60), Pictures(200)
    room = PlayedRoom(Joined("a", "Ada"), Joined("b", "Bo"), Video("b", bo), Video("a", ada))
    last = played(room, until=lambda instant: len(instant.frames) == 2)[-1]
    assert shown(last) == {"Ada": 60, "Bo": 200}
    assert room.left == 1


def test_who_is_there_is_seen_at_the_first_look() -> None:
    terms = Terms(every=5.0, seconds=20.0)
    room = PlayedRoom(Joined("a", "Ada"), Video("a", Pictures(60)))
    assert shown(played(room, until=lambda instant: True, terms=terms)[0]) == {"Ada": 60}


def test_instants_lie_on_the_grid() -> None:
    instants = played(PlayedRoom(Joined("a", "Ada")), until=lambda instant: instant.time >= 0.3)
    assert all(abs(instant.time / 0.05 - round(instant.time / 0.05)) < 1e-6 for instant in instants)
    assert instants[0].time == 0.0


def test_a_reader_that_is_slow_skips_instants_and_sees_the_newest() -> None:
    visits = iter([PlayedRoom(Joined("a", "Ada"), Video("a", Pictures(60)))])
    source = LiveSource("room", lambda: next(visits), TERMS)
    with source as instants:
        for instant in instants:
            threading.Event().wait(0.3)
            if instant.time >= 0.5:
                break
    assert source.tally.late >= 4 and source.mailbox.replaced > 0


@pytest.mark.parametrize(("now", "following"), [(3.2, 4), (4.0, 4), (4.9, 4), (5.0, 5), (9.9, 9)])
def test_a_look_that_is_late_by_less_than_its_turn_is_made(now: float, following: int) -> None:
    assert next_look(3, now, 1.0) == following


def test_every_picture_and_every_reading_is_counted() -> None:
    tally = Tally()
    visits = iter([PlayedRoom(Joined("a", "Ada"), Joined("b", "Bo"), Video("a", Pictures(60)))])
    with LiveSource("room", lambda: next(visits), TERMS, tally) as instants:
        seen = [frame for instant in islice(instants, 6) for frame in instant.frames]
    # The last look was not asked beyond, so nobody can say that its readings were written.
    assert tally.made in (len(seen), len(seen) - 1) and tally.made > 0
    assert tally.people == 2 and tally.due >= tally.made
    assert tally.received >= len(seen) + tally.passed_over > len(seen)
    half, most = tally.delay(0.5), tally.delay(0.95)
    assert half is not None and most is not None and 0.0 <= half <= most < 5.0
    assert tally.seconds > 0.0 and tally.receiving > 0.0


def test_who_opts_out_is_stopped_at_once() -> None:
    ada = Pictures(60)
    room = PlayedRoom(Joined("a", "Ada"), Video("a", ada))

    def opted_out(instant: Instant) -> bool:
        if instant.frames and not ada.stopped:
            room.tell(Joined("a", "Ada", analysed=False))
        return any(event.kind == "opted_out" for event in instant.events)

    last = played(room, until=opted_out)[-1]
    assert ada.stopped and last.frames == ()


@pytest.mark.parametrize(
    "news", [Joined("a", "Ada", analysed=False), Joined("a", "Quiet"), Left("a")], ids=["no", "name", "gone"]
)
def test_of_who_says_no_or_goes_not_even_the_picture_that_waits_is_looked_at(news: News) -> None:
    room = PlayedRoom(
        Joined("a", "Ada"), Joined("b", "Bo"), Video("a", Pictures(60)), Video("b", Pictures(90))
    )
    source = LiveSource("room", lambda: room, Terms(every=5.0, excluded=frozenset({"quiet"})))
    with source as instants:
        assert set(shown(next(instants))) <= {"Ada", "Bo"}
        waited_for(lambda: source.mailbox.replaced >= 2)
        room.tell(news)
        waited_for(lambda: len(source._news) == 1)
        assert set(source.mailbox.take()) == {"b"}


@pytest.mark.parametrize("name", ["Jose\u0301  D\u00edaz", " jos\u00e9 d\u00edaz ", "JOS\u00c9 D\u00cdAZ"])
def test_an_excluded_name_is_known_however_it_is_written(name: str) -> None:
    jose = Pictures(60)
    terms = Terms(every=0.05, seconds=0.2, excluded=frozenset({plain_name("Jos\u00e9 D\u00edaz")}))
    instants = played(PlayedRoom(Joined("a", name), Video("a", jose)), terms=terms)
    assert jose.stopped and all(instant.frames == () for instant in instants)


def test_the_pictures_of_somebody_excluded_are_refused() -> None:
    ada = Pictures(60)
    terms = Terms(every=0.05, seconds=0.2, excluded=frozenset({"ada"}))
    instants = played(PlayedRoom(Joined("a", "Ada"), Video("a", ada)), terms=terms)
    assert ada.stopped and all(instant.frames == () for instant in instants)


def test_a_lost_connection_is_a_gap_and_seats_stay() -> None:
    first = PlayedRoom(Joined("a", "Ada"), Video("a", Pictures(60)))
    second = PlayedRoom(Joined("b", "Ada"), Video("b", Pictures(90)))

    def back(instant: Instant) -> bool:
        if shown(instant) == {"Ada": 60}:
            first.tell(Lost("the cable was pulled"))
        return shown(instant) == {"Ada": 90}

    instants = played(first, second, until=back)
    events = [event for instant in instants for event in instant.events]
    assert [(event.kind, event.seat) for event in events] == [
        ("joined", 1),
        ("left", 1),
        ("gap", None),
        ("joined", 1),
    ]
    assert first.left == second.left == 1


def test_a_machine_that_slept_says_what_it_did_not_see(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "PAUSE_TOLD", 0.2)
    room = PlayedRoom(Joined("a", "Ada"), Video("a", Pictures(90)))
    with LiveSource("room", lambda: room, TERMS) as instants:
        next(instants)
        time.sleep(0.5)  # as a stopped process does
        events = [event for instant in islice(instants, 2) for event in instant.events]
    gaps = [event for event in events if event.kind == "gap"]
    assert gaps[0].time == 0.0 and "slept or was too busy" in gaps[0].text  # a busy machine may have more


def test_a_room_that_is_away_is_tried_again() -> None:
    first = PlayedRoom(Joined("a", "Ada"))
    away = PlayedRoom(error=RoomError("nobody answers"))
    again = PlayedRoom(Joined("a", "Ada"))

    def back(instant: Instant) -> bool:
        if any(event.kind == "joined" for event in instant.events) and instant.time < 0.01:
            first.tell(Lost("gone"))
        return sum(event.kind == "joined" for event in instant.events) == 1 and instant.time > 0.04

    instants = played(first, away, again, until=back)
    assert instants[-1].time < 10.0 and away.left == 0 and again.left == 1


def test_the_end_of_the_class_ends_the_instants() -> None:
    room = PlayedRoom(Joined("a", "Ada"), Ended("the teacher ended it"))
    events = [event for instant in played(room) for event in instant.events]
    assert events[-1].kind == "warning" and "the teacher ended it" in events[-1].text


def test_a_class_that_everybody_left_ends() -> None:
    room = PlayedRoom(Joined("a", "Ada"), Left("a"))
    instants = played(room, terms=Terms(every=0.05, seconds=20.0, empty_for=0.1))
    assert instants[-1].time < 5.0


def test_a_room_that_can_not_be_joined_is_an_error_before_the_first_instant() -> None:
    with pytest.raises(RoomError, match="no such room"):
        played(PlayedRoom(error=RoomError("no such room")))


def test_a_composed_stream_is_nobodys_own() -> None:
    room = PlayedRoom(Joined("stream", "class-5b"), Video("stream", Pictures(60)))
    terms = Terms(every=0.05, seconds=20.0, composed=True)
    last = played(room, until=lambda instant: bool(instant.frames), terms=terms)[-1]
    assert last.frames[0].participant is None and last.events == ()
