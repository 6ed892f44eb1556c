"""A network namespace with one pair of virtual cables: 10.77.0.1 talks to itself and to nobody else."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

MARK = "MEETBOT_NAMESPACE"
HOST = "10.77.0.1"
_CABLES = (
    "ip link set lo up && ip link add v0 type veth peer name v1 && ip addr add 10.77.0.1/24 dev v0 "
    "&& ip link set v0 up && ip link set v1 up"
)


def inside(*command: str) -> list[str]:
    """The command that runs another one in a new namespace."""
    return ["unshare", "-rn", "sh", "-c", f'{_CABLES} && exec "$@"', "sh", *command]


def run_inside(tests: Path) -> subprocess.CompletedProcess[str]:
    """Run a file of tests by pytest inside a new namespace."""
    # A connection that never came about leaves its socket to the garbage collector (aiortc 1.16), which
    # says so in whatever test runs next; what we leave open is counted by the tests themselves.
    forgive = ("-W", "ignore::pytest.PytestUnraisableExceptionWarning", "-W", "ignore::ResourceWarning")
    unneeded = ("-p", "no:cacheprovider", "-p", "no:hypothesispytest")
    return subprocess.run(
        inside(sys.executable, "-m", "pytest", *forgive, *unneeded, str(tests)),
        env={**os.environ, MARK: "1"},
        capture_output=True,
        text=True,
        timeout=600,
    )


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
