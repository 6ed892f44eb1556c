"""The passphrase of an encrypted lesson: given, in the environment, or asked for; never an option."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from meetbot.errors import InputError

VARIABLE = "MEETBOT_PASSPHRASE"

Ask = Callable[[Path], str]


def _nobody(path: Path) -> str:
    raise InputError(f"{path} is encrypted; give its passphrase, or set {VARIABLE}.")


_asked: list[Ask] = [_nobody]


def passphrase_for(path: Path, given: str | None = None) -> str:
    """The passphrase that opens a lesson."""
    if given is not None:
        return given
    return os.environ.get(VARIABLE) or _asked[-1](path)


@contextmanager
def asked_by(ask: Ask) -> Iterator[None]:
    """From here on a passphrase that nobody gave is asked for: the command line does, a library never."""
    _asked.append(ask)
    try:
        yield
    finally:
        _asked.pop()
