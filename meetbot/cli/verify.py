"""meetbot verify: whether the record of consent in a lesson is as it was written."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from meetbot.cli import options
from meetbot.cli.console import say, say_json
from meetbot.clock import clock

if TYPE_CHECKING:
    from meetbot.timeline.consent import Entry

_WHAT = {
    "notice": "notice",
    "told": "told",
    "opted_out": "said no",
    "opted_in": "said yes",
    "excluded": "left out by name",
    "erased": "erased",
}


def verify(
    lesson: Annotated[
        Path, typer.Argument(metavar="LESSON", readable=False, help="A lesson file, as lecture.meetbot.")
    ],
    paper: Annotated[
        str | None, typer.Argument(metavar="[HASH]", help="The hash that a report of it shows.")
    ] = None,
    json: options.Json = False,
) -> None:
    """Check the record of who was told and who said no, against the hash of a report if you have one."""
    from meetbot.timeline import consent
    from meetbot.timeline.lesson import open_lesson

    with open_lesson(lesson, any_policy=True) as opened:
        chain = consent.verify(opened, paper)
        names = {seat.id: seat.shown for seat in opened.seats()}
    if json:
        say_json(
            {
                "lesson": str(lesson),
                "holds": True,
                "entries": len(chain.entries),
                "consent": chain.newest,
                "found": chain.found,
            }
        )
        return
    if not chain.entries:
        say(f"{lesson} has no record of consent; an older meetbot wrote it.")
        return
    for number, entry in enumerate(chain.entries, start=1):
        say(f"{number}. {_words(entry, names)}")
    say(f"The record holds: {len(chain.entries)} entries, none changed, left out or put in.")
    if chain.found is not None:
        later = len(chain.entries) - chain.found
        after = f"{later} came later" if later else "nothing came later"
        say(f"The hash on paper is that of entry {chain.found}; {after}.")
    say(f"consent: {chain.newest}")


def _words(entry: "Entry", names: dict[int, str]) -> str:
    if entry.salt is None:
        return "(content erased)"
    who = "" if entry.seat is None else f" {names.get(entry.seat, f'Seat {entry.seat}')}"
    text = "" if entry.kind == "erased" or not entry.text or entry.text == who.strip() else f": {entry.text}"
    return f"{clock(entry.time)}  {_WHAT.get(entry.kind, entry.kind)}{who}{text}"
