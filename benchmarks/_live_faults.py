"""The live half of `benchmarks.faults`: a Janus, three students and the bot inside a network namespace."""

import asyncio
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.faults import SUSPENDED, Outcome
from meetbot.errors import InputError
from meetbot.timeline.lesson import open_lesson
from tests.commands import stoppable
from tests.live.janus import Server, Student, janus
from tests.live.network import HOST
from tests.live.tracks import AudioStreamTrack, Camera, face_at

ROOM = f"janus://{HOST}:8188/1234"
NAMES = ("Ada", "Bo", "Dee")
SETTLED = 120.0  # seconds until the bot must have written its first reading
LOST_PACKETS = 30.0  # seconds of a class on a bad network
DROP = (
    "add table ip t",
    "add chain ip t in {{ type filter hook input priority 0; }}",
    "add rule ip t in meta l4proto udp numgen random mod 100 < {} drop",
)


class Class(NamedTuple):
    """A class that goes on."""

    server: Server
    out: Path


@asynccontextmanager
async def students() -> AsyncIterator[None]:
    """Three people with faces."""
    there = [
        Student(name, (AudioStreamTrack(), Camera(face_at(75 * place)))) for place, name in enumerate(NAMES)
    ]
    try:
        for one in there:
            await one.publish()
        yield
    finally:
        for one in there:
            try:
                await asyncio.wait_for(one.leave(), 5)
            except Exception:  # of a server that is gone, or a network that loses the good-bye
                continue


def _held(work: Callable[[Class], Awaitable[Outcome]], people: bool = True) -> Outcome:
    """Hold a class for the work."""

    async def run() -> Outcome:
        with tempfile.TemporaryDirectory() as folder, janus(Path(folder) / "janus") as server:
            (out := Path(folder) / "out").mkdir()
            if not people:
                return await work(Class(server, out))
            async with students():
                return await work(Class(server, out))

    return asyncio.run(run())


def bot_killed(kills: int, seed: int) -> Outcome:
    """SIGKILL of `join` at random moments; what was committed a second before must be there."""

    async def work(held: Class) -> Outcome:
        chance, survived, lost = random.Random(seed), 0, 0
        for number in range(kills):
            out = held.out / str(number)
            bot = _join(out)
            lesson = await _begun(out)
            await asyncio.sleep(chance.uniform(0.5, 6.0))
            committed = _readings(lesson)
            bot.kill()
            bot.wait()
            after = _readings(lesson)
            lost += len(committed - after)
            report = [sys.executable, "-m", "meetbot", "report", str(lesson)]
            made = await asyncio.to_thread(subprocess.run, report, capture_output=True)
            survived += made.returncode == 0 and lesson.with_suffix(".html").exists()
        return Outcome("SIGKILL of `join`, and `report`", kills, survived, lost, "")

    return _held(work)


def bot_suspended(kills: int, seed: int) -> Outcome:
    """SIGSTOP of `join` for a while: it goes on by itself, and says what it did not see."""

    async def work(held: Class) -> Outcome:
        bot = _join(held.out)
        lesson = await _begun(held.out)
        await asyncio.sleep(5)
        committed = _readings(lesson)
        bot.send_signal(signal.SIGSTOP)
        await asyncio.sleep(SUSPENDED)
        bot.send_signal(signal.SIGCONT)
        await asyncio.sleep(8)
        return await _end(bot, lesson, committed, f"`join` suspended for {SUSPENDED:.0f} s")

    return _held(work)


def janus_killed(kills: int, seed: int) -> Outcome:
    """The server goes, comes back after a few seconds, and so do the students."""

    async def work(held: Class) -> Outcome:
        async with students():
            bot = _join(held.out)
            lesson = await _begun(held.out)
            await asyncio.sleep(5)
            committed = _readings(lesson)
            held.server.stop()
        await asyncio.sleep(3)
        held.server.start()
        async with students():
            await asyncio.sleep(15)
            return await _end(bot, lesson, committed, "Janus killed, back after a few seconds")

    return _held(work, people=False)


def loss_5(kills: int, seed: int) -> Outcome:
    """One packet of twenty is lost, each time it crosses the network."""
    return _held(lambda held: _bad_network(held, 5))


def loss_20(kills: int, seed: int) -> Outcome:
    """One packet of five is lost."""
    return _held(lambda held: _bad_network(held, 20))


async def _bad_network(held: Class, percent: int) -> Outcome:
    bot = _join(held.out)
    lesson = await _begun(held.out)
    start = _until(lesson)
    for words in DROP:
        subprocess.run(["nft", *words.format(percent).split()], check=True)
    await asyncio.sleep(LOST_PACKETS)
    end, committed = _until(lesson), _readings(lesson)
    seen = sum(state == "face" and start < at <= end for at, _, state in committed)
    subprocess.run(["nft", "delete", "table", "ip", "t"], check=True)
    outcome = await _end(
        bot, lesson, committed, f"{percent} % of the packets lost, twice on the way", gap=False
    )
    due = round((end - start) * len(NAMES))
    return outcome._replace(note=f"{seen} of {due} readings came through ({seen / max(due, 1):.0%})")


async def _end(
    bot: subprocess.Popen[bytes], lesson: Path, committed: set[Any], fault: str, gap: bool = True
) -> Outcome:
    """Ctrl-C: the bot leaves by itself, everything is there, and the lesson tells the gap."""
    bot.send_signal(signal.SIGINT)
    code = await asyncio.to_thread(bot.wait, 60)
    after = _readings(lesson)
    with open_lesson(lesson) as read:
        told = [event.text for event in read.each_event() if event.kind == "gap"]
    fine = code in (0, 130) and lesson.with_suffix(".html").exists() and bool(told or not gap)
    note = told[0] if told and gap else ""
    return Outcome(fault, 1, int(fine), len(committed - after), note)


def _join(out: Path) -> subprocess.Popen[bytes]:
    out.mkdir(exist_ok=True)
    words = [sys.executable, "-m", "meetbot", "join", ROOM, "--out", str(out), "--quiet"]
    with (out / "words").open("wb") as said:
        return subprocess.Popen(words, stdout=said, stderr=said, preexec_fn=stoppable)


async def _begun(out: Path) -> Path:
    """The lesson, once it holds a face."""
    until = time.monotonic() + SETTLED
    while time.monotonic() < until:
        for lesson in out.glob("*.meetbot"):
            with suppress(InputError):  # it is just being made
                if any(state == "face" for _, _, state in _readings(lesson)):
                    return lesson
        await asyncio.sleep(0.2)
    said = (out / "words").read_text(errors="replace").strip()[-300:]
    raise TimeoutError(f"the bot read nobody within {SETTLED:.0f} s: {said}")


def _readings(lesson: Path) -> set[tuple[float, int, str]]:
    with open_lesson(lesson) as read:
        return {(one.time, one.seat, one.state) for one in read.each_reading()}


def _until(lesson: Path) -> float:
    with open_lesson(lesson) as read:
        return float(read.facts().get("read_until", 0.0))
