"""meetbot analyze: recordings and photos, or folders of them."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from meetbot.cli import options
from meetbot.cli.console import complain, progress, say, say_json, show
from meetbot.cli.documents import lesson_document, lesson_words, photo_document, photo_words
from meetbot.errors import Interrupted, MeetbotError, UsageError

if TYPE_CHECKING:
    from meetbot.pipeline import Outcome, PhotoFaces

_NEWS = {
    "read": "read",
    "continued": "read on from where the last run stopped",
    "unchanged": "already read with these settings; nothing to do (--force reads it again)",
}


def analyze(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Recordings, photos, or folders of them.")
    ],
    every: options.Every = options.EVERY,
    out: options.Out = None,
    roster: options.Roster = None,
    teacher: options.Teacher = None,
    policy: options.PolicyName = options.POLICY,
    force: options.Force = False,
    json: options.Json = False,
    open: options.Open = False,
    quiet: options.Quiet = False,
) -> None:
    """Read recorded lessons or photos, and write a report for each lesson."""
    from meetbot.pipeline import Plan, analyze_photo, analyze_recording
    from meetbot.policy import policy_named
    from meetbot.roster import read_roster
    from meetbot.sources import is_photo, media_in

    plan = Plan(every, policy_named(policy))
    entries = read_roster(roster) if roster else ()
    media = media_in(paths)
    _refuse_clashes([path for path in media if not is_photo(path)], out)

    def read(path: Path) -> dict[str, Any]:
        if is_photo(path):
            return _tell_photo(path, analyze_photo(path, plan.policy), json)
        with progress(quiet or json) as watch:
            outcome = analyze_recording(path, plan, out, entries, teacher, force, watch)
        if open:
            show(outcome.report)
        return _tell_lesson(outcome, json)

    documents, worst = _read_each(media, read)
    if json and (worst == 0 or len(media) > 1):
        say_json(documents if len(media) > 1 else documents[0])
    raise typer.Exit(worst)


def _read_each(media: list[Path], read: Callable[[Path], dict[str, Any]]) -> tuple[list[Any], int]:
    """A document for each input, and the worst exit code; one that fails does not stop the others."""
    documents: list[Any] = []
    worst = 0
    for path in media:
        try:
            documents.append(read(path))
        except Interrupted:
            raise
        except MeetbotError as error:
            complain(str(error))
            documents.append({"input": str(path), "error": str(error)})
            worst = max(worst, error.exit_code)
    return documents, worst


def _refuse_clashes(recordings: list[Path], out: Path | None) -> None:
    """Two recordings must not share a lesson file: the second would replace the first."""
    from meetbot.pipeline import lesson_path

    taken: dict[Path, Path] = {}
    for path in recordings:
        target = lesson_path(path, out)
        if target in taken:
            raise UsageError(
                f"{taken[target]} and {path} would both be written to {target}; "
                "read them one by one, each with an --out of its own."
            )
        taken[target] = path


def _tell_lesson(outcome: "Outcome", json: bool) -> dict[str, Any]:
    from meetbot.timeline.lesson import open_lesson

    with open_lesson(outcome.lesson) as lesson:
        figures = lesson.figures()
    if not json:
        for line in lesson_words(outcome.report, _NEWS[outcome.news], figures):
            say(line)
    return lesson_document(outcome.lesson, outcome.report, figures)


def _tell_photo(path: Path, photo: "PhotoFaces", json: bool) -> dict[str, Any]:
    if not json:
        for line in photo_words(path.name, photo):
            say(line)
    return photo_document(photo)
