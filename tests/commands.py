"""Runs the command line as a user does."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple


class Done(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


def command(*words: str | Path) -> list[str]:
    """`meetbot ...` for this Python."""
    return [sys.executable, "-m", "meetbot", *map(str, words)]


def stoppable() -> None:
    """Run before a command starts: Ctrl-C reaches it, also where a background runner ignores it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def begun(folder: Path | None, *words: str | Path) -> subprocess.Popen[str]:
    """`meetbot ...` in a folder, still running."""
    pipe = subprocess.PIPE
    line = command(*words)
    return subprocess.Popen(line, stdout=pipe, stderr=pipe, text=True, cwd=folder, preexec_fn=stoppable)


def meetbot(*words: str | Path, folder: Path | None = None) -> Done:
    """Run `meetbot ...` to its end."""
    done = subprocess.run(
        command(*words),
        cwd=folder,
        capture_output=True,
        timeout=300,
        env={**os.environ, "COLUMNS": "200"},
    )
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())
