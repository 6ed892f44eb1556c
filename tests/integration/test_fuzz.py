"""Damaged media through the whole command: a small sample of what `benchmarks.fuzz` tries."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks import fuzz
from benchmarks._mutations import MUTATIONS, mutated
from meetbot import cli

WHOLE = bytes(range(256)) * 8
SAMPLE = (*range(1, 10), *range(11, 16), *range(64, 69))  # each kind of recording and of photo once


def test_no_damaged_recording_or_photo_crashes_stalls_or_bloats_the_command() -> None:
    command = [sys.executable, "-m", "benchmarks.fuzz", "--seed", "7", "--only", *map(str, SAMPLE)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=280)
    assert done.returncode == 0, done.stdout + done.stderr
    row = re.search(rf"\| all \| {len(SAMPLE)} \| (\d+) \| (\d+) \| 0 \| 0 \| 0 \|", done.stdout)
    assert row and int(row[1]) and int(row[2]), done.stdout


@pytest.mark.parametrize(
    ("end", "outcome"),
    [
        (lambda: sys.exit(0), "read"),
        (lambda: sys.exit(3), "refused"),
        (lambda: sys.exit(1), "crashed"),
        (lambda: os.kill(os.getpid(), signal.SIGKILL), "crashed"),
        (lambda: int("nothing"), "crashed"),
    ],
    ids=["done", "refused", "our fault", "killed", "unexpected"],
)
def test_what_became_of_a_copy_is_told_apart(
    end: Callable[[], object], outcome: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fuzz, "MOST_MEMORY", 1e6)  # it begins with what this process has, which is not ours
    monkeypatch.setattr(cli, "main", end)
    (tmp_path / "copy.mp4").write_bytes(b"")
    assert fuzz.attempt(1, "a cut", tmp_path / "copy.mp4").outcome == outcome


def test_a_process_that_never_ends_is_hung(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def spin() -> None:
        while True:
            pass

    monkeypatch.setattr(fuzz, "PATIENCE", 0.3)
    monkeypatch.setattr(cli, "main", spin)
    (tmp_path / "copy.mp4").write_bytes(b"")
    assert fuzz.attempt(1, "a cut", tmp_path / "copy.mp4").outcome == "hung"


def test_a_copy_that_takes_too_much_memory_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzz, "MOST_MEMORY", 5.0)
    monkeypatch.setattr(cli, "main", lambda: sys.exit(0))
    (tmp_path / "copy.mp4").write_bytes(b"")
    assert fuzz.attempt(1, "a cut", tmp_path / "copy.mp4").outcome == "too large"


def test_damage_is_the_same_for_the_same_number_and_seed() -> None:
    tried = [mutated(WHOLE, number, seed=3) for number in range(60)]
    assert tried == [mutated(WHOLE, number, seed=3) for number in range(60)]
    assert {name for name, _ in tried} == set(MUTATIONS)
    assert sum(data != WHOLE for _, data in tried) > 50
    assert tried != [mutated(WHOLE, number, seed=4) for number in range(60)]


def test_a_second_run_goes_on_where_the_first_stopped(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text('[0, "mp4", "a cut", "read", 0.1, 99, "done"]\n[1, "mp4", "a cu')
    assert [tried.number for tried in fuzz._logged(log)] == [0]
