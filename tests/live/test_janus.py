"""The bot in a real Janus VideoRoom, with real publishers."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from av.video.frame import VideoFrame

from meetbot.attend import attend
from meetbot.errors import RoomError
from meetbot.pipeline import Plan
from meetbot.rooms.base import Joined, News, Stream, Video, Visit
from meetbot.rooms.janus import JanusRoom
from meetbot.rooms.peer import OneSender
from meetbot.sources.live import Terms
from meetbot.timeline.lesson import Lesson, open_lesson
from tests.live.janus import Server, Student, janus
from tests.live.listener import heard, until
from tests.live.network import HOST
from tests.live.tracks import AudioStreamTrack, Camera, face_at, flat

ROOM = f"janus://{HOST}:8188/1234"
PLAN = Plan(every=0.5)
TERMS = Terms()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with janus(tmp_path / "janus", rooms=("1234", "77:secret")) as running:
        yield running


@asynccontextmanager
async def students(*people: tuple[str, Camera]) -> AsyncIterator[list[Student]]:
    """People in the class, each with a microphone before the camera: the order audio, video, audio, video."""
    there = [Student(name, (AudioStreamTrack(), camera)) for name, camera in people]
    try:
        for one in there:
            await one.publish()
        yield there
    finally:
        for one in there:
            await one.leave()


@asynccontextmanager
async def visiting(excluded: frozenset[str] = frozenset()) -> AsyncIterator[tuple[JanusRoom, list[News]]]:
    """The room's adapter, and what it tells."""
    room, news = JanusRoom(ROOM, Visit(excluded=excluded)), list[News]()
    await room.join(news.append)
    try:
        yield room, news
    finally:
        await room.leave()


async def packets(stream: Stream) -> int:
    """How many have come in."""
    assert isinstance(stream, OneSender)
    stats = await stream._receiver.getStats()
    return sum(one.packetsReceived for one in stats.values() if one.type == "inbound-rtp")


async def lesson(
    out: Path,
    seconds: float,
    meanwhile: Callable[[], Awaitable[None]] | None = None,
    terms: Terms = TERMS,
) -> Lesson:
    """What the bot wrote of the class while something else happened in it."""
    reading = asyncio.to_thread(attend, ROOM, Visit(), replace(terms, seconds=seconds), PLAN, out)
    going = asyncio.create_task(reading)
    if meanwhile is not None:
        await meanwhile()
    return open_lesson((await going).lesson)


def faces_of(lesson: Lesson) -> dict[str, list[float]]:
    """By name, how far from the left each face was found."""
    names = {seat.id: seat.shown for seat in lesson.seats()}
    found: dict[str, list[float]] = {name: [] for name in names.values()}
    for reading in lesson.each_reading():
        if reading.box is not None and reading.state == "face":
            found[names[reading.seat]].append(reading.box.x)
    return found


def states_of(lesson: Lesson, name: str) -> Sequence[str]:
    seat = next(seat.id for seat in lesson.seats() if seat.shown == name)
    return [reading.state for reading in lesson.each_reading() if reading.seat == seat]


def kinds_of(lesson: Lesson) -> list[tuple[str, str | None]]:
    names = {seat.id: seat.shown for seat in lesson.seats()}
    return [(event.kind, names.get(event.seat or 0)) for event in lesson.each_event()]


async def test_everybody_is_read_under_their_own_name_late_joiners_too(
    server: Server, tmp_path: Path
) -> None:
    async def chen_comes_and_ada_goes() -> None:
        await asyncio.sleep(3)
        async with students(("Chen", Camera(face_at(75)))):
            await asyncio.sleep(2)
            await ada.leave()
            await asyncio.sleep(3)

    async with students(
        ("Ada", Camera(face_at(0))), ("Bo", Camera(face_at(150))), ("Dee", Camera(flat(80)))
    ) as three:
        ada = three[0]
        with await lesson(tmp_path, 8, chen_comes_and_ada_goes) as seen:
            faces = faces_of(seen)
            assert set(faces) == {"Ada", "Bo", "Chen", "Dee"}
            assert all(40 < left < 70 for left in faces["Ada"]) and len(faces["Ada"]) >= 4
            assert all(190 < left < 220 for left in faces["Bo"]) and len(faces["Bo"]) >= 10
            assert all(115 < left < 145 for left in faces["Chen"]) and len(faces["Chen"]) >= 4
            assert faces["Dee"] == [] and set(states_of(seen, "Dee")) == {"no_face"}
            assert ("left", "Ada") in kinds_of(seen) and ("joined", "Chen") in kinds_of(seen)


