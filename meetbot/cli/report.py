"""meetbot report: the report of a lesson that was read before."""

from pathlib import Path
from typing import Annotated

import typer

from meetbot.cli import options
from meetbot.cli.console import NOT_ENCRYPTED, complain, say, say_json, show
from meetbot.cli.documents import lesson_document


def report(
    lesson: Annotated[
        Path, typer.Argument(metavar="LESSON", readable=False, help="A lesson file, as lecture.meetbot.")
    ],
    out: options.Out = None,
    roster: options.Roster = None,
    teacher: options.Teacher = None,
    no_slides: Annotated[
        bool, typer.Option("--no-slides", help="Show no pictures of the shared screen.")
    ] = False,
    lang: options.Lang = None,
    json: options.Json = False,
    open: options.Open = False,
) -> None:
    """Write the report of a lesson file again, with other names or another teacher if you wish."""
    from meetbot.conclude import conclude
    from meetbot.language import language_for
    from meetbot.roster import read_roster
    from meetbot.timeline.copies import remember_copy
    from meetbot.timeline.lesson import open_lesson

    language_for(lang)
    entries = read_roster(roster) if roster else ()
    with open_lesson(lesson, write=bool(entries or teacher)) as opened:
        encrypted = opened.encrypted
        outcome = conclude(opened, entries, teacher, out=out, slides=not no_slides, lang=lang)
    remember_copy(lesson, outcome.report)
    if encrypted:
        complain(NOT_ENCRYPTED.format(outcome.report))
    if json:
        say_json(lesson_document(outcome))
    else:
        say(f"report: {outcome.report}")
        if "consent" in outcome.figures.provenance:
            say(f"consent: {outcome.figures.provenance['consent']}")
    if open:
        show(outcome.report)
