"""The bot as a viewer of a WHEP stream, against a server that follows the draft."""

import asyncio
from pathlib import Path

import pytest

from meetbot.attend import attend
from meetbot.errors import RoomError
from meetbot.pipeline import Plan
from meetbot.rooms import open_room
from meetbot.rooms.base import Lost, News, Video, Visit
from meetbot.sources.live import Terms
from meetbot.timeline.lesson import open_lesson
from tests.live.listener import heard, until
from tests.live.network import HOST
from tests.live.tracks import Camera, face_at
from tests.live.whep import PORT, TOKEN, whep_server

STREAM = f"whep+http://{HOST}:{PORT}/whep/class-5b"
PLAN = Plan(every=0.5)


async def test_a_stream_is_read_and_its_session_ended(tmp_path: Path) -> None:
    async with whep_server(Camera(face_at(0))) as server:
        reading = asyncio.to_thread(attend, STREAM, Visit(pin=TOKEN), Terms(seconds=7), PLAN, tmp_path)
        outcome = await reading
        with open_lesson(outcome.lesson) as lesson:
            seen = [reading.box.x for reading in lesson.each_reading() if reading.box is not None]
            assert len(seen) >= 4 and all(40 < left < 70 for left in seen)
        assert server.viewers == {}


async def test_a_stream_that_has_not_begun_is_waited_for(tmp_path: Path) -> None:
    async with whep_server(None) as server:
        reading = asyncio.create_task(
            asyncio.to_thread(attend, STREAM, Visit(pin=TOKEN), Terms(seconds=6), PLAN, tmp_path)
        )
        await until(lambda: server.refused_early)
        server.track = Camera(face_at(0))
        with open_lesson((await reading).lesson) as lesson:
            assert any(reading.state == "face" for reading in lesson.each_reading())
        assert server.refused_early >= 1


async def test_another_sender_in_the_streams_place_is_a_reason_to_connect_anew() -> None:
    async with whep_server(Camera(face_at(0))):
        news: list[News] = []
        room = open_room(STREAM, Visit(pin=TOKEN))
        await room.join(news.append)
        video = await heard(news, Video)
        video.stream.stop()  # as it does itself when a second sender's packets reach it
        assert "changed its sender" in (await heard(news, Lost)).why
        await room.leave()


@pytest.mark.parametrize(
    ("address", "pin", "words"),
    [
        (STREAM, None, "wants a token"),
        (STREAM, "guess", "wants a token"),
        (f"whep+http://{HOST}:{PORT}/whep/other", TOKEN, "is no stream of that server"),
        (f"whep+http://{HOST}:8281/whep/class-5b", TOKEN, "No WHEP stream answers"),
    ],
)
async def test_a_stream_that_can_not_be_had_is_one_sentence(
    tmp_path: Path, address: str, pin: str | None, words: str
) -> None:
    async with whep_server(Camera(face_at(0))):
        with pytest.raises(RoomError, match=words):
            await asyncio.to_thread(attend, address, Visit(pin=pin), Terms(), PLAN, tmp_path)
    assert not list(tmp_path.glob("*.meetbot"))
