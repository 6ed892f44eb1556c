"""Scores kept in a file, one line a seed: a long scoring goes on where it stopped."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from time import process_time
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")

_ROOT = Path(__file__).parents[2]
_SOURCES = ("meetbot/gallery", "meetbot/faces", "meetbot/sources", "tests/galleries", "benchmarks/galleries")
_SETTINGS = "meetbot/settings.py"


class Kept:
    """What was scored before with the very same sources; without a path nothing is kept.

    Lines that other sources wrote are left alone and not used, so that a table never mixes two states.
    """

    def __init__(self, path: Path | None, sources: str | None = None) -> None:
        self._path = path
        self._sources = sources or checksum_of_sources()
        self._known: dict[tuple[str, int], Any] = {}
        self.left_aside = 0  # lines of other sources
        self.seconds = 0.0  # of CPU, for all that was asked for, now or before
        for line in _lines(path) if path else ():
            row = _decoded(line)
            if row.get("sources") == self._sources:
                self._known[row["part"], row["seed"]] = row
            else:
                self.left_aside += 1

    def each(
        self, part: str, seeds: Iterable[int], kind: type[T], measure: Callable[[int], T]
    ) -> Iterator[T]:
        """The score of each seed: the kept one, or a new one that is kept at once."""
        for seed in seeds:
            row = self._known.get((part, seed))
            score = rebuilt(kind, row["score"]) if row else self._measured(part, seed, measure)
            self.seconds += row["seconds"] if row else 0.0
            yield score

    def _measured(self, part: str, seed: int, measure: Callable[[int], T]) -> T:
        start = process_time()
        score = measure(seed)
        seconds = round(process_time() - start, 2)
        self.seconds += seconds
        if self._path:
            row = {
                "sources": self._sources,
                "part": part,
                "seed": seed,
                "seconds": seconds,
                "score": plain(score),
            }
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
        return score


def checksum_of_sources() -> str:
    """What tells one state of everything that a score depends on from another."""
    files = [path for folder in _SOURCES for path in sorted((_ROOT / folder).rglob("*.py"))]
    total = hashlib.sha256()
    for path in (*files, _ROOT / _SETTINGS):
        total.update(path.relative_to(_ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()[:16]


def plain(value: Any) -> Any:
    """A score as what JSON can hold: records by the names of their fields."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {name: plain(part) for name, part in value._asdict().items()}
    if isinstance(value, tuple | list | frozenset):
        return [plain(part) for part in (sorted(value) if isinstance(value, frozenset) else value)]
    return value


def rebuilt(kind: Any, value: Any) -> Any:
    """A score out of what `plain` made of it."""
    origin = get_origin(kind)
    if origin in (tuple, list, frozenset):
        return origin(rebuilt(get_args(kind)[0], part) for part in value)
    if is_dataclass(kind) or hasattr(kind, "_fields"):
        hints = get_type_hints(kind)
        return kind(**{name: rebuilt(hints[name], part) for name, part in value.items()})
    return value


def _lines(path: Path) -> list[str]:
    """The lines of a file, which is made where there is none; a torn last one gets its end."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    with path.open("a", encoding="utf-8") as file:
        file.write("\n" if text and not text.endswith("\n") else "")
    return text.splitlines()


def _decoded(line: str) -> Any:
    """A line as it was written; an empty record for one that a killed run left half."""
    try:
        return json.loads(line)
    except ValueError:
        return {}
