"""meetbot export: a lesson's readings as a table for other programs."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from meetbot.cli import options
from meetbot.cli.console import NOT_ENCRYPTED, complain, say, say_json


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
    format: Annotated[Format, typer.Option("--format", help="The kind of table.")] = Format.csv,
    out: options.Out = None,
    json: options.Json = False,
) -> None:
    """Write a lesson's readings as csv, json, parquet or xlsx."""
    from meetbot.resources import make_folder
    from meetbot.timeline.copies import remember_copy
    from meetbot.timeline.export import export as write
    from meetbot.timeline.export import kind_of
    from meetbot.timeline.lesson import open_lesson

    with open_lesson(lesson) as opened:
        # A name of its own: class.csv beside class.meetbot is likely to be the class list.
        name = f"{lesson.stem}.{kind_of(opened)}.{format.value}"
        target = (make_folder(out) if out else lesson.parent) / name
        write(opened, format.value, target)
        encrypted = opened.encrypted
    remember_copy(lesson, target)
    if encrypted:
        complain(NOT_ENCRYPTED.format(target))
    if json:
        say_json({"lesson": str(lesson), "export": str(target)})
    else:
        say(f"export: {target}")
