"""The unit by which systemd starts a bot for each class (docs): its own command, and how it ends."""

import asyncio
import shlex
import signal
import subprocess
from collections.abc import Iterator
from configparser import RawConfigParser
from pathlib import Path

import pytest

from meetbot.timeline.lesson import open_lesson
from tests.commands import begun
from tests.live.janus import Server, janus
from tests.live.test_join import ROOM, ada, faces_in

UNIT = Path(__file__).parents[2] / "docs" / "meetbot-join@.service"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with janus(tmp_path / "janus") as running:
        yield running


def said(key: str) -> str:
    """What the unit says of its service."""
    unit = RawConfigParser(interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string(UNIT.read_text())
    return unit["Service"][key]


def started(folder: Path, **variables: str) -> subprocess.Popen[str]:
    """The unit's command, with the variables of a class as systemd puts them in."""
    words = [
        word
        for one in said("ExecStart").split()
        for word in (
            [variables[one[2:-1]]]
            if one.startswith("${")
            else shlex.split(variables[one[1:]])
            if one.startswith("$")
            else [one]
        )
    ]
    assert words[0].endswith("/meetbot")
    return begun(folder, *words[1:])


async def test_told_to_end_it_keeps_all_it_read_and_writes_the_report(server: Server, tmp_path: Path) -> None:
    student = await ada()
    running = started(tmp_path, ROOM=ROOM, OPTIONS="--every 0.5 --for 50m")
    path = await faces_in(tmp_path, 4)
    with open_lesson(path) as lesson:
        before = {(one.time, one.seat) for one in lesson.each_reading()}
    running.send_signal(signal.SIGTERM)
    await asyncio.to_thread(running.communicate, timeout=float(said("TimeoutStopSec")))
    await student.leave()
    assert str(running.returncode) in said("SuccessExitStatus").split()
    assert path.with_suffix(".html").exists()
    with open_lesson(path) as lesson:
        assert lesson.facts()["status"] == "finished"
        assert before <= {(one.time, one.seat) for one in lesson.each_reading()}


async def test_a_class_that_is_not_open_yet_is_tried_again_and_a_wrong_word_is_not(
    server: Server, tmp_path: Path
) -> None:
    ended = said("SuccessExitStatus").split() + said("RestartPreventExitStatus").split()
    early = started(tmp_path, ROOM=ROOM.replace("1234", "99"), OPTIONS="")
    _, told = await asyncio.to_thread(early.communicate, timeout=90)
    assert "no room 99" in told and early.returncode and str(early.returncode) not in ended
    wrong = started(tmp_path, ROOM=ROOM, OPTIONS="--for ever")
    await asyncio.to_thread(wrong.communicate, timeout=90)
    assert str(wrong.returncode) in ended