async def test_a_camera_that_goes_silent_is_off_and_comes_back(server: Server, tmp_path: Path) -> None:
    async def off_and_on() -> None:
        await asyncio.sleep(2.5)
        await ada.camera(False)
        await asyncio.sleep(6)
        await ada.camera(True)

    async with students(("Ada", Camera(face_at(0)))) as (ada,):
        with await lesson(tmp_path, 11, off_and_on) as seen:
            states = states_of(seen, "Ada")
            assert states[0] == states[-1] == "face" and "camera_off" in states
            assert [kind for kind, _ in kinds_of(seen)] == ["joined", "camera_off", "camera_on"]


async def test_an_excluded_person_is_in_the_class_and_never_read(server: Server, tmp_path: Path) -> None:
    async with students(("Ada", Camera(face_at(0))), ("Bo", Camera(face_at(150)))):
        with await lesson(tmp_path, 3, terms=Terms(excluded=frozenset({"ada"}))) as seen:
            assert {seat.shown for seat in seen.seats()} == {"Ada", "Bo"}
            assert states_of(seen, "Ada") == [] and "face" in states_of(seen, "Bo")
            assert ("opted_out", "Ada") in kinds_of(seen)


async def test_pictures_of_an_excluded_person_are_not_even_asked_for(server: Server) -> None:
    two = students(("Ada", Camera(face_at(0))), ("Bo", Camera(flat(80))))
    async with two as (_, bo), visiting(frozenset({"ada"})) as (_, news):
        assert (await heard(news, Video)).key == str(bo.id)
        await asyncio.sleep(1)
        assert {one.name for one in news if isinstance(one, Joined)} == {"Ada", "Bo"}
        assert sum(isinstance(one, Video) for one in news) == 1


async def test_a_picture_that_nobody_wants_is_not_sent_any_more_and_the_others_are(server: Server) -> None:
    two = students(("Ada", Camera(face_at(0))), ("Bo", Camera(flat(80))))
    async with two as (ada, bo), visiting() as (room, news):
        await until(lambda: sum(isinstance(one, Video) for one in news) == 2)
        streams = {one.key: one.stream for one in news if isinstance(one, Video)}
        for stream in streams.values():
            await asyncio.wait_for(stream.recv(), 20)
        streams[str(ada.id)].stop()
        await asyncio.sleep(1)
        before = [await packets(stream) for stream in streams.values()]
        frame = await asyncio.wait_for(streams[str(bo.id)].recv(), 20)
        await asyncio.sleep(1)
        after = [await packets(stream) for stream in streams.values()]
        more = {key: b - a for key, a, b in zip(streams, before, after, strict=True)}
        assert more[str(ada.id)] == 0 and more[str(bo.id)] > 5
        assert isinstance(frame, VideoFrame) and abs(frame.to_ndarray(format="gray").mean() - 80) < 8
        streams[str(bo.id)].stop()
        await until(lambda: room._waves == {})  # a connection over which nobody sends is ended


async def test_who_takes_an_excluded_name_is_not_received_until_giving_it_up(
    server: Server, tmp_path: Path
) -> None:
    async def quiet_for_a_while() -> None:
        await asyncio.sleep(2.5)
        await ada.rename("Quiet")
        await asyncio.sleep(3)
        await ada.rename("Ada")

    async with students(("Ada", Camera(face_at(0)))) as (ada,):
        terms = Terms(excluded=frozenset({"quiet"}))
        with await lesson(tmp_path, 9, quiet_for_a_while, terms) as seen:
            faces = [reading.time for reading in seen.each_reading() if reading.state == "face"]
            assert max(after - before for before, after in pairwise(faces)) > 2.5
            assert faces[0] < 2.5 and faces[-1] > 7 and set(states_of(seen, "Ada")) == {"face"}
            assert ("opted_out", "Ada") in kinds_of(seen)


