"""How much of one picture's layout is found, and in what time."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from time import process_time
from typing import Any

import cv2
import numpy as np

from benchmarks._bars import Bar, at_most, share_at_least
from meetbot.faces.find import FaceFinder
from meetbot.gallery.grid import Cell, find_grid
from meetbot.types import Face, Frame, Image, Picture
from tests.galleries import decoded, scene, truth
from tests.galleries.score import SAME_TILE, Shown, Tally, compare, pairs, shown
from tests.galleries.styles import UNSEEN_NAMES

FILMSTRIPS = ("right", "left", "top", "bottom")


@dataclass(frozen=True)
class Still:
    """One picture, and how well it was taken apart."""

    style: str
    size: tuple[int, int]
    kind: str
    gap: int
    tiles: int
    hard: frozenset[str]
    tally: Tally
    seconds: float
    cameras: dict[str, tuple[int, int]] = field(
        default_factory=dict
    )  # on, off: told right, of how many found

    @property
    def unseen(self) -> bool:
        """Whether its style is never met while building."""
        return self.style in UNSEEN_NAMES


def measure(seed: int) -> Still:
    """A made-up gallery, encoded, decoded and taken apart."""
    made = scene(seed)
    true = truth(made)["layouts"][0]
    cells, seconds = find(decoded(made))
    found = [Shown(cell.box, cell.kind) for cell in cells]
    return Still(
        made.style.name,
        made.size,
        true["kind"],
        made.shape.gap,
        len(true["tiles"]),
        made.hard,
        compare(found, shown(true)),
        seconds,
        cameras_told(cells, true["tiles"]),
    )


def cameras_told(cells: Sequence[Cell], tiles: Sequence[Mapping[str, Any]]) -> dict[str, tuple[int, int]]:
    """Of the people's tiles that were found, how often a camera that is on or off is told as that."""
    people = [cell for cell in cells if cell.kind == "person"]
    true = [tile for tile in tiles if tile["kind"] == "person"]
    matched = pairs([cell.box for cell in people], [tuple(tile["box"]) for tile in true], SAME_TILE)
    told = [(true[there]["camera"], people[here].camera) for here, there in matched.items()]
    return {
        state: (told.count((state, state)), sum(camera == state for camera, _ in told))
        for state in ("on", "off")
    }


def find(colours: Image) -> tuple[Sequence[Cell], float]:
    """The tiles of a picture, and the CPU seconds that they took once the faces were known."""
    luma = np.asarray(cv2.cvtColor(colours, cv2.COLOR_BGR2GRAY), np.uint8)
    picture = Picture(luma, lambda: colours)
    faces: Sequence[Face] = FaceFinder()(Frame(0.0, picture))
    start = process_time()
    grid = find_grid(picture, faces)
    seconds = process_time() - start
    return grid.cells, seconds


def tables(stills: Sequence[Still]) -> None:
    """Print the shares by style, size, layout and difficulty; unseen styles apart."""
    usual = [still for still in stills if not still.unseen]
    print(f"{'':24} {'pictures':>8} {'tiles':>6} {'precision':>9} {'recall':>7} {'whole':>6}")
    line("all known styles", usual)
    if unseen := [still for still in stills if still.unseen]:
        line("unseen styles", unseen)
    groups: dict[str, Callable[[Still], Iterable[str]]] = {
        "style": lambda still: [still.style],
        "height": lambda still: [f"{still.size[1]:4}p"],
        "layout": lambda still: [still.kind],
        "difficulty": lambda still: sorted(still.hard) or ["nothing hard"],
        "tiles": lambda still: [_range(still.tiles)],
    }
    for title, names in groups.items():
        print(title)
        pool = stills if title == "style" else usual
        for name in sorted({name for still in pool for name in names(still)}):
            line(f"  {name.strip()}", [still for still in pool if name in names(still)])

    for state in ("on", "off"):
        right, of = (sum(still.cameras.get(state, (0, 0))[part] for still in usual) for part in (0, 1))
        print(f"cameras {state}, told as that: {right} of {of}")


def bars(stills: Sequence[Still]) -> list[Bar]:
    """The promises about single pictures; unseen styles are in none of them."""
    usual = [still for still in stills if not still.unseen]
    every = total(usual)
    narrow = total(s for s in usual if s.style == "zoom" and s.gap <= 3)
    strips = total(s for s in usual if s.kind in FILMSTRIPS)
    few = total(s for s in usual if s.tiles <= 4)
    held = [
        share_at_least("tiles, precision", every.precision, 0.985, every.found),
        share_at_least("tiles, recall", every.recall, 0.975, every.true),
        share_at_least("whole layout right", every.right, 0.88, every.layouts),
        share_at_least("Zoom, gaps of 0-3 px, recall", narrow.recall, 0.95, narrow.true),
        share_at_least("stage and filmstrip, whole layout", strips.right, 0.85, strips.layouts),
        share_at_least("1 to 4 tiles, recall", few.recall, 0.95, few.true),
    ]
    if full := [1e3 * still.seconds for still in stills if still.size == (1920, 1080)]:
        held.append(at_most("one detection at 1080p", float(np.median(full)), 60, "CPU ms"))
    return held


def total(stills: Iterable[Still]) -> Tally:
    """The tallies of some pictures together."""
    return sum((still.tally for still in stills), Tally())


def line(name: str, stills: Sequence[Still]) -> None:
    """One line of the table."""
    sums = total(stills)
    print(
        f"{name:24} {sums.layouts:8} {sums.true:6} {sums.precision:9.3f} {sums.recall:7.3f} {sums.right:6.0%}"
    )


def _range(tiles: int) -> str:
    edges = (1, 2, 5, 10, 17, 26, 50)
    low = max(edge for edge in edges if edge <= tiles)
    high = min(edge for edge in edges if edge > tiles) - 1
    return f"{low:2}-{high}" if high > low else f"{low:2}"
