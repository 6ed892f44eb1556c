"""A network namespace with one pair of virtual cables: 10.77.0.1 talks to itself and to nobody else."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

MARK = "MEETBOT_NAMESPACE"
HOST = "10.77.0.1"
AT_MOST = 420.0  # seconds after which a file of tests hangs; the longest takes 110 on an idle machine
_CABLES = (
    "ip link set lo up && ip link add v0 type veth peer name v1 && ip addr add 10.77.0.1/24 dev v0 "
    "&& ip link set v0 up && ip link set v1 up"
)


def inside(*command: str) -> list[str]:
    """The command that runs another one in a new namespace."""
    return ["unshare", "-rn", "sh", "-c", f'{_CABLES} && exec "$@"', "sh", *command]


def run_inside(tests: Path, at_most: float = AT_MOST) -> subprocess.CompletedProcess[str]:
    """Run a file of tests by pytest inside a new namespace."""
    # A connection that never came about leaves its socket to the garbage collector (aiortc 1.16), which
    # says so in whatever test runs next; what we leave open is counted by the tests themselves.
    forgive = ("-W", "ignore::pytest.PytestUnraisableExceptionWarning", "-W", "ignore::ResourceWarning")
    unneeded = ("-p", "no:cacheprovider", "-p", "no:hypothesispytest")
    command = inside(sys.executable, "-m", "pytest", *forgive, *unneeded, str(tests))
    # Into a file: of a pipe, the end would be waited for as long as any browser left over holds it open.
    with tempfile.TemporaryFile("w+") as said:
        running = subprocess.Popen(command, env={**os.environ, MARK: "1"}, stdout=said, stderr=said)
        try:
            code = running.wait(at_most)
        except subprocess.TimeoutExpired:
            code = -signal.SIGKILL
            end_everybody_beside(running.pid)
            running.wait()
            said.write(f"\nstopped after {at_most:g} seconds")
        said.seek(0)
        return subprocess.CompletedProcess(command, code, said.read(), "")


def end_everybody_beside(pid: int) -> None:
    """Kill a process and all that share its network: browsers and servers that its tests started too."""
    network = Path(f"/proc/{pid}/ns/net").readlink()
    assert network != Path("/proc/self/ns/net").readlink(), "this would end ourselves"
    for other in list(_in_network(network)):
        with suppress(ProcessLookupError):
            os.kill(other, signal.SIGKILL)


def _in_network(network: Path) -> Iterator[int]:
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            with suppress(OSError):  # it ended, or is somebody else's
                if (process / "ns/net").readlink() == network:
                    yield int(process.name)


def require_namespaces() -> None:
    """Skip where user namespaces are not allowed, unless this machine is said to have them."""
    tried = subprocess.run(["unshare", "-rn", "sh", "-c", _CABLES], capture_output=True, text=True)
    if tried.returncode:
        sentence = (
            f"this machine allows no network namespace ({tried.stderr.strip()}); `unshare -rn` must work."
        )
        if "namespaces" in os.environ.get("MEETBOT_REQUIRE", ""):
            pytest.fail(sentence)
        pytest.skip(sentence)
