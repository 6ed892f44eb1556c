"""meetbot forget: one person, out of one lesson and its report."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from meetbot.cli import options
from meetbot.cli.console import complain, say, say_json

if TYPE_CHECKING:
    from meetbot.forgetting import Forgotten


def forget(
    lesson: Annotated[
        Path, typer.Argument(metavar="LESSON", readable=False, help="A lesson file, as lecture.meetbot.")
    ],
    name: Annotated[str, typer.Argument(metavar="NAME", help="The person's name or seat, as in 'Seat 3'.")],
    json: options.Json = False,
) -> None:
    """Erase one person from a lesson and its report; the record of consent keeps that it was done."""
    from meetbot.forgetting import forget as erase

    done = erase(lesson, name)
    if json:
        say_json(_document(done))
        return
    for line in _words(done):
        say(line)
    for line in _left(done):
        complain(line)


def _document(done: "Forgotten") -> dict[str, Any]:
    return {
        "lesson": str(done.lesson),
        "erased": done.person.shown if done.person else None,
        "completed": done.completed,
        "report": str(done.report) if done.report else None,
        "removed": str(done.removed) if done.removed else None,
        "copies": [str(path) for path in done.copies],
        "consent": done.consent,
        "warnings": list(_left(done)),
    }


def _words(done: "Forgotten") -> Iterator[str]:
    if done.completed:
        yield f"The erasure of {done.completed}, which was stopped before its end, is complete now."
    if done.person:
        yield f"{done.person.shown} is erased from {done.lesson}."
    if done.report:
        yield f"report: {done.report} (written anew)"
    if done.removed:
        yield f"{done.removed} is deleted: under the policy of this machine it can't be written anew."
    yield f"consent: {done.consent}"


def _left(done: "Forgotten") -> Iterator[str]:
    """What an erasure can't reach."""
    if done.copies:
        names = ", ".join(str(path) for path in done.copies)
        still = "still holds" if len(done.copies) == 1 else "still hold"
        yield f"{names} {still} the person: delete what you don't need, or write it anew."
    if done.class_only:
        yield "the class's shares by the minute were made with this person, and stay as they are."
    if done.person and done.person.shared:
        yield f"another seat is called {done.person.name} too: what names no seat keeps the name."
    if done.named_in:
        facts = ", ".join(done.named_in)
        yield f"the name still stands in the lesson's {facts}; rename the recording and read it again."
    yield (
        "what was copied, sent, printed or backed up, and pages of `meetbot term`, are out of reach; "
        "so is the recording, which a new analysis would read again (--exclude leaves people out)."
    )
