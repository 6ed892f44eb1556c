"""What an analysis keeps from whom: who is left out, under which names, for how long, how it is locked."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from meetbot.errors import UsageError
from meetbot.keeping import keep_for
from meetbot.passphrase import require_good
from meetbot.roster import Entry, is_seat, plain_name

REAL, ALIAS = "real", "alias"
NOBODY = "nobody"  # is left out


@dataclass(frozen=True, slots=True)
class Privacy:
    """How people are protected in one lesson."""

    left_out: tuple[Entry, ...] = ()  # whose pictures no model sees
    alias: bool = False  # pseudonyms instead of names
    keep: timedelta | None = None  # after which `meetbot purge` deletes the lesson
    passphrase: str | None = field(default=None, repr=False)  # by which it is encrypted while being written

    @property
    def refused(self) -> frozenset[str]:
        """Under which plain names those who are left out may come into a live class."""
        forms = (form for e in self.left_out for form in (e.name, e.alias, e.email.partition("@")[0]))
        return frozenset(plain_name(form) for form in forms if form and not is_seat(form))

    @property
    def hides_names(self) -> bool:
        """Whether what is written beside the lesson may name nobody either."""
        return self.alias or self.passphrase is not None

    def settings(self, content_hash: str) -> dict[str, str]:
        """What must be the same when a lesson is carried on with."""
        plain = sorted(plain_name(entry.name) for entry in self.left_out)
        # So short that a hundred others fit: it tells two lists apart, and gives away no name.
        mark = hashlib.sha256("\n".join([content_hash, *plain]).encode("utf-8", "replace")).hexdigest()[:4]
        return {
            "left out": f"{len(plain)} people, {mark}" if plain else NOBODY,
            "names": ALIAS if self.alias else REAL,
        }

    def facts(self, now: datetime) -> dict[str, str]:
        """What the lesson says of it."""
        until = {"keep_until": (now + self.keep).isoformat(timespec="seconds")} if self.keep else {}
        return {**until, **({"names": ALIAS} if self.alias else {})}


UNPROTECTED = Privacy()


def privacy(
    entries: Sequence[Entry] = (),
    exclude: Sequence[str] = (),
    names: str = REAL,
    keep: str | None = None,
    passphrase: str | None = None,
) -> Privacy:
    """The protection that options and class list ask for."""
    if names not in (REAL, ALIAS):
        raise UsageError(f"--names {names} is neither {REAL} nor {ALIAS}.")
    if passphrase is not None:
        require_good(passphrase)
    return Privacy(
        left_out=left_out(entries, exclude),
        alias=names == ALIAS,
        keep=keep_for(keep) if keep else None,
        passphrase=passphrase,
    )


def left_out(entries: Sequence[Entry], exclude: Sequence[str]) -> tuple[Entry, ...]:
    """Whom the options name, as the class list knows them, and whom the class list says not to analyse."""
    found = [entry for entry in entries if not entry.analyse]
    for name in exclude:
        if not name.strip():
            raise UsageError("--exclude needs a name.")
        known = [entry for entry in entries if entry.answers_to(name)]
        found += known or [Entry(name.strip())]
    return tuple(dict.fromkeys(found))


def utc_now() -> datetime:
    """The time by which lessons are kept."""
    return datetime.now(UTC)
