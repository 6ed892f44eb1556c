"""A lesson on a disk that machines share: no log in memory that they don't share, and fewer commits."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from meetbot.timeline import disk, schema, store
from meetbot.timeline.lesson import Lesson, create_lesson, open_lesson
from meetbot.types import About, Reading
from tests.written import hidden

MOUNT = "36 35 {} / /lessons rw,noatime shared:5 - {} server:/lessons rw\n"


def told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kind: str) -> bool:
    """What is believed of a folder where the system says that it is of this kind."""
    device, mounts = tmp_path.stat().st_dev, tmp_path / "mountinfo"
    number = f"{os.major(device)}:{os.minor(device)}"
    mounts.write_text(MOUNT.format("0:999", "nfs4") + MOUNT.format(number, kind))
    monkeypatch.setattr(disk, "_MOUNTS", mounts)
    return disk.is_shared(tmp_path / "lecture.meetbot")


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs", "ceph", "what will be invented"])
def test_a_disk_that_is_not_known_as_one_machines_is_shared(
    kind: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert told(monkeypatch, tmp_path, kind)


@pytest.mark.parametrize("kind", ["ext4", "xfs", "tmpfs", "overlay", "fuseblk"])
def test_a_disk_of_this_machine_is_not(kind: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert not told(monkeypatch, tmp_path, kind)


def test_where_the_system_does_not_tell_a_disk_is_this_machines(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(disk, "_MOUNTS", tmp_path / "nothing")
    assert not disk.is_shared(tmp_path / "lecture.meetbot")


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every disk is another machine's."""
    for module in (schema, store):
        monkeypatch.setattr(module, "is_shared", lambda path: True)


@pytest.mark.usefixtures("shared")
def test_a_lesson_there_has_no_log_beside_it_and_ends_as_one_file(tmp_path: Path) -> None:
    path = tmp_path / "lecture.meetbot"
    with begun(path) as lesson:
        lesson.add(hidden(1.0))
        lesson.commit()
        lesson.add(hidden(2.0))
        assert {file.name for file in tmp_path.iterdir()} == {"lecture.meetbot", "lecture.meetbot-journal"}
        with pytest.raises(schema.InUse):
            open_lesson(path, write=True)
    assert [file.name for file in tmp_path.iterdir()] == ["lecture.meetbot"]
    assert [one.time for one in readings(path)] == [1.0, 2.0]


@pytest.mark.usefixtures("shared")
def test_what_was_reached_there_is_committed_once_a_second(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [100.0]
    monkeypatch.setattr(store, "monotonic", lambda: clock[0])
    path = tmp_path / "lecture.meetbot"
    with begun(path) as lesson:
        seen = []
        for second in range(1, 5):
            clock[0] += 0.4
            lesson.add(hidden(float(second)))
            lesson.reached(float(second))
            seen.append(len(readings(path)))
    assert seen == [0, 0, 3, 3] and len(readings(path)) == 4


def test_a_run_that_is_killed_there_keeps_what_was_committed(tmp_path: Path) -> None:
    path = tmp_path / "lecture.meetbot"
    subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False)
    assert (tmp_path / "lecture.meetbot-journal").stat().st_size
    with open_lesson(path, write=True) as lesson:
        assert [one.time for one in lesson.each_reading()] == [1.0]
    assert [file.name for file in tmp_path.iterdir()] == ["lecture.meetbot"]


KILLED = """
import os, sys
from pathlib import Path
from meetbot.timeline import schema, store
schema.is_shared = store.is_shared = lambda path: True
from tests.written import hidden
from tests.unit.test_shared_disk import begun
lesson = begun(Path(sys.argv[1]))
lesson.add(hidden(1.0))
lesson.commit()
lesson._connection.execute("PRAGMA cache_size=1")  # what is not committed is in the file and the journal
for second in range(2, 2000):
    lesson.add(hidden(float(second)))
lesson._flush()
os._exit(9)
"""


def begun(path: Path) -> Lesson:
    """A new lesson."""
    return create_lesson(path, About("Algebra", "0" * 64), {})


def readings(path: Path) -> list[Reading]:
    """What anybody sees of it."""
    with open_lesson(path) as opened:
        return list(opened.each_reading())
