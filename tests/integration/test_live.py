"""The tests of live rooms, each file inside a network namespace of its own."""

from pathlib import Path

import pytest

from tests.live.network import require_namespaces, run_inside

LIVE = Path(__file__).parent.parent / "live"
FILES = sorted(path.name for path in LIVE.glob("test_*.py"))


@pytest.mark.parametrize("file", FILES)
def test_live_rooms_inside_a_network_of_their_own(file: str) -> None:
    require_namespaces()
    done = run_inside(LIVE / file)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    assert " passed" in done.stdout and "skipped" not in done.stdout, done.stdout


def test_there_are_live_tests() -> None:
    assert FILES
