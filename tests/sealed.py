"""Encrypted lessons for tests, and what somebody finds who has the file and not the passphrase."""

import sqlite3
import struct
from contextlib import closing
from pathlib import Path

from meetbot.timeline.lesson import Lesson, create_lesson
from meetbot.types import About, Event, Layout, Observation, Place, Still
from tests.written import BOX, face, hidden

ABOUT = About("Secret title", "sha256:cafe", duration=60.0)
PHRASE = "correct horse"
YAW = 12.3  # of every reading: as SQLite writes it, it would be found
SECRETS = (b"Anastasia", b"Secret title", b"a warning", b"jpegjpeg", b"camera_off", b"sha256:cafe")


def observations() -> list[Observation]:
    """One of each kind."""
    return [
        Event(0.0, "joined", 1, "Anastasia"),
        Event(0.0, "warning", None, "a warning"),
        Layout(0.0, 30.0, (1280, 720), 0.75, (Place(1, "Anastasia", BOX, "person", "on"),)),
        *(face(float(second), 1, "happy", (YAW, 0.0)) for second in range(20)),
        *(hidden(float(second), 2) for second in range(20)),
        Still(2.0, "face", b"\xff\xd8jpegjpeg", 1),
    ]


def encrypted(path: Path, phrase: str = PHRASE) -> Lesson:
    """A lesson that is being written, with everything above in it."""
    lesson = create_lesson(path, ABOUT, {"every": "1.0", "policy": "full"}, phrase)
    for observation in observations():
        lesson.add(observation)
    lesson.reached(19.0)
    return lesson


def plain_values(folder: Path) -> list[bytes]:
    """What can be read in any file of a folder without the passphrase."""
    found = b"".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())
    values = (*SECRETS, struct.pack(">d", YAW), b"12.3", b"happy", b"read_until", b"joined")
    return [value for value in values if value in found]


def boxes(path: Path) -> dict[int, bytes]:
    with closing(sqlite3.connect(path)) as file:
        return dict(file.execute("SELECT place, box FROM sealed"))


def put(path: Path, changed: dict[int, bytes | None]) -> None:
    """As somebody would who has the file and not the passphrase."""
    with closing(sqlite3.connect(path)) as file, file:
        for place, box in changed.items():
            if box is None:
                file.execute("DELETE FROM sealed WHERE place = ?", (place,))
            else:
                file.execute("INSERT OR REPLACE INTO sealed VALUES (?, ?)", (place, box))
