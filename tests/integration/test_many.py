"""Many recordings by real workers under a real scheduler: they die, they are stopped, and nothing is lost."""

import json
import os
import re
import shutil
import signal
import subprocess
from contextlib import suppress
from logging import CRITICAL
from pathlib import Path
from typing import Any

import psutil
import pytest

from meetbot import open_lesson
from meetbot.conclude import Outcome
from meetbot.errors import InputError, MeetbotError
from meetbot.many.crew import Hands
from meetbot.many.order import Order
from meetbot.many.shift import shift
from meetbot.many.work import PROGRESS
from meetbot.pipeline import Plan
from tests.commands import command, meetbot, stoppable
from tests.waiting import eventually

PATIENCE = 240.0  # seconds that a burdened machine takes to start or end a process


class Quiet:
    """Nobody looks on."""

    def begun(self, dashboard: str) -> None:
        """Dask's page is there, on this machine alone."""
        assert dashboard.startswith("http://127.0.0.1:")

    def waiting(self) -> None:
        """Nobody came."""

    def lost(self) -> None:
        """The scheduler went."""

    def reached(self, order: Order, piece: int, at: float, of: float | None) -> None:
        """Somebody reads."""

    def whole(self, order: Order, why: str) -> None:
        """Pieces could not be joined."""
        raise AssertionError(why)


class Standing(Quiet):
    """Works under a scheduler that stands, and notes what Dask calls the work."""

    def __init__(self, scheduler: Any) -> None:
        self._scheduler = scheduler
        self.said: list[str] = []

    def reached(self, order: Order, piece: int, at: float, of: float | None) -> None:
        """While somebody reads."""
        self.said += map(repr, list(self._scheduler.tasks.values()))  # it goes on in a thread of its own
        self.said += map(repr, list(self._scheduler.get_events(PROGRESS)))


class Killer(Quiet):
    """Ends a worker as soon as one has begun to read."""

    killed = 0

    def reached(self, order: Order, piece: int, at: float, of: float | None) -> None:
        """The first word of anybody."""
        if not self.killed:
            self.killed = workers()[0].pid
            os.kill(self.killed, signal.SIGKILL)


def workers(of: int | None = None) -> list[psutil.Process]:
    """The processes that this one, or another one, started to work."""
    found = []
    for process in psutil.Process(of).children():
        with suppress(psutil.Error):  # it has ended since
            if "spawn_main" in " ".join(process.cmdline()):
                found.append(process)
    return found


