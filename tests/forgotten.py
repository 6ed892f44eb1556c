"""A lesson of three, of whom Wilhelmina is erased, and what is left of her."""

import shutil
import struct
from collections.abc import Iterator
from pathlib import Path

from meetbot import conclude
from meetbot.timeline import consent
from meetbot.timeline.lesson import create_lesson
from meetbot.types import About, Event, Layout, Observation, Place, Reading, Still
from tests.written import BOX, face

YAW = 12.3456  # of Wilhelmina's readings, as it is stored: 12.3
ANGLE = struct.pack(">d", 12.3)
NAMES = (b"Wilhelmina", b"wilhelmina", b"WILHELMINA")
TIMES = range(60)


def observations() -> Iterator[Observation]:
    """A class of three, and a shared screen."""
    yield Event(0.0, "joined", 1, "Ana")
    yield Event(0.0, "joined", 2, "Wilhelmina")
    yield Event(0.0, "joined", 3, "Ben")
    places = tuple(Place(seat, None, BOX, "person", "on") for seat in (1, 2, 3))
    yield Layout(0.0, 59.0, (1280, 720), 0.75, places)
    yield Event(5.0, "warning", None, "The label of wilhelmina was cut off; Wilhelminas was not.")
    yield Event(6.0, "started_speaking", 2)
    for second in TIMES:
        yield face(float(second), 1, "happy")
        yield face(float(second), 2, "sad", (YAW, 0.0))
        yield face(float(second), 3)
    yield Still(7.0, "face", b"\xff\xd8WILHELMINA", 2)
    yield Still(7.0, "face", b"\xff\xd8Ana", 1)


def write(path: Path, phrase: str | None = None) -> Path:
    facts = {"every": "1.0", "policy": "full", "roster": '["Ana", "Wilhelmina", "Ben", "Wilhelmina  B."]'}
    with create_lesson(path, About("A lesson", "sha256:1234"), facts, phrase) as lesson:
        consent.record(lesson, "notice", text="You are analysed.")
        consent.record(lesson, "told", 0.0, 2, "Wilhelmina")
        consent.record(lesson, "excluded", 0.0, None, "Wilhelmina")
        for observation in observations():
            lesson.add(observation)
            if isinstance(observation, Reading) and observation.seat == 3:
                lesson.reached(observation.time)
        lesson.finish("finished", 60.0)
        conclude.report(lesson, lesson.figures())
    return path


def copied(written: Path, folder: Path) -> Path:
    shutil.copytree(written, folder)
    return folder / "a.meetbot"


def content(folder: Path, *but: str) -> bytes:
    files = (file for file in sorted(folder.rglob("*")) if file.is_file() and file.name not in but)
    return b"".join(file.read_bytes() for file in files)


def left_of_her(folder: Path, *but: str) -> list[bytes]:
    found = content(folder, *but).replace(b"Wilhelminas", b"").replace(b"Wilhelmina  B.", b"")
    return [value for value in (*NAMES, ANGLE) if value in found]
