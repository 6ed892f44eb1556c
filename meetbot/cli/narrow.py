"""meetbot narrow: takes out of a lesson what a narrower policy would not have kept."""

from pathlib import Path
from typing import Annotated

import typer

from meetbot.cli import options
from meetbot.cli.console import say, say_json


def narrow(
    lesson: Annotated[
        Path, typer.Argument(metavar="LESSON", readable=False, help="A lesson file, as lecture.meetbot.")
    ],
    policy: Annotated[
        str | None, typer.Option("--policy", help="cues, eu-education or class; without it, what is pinned.")
    ] = None,
    json: options.Json = False,
) -> None:
    """Take out of a lesson, for good, what a narrower policy would not have kept."""
    from meetbot.narrowing import narrow_lesson

    narrowed = narrow_lesson(lesson, policy)
    if json:
        say_json(
            {
                "lesson": str(lesson),
                "policy": narrowed.policy,
                "report": str(narrowed.report) if narrowed.report else None,
                "consent": narrowed.consent,
                "not_reached": [str(path) for path in narrowed.not_reached],
            }
        )
        return
    say(f"{lesson}: holds what {narrowed.policy} allows, and nothing else any more.")
    if narrowed.report:
        say(f"report written again: {narrowed.report}")
    say(f"consent: {narrowed.consent}")
    for path in narrowed.not_reached:
        say(f"not reached, delete it yourself: {path}")
    say("Not reached either: reports and tables that were sent or moved, backups, older states of the disk.")
