"""meetbot tiles: how a gallery is divided, before a long run."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from meetbot.cli import options
from meetbot.cli.console import complain, progress, say, say_json
from meetbot.clock import clock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meetbot.types import Layout, Place


def tiles(
    media: Annotated[
        Path, typer.Argument(metavar="MEDIA", readable=False, help="A recording or a screenshot.")
    ],
    png: Annotated[
        Path | None, typer.Option("--png", help="Draw the layout that lasts longest onto a still.")
    ] = None,
    layout: options.Layout = options.LAYOUT,
    every: options.Every = options.EVERY,
    roster: options.Roster = None,
    json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Show how the gallery is divided into tiles, without reading a mood."""
    from meetbot.division import draw_layout, layouts_of, why_no_names
    from meetbot.errors import InputError, Interrupted
    from meetbot.pipeline import Plan
    from meetbot.resources import write_file
    from meetbot.roster import read_roster
    from meetbot.sources import is_photo

    if png:
        _check_png(png)
    plan = Plan(every, layout=layout)
    entries = read_roster(roster) if roster else ()
    try:
        with progress(quiet or json) as watch:
            found = layouts_of(media, plan.every, plan.layout, entries, watch)
    except KeyboardInterrupt as error:
        raise Interrupted("Stopped; nothing was written.") from error
    if not found:
        raise InputError(f"{media} shows no picture that could be divided.")
    if png:
        longest = max(found, key=lambda one: one.end - one.start)
        write_file(png, draw_layout(media, plan.every, longest))
    if json:
        say_json(tiles_document(found))
        return
    for line in found:
        say(_words(line, still=is_photo(media)))
    if (why := why_no_names()) and not quiet:
        complain(why)
    if png:
        say(f"drawn: {png}")


def _check_png(path: Path) -> None:
    """Refuses what no still can be drawn to, before a long recording is looked through."""
    from meetbot.errors import UsageError

    if path.suffix.casefold() != ".png":
        raise UsageError(f"--png {path} does not end in .png; a still is drawn as PNG and as nothing else.")
    if not path.parent.is_dir():
        raise UsageError(f"--png {path} is in no folder that is there; make {path.parent} first.")


def tiles_document(layouts: "Sequence[Layout]") -> dict[str, Any]:
    """The promised document; a layout lasts until the next one."""
    return {
        "size": list(layouts[0].size),
        "layouts": [
            {
                "from": layout.start,
                "to": layout.end,
                "confidence": layout.confidence,
                "tiles": [_tile(place) for place in layout.tiles],
            }
            for layout in layouts
        ],
    }


def _tile(place: "Place") -> dict[str, Any]:
    return {
        "seat": "stage" if place.kind == "stage" else f"Seat {place.seat}",
        "name": place.name,
        "box": [round(side) for side in place.box],
        "kind": place.kind,
        "camera": place.camera,
    }


def _words(layout: "Layout", still: bool) -> str:
    people = [place for place in layout.tiles if place.kind == "person"]
    stage = " and a stage" if len(people) < len(layout.tiles) else ""
    dark = {"off": " (camera off)", "on": ""}
    who = ", ".join((place.name or f"Seat {place.seat}") + dark[place.camera] for place in people)
    when = "" if still else f"{clock(layout.start)}-{clock(layout.end)}  "
    many = "tile" if len(people) == 1 else "tiles"
    return f"{when}{len(people)} {many}{stage}: {who}" if people else f"{when}a stage and no tile"
