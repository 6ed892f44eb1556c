"""The tests of live rooms, each file inside a network namespace of its own."""

import signal
import subprocess
from pathlib import Path

import pytest

from tests.live.network import end_everybody_beside, inside, require_namespaces, run_inside

LIVE = Path(__file__).parent.parent / "live"
FILES = sorted(path.name for path in LIVE.glob("test_*.py"))


@pytest.mark.timeout(0)  # each run has its own limit
@pytest.mark.parametrize("file", FILES)
def test_live_rooms_inside_a_network_of_their_own(file: str) -> None:
    require_namespaces()
    done = run_inside(LIVE / file)
    if done.returncode == -signal.SIGKILL:  # a browser now and then spins at its start and never gets further
        done = run_inside(LIVE / file)
    assert done.returncode == 0, done.stdout
    assert " passed" in done.stdout and "skipped" not in done.stdout, done.stdout


def test_there_are_live_tests() -> None:
    assert FILES


def test_what_hangs_inside_a_network_is_ended_with_all_that_it_started() -> None:
    require_namespaces()
    script = "setsid sleep 1000 & echo started; wait"
    with subprocess.Popen(inside("sh", "-c", script), stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None and running.stdout.readline() == "started\n"
        end_everybody_beside(running.pid)
        assert running.wait(30) == -signal.SIGKILL
        assert running.stdout.read() == ""  # the sleeper would hold it open
