"""A cluster of real processes, as an administrator starts them: killed, back again, of another build."""

import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import randrange
from threading import Event, Thread

import pytest

from meetbot import open_lesson
from meetbot.conclude import Outcome
from meetbot.errors import InputError, UsageError
from meetbot.many.crew import Hands
from meetbot.many.errand import this_build
from meetbot.many.order import Order
from meetbot.many.shift import shift
from meetbot.pipeline import Plan
from meetbot.timeline import consent
from tests.commands import command, meetbot

OTHER = "import meetbot; meetbot.__version__ = '0.0.9'\n"
MISSING = "import sys; sys.modules['meetbot'] = None\n"
HOLDING = """
from pathlib import Path
from time import sleep
from meetbot.many import work

folder, while_it_reads = Path({folder!r}), {while_it_reads}
work.own = getattr(work, "own", (work.watching, work.read_recording))  # a preload is loaded twice
watching, read_recording = work.own

def hold(order):
    if order.recording.stem == "b":
        (folder / "held").touch()
        while not (folder / "go").exists():
            sleep(0.02)

def watched(order):
    def watch(instants, about):
        for number, instant in enumerate(watching(order)(instants, about)):
            if number == 20:
                hold(order)
            yield instant
    return watch

def read(order):
    end = read_recording(order)
    hold(order)
    return end

if while_it_reads:
    work.watching = watched
else:
    work.read_recording = read
"""


class Silent:
    """Hears that the scheduler went, and nothing else."""

    losses = 0

    def begun(self, dashboard: str) -> None:
        """Dask is there."""

    def waiting(self) -> None:
        """Nobody came."""

    def lost(self) -> None:
        """The scheduler went."""
        self.losses += 1

    def reached(self, order: Order, piece: int, at: float, of: float | None) -> None:
        """Somebody reads."""

    def whole(self, order: Order, why: str) -> None:
        """Pieces could not be joined."""
        raise AssertionError(why)


