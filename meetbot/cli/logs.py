"""The log of a command that reads."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from meetbot import __version__
from meetbot.cli.console import complain
from meetbot.log import Log
from meetbot.policy import Policy


@contextmanager
def logged(path: Path | None, command: str, policy: Policy, names: bool = True) -> Iterator[Log]:
    """A log from the first line to the last; where it broke off, that is said and nothing else happens."""
    log = Log(path, policy, names)
    with log:
        log.write("info", "begun", command=command, version=__version__, policy=policy.name)
        yield log
        log.write("info", "ended")
    if log.lost:
        complain(f"the log {path} broke off ({log.lost}); what was read is whole.")
