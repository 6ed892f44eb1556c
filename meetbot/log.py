"""A log for whoever looks after the machine: one JSON object a line, of what ran and what went wrong.

Names, files, addresses and the words of messages stand in it under `full` alone, and not where the lesson
has pseudonyms or is encrypted; under `cues` a person is the number of a seat, under `class` nobody is
anything. A log that can't be begun is refused at once; one that can't be written later is given up, and never
costs a lesson.
"""

import json
import os
import stat
import traceback
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from math import inf
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Self

from meetbot.errors import Interrupted, MeetbotError, UsageError
from meetbot.policy import Policy

if TYPE_CHECKING:  # `meetbot --help` needs no numbers
    from meetbot.seams import Watch
    from meetbot.types import About, Event, Figures, Instant

Level = Literal["info", "warning", "error"]
Value = str | float | int | bool | None

LONGEST_TEXT, LONGEST_LINE = 500, 4000  # characters; a line is written at once
REACHED_EVERY = 60.0  # seconds of a lesson between two lines that say how far it is
_PACKAGE = Path(__file__).resolve().parent


class Log:
    """Lines are added to what the file holds; without a path there is none, and nothing happens."""

    def __init__(self, path: Path | None, policy: Policy, names: bool = True) -> None:
        self.lost = ""  # why it could not be written any more
        self._may_name = names and policy.moods and policy.people
        self._names = self._may_name
        self._seats = policy.people
        self._file = _begun(path) if path else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, Exception):
            self.failed(error)
        if self._file is not None:
            with suppress(OSError):
                os.close(self._file)
            self._file = None

    def write(self, level: Level, event: str, **fields: Value) -> None:
        """One line; texts are cut."""
        if self._file is None:
            return
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        told = {key: one[:LONGEST_TEXT] if isinstance(one, str) else one for key, one in fields.items()}
        line = json.dumps({"time": now, "level": level, "event": event, **told})
        if len(line) > LONGEST_LINE:
            line = json.dumps({"time": now, "level": level, "event": event, "cut": True})
        try:
            os.write(self._file, line.encode() + b"\n")
        except OSError as error:
            self.lost = str(error.strerror)
            with suppress(OSError):
                os.close(self._file)
            self._file = None

    def input(self, number: int, path: Path, names: bool = True) -> None:
        """What is read next: by its name where names may stand, else by its place in the command.

        Without `names` none stands in any line up to the next input: its lesson is encrypted.
        """
        self._names = self._may_name and names
        self.write("info", "input", number=number, **self._said(str(path)))

    def read(self, figures: "Figures") -> None:
        """What a lesson came to."""
        seats = {"seats": len(figures.seats)} if self._seats else {}
        coverage, warnings = figures.total.coverage, len(figures.warnings)
        length = round(figures.duration, 3)
        self.write(
            "info",
            "read",
            status=figures.status,
            seconds=length,
            coverage=coverage,
            warnings=warnings,
            **seats,
        )

    def whole(self, why: str) -> None:
        """A recording that workers read in pieces was read in one after all."""
        self.write("info", "whole", **self._said(why))

    def failed(self, error: BaseException) -> None:
        """What went wrong: its kind, its place in meetbot, and where names may stand its words."""
        level: Level = "info" if isinstance(error, Interrupted) else "error"
        code = error.exit_code if isinstance(error, MeetbotError) else 1
        kind, where = type(error).__name__, place_of(error)
        self.write(level, "failed", kind=kind, code=code, where=where, **self._said(str(error)))

    def happened(self, event: "Event") -> None:
        """Something that happened in a lesson, as far as it may be told."""
        if event.seat is not None and not self._seats:
            return
        level: Level = "warning" if event.kind in ("warning", "gap") else "info"
        seat = {} if event.seat is None else {"seat": event.seat}
        self.write(level, event.kind, at=round(event.time, 3), **seat, **self._said(event.text))

    def watching(self, watch: "Watch") -> "Watch":
        """The same watch; what happens and how far the lesson is goes into the log."""

        def look(instants: "Iterable[Instant]", about: "About") -> "Iterator[Instant]":
            told = -inf
            for instant in watch(instants, about):
                for event in instant.events:
                    self.happened(event)
                if instant.time - told >= REACHED_EVERY:
                    told = instant.time
                    self.write("info", "reached", at=round(instant.time, 3))
                yield instant

        return look

    def _said(self, text: str) -> dict[str, str]:
        return {"text": text} if text and self._names else {}


def place_of(error: BaseException) -> str:
    """The innermost line of meetbot that an error came through, as `timeline/lesson.py:120`."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        with suppress(ValueError):
            return f"{Path(frame.filename).resolve().relative_to(_PACKAGE).as_posix()}:{frame.lineno}"
    return ""


def _begun(path: Path) -> int:
    """The open file, made for its owner alone; anything but a log is left as it is."""
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NONBLOCK", 0)  # a pipe is not waited for
    try:
        if path.is_file() and path.stat().st_size:
            with path.open("rb") as old:
                if old.read(1) != b"{":
                    raise UsageError(f"{path} is no log of meetbot; name another file by --log-file.")
        file = os.open(path, flags, 0o600)
        if not stat.S_ISREG(os.fstat(file).st_mode) and not stat.S_ISCHR(os.fstat(file).st_mode):
            os.close(file)
            raise UsageError(f"{path} is no plain file, so no log can be kept there; name another one.")
    except OSError as error:
        raise UsageError(f"The log {path} can't be written ({error.strerror}); name another file.") from error
    return file
