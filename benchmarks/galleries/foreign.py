"""Other people's recordings and pictures, each beside its truth in the shape of `meetbot tiles --json`."""

import json
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import cv2
import numpy as np

from benchmarks.galleries.lessons import follow
from benchmarks.galleries.stills import find
from meetbot.errors import InputError
from meetbot.sources import open_source
from meetbot.types import Image
from tests.galleries.alarms import Alarms
from tests.galleries.score import Shown, Tally, compare, shown
from tests.galleries.seating import Seating, seating

PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".bmp")
_LOOKS = 3  # at each layout of a recording


class Given(NamedTuple):
    """A file, how well its layouts were found, and of a recording how well it was followed."""

    name: str
    tally: Tally
    seconds: float  # of CPU, for detection alone, in all
    noticed: Alarms = Alarms(0, 0, 0, 0)
    seated: Seating = Seating(0, 0, 0, 0)


def measure(folder: Path) -> Iterator[Given]:
    """Every file in a folder that has a truth of the same name beside it."""
    for path in sorted(folder.rglob("*")):
        truth = path.with_suffix(".json")
        if path.is_file() and path.suffix != ".json" and truth.exists():
            yield _measure(path, json.loads(truth.read_text(encoding="utf-8")))


def _measure(path: Path, truth: Mapping[str, Any]) -> Given:
    tally, seconds = Tally(), 0.0
    for picture, layout in looks(path, truth):
        cells, took = find(picture)
        found = [Shown(cell.box, cell.kind) for cell in cells]
        tally, seconds = tally + compare(found, shown(layout)), seconds + took
    if path.suffix.lower() in PICTURES:
        return Given(path.name, tally, seconds)
    told = completed(truth)
    named = {tile.get("name") for layout in told["layouts"] for tile in layout["tiles"]} - {None, ""}
    noticed, seen, _ = follow(path, sorted(named), told)
    return Given(path.name, tally, seconds, noticed, seating(seen))


def completed(truth: Mapping[str, Any]) -> Mapping[str, Any]:
    """A truth with what only made-up ones tell: a re-flow wherever another layout begins, and no more."""
    layouts = truth["layouts"]
    reflows = [
        {
            "time": after["from"],
            "kind": "reflow",
            "moved": {tuple(tile["box"]) for tile in before["tiles"]}
            != {tuple(tile["box"]) for tile in after["tiles"]},
        }
        for before, after in pairwise(layouts)
        if _seats(before) != _seats(after)
    ]
    return {"moving": [], "speaking": [], "events": reflows, **truth}


def _seats(layout: Mapping[str, Any]) -> set[tuple[Any, ...]]:
    """Who sits where."""
    return {(tile.get("seat"), *tile["box"]) for tile in layout["tiles"]}


def looks(path: Path, truth: Mapping[str, Any]) -> Iterator[tuple[Image, Mapping[str, Any]]]:
    """Pictures of a file, each with the layout that it truly shows; none from within an animation."""
    if path.suffix.lower() in PICTURES:
        picture = cv2.imread(str(path))
        if picture is None:
            raise InputError(f"{path} is no picture that can be read.")
        yield np.asarray(picture, np.uint8), truth["layouts"][0]
        return
    wanted = sorted(_times(truth), key=lambda pair: pair[0])
    with open_source(path, every=0.5) as instants:
        for instant in instants:
            if wanted and instant.frames and instant.time >= wanted[0][0]:
                yield instant.frames[0].picture.colour(), wanted.pop(0)[1]


def _times(truth: Mapping[str, Any]) -> Iterator[tuple[float, Mapping[str, Any]]]:
    """When to look: a few times within each layout, not just at its edges."""
    rest = dict(truth.get("moving", ()))
    for layout in truth["layouts"]:
        begin, end = rest.get(layout["from"], layout["from"]), layout["to"]
        for number in range(_LOOKS):
            yield begin + (end - begin) * (number + 0.5) / _LOOKS, layout
