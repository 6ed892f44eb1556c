"""The passphrase of an encrypted lesson: given, in the environment, or asked for; never an option."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from meetbot.errors import InputError, UsageError

VARIABLE = "MEETBOT_PASSPHRASE"
LEAST = 8  # letters of a new one: shorter ones are tried out in days, however slowly each is tested

Ask = Callable[[Path], str]
T = TypeVar("T")


def _nobody(path: Path) -> str:
    raise WrongPassphrase(f"{path} is encrypted; give its passphrase, or set {VARIABLE}.")


_asked: list[Ask] = [_nobody]
_known: list[str] = []  # that opened a lesson before, in this process


class WrongPassphrase(InputError):
    """The passphrase is missing or another lesson's, or the lesson was changed."""


def require_good(phrase: str) -> str:
    """The passphrase of a new lesson, where it protects anything."""
    if not phrase.strip():
        raise UsageError("An empty passphrase protects nothing; choose one of several words.")
    if len(phrase.strip()) < LEAST:
        raise UsageError(
            f"A passphrase of fewer than {LEAST} letters is soon found by trying; "
            "choose one of several words."
        )
    return phrase


def opened_with(path: Path, given: str | None, opener: Callable[[str], T]) -> T:
    """What a passphrase opens: the one that is given, else the environment's, else one that opened another
    lesson before, else the one that somebody types."""
    if given is not None:
        return opener(given)
    from_outside = os.environ.get(VARIABLE)
    if from_outside:
        return opener(from_outside)
    for phrase in _known:
        with suppress(WrongPassphrase):
            return opener(phrase)
    typed = _asked[-1](path)
    opened = opener(typed)
    _known.append(typed)
    return opened


@contextmanager
def asked_by(ask: Ask) -> Iterator[None]:
    """From here on a passphrase that nobody gave is asked for: the command line does, a library never."""
    _asked.append(ask)
    try:
        yield
    finally:
        _asked.pop()
        _known.clear()
