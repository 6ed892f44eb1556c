"""What every command says of a lesson that it has read."""

from typing import TYPE_CHECKING

from meetbot.cli.console import say, say_json, show
from meetbot.cli.documents import lesson_document, lesson_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from meetbot.conclude import Outcome

NAMED = 20  # inputs that failed and are listed at the end: a screen of them
NEWS = {
    "read": "read",
    "continued": "read on from where the last run stopped",
    "unchanged": "already read with these settings; nothing to do (--force reads it again)",
}


def tell(outcome: "Outcome", json: bool, open: bool) -> None:
    """The lesson and its report as one JSON document or in words; the report in the browser."""
    if json:
        say_json(lesson_document(outcome))
    else:
        tell_in_words(outcome)
    if open:
        show(outcome.report)


def tell_in_words(outcome: "Outcome") -> None:
    """The lines that a teacher reads."""
    for line in lesson_words(outcome, NEWS[outcome.news]):
        say(line)


def failed_of(failed: "Sequence[Path]", count: int) -> str:
    """Which of several inputs failed, once more at the end: their reasons may have scrolled away."""
    named = ", ".join(str(path) for path in failed[:NAMED])
    more = f" and {len(failed) - NAMED} more" if len(failed) > NAMED else ""
    return f"{len(failed)} of {count} failed, for the reasons given above: {named}{more}."
