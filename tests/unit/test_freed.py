"""Memory that was freed goes back to the system, in a process of its own: the setting is for all of it."""

import platform
import subprocess
import sys

import pytest

TAKEN = 64  # MB

# Under what stands last: glibc keeps what is free below it.
SMALL = "pieces = [b'1' * 2**16 for _ in range(64 * 16)]; last = b'1' * 2**16; del pieces"
# After 16 MB were freed: glibc keeps pieces up to that size for the next time.
LARGE = f"large = b'1' * 2**24; del large; {SMALL.replace('2**16', '2**22').replace('64 * 16', '16')}"


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="is about glibc")
@pytest.mark.parametrize(
    ("before", "taken", "after"), [("", SMALL, "give_back()"), ("free_at_once()", LARGE, "")]
)
def test_what_was_freed_goes_back(before: str, taken: str, after: str) -> None:
    assert kept(before, taken, after) < 0.25 * TAKEN


def kept(before: str, taken: str, after: str) -> float:
    """MB that a process still has of what it took and freed."""
    script = f"""
from resource import getpagesize
from meetbot.freed import free_at_once, give_back
def resident():
    return int(open("/proc/self/statm").read().split()[1]) * getpagesize() / 2**20
{before}
empty = resident()
{taken}
{after}
print(resident() - empty)
"""
    return float(subprocess.run([sys.executable, "-c", script], check=True, capture_output=True).stdout)
