"""Who was told what, who said no and yes: each entry chained to the one before, so none can be rewritten.

An entry's hash is H(hash before, H(salt, content)). Forgetting takes content and salt away and leaves the
inner hash, which says nothing without the salt: so the chain can still be followed.
"""

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple

from meetbot.errors import InputError, UsageError
from meetbot.timeline.store import Store

Kind = Literal["notice", "told", "opted_out", "opted_in", "excluded", "erased", "narrowed", "contents"]

SALT = 16  # bytes
LEAST_PAPER = 12  # hex digits of a hash that may be typed from paper: by chance, none fits
_BEGIN = bytes(32)  # stands before the first entry
_TAKE_AWAY = "UPDATE consent SET time = 0, seat = NULL, kind = 'erased', text = NULL, salt = NULL"
_COLUMNS = "id, time, seat, kind, text, salt, hash, digest"


class Entry(NamedTuple):
    """One link of the chain; without salt and text it was erased."""

    id: int
    time: float  # seconds of the lesson
    seat: int | None
    kind: str
    text: str | None
    salt: bytes | None
    hash: str
    digest: str | None  # H(salt, content)


class Chain(NamedTuple):
    """A chain that holds."""

    entries: tuple[Entry, ...]
    found: int | None = None  # which entry's hash stands on paper, counted from 1

    @property
    def newest(self) -> str | None:
        """The hash that stands for all of it."""
        return self.entries[-1].hash if self.entries else None


def record(lesson: Store, kind: Kind, time: float = 0.0, seat: int | None = None, text: str = "") -> str:
    """Adds an entry; its hash."""
    before, salt = newest(lesson), os.urandom(SALT)
    digest = _digest(salt, time, seat, kind, text)
    here = _linked(before, digest)
    lesson.change(
        "INSERT INTO consent (time, seat, kind, text, salt, hash, digest) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (time, seat, kind, text, salt, here, digest),
    )
    return here


def newest(lesson: Store) -> str | None:
    """The hash of the last entry; None where nothing is known."""
    found = lesson.select("SELECT hash FROM consent ORDER BY id DESC LIMIT 1")
    return str(found[0][0]) if found else None


def entries(lesson: Store) -> Iterator[Entry]:
    """The chain from its beginning."""
    return (Entry(*row) for row in lesson.select(f"SELECT {_COLUMNS} FROM consent ORDER BY id"))


def erase(lesson: Store, seat: int | None, which: Callable[[Entry], bool]) -> None:
    """Takes the content of entries away, and says in a new one that it was done."""
    told = (entry for entry in entries(lesson) if entry.salt is not None and entry.kind != "erased")
    gone = [entry.id for entry in told if which(entry)]
    for number in gone:
        lesson.change(f"{_TAKE_AWAY} WHERE id = ?", (number,))
    record(lesson, "erased", seat=seat, text=json.dumps({"entries": gone}))


def verify(lesson: Store, paper: str | None = None) -> Chain:
    """The chain, where no entry was changed, left out or put in, and the hash on paper is one of it."""
    chain = tuple(entries(lesson))
    erased = _said_to_be_erased(lesson, chain)
    before: str | None = None
    for count, entry in enumerate(chain, start=1):
        why = _broken(entry, before, erased)
        if why:
            raise InputError(f"The record of consent in {lesson.path} does not hold: entry {count} {why}.")
        before = entry.hash
    return Chain(chain, _place_of(paper, chain, lesson) if paper is not None else None)


def _broken(entry: Entry, before: str | None, erased: set[int]) -> str | None:
    """What is wrong with an entry, or nothing."""
    try:
        if entry.salt is not None:
            real = _digest(entry.salt, entry.time, entry.seat, entry.kind, entry.text or "")
            if real != entry.digest:
                return "was changed after it was written"
        elif entry.id not in erased:
            return "lost its content, and no later entry says that it was erased"
        if _linked(before, entry.digest or "") != entry.hash:
            return "does not follow from the one before: something was changed, left out or put in"
    except (TypeError, ValueError):
        return "can't be understood; the file is damaged"
    return None


def _said_to_be_erased(lesson: Store, chain: Iterable[Entry]) -> set[int]:
    gone: set[int] = set()
    try:
        for entry in chain:
            if entry.kind == "erased" and entry.salt is not None:
                gone.update(int(number) for number in json.loads(entry.text or "")["entries"])
    except (LookupError, TypeError, ValueError, RecursionError) as error:
        raise InputError(
            f"The record of consent in {lesson.path} does not hold: what it says of erasures is damaged."
        ) from error
    return gone


def _place_of(paper: str, chain: Iterable[Entry], lesson: Store) -> int:
    typed = re.sub(r"[\s:-]", "", paper).casefold()
    if len(typed) < LEAST_PAPER or re.search(r"[^0-9a-f]", typed):
        raise UsageError(
            f"{paper!r} is no hash of a report: it needs {LEAST_PAPER} or more of the digits 0-9 and a-f."
        )
    for count, entry in enumerate(chain, start=1):
        if entry.hash.startswith(typed):
            return count
    raise InputError(
        f"The hash {paper} stands nowhere in the record of consent in {lesson.path}: "
        "this is another lesson, or the record was rewritten after that report."
    )


def _digest(salt: bytes, time: float, seat: int | None, kind: str, text: str) -> str:
    content = json.dumps([round(float(time), 3), seat, kind, text], ensure_ascii=False).encode()
    return hashlib.sha256(salt + content).hexdigest()


def _linked(before: str | None, digest: str) -> str:
    return hashlib.sha256((bytes.fromhex(before) if before else _BEGIN) + bytes.fromhex(digest)).hexdigest()
