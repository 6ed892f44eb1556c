"""`meetbot join` as a process: how it ends, and what is left when it is killed."""

import asyncio
import json
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from meetbot.attend import attend
from meetbot.errors import InputError, RoomError
from meetbot.pipeline import Plan
from meetbot.rooms import janus_session
from meetbot.rooms.base import NOTICE, Visit
from meetbot.sources.live import Terms
from meetbot.timeline import consent
from meetbot.timeline.lesson import open_lesson
from tests.commands import begun, meetbot
from tests.live.janus import Server, Student, janus
from tests.live.network import HOST
from tests.live.tracks import AudioStreamTrack, Camera, face_at

ROOM = f"janus://{HOST}:8188/1234"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with janus(tmp_path / "janus") as running:
        yield running


async def ada() -> Student:
    student = Student("Ada", (AudioStreamTrack(), Camera(face_at(0))))
    await student.publish()
    return student


def bot(folder: Path, *more: str) -> subprocess.Popen[str]:
    return begun(folder, "join", ROOM, "--every", "0.5", *more)


async def faces_in(folder: Path, wanted: int) -> Path:
    """The lesson in a folder, once it holds so many faces."""
    for _ in range(900):
        await asyncio.sleep(0.1)
        for path in folder.glob("1234-*.meetbot"):
            with suppress(InputError), open_lesson(path) as lesson:  # it may be seen while it is made
                if sum(reading.state == "face" for reading in lesson.each_reading()) >= wanted:
                    return path
    raise AssertionError("no face was read within 90 seconds")


async def test_ctrl_c_leaves_politely_with_a_report(server: Server, tmp_path: Path) -> None:
    student = await ada()
    running = bot(tmp_path)
    path = await faces_in(tmp_path, 3)
    running.send_signal(signal.SIGINT)
    out, err = await asyncio.to_thread(running.communicate, timeout=90)
    await student.leave()
    assert running.returncode == 130 and "Left the class" in err and out == ""
    assert path.with_suffix(".html").exists()
    with open_lesson(path) as lesson:
        assert lesson.facts()["status"] == "finished"
        chain = consent.verify(lesson)
        assert [entry.kind for entry in chain.entries] == ["notice", "told", "contents"]
        assert f'"{NOTICE}"' in (chain.entries[0].text or "") and chain.entries[1].text == "Ada"


async def test_a_killed_bot_leaves_a_lesson_that_can_be_reported(server: Server, tmp_path: Path) -> None:
    student = await ada()
    running = bot(tmp_path)
    path = await faces_in(tmp_path, 4)
    running.kill()
    await asyncio.to_thread(running.communicate)
    await student.leave()
    done = await asyncio.to_thread(meetbot, "report", path)
    assert done.code == 0 and path.with_suffix(".html").exists()
    with open_lesson(path) as lesson:
        assert sum(reading.state == "face" for reading in lesson.each_reading()) >= 4


async def test_json_is_one_document_and_the_length_is_kept(server: Server, tmp_path: Path) -> None:
    student = await ada()
    out, err = await asyncio.to_thread(bot(tmp_path, "--for", "3s", "--json").communicate, timeout=90)
    await student.leave()
    document = json.loads(out)
    assert document["status"] == "finished" and document["duration"] >= 2.5
    assert [seat["name"] for seat in document["seats"]] == ["Ada"] and err == ""
    live = document["live"]
    assert live["readings_made"] >= 1 and live["readings_due"] >= live["readings_made"]
    assert live["pictures_received"] > live["pictures_passed_over"] and live["load_receiving"] > 0
    assert 0 < live["delay_median"] <= live["delay_p95"] < 90


def running() -> list[str]:
    """The threads; asyncio may add one to its pool before the last one has come to rest."""
    return [thread.name for thread in threading.enumerate() if not thread.name.startswith("asyncio_")]


async def test_nothing_is_left_running_or_open_after_leaving(server: Server, tmp_path: Path) -> None:
    student = await ada()

    def once() -> None:
        attend(ROOM, Visit(), Terms(seconds=1.5), Plan(every=0.5), tmp_path)

    await asyncio.to_thread(once)  # opens what stays for good: models, thread pools
    threads, files = len(running()), len([*Path("/proc/self/fd").iterdir()])
    for _ in range(2):
        await asyncio.to_thread(once)
    assert len(running()) <= threads, running()
    assert len([*Path("/proc/self/fd").iterdir()]) <= files
    await student.leave()


async def test_a_server_that_says_nothing_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def listen(request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(protocols=["janus-protocol"])
        await socket.prepare(request)
        async for message in socket:
            assert message.type is aiohttp.WSMsgType.TEXT
        return socket

    monkeypatch.setattr(janus_session, "_ANSWER_WITHIN", 0.5)
    app = web.Application()
    app.router.add_get("/", listen)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, HOST, 8288).start()
    with pytest.raises(RoomError, match="does not answer"):
        await asyncio.to_thread(attend, f"janus://{HOST}:8288/1", Visit(), Terms(), Plan(every=0.5), tmp_path)
    await runner.cleanup()
