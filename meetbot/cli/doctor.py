"""meetbot doctor: what works on this machine, and what to do about the rest."""

import typer

from meetbot.cli import options
from meetbot.cli.console import say, say_json


def doctor(json: options.Json = False) -> None:
    """Say what works on this machine, and what to do about the rest."""
    from meetbot.doctor import examine

    checks = list(examine())
    if json:
        say_json([check._asdict() for check in checks])
    else:
        for check in checks:
            mark = "ok      " if check.works else "missing " if check.optional else "BROKEN  "
            say(f"{mark}{check.name}: {check.found}")
            if check.advice:
                say(f"        {check.advice}")
    raise typer.Exit(0 if all(check.works or check.optional for check in checks) else 1)
