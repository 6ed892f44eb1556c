"""The command line: what is typed, what is printed, and exit codes."""

import os
import signal
import sys
from io import TextIOWrapper
from types import FrameType

import typer

from meetbot.blas import one_blas_thread
from meetbot.cli.analyze import analyze
from meetbot.cli.console import complain, old_passphrase
from meetbot.cli.demo import demo
from meetbot.cli.doctor import doctor
from meetbot.cli.export import export
from meetbot.cli.forget import forget
from meetbot.cli.join import join
from meetbot.cli.narrow import narrow
from meetbot.cli.purge import purge
from meetbot.cli.report import report
from meetbot.cli.room import room
from meetbot.cli.term import term
from meetbot.cli.tiles import tiles
from meetbot.cli.verify import verify
from meetbot.errors import MeetbotError
from meetbot.faults import remember
from meetbot.passphrase import asked_by

app = typer.Typer(
    help="Reads the faces of an online class and writes the teacher an engagement report.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (
    analyze,
    join,
    report,
    export,
    term,
    tiles,
    narrow,
    forget,
    verify,
    purge,
    demo,
    doctor,
    room,
):
    app.command()(command)


@app.callback(invoke_without_command=True)
def _options(version: bool = typer.Option(False, "--version", help="Print the version and stop.")) -> None:
    if version:
        from meetbot import __version__

        typer.echo(f"meetbot {__version__}")
        raise typer.Exit


def main() -> None:
    """Run the command line; every error that meetbot raises on purpose ends here as one sentence."""
    one_blas_thread()
    signal.signal(signal.SIGTERM, _stop)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a pipe on Windows may not know every letter of a name
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        with asked_by(old_passphrase):
            app()
    except MeetbotError as error:
        remember(error)
        complain(str(error))
        sys.exit(error.exit_code)
    except Exception as error:
        remember(error)
        if os.environ.get("MEETBOT_TRACE"):
            raise
        complain(
            f"something in meetbot broke ({type(error).__name__}: {error}); what was read is kept. "
            "Set MEETBOT_TRACE=1 to see where, and please tell us."
        )
        for note in getattr(error, "__notes__", ()):
            complain(note)
        sys.exit(1)


def _stop(number: int, frame: FrameType | None) -> None:
    """Being told to end is Ctrl-C from somebody else: what was read is kept."""
    raise KeyboardInterrupt
