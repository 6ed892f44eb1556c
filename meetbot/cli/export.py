"""meetbot export: a lesson's readings as a table for other programs."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from meetbot.cli import options
from meetbot.cli.console import NOT_ENCRYPTED, complain, say, say_json
from meetbot.errors import UsageError


class Format(StrEnum):
    """The kinds of table."""

    csv = "csv"
    json = "json"
    parquet = "parquet"
    xlsx = "xlsx"


def export(
    lesson: Annotated[
        Path, typer.Argument(metavar="LESSON", readable=False, help="A lesson file, as lecture.meetbot.")
    ],
    format: Annotated[
        Format | None, typer.Option("--format", help="The kind of table; without it csv, of one person json.")
    ] = None,
    person: Annotated[
        str | None, typer.Option("--person", metavar="NAME", help="All that is kept of one person, as json.")
    ] = None,
    out: options.Out = None,
    json: options.Json = False,
) -> None:
    """Write a lesson's readings as csv, json, parquet or xlsx, or all that it keeps of one person."""
    from meetbot.resources import make_folder
    from meetbot.timeline.copies import remember_copy
    from meetbot.timeline.disclosure import disclose
    from meetbot.timeline.export import export as write
    from meetbot.timeline.export import kind_of
    from meetbot.timeline.lesson import open_lesson

    if person is not None and format not in (None, Format.json):
        raise UsageError("What is kept of one person is written as json; leave --format out.")
    with open_lesson(lesson) as opened:
        folder = make_folder(out) if out else lesson.parent
        if person is not None:
            target = disclose(opened, person, folder)
        else:
            # A name of its own: class.csv beside class.meetbot is likely to be the class list.
            kind = (format or Format.csv).value
            target = write(opened, kind, folder / f"{lesson.stem}.{kind_of(opened)}.{kind}")
        encrypted = opened.encrypted
    remember_copy(lesson, target)
    if encrypted:
        complain(NOT_ENCRYPTED.format(target))
    if json:
        say_json({"lesson": str(lesson), "export": str(target)})
    else:
        say(f"export: {target}")
