"""meetbot term: many lessons on one page."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from meetbot.cli import options
from meetbot.cli.console import complain, say, say_json, show

if TYPE_CHECKING:
    from meetbot.summary import Sums
    from meetbot.term import TermOutcome


def term(
    lessons: Annotated[
        list[Path],
        typer.Argument(metavar="LESSON...", readable=False, help="Lesson files, or folders of them."),
    ],
    out: options.Out = None,
    lang: options.Lang = None,
    json: options.Json = False,
    open: options.Open = False,
) -> None:
    """Show several lessons on one page: week by week, by weekday and hour, and who was seen."""
    from meetbot.term import write_term_page

    outcome = write_term_page(lessons, out, lang, complain)
    if json:
        say_json(term_document(outcome))
    else:
        count = len(outcome.term.lessons)
        say(f"{count} {'lesson' if count == 1 else 'lessons'}")
        for one in outcome.term.left_out:
            say(f"  left out: {one.file}: {one.why}")
        say(f"term: {outcome.page}")
    if open:
        show(outcome.page)
    raise typer.Exit(max((error.exit_code for error in outcome.errors), default=0))


def term_document(outcome: "TermOutcome") -> dict[str, Any]:
    """What `term` promises to print; shares are 0-1, and null means that it can't be told."""
    term = outcome.term
    return {
        "page": str(outcome.page),
        "total": _shares(term.total),
        "trend": term.trend._asdict(),
        "lessons": [
            {
                "lesson": held.path,
                "title": held.title,
                "began": held.when.isoformat() if held.when else None,
                "duration": held.duration,
                "people": held.people,
                "everyone": held.everyone,
                **_shares(held.sums),
            }
            for held in term.lessons
        ],
        "weeks": [
            {"monday": week.monday.isoformat(), "lessons": week.lessons, **_shares(week.sums)}
            for week in term.weeks
        ],
        "hours": [
            {"weekday": slot.weekday, "hour": slot.hour, "lessons": slot.lessons, **_shares(slot.sums)}
            for slot in term.slots
        ],
        "people": [person._asdict() for person in term.people],
        "unnamed": term.unnamed,
        "left_out": [{"lesson": one.file, "why": one.why} for one in term.left_out],
    }


def _shares(sums: "Sums") -> dict[str, Any]:
    told = {"coverage": sums.coverage, "attention": sums.attention, "index": sums.mean_index}
    rounded = {key: None if value is None else round(value, 4) for key, value in told.items()}
    return {**rounded, "moods": {label: round(share, 4) for label, share in sums.mood_shares.items()}}
