"""A layout that the user gives: one tile, rows and columns, or boxes in a file."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from meetbot import settings
from meetbot.errors import InputError, UsageError
from meetbot.gallery.grid import Grid, cell_of
from meetbot.resources import read_small
from meetbot.types import Box, Face, Image, Picture, SeatKind

AUTO = "auto"


@dataclass(frozen=True, slots=True)
class Shape:
    """A layout in shares of the frame, whatever the frame's size; `text` is what it was given as."""

    text: str
    tiles: tuple[tuple[Box, SeatKind], ...]

    @property
    def is_whole(self) -> bool:
        """Whether all of the frame is one tile: what stands at its lower edge need not be a label."""
        return len(self.tiles) == 1 and self.tiles[0][0] == (0, 0, 1, 1)

    def find(self, picture: Picture, faces: Sequence[Face]) -> Grid:
        """This layout on a frame, whatever the frame shows."""
        wide, high = picture.width, picture.height
        cells = tuple(
            cell_of(picture, Box(x * wide, y * high, width * wide, height * high), kind, faces)
            for (x, y, width, height), kind in self.tiles
        )
        return Grid((wide, high), 1.0, cells)


class Unmoved:
    """Says that a given layout always holds."""

    def look(self, luma: Image) -> Literal["same"]:
        """No frame changes it."""
        return "same"

    def holds(self, places: Sequence[int]) -> bool:
        """Nor any part of it."""
        return True


def shape_named(text: str) -> Shape | None:
    """The layout of `--layout`: None for "auto", "single", "3x4" (rows by columns), or a file of boxes."""
    if text == AUTO:
        return None
    if text == "single":
        return Shape(text, ((Box(0, 0, 1, 1), "person"),))
    if found := re.fullmatch(r"([0-9]{1,4})[xX]([0-9]{1,4})", text):
        return _lattice(text, int(found[1]), int(found[2]))
    path = Path(text)
    if path.suffix.casefold() != ".json" and not _is_file(path):
        raise UsageError(
            f"--layout {text} is not auto, single, ROWSxCOLUMNS such as 3x4, or a file of boxes."
        )
    return _drawn(path)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # longer than a name may be
        return False


def _lattice(text: str, rows: int, columns: int) -> Shape:
    if not 1 <= rows * columns <= settings.MOST_TILES:
        raise UsageError(
            f"--layout {text} has {rows * columns} tiles; 1 to {settings.MOST_TILES} can be read."
        )
    wide, high = 1 / columns, 1 / rows
    boxes = [Box(c * wide, r * high, wide, high) for r in range(rows) for c in range(columns)]
    return Shape(text, tuple((box, "person") for box in boxes))


def _drawn(path: Path) -> Shape:
    """Boxes as `meetbot tiles --json` prints them: they hold from the first to the last minute."""
    try:
        document = json.loads(read_small(path, "layout").decode("utf-8"))
        wide, high = (float(side) for side in document["size"])
        layouts = document.get("layouts", [document])
        drawn = tuple(_tile(tile, wide, high) for tile in layouts[0]["tiles"])
    except (ArithmeticError, ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise InputError(
            f'{path} is no layout; it needs {{"size": [w, h], "tiles": [{{"box": [x, y, w, h]}}]}}, '
            'or {"size": [w, h], "layouts": [{"tiles": [...]}]} as `meetbot tiles --json` prints it, '
            "and all boxes inside the frame."
        ) from error
    if len(layouts) > 1:
        raise InputError(
            f"{path} has {len(layouts)} layouts, and a given one holds from the first to the last minute; "
            "leave the right one in it, or leave --layout out."
        )
    if not 1 <= len(drawn) <= settings.MOST_TILES:
        raise InputError(f"{path} has {len(drawn)} tiles; 1 to {settings.MOST_TILES} can be read.")
    return Shape(json.dumps([[*box, kind] for box, kind in drawn]), drawn)


def _tile(tile: Mapping[str, Any], wide: float, high: float) -> tuple[Box, SeatKind]:
    x, y, width, height = (float(side) for side in tile["box"])
    box = Box(x / wide, y / high, width / wide, height / high)
    inside = 0 <= box.x < 1 and 0 <= box.y < 1 and box.x + box.width < 1.1 and box.y + box.height < 1.1
    if not (inside and box.width > 0 and box.height > 0):
        raise ValueError("a box outside the frame")
    kind: SeatKind = "stage" if tile.get("kind") == "stage" else "person"
    return box, kind
