"""meetbot doctor: what works on this machine, and what to do about the rest."""

from pathlib import Path
from typing import Annotated

import typer

from meetbot.cli import options
from meetbot.cli.console import say, say_json


def doctor(
    report: Annotated[
        Path | None, typer.Option("--report", metavar="FILE", help="A file for support, with nobody's data.")
    ] = None,
    json: options.Json = False,
) -> None:
    """Say what works on this machine, and what to do about the rest."""
    from meetbot.doctor import examine
    from meetbot.support import write_bundle

    checks = list(examine())
    if report:
        write_bundle(report, checks)
    if json:
        say_json([check._asdict() for check in checks])
    else:
        for check in checks:
            mark = "ok      " if check.works else "missing " if check.optional else "BROKEN  "
            say(f"{mark}{check.name}: {check.found}")
            if check.advice:
                say(f"        {check.advice}")
        if report:
            say(f"for support: {report}")
    raise typer.Exit(0 if all(check.works or check.optional for check in checks) else 1)