@pytest.fixture(scope="module")
def folder(recording: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two lessons and a file that is none."""
    made = tmp_path_factory.mktemp("Ada's lessons")
    for name in ("one.mp4", "two.mp4"):
        shutil.copy(recording, made / name)
    (made / "three.mp4").write_bytes(b"no recording at all")
    return made


@pytest.fixture(scope="module")
def alone(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same read without workers."""
    out = tmp_path_factory.mktemp("alone")
    assert meetbot("analyze", folder, "--out", out, "--json").code == 3
    return out


def readings(lesson: Path) -> list[Any]:
    with open_lesson(lesson) as opened:
        return list(opened.each_reading())


def test_workers_print_and_write_what_one_process_does(folder: Path, alone: Path, tmp_path: Path) -> None:
    many = meetbot("analyze", folder, "--out", tmp_path, "--json", "--workers", "2")
    again = meetbot("analyze", folder, "--out", alone, "--json")
    assert (many.code, again.code) == (3, 3)
    told, expected = json.loads(many.out.replace(str(tmp_path), str(alone))), json.loads(again.out)
    for document in (*told, *expected):
        document.pop("consent", None)  # a chain of random salts
    assert told == expected
    assert "three.mp4" in many.err and "what the workers do" not in many.err
    assert readings(tmp_path / "one.meetbot") == readings(alone / "one.meetbot") != []


def test_a_worker_that_dies_costs_no_recording(folder: Path, alone: Path, tmp_path: Path) -> None:
    orders = [Order(folder / name, Plan(lang="en"), tmp_path) for name in ("one.mp4", "two.mp4", "three.mp4")]
    killer = Killer()
    ends = {order.recording.name: end for order, end in shift(orders, Hands(2), killer)}
    assert killer.killed
    assert isinstance(ends["three.mp4"], InputError)
    for name in ("one", "two"):
        end = ends[f"{name}.mp4"]
        assert isinstance(end, Outcome) and end.figures.status == "finished"
        assert readings(tmp_path / f"{name}.meetbot") == readings(alone / f"{name}.meetbot")
    eventually(lambda: workers() == [] and not psutil.pid_exists(killer.killed), PATIENCE)


def test_a_scheduler_that_stands_is_given_work_and_no_names(
    folder: Path, alone: Path, tmp_path: Path
) -> None:
    from distributed import LocalCluster

    with LocalCluster(
        host="127.0.0.1", n_workers=1, dashboard_address="127.0.0.1:0", silence_logs=CRITICAL
    ) as cluster:
        onlooker = Standing(cluster.scheduler)
        order = Order(folder / "one.mp4", Plan(lang="en"), tmp_path)
        ((_, end),) = shift([order], Hands(0, cluster.scheduler_address), onlooker)
    assert isinstance(end, Outcome)
    assert readings(tmp_path / "one.meetbot") == readings(alone / "one.meetbot")
    assert any("reading-" in one for one in onlooker.said) and any(order.id in one for one in onlooker.said)
    assert not [one for one in onlooker.said if "one.mp4" in one or "Ada" in one]


def test_a_recording_that_kills_its_workers_is_named(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("meetbot.many.desk.do", _dying)
    ((order, end),) = shift([Order(folder / "one.mp4", Plan(), tmp_path)], Hands(1), Quiet())
    assert type(end) is MeetbotError
    assert str(order.recording) in str(end) and "3 workers died" in str(end)


def _dying(*asked: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_ctrl_c_ends_the_workers_and_a_rerun_carries_on(folder: Path, tmp_path: Path) -> None:
    for number in range(40):  # more than can end before the command hears of it, however slow this test is
        (tmp_path / f"{number:02}.mp4").symlink_to(folder / "one.mp4")
    running = started("analyze", tmp_path, "--workers", "1", "--every", "0.1")
    assert running.stderr and running.stdout
    assert "127.0.0.1" in running.stderr.readline()
    assert any("consent" in line for line in running.stdout)
    os.killpg(running.pid, signal.SIGINT)  # a terminal tells every process of a command
    _, said = running.communicate(timeout=240)
    assert running.returncode == 130
    told = re.fullmatch(
        r"meetbot: Stopped; (\d+) of 40 are read; the same command carries on with the others\.",
        said.splitlines()[-1],
    )
    assert told and 1 <= int(told[1]) < 40
    assert_nothing_runs(running.pid)
    done = meetbot("analyze", tmp_path / "00.mp4", "--every", "0.1")
    assert done.code == 0 and "00: already read with these settings" in done.out


def test_a_wish_to_end_while_workers_start_leaves_none(folder: Path) -> None:
    running = started("analyze", folder / "one.mp4", "--workers", "2", "--every", "0.1")
    eventually(lambda: bool(workers(running.pid)) or running.poll() is not None, PATIENCE)
    running.send_signal(signal.SIGTERM)
    _, said = running.communicate(timeout=240)
    assert running.returncode == 130, said
    last = said.splitlines()[-1]
    assert last == "meetbot: Stopped; 0 of 1 are read; the same command carries on with it."
    assert_nothing_runs(running.pid)


def started(*words: str | Path) -> "subprocess.Popen[str]":
    """A command in a group of processes of its own."""
    return subprocess.Popen(
        command(*words),
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=_in_front,
    )


def assert_nothing_runs(group: int) -> None:
    eventually(lambda: not any(_runs_in(group, process) for process in psutil.process_iter()), PATIENCE)


def _runs_in(group: int, process: psutil.Process) -> bool:
    try:
        return os.getpgid(process.pid) == group and process.status() != psutil.STATUS_ZOMBIE
    except (ProcessLookupError, psutil.Error):  # it has ended since
        return False


def _in_front() -> None:
    os.setsid()
    stoppable()
