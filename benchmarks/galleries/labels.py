"""How many Latin names are read right off their labels, once they are held against the class list."""

from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np

from benchmarks._bars import Bar, share_at_least
from meetbot.gallery.labels import LabelReader
from meetbot.gallery.names import match, name_in
from meetbot.gallery.naming import as_read
from meetbot.roster import Entry
from meetbot.types import Image
from tests.galleries import decoded, scene, truth
from tests.galleries.names import draw_names
from tests.galleries.styles import UNSEEN_NAMES
from tests.galleries.text import alphabet_of

_ABSENT = 10  # people on the class list who are not in the lesson
_SAMPLES = 3
CLEAR = 12  # pixels of letters from which names must be right
_EDGES = (8, 10, 12, 14, 17, 40)  # pixels of a label's letters


class Named(NamedTuple):
    """One label: how large, whether all of it is shown, and what it was taken for."""

    letters: int
    whole: bool
    style: str
    exact: bool  # as read, without a class list
    shown: bool  # as read, where there is no class list; else the seat has a number
    latin: bool
    matched: str  # "right", "wrong" or "none"

    @property
    def unseen(self) -> bool:
        """Whether its style is never met while building."""
        return self.style in UNSEEN_NAMES


def measure(seed: int) -> list[Named]:
    """Every label of a made-up gallery, cut at the true tiles."""
    made = scene(seed)
    layout = truth(made)["layouts"][0]
    tiles = [tile for tile in layout["tiles"] if tile.get("label")]
    pictures = [_grey(decoded(made, 1.0 + step)) for step in range(_SAMPLES)]
    found = _reader().read_all(_cells(pictures, tiles))
    read = [name_in(label.text) if label else None for label in found]
    absent = draw_names(_ABSENT, np.random.default_rng([seed, 5]))
    present = [person.name for person in made.people]
    entries = [Entry(name) for name in (*present, *(name for name in absent if name not in present))]
    return [
        Named(
            made.look.letters,
            not tile["label"].endswith("\N{HORIZONTAL ELLIPSIS}"),
            made.style.name,
            name == tile["name"],
            as_read(label) is not None,
            alphabet_of(tile["name"]) == "latin",
            "none" if entry is None else "right" if entry.name == tile["name"] else "wrong",
        )
        for tile, label, name, entry in zip(tiles, found, read, match(read, entries), strict=True)
    ]


def bars(named: Sequence[Named]) -> list[Bar]:
    """The promise about names: labels of known styles that show all of it, in letters that can be read."""
    usual = [label for label in named if label.latin and not label.unseen]
    clear = [label for label in usual if label.whole and label.letters >= CLEAR]
    right = sum(label.matched == "right" for label in clear)
    share = right / len(clear) if clear else 0.0
    return [share_at_least("Latin names, 12 px and up, matched", share, 0.97, len(clear))]


def table(named: Sequence[Named]) -> None:
    """Print the shares by size of letters and by style, and what is shown where there is no class list."""
    given, named = named, [label for label in named if label.latin]
    print(f"{'':32} {'labels':>6} {'as read':>8} {'matched':>8} {'wrong':>6}")
    whole = [label for label in named if label.whole]
    usual = [label for label in whole if not label.unseen]
    for low, high in pairwise(_EDGES):
        _line(f"  letters of {low}-{high - 1} px", [one for one in usual if low <= one.letters < high])
    _line("  unseen styles, 12 px and up", [one for one in whole if one.unseen and one.letters >= CLEAR])
    for style in sorted({label.style for label in named}):
        _line(f"  {style}, 12 px and up", [o for o in whole if o.style == style and o.letters >= CLEAR])
    _line("  cut short, 12 px and up", [one for one in named if not one.whole and one.letters >= CLEAR])
    for name, some in (("Latin", named), ("other", [label for label in given if not label.latin])):
        shown = sum(label.shown for label in some)
        print(f"without a class list, {shown} of {len(some)} labels in {name} letters are shown as read")


def _line(name: str, labels: Sequence[Named]) -> None:
    if labels:
        counts, count = Counter(label.matched for label in labels), len(labels)
        exact = sum(label.exact for label in labels) / count
        print(
            f"{name:32} {count:6} {exact:8.1%} {counts['right'] / count:8.1%} {counts['wrong'] / count:6.1%}"
        )


@cache
def _reader() -> LabelReader:
    return LabelReader()


def _cells(pictures: Sequence[Image], tiles: Sequence[dict[str, list[int]]]) -> list[list[Image]]:
    boxes = [tile["box"] for tile in tiles]
    return [[picture[y : y + h, x : x + w] for picture in pictures] for x, y, w, h in boxes]


def _grey(colours: Image) -> Image:
    return np.asarray(cv2.cvtColor(colours, cv2.COLOR_BGR2GRAY), np.uint8)
