"""meetbot purge: lessons whose time is over."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from meetbot.cli import options
from meetbot.cli.console import complain, say, say_json
from meetbot.passphrase import VARIABLE

if TYPE_CHECKING:
    from meetbot.purge import Purged


def purge(
    folders: Annotated[
        list[Path], typer.Argument(metavar="FOLDER...", readable=False, help="Where lessons lie.")
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Delete nothing; say what would be deleted.")
    ] = False,
    json: options.Json = False,
) -> None:
    """Delete the lessons that are past the time given by --keep, with their reports and exports."""
    from meetbot.privacy import utc_now
    from meetbot.purge import lessons_in
    from meetbot.purge import purge as run

    for folder in folders:
        lessons_in(folder)  # a folder that isn't there is said before anything is deleted
    found = []
    for one in run(folders, utc_now(), dry_run):
        found.append(one)
        if not json:
            _tell(one, dry_run)
    gone = sum(bool(one.deleted) for one in found)
    if json:
        say_json({"dry_run": dry_run, "lessons": [_document(one) for one in found]})
    else:
        said = "would be deleted" if dry_run else "deleted"
        unlimited = sum(one.until is None and one.why is None for one in found)
        verb = "is" if unlimited == 1 else "are"
        ever = f", {unlimited} {verb} to be kept for ever (no --keep)" if unlimited else ""
        say(f"{gone} of {len(found)} {'lesson' if len(found) == 1 else 'lessons'} {said}{ever}.")
    raise typer.Exit(max((one.exit_code for one in found), default=0))


def _tell(one: "Purged", dry_run: bool) -> None:
    for file in one.deleted:
        say(f"{'would delete' if dry_run else 'deleted'}: {file}")
    for file in one.left:
        complain(f"{file} has the lesson's name but is not known to be meetbot's; it stays.")
    for file in one.elsewhere or ():
        complain(f"{file} was made from {one.lesson} and lies elsewhere, so it stays: delete it yourself.")
    if one.elsewhere is None:
        complain(
            f"{one.lesson}: whether reports or tables of it lie in other folders can't be told; "
            f"of an encrypted lesson only by its passphrase in {VARIABLE}."
        )
    if one.why:
        complain(f"{one.lesson} stays: {one.why.rstrip('.')}.")


def _document(one: "Purged") -> dict[str, Any]:
    return {
        "lesson": str(one.lesson),
        "keep_until": one.until.isoformat() if one.until else None,
        "deleted": [str(file) for file in one.deleted],
        "left": [str(file) for file in one.left],
        "elsewhere": None if one.elsewhere is None else [str(file) for file in one.elsewhere],
        "error": one.why,
    }
