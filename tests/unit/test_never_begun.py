"""A run that was killed while it made its lesson leaves nothing in the way of the next one."""

import subprocess
import sys
from pathlib import Path

from meetbot.timeline.schema import create, never_begun

# Killed before the tables are there for good, with more written than is held back in memory.
KILLED = """
import os, signal, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.executescript("PRAGMA cache_size=1; BEGIN; PRAGMA application_id=7; CREATE TABLE a (x);")
for number in range(200):
    connection.execute(f"CREATE TABLE t{number} (x)")
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_lesson_whose_making_was_killed_was_never_begun(tmp_path: Path) -> None:
    path = tmp_path / "killed.meetbot"
    subprocess.run([sys.executable, "-c", KILLED, path], check=False)
    assert path.stat().st_size > 0
    assert never_begun(path)
    create(path).close()
    assert not never_begun(path)


def test_an_empty_file_was_never_begun_and_another_file_is_no_lesson(tmp_path: Path) -> None:
    empty, other = tmp_path / "empty.meetbot", tmp_path / "letter.meetbot"
    empty.touch()
    other.write_bytes(b"Dear Ada, " * 1000)
    assert never_begun(empty) and not never_begun(other)