class Cluster:
    """A scheduler on a port of its own, and a worker that is started again whenever it ends."""

    def __init__(self) -> None:
        port = _free_port()
        self.address = f"tcp://127.0.0.1:{port}"
        self.running: list[subprocess.Popen[bytes]] = []
        self._port, self._over = str(port), Event()
        self._keeper: Thread | None = None

    def start(self, *more: str | Path) -> subprocess.Popen[bytes]:
        """A scheduler that listens."""
        where = ("--host", "127.0.0.1", "--port", self._port, "--dashboard-address", "127.0.0.1:0")
        scheduler = self._run("scheduler", *where, *more)
        until = time.monotonic() + 240
        while not _listens(int(self._port)):
            assert time.monotonic() < until and scheduler.poll() is None
            time.sleep(0.05)
        return scheduler

    def keep(self, *more: str | Path) -> None:
        """A worker, from now on."""
        self._keeper = Thread(target=self._kept, args=more)
        self._keeper.start()

    def _kept(self, *more: str | Path) -> None:
        while not self._over.is_set():
            worker = self._run("worker", self.address, "--nthreads", "1", "--no-dashboard", *more)
            while worker.poll() is None and not self._over.wait(0.1):
                pass

    def _run(self, what: str, *words: str | Path) -> subprocess.Popen[bytes]:
        said = [sys.executable, "-m", "distributed.cli.dask_" + what, *map(str, words)]
        process = subprocess.Popen(said, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.running.append(process)
        return process

    def end(self) -> None:
        """All of it."""
        self._over.set()
        if self._keeper:
            self._keeper.join()
        for process in reversed(self.running):
            process.terminate()
            process.wait(240)


def _listens(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


def _free_port() -> int:
    """One that the system gives to nobody who asks for any, so that it is free when a scheduler is back."""
    while True:
        with socket.socket() as free, suppress(OSError):
            free.bind(("127.0.0.1", randrange(15000, 30000)))
            return int(free.getsockname()[1])


@contextmanager
def a_cluster() -> Iterator[Cluster]:
    cluster = Cluster()
    try:
        yield cluster
    finally:
        cluster.end()


@pytest.fixture
def lessons(recording: Path, tmp_path: Path) -> list[Path]:
    """Three recordings, in a folder of their own."""
    folder = tmp_path / "lessons"
    folder.mkdir()
    return [Path(shutil.copy(recording, folder / f"{name}.mp4")) for name in "abc"]


def looks(lesson: Path) -> list[float]:
    """The instants at which somebody was read, each once."""
    with open_lesson(lesson) as opened:
        times = [reading.time for reading in opened.each_reading() if reading.seat == 1]
    assert len(times) == len(set(times))
    return times


class Hold:
    """A worker's preload that holds the recording b, while it is read or before its answer is given."""

    def __init__(self, folder: Path, while_it_reads: bool) -> None:
        self.preload = folder / "hold.py"
        self.preload.write_text(HOLDING.format(folder=str(folder), while_it_reads=while_it_reads))
        self._folder = folder

    def wait(self) -> None:
        """Until a worker holds it."""
        until = time.monotonic() + 240
        while not (self._folder / "held").exists():
            assert time.monotonic() < until
            time.sleep(0.02)

    def let_go(self) -> None:
        """It goes on."""
        (self._folder / "go").touch()


def begun_as(lesson: Path) -> str:
    """The first hash of its record, which is salted by chance: another one in each lesson that is begun."""
    with open_lesson(lesson) as opened:
        return next(iter(consent.entries(opened))).hash


@pytest.mark.parametrize("while_it_reads", [True, False], ids=["while it reads", "before it answers"])
def test_a_scheduler_that_is_killed_and_started_again_costs_no_recording(
    lessons: list[Path], tmp_path: Path, while_it_reads: bool
) -> None:
    hold = Hold(tmp_path, while_it_reads)
    done, held = (lessons[0].parent / f"{name}.meetbot" for name in "ab")
    with a_cluster() as cluster:
        scheduler = cluster.start()
        cluster.keep("--preload", hold.preload)
        words = ("analyze", lessons[0].parent, "--cluster", cluster.address, "--every", "0.25", "--force")
        running = subprocess.Popen(command(*words), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert running.stdout
        told = next((line for line in running.stdout if ": read; " in line), "")
        assert told.startswith("a: "), "".join(running.communicate())
        before = done.stat().st_mtime_ns
        hold.wait()
        begun = begun_as(held)
        scheduler.send_signal(signal.SIGKILL)
        scheduler.wait()
        hold.let_go()
        cluster.start()
        out, said = running.communicate(timeout=240)
    assert running.returncode == 0, said
    assert len(re.findall("the scheduler is gone; what was read is kept", said)) == 1
    assert re.findall(r"^([abc]): read; ", out, re.MULTILINE) == ["b", "c"]
    assert done.stat().st_mtime_ns == before  # nobody touched it again
    assert begun_as(held) == begun  # nor was this one begun anew, whatever --force says of older ones
    assert len({tuple(looks(path.with_suffix(".meetbot"))) for path in lessons}) == 1


def test_a_scheduler_that_stays_away_is_told_of_each_recording_and_the_next_run_carries_on(
    lessons: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("meetbot.settings.SCHEDULER_WITHIN", 1.0)
    hold = Hold(tmp_path, while_it_reads=True)
    orders = [Order(path, Plan(every=0.25, lang="en")) for path in lessons]
    onlooker = Silent()
    with a_cluster() as cluster:
        scheduler = cluster.start()
        cluster.keep("--preload", hold.preload)
        ends = shift(orders, Hands(0, cluster.address), onlooker)
        first, end = next(ends)
        assert isinstance(end, Outcome)
        hold.wait()
        scheduler.send_signal(signal.SIGKILL)
        rest = list(ends)
        hold.let_go()
        assert onlooker.losses == 1 and {first, *(order for order, _ in rest)} == set(orders)
        for order, end in rest:
            assert isinstance(end, InputError) and end.exit_code == 3
            assert f"{order.recording} was not read: the scheduler is gone" in str(end)
            assert "the same command again" in str(end)
        cluster.start()
        again = [Order(path, Plan(every=0.25, lang="en")) for path in lessons]
        ended = dict(shift(again, Hands(0, cluster.address), onlooker))
    news = [end.news if isinstance(end := ended[order], Outcome) else str(end) for order in again]
    assert news == ["unchanged", "continued", "read"]


def test_a_worker_of_another_build_is_told_with_both(lessons: list[Path], tmp_path: Path) -> None:
    other = tmp_path / "other.py"
    other.write_text(OTHER)
    with a_cluster() as cluster:
        cluster.start("--preload", other)  # which may be another one: it only hands on
        cluster.keep("--preload", other)
        done = meetbot("analyze", lessons[0], "--cluster", cluster.address)
    build = this_build().split("build ")[1].rstrip(")")
    assert done.code == 2
    assert re.search(
        rf"^meetbot: The worker at tcp://127\.0\.0\.1:\d+ has meetbot 0\.0\.9 \(build {build}\) and this "
        rf"command {re.escape(this_build())}; install one of them on every machine",
        done.err,
        re.MULTILINE,
    ), done.err
    assert not lessons[0].with_suffix(".meetbot").exists()


def test_a_scheduler_without_meetbot_is_told(lessons: list[Path], tmp_path: Path) -> None:
    missing = tmp_path / "missing.py"
    missing.write_text(MISSING)
    with a_cluster() as cluster:
        cluster.start("--preload", missing)
        with pytest.raises(UsageError, match=r"has no meetbot, or an old one .* install there"):
            list(shift([Order(lessons[0], Plan())], Hands(0, cluster.address), Silent()))


def test_a_worker_without_meetbot_is_told_of_the_recording(lessons: list[Path], tmp_path: Path) -> None:
    missing = tmp_path / "missing.py"
    missing.write_text(MISSING)
    with a_cluster() as cluster:
        cluster.start()
        cluster.keep("--preload", missing)
        ((_, end),) = shift([Order(lessons[0], Plan())], Hands(0, cluster.address), Silent())
    assert "4 workers died over it, " in str(end) and "or meetbot is not installed there" in str(end)
