"""A disk or share that goes away while a recording is read from it."""

import io
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest

from meetbot.types import About, Instant

_AT_ONCE = 4096  # bytes that are read at a time, so that a small file isn't read before it goes


class Vanishing:
    """While it is `gone`, the second half of every file gives an error of the system's."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, error: int) -> None:
        self.gone = False
        self.error = OSError(error, os.strerror(error))
        opening = Path.open

        def opened(path: Path, mode: str = "r", buffering: int = -1, **more: Any) -> Any:
            file = opening(path, mode, buffering, **more)
            return _Worn(self, file) if isinstance(file, io.FileIO) else file

        monkeypatch.setattr(Path, "open", opened)

    def after(self, number: int) -> "Watching":
        """Looks on while instants are read; the disk goes once so many of them were there."""
        return Watching(self, number)


class Watching:
    """Lets a disk go after some instants."""

    def __init__(self, disk: Vanishing, after: int) -> None:
        self._disk, self._after = disk, after

    def __call__(self, instants: Iterable[Instant], about: About) -> Iterator[Instant]:
        for number, instant in enumerate(instants):
            if number == self._after:
                self._disk.gone = True
            yield instant


class _Worn:
    def __init__(self, disk: Vanishing, file: io.FileIO) -> None:
        self._disk, self._file = disk, file
        self._half = os.fstat(file.fileno()).st_size // 2
        self.seek, self.tell = file.seek, file.tell

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def read(self, size: int) -> bytes:
        if self._disk.gone and self._file.tell() >= self._half:
            raise self._disk.error
        return self._file.read(min(size, _AT_ONCE))
