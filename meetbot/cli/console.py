"""What the commands share: printing, progress, and the worst of several exit codes."""

import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from meetbot.clock import clock
from meetbot.errors import InputError, UsageError
from meetbot.passphrase import VARIABLE, WrongPassphrase, require_good

if TYPE_CHECKING:
    from rich.progress import Progress

    from meetbot.seams import Watch
    from meetbot.types import About, Instant

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def say(text: str) -> None:
    """Print one line; a name out of a file can't steer the terminal or add lines of its own."""
    typer.echo(_CONTROL.sub("?", text))


def complain(text: str) -> None:
    """Print an error or a warning to stderr."""
    if sys.stderr is not None:  # nobody may want to hear it; and typer would write into a progress bar
        print(_CONTROL.sub("?", f"meetbot: {text}"), file=sys.stderr, flush=True)


def say_json(document: Any) -> None:
    """Print one JSON document."""
    typer.echo(json.dumps(document, ensure_ascii=False, indent=2))


def show(path: Path) -> None:
    """Open a report in the browser."""
    import webbrowser

    if not webbrowser.open(path.resolve().as_uri()):
        complain(f"No browser could be opened; open {path} yourself.")


NOT_ENCRYPTED = "the lesson is encrypted, {} is not: keep it where only you can read it."


def new_passphrase() -> str:
    """The passphrase of a lesson that is to be encrypted: from the environment, or typed twice unseen."""
    given = os.environ.get(VARIABLE)
    if given:
        return require_good(given)
    try:
        first = require_good(_typed("Passphrase for the new lesson: ", "to encrypt a lesson"))
    except InputError as error:  # nothing was handed in that can't be read: the option lacks what it needs
        raise UsageError(str(error)) from error
    if _typed("The same again: ", "") != first:
        raise UsageError("The two passphrases differ; nothing was read.")
    complain("without this passphrase nobody can read the lesson again, and nothing can bring it back.")
    return first


def old_passphrase(path: Path) -> str:
    """The passphrase of an encrypted lesson, typed unseen."""
    return _typed(f"Passphrase for {_CONTROL.sub('?', str(path))}: ", f"to open {path}, which is encrypted")


def _typed(prompt: str, why: str) -> str:
    import getpass

    if not sys.stdin or not sys.stdin.isatty():
        raise WrongPassphrase(f"A passphrase is needed {why}; set {VARIABLE}, since nobody can type it here.")
    try:
        return getpass.getpass(prompt, stream=sys.stderr)
    except EOFError as error:
        raise UsageError("No passphrase was typed.") from error


@contextmanager
def progress(quiet: bool, told: Callable[[], str] | None = None) -> "Iterator[Watch]":
    """A watch for the pipeline: media time done, speed and time left, on stderr if that is a terminal.

    Of a live class, which has neither, it shows what is told instead.
    """
    with bars(quiet, timed=told is None) as shown:

        def watch(instants: "Iterable[Instant]", about: "About") -> "Iterator[Instant]":
            title = _CONTROL.sub("?", about.title)[:40]
            task = shown.add_task(title.replace("[", "\\["), total=about.duration, done="", rate="")
            first: float | None = None
            for instant in instants:
                yield instant
                first = instant.time if first is None else first
                spent = shown.tasks[task].elapsed or 0.0
                rate = f"{(instant.time - first) / spent:.0f}x real time" if spent > 1 else ""
                rate = told() if told else rate
                shown.update(task, completed=instant.time, done=clock(instant.time), rate=rate)

        yield watch


def bars(quiet: bool, timed: bool = True) -> "Progress":
    """Bars on stderr, if that is a terminal; `timed` ones have an end."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        *((BarColumn(),) if timed else ()),
        TextColumn("{task.fields[done]}"),
        TextColumn("{task.fields[rate]}"),
        *((TimeRemainingColumn(),) if timed else ()),
    )
    return Progress(
        *columns,
        console=Console(stderr=True),
        transient=True,
        disable=quiet or not sys.stderr.isatty(),
        redirect_stdout=False,  # results go to stdout, whatever the bar does
    )
