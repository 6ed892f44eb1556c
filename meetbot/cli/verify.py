"""meetbot verify: whether the record of consent in a lesson is as it was written."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from meetbot.cli import options
from meetbot.cli.console import say, say_json
from meetbot.clock import clock
from meetbot.errors import InputError

if TYPE_CHECKING:
    from meetbot.timeline.consent import Entry

CHANGED = (
    "The readings, events or policy in {} are not those that its record was made with: "
    "the lesson was changed after it was finished."
)
AS_RECORDED = "The readings, events and policy are those that the record was made with."
NOT_COVERED = (
    "The readings, events and policy are not in this record, so nothing is said of them: the lesson was not "
    "finished, or an older meetbot wrote it."
)
_WHAT = {
    "notice": "notice",
    "told": "told",
    "opted_out": "said no",
    "opted_in": "said yes",
    "excluded": "left out by name",
    "erased": "erased",
    "narrowed": "narrowed",
    "contents": "readings, events and policy recorded",
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
    """Check the record of who was told and said no, and the readings, against the hash of a report."""
    from meetbot.timeline import consent, contents
    from meetbot.timeline.lesson import open_lesson

    with open_lesson(lesson, any_policy=True) as opened:
        chain = consent.verify(opened, paper)
        hold = contents.hold(opened)
        names = {seat.id: seat.shown for seat in opened.seats()}
    if hold is False:
        raise InputError(CHANGED.format(lesson))
    if json:
        say_json(
            {
                "lesson": str(lesson),
                "holds": True,
                "entries": len(chain.entries),
                "consent": chain.newest,
                "found": chain.found,
                "contents_hold": hold,
            }
        )
        return
    if not chain.entries:
        say(f"{lesson} has no record of consent; an older meetbot wrote it.")
        return
    for number, entry in enumerate(chain.entries, start=1):
        say(f"{number}. {_words(entry, names)}")
    count = f"{len(chain.entries)} {'entry' if len(chain.entries) == 1 else 'entries'}"
    say(f"The record holds: {count}, none changed, left out or put in.")
    say(AS_RECORDED if hold else NOT_COVERED)
    if chain.found is not None:
        later = len(chain.entries) - chain.found
        after = f"{later} came later" if later else "nothing came later"
        say(f"The hash on paper is that of entry {chain.found}; {after}.")
    say(f"consent: {chain.newest}")


def _words(entry: "Entry", names: dict[int, str]) -> str:
    if entry.salt is None:
        return "(content erased)"
    who = "" if entry.seat is None else f" {names.get(entry.seat, f'Seat {entry.seat}')}"
    text = (
        ""
        if entry.kind in ("erased", "contents") or not entry.text or entry.text == who.strip()
        else f": {entry.text}"
    )
    return f"{clock(entry.time)}  {_WHAT.get(entry.kind, entry.kind)}{who}{text}"
