"""How the cost of a class grows with its tiles: galleries of 4 to 49 people at 1080p."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from benchmarks._bars import Bar, told
from benchmarks._class25 import cameras, compose, repeat

TILES = (4, 9, 16, 25, 36, 49)  # all cameras are on, and nobody leaves
LOOP = 40  # seconds that are really encoded of each
LENGTHS = (24.0, 120.0)  # the difference is what minutes cost, without a start and the search for a layout

Spent = Callable[[Path], float]  # CPU seconds that reading a recording takes


def galleries(folder: Path, media: Path | None) -> dict[int, list[Path]]:
    """For each number of tiles a short recording and a longer one; what lies there is used again."""
    made: dict[int, list[Path]] = {}
    for tiles in TILES:
        kind = f"{'clips' if media else 'portraits'}-{tiles}-tiles"
        loop = folder / f"{kind}-loop.mp4"
        made[tiles] = [folder / f"{kind}-{seconds:g}.mp4" for seconds in LENGTHS]
        if not loop.exists():
            compose(loop, cameras(media, tiles, stay=True), LOOP, off={})
        for path, seconds in zip(made[tiles], LENGTHS, strict=True):
            if not path.exists():
                repeat(loop, path, seconds)
    return made


def growth(recordings: dict[int, list[Path]], spent: Spent) -> list[Bar]:
    """What a minute costs with so many tiles, and the line that comes nearest."""
    ((shorter, longer),) = pairwise(LENGTHS)
    minute = [60 * (spent(long) - spent(short)) / (longer - shorter) for short, long in recordings.values()]
    return [
        *(
            told(f"a class-minute, {n} tiles at 1080p", f"{cost:.2f} CPU s")
            for n, cost in zip(recordings, minute, strict=True)
        ),
        *line(list(recordings), minute),
    ]


def line(tiles: Sequence[int], minute: Sequence[float]) -> list[Bar]:
    """Base and price of a tile."""
    each, base = np.polyfit(tiles, minute, 1)
    off = np.abs(base + each * np.array(tiles) - minute).max()
    return [
        told("of a class-minute, whatever the number of tiles", f"{base:.2f} CPU s"),
        told("of a class-minute, for each tile", f"{each:.3f} CPU s"),
        told("farthest from that line", f"{off:.2f} CPU s"),
    ]