async def test_doubles_and_wild_names_are_people_of_their_own(server: Server, tmp_path: Path) -> None:
    wild = "<script>alert(1)</script> " + "x" * 280
    async with students(("Ada", Camera(face_at(0))), ("Ada", Camera(face_at(150))), (wild, Camera(flat(80)))):
        with await lesson(tmp_path, 3) as seen:
            faces = faces_of(seen)
            assert {len(set(map(round, faces[name]))) > 0 for name in ("Ada", "Ada (2)")} == {True}
            one, two = (sum(faces[name]) / len(faces[name]) for name in ("Ada", "Ada (2)"))
            assert abs(one - two) > 100
            page = seen.path.with_suffix(".html").read_text(encoding="utf-8")
            assert "<script>alert" not in page


async def test_two_codecs_in_one_class(server: Server, tmp_path: Path) -> None:
    vp8 = Student("Ada", (AudioStreamTrack(), Camera(face_at(0))))
    h264 = Student("Bo", (AudioStreamTrack(), Camera(face_at(150))))
    await vp8.publish("VP8")
    await h264.publish("H264")
    try:
        with await lesson(tmp_path, 4) as seen:
            assert "face" in states_of(seen, "Ada") and "face" in states_of(seen, "Bo")
    finally:
        await vp8.leave()
        await h264.leave()


async def test_a_server_that_comes_back_is_joined_again(server: Server, tmp_path: Path) -> None:
    async def crash_and_return() -> None:
        await asyncio.sleep(2.5)
        server.stop()
        await ada.leave()
        await asyncio.sleep(0.5)
        server.start()
        async with students(("Ada", Camera(face_at(0)))):
            await asyncio.sleep(7)

    async with students(("Ada", Camera(face_at(0)))) as (ada,):
        with await lesson(tmp_path, 9, crash_and_return) as seen:
            assert [seat.shown for seat in seen.seats()] == ["Ada"]
            kinds = [kind for kind, _ in kinds_of(seen)]
            assert kinds.count("joined") == 2 and "gap" in kinds
            states = states_of(seen, "Ada")
            assert states[0] == states[-1] == "face"


async def test_a_class_in_which_nobody_is_yet_is_waited_for(server: Server, tmp_path: Path) -> None:
    async def ada_comes() -> None:
        await asyncio.sleep(2)
        async with students(("Ada", Camera(face_at(0)))):
            await asyncio.sleep(2)

    with await lesson(tmp_path, 20, ada_comes, Terms(empty_for=1.0)) as seen:
        assert "face" in states_of(seen, "Ada")
        assert float(seen.facts()["duration"]) < 10


@pytest.mark.parametrize(
    ("address", "pin", "words"),
    [
        (f"janus://{HOST}:8188/999", None, "there is no room 999"),
        (f"janus://{HOST}:8188/77", None, "it has a pin"),
        (f"janus://{HOST}:8188/77", "guess", "its pin is another one"),
        (f"janus://{HOST}:8199/1234", None, "No Janus server answers"),
    ],
)
def test_a_room_that_can_not_be_joined_is_one_sentence(
    server: Server, tmp_path: Path, address: str, pin: str | None, words: str
) -> None:
    with pytest.raises(RoomError, match=words):
        attend(address, Visit(pin=pin), Terms(), PLAN, tmp_path)
    assert not list(tmp_path.glob("*.meetbot"))


@pytest.mark.parametrize(
    ("end", "words"),
    [
        (Student.kick_others, "the bot was sent out of the room"),
        (Student.destroy_room, "the room was closed"),
    ],
)
async def test_a_room_that_ends_the_visit_leaves_a_sentence_and_a_report(
    server: Server, tmp_path: Path, end: Callable[[Student], Awaitable[None]], words: str
) -> None:
    async def class_is_over() -> None:
        await asyncio.sleep(3)
        await end(ada)

    async with students(("Ada", Camera(face_at(0)))) as (ada,):
        with await lesson(tmp_path, 60, class_is_over) as seen:
            said = [event.text for event in seen.each_event() if event.kind == "warning"]
            assert said == [f"The class ended for the bot: {words}."]
            assert float(seen.facts()["duration"]) < 30 and "face" in states_of(seen, "Ada")
            assert words in seen.path.with_suffix(".html").read_text(encoding="utf-8")


async def test_a_pin_opens_its_room(server: Server, tmp_path: Path) -> None:
    outcome = await asyncio.to_thread(
        attend, f"janus://{HOST}:8188/77", Visit(pin="secret"), Terms(seconds=1), PLAN, tmp_path
    )
    assert outcome.lesson.name.startswith("77-")
