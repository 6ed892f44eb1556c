"""A made-up gallery that a splitter looks at: who is in which tile, and what each sense would say."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from meetbot.gallery.follow import FaceFollower
from meetbot.gallery.grid import Cell, Grid
from meetbot.gallery.labels import Label
from meetbot.gallery.naming import Naming
from meetbot.gallery.reflow import Flow
from meetbot.gallery.senses import Senses
from meetbot.gallery.split import GallerySplitter
from meetbot.roster import Entry
from meetbot.types import Box, Camera, Event, Face, Frame, Image, Layout, Picture, Point, Still, Tile
from tests.labelled import Writing, labelled

WIDE, HIGH = 326, 186
NAMES = ("Ada Lovelace", "Lise Meitner", "Katherine Johnson", "Emmy Noether", "Mary Ross", "Hedy Lamarr")
STAGE = -1


@dataclass
class Show:
    """What the fake gallery shows: people by number, in columns, and what each sense would say."""

    people: list[int]
    columns: int = 3
    off: set[int] = field(default_factory=set)
    flow: Flow = "same"
    speaking: int | None = None
    found: int = 0  # times that a layout was looked for
    read: int = 0  # labels read
    slide: int = 0
    missed: set[int] = field(default_factory=set)  # whose tiles are not found
    sure: float = 0.9  # that the layout is right
    presenter: int | None = None  # whose name stands on the stage
    gone: set[int] = field(default_factory=set)  # who left the picture; the name stays
    boxed: bool = False  # whether all borders are plain to see
    shifted: int = 0  # pixels by which the tiles' upper left corners are found elsewhere

    def boxes(self) -> list[Box]:
        return [
            Box(n % self.columns * WIDE, n // self.columns * HIGH, WIDE - 6, HIGH - 6)
            for n in range(len(self.people))
        ]

    def picture(self) -> Picture:
        luma = np.zeros((HIGH * 3, WIDE * 3), np.uint8)
        for who, box in zip(self.people, self.boxes(), strict=True):
            x, y = int(box.x), int(box.y)
            tile = self._tile(who)
            luma[y : y + tile.shape[0], x : x + tile.shape[1]] = tile
        return Picture(luma)

    def _tile(self, who: int) -> Image:
        if who == STAGE:
            owner = "" if self.presenter is None else f"{NAMES[self.presenter]} is presenting"
            return labelled(owner, Writing(), 50 + self.slide, (WIDE - 6, HIGH - 6))
        if who in self.off:
            return np.full((HIGH - 6, WIDE - 6), 50, np.uint8)
        tile = labelled(NAMES[who], Writing(), who, (WIDE - 6, HIGH - 6)).copy()
        if who in self.gone:
            tile[: HIGH - 40] = np.linspace(0, 255, WIDE - 6)
        return tile

    def find(self, picture: Picture, faces: Sequence[Face]) -> Grid:
        self.found += 1
        cells = [
            Cell(self._found_at(box), "stage" if who == STAGE else "person", self._camera(who))
            for who, box in zip(self.people, self.boxes(), strict=True)
            if who not in self.missed
        ]
        return Grid((picture.width, picture.height), self.sure, tuple(cells))

    def _found_at(self, box: Box) -> Box:
        by = self.shifted
        return Box(box.x + by, box.y + by, box.width - by, box.height - by)

    def _camera(self, who: int) -> Camera:
        return "off" if who in self.off else "on"

    def watch(self, grid: Grid) -> "Show":
        return self

    def look(self, luma: Image) -> Flow:
        return self.flow

    def holds(self, places: Sequence[int]) -> bool:
        return self.boxed

    def speakers(self, picture: Picture, grid: Grid) -> list[bool | None]:
        people = self.people[: len(grid.cells)]
        return [None if self.speaking is None else who == self.speaking for who in people]

    def labels(self, cells: Sequence[Sequence[Image]]) -> list[Label | None]:
        """Reads a name by comparing the cell with everybody's."""
        self.read += len(cells)
        known = [who for who in range(len(NAMES)) if who not in self.off]
        texts: list[Label | None] = []
        for samples in cells:
            if self.presenter is not None and (samples[0] == self._tile(STAGE)[: len(samples[0])]).all():
                texts.append(Label(f"{NAMES[self.presenter]} is presenting", 0.9))
                continue
            wrong = [
                float(np.abs(samples[0].astype(int) - self._tile(who)[: samples[0].shape[0]]).mean())
                for who in known
            ]
            texts.append(Label(NAMES[known[int(np.argmin(wrong))]], 0.9) if min(wrong) < 5 else None)
        return texts


class Lesson:
    """A splitter that looks at a show `every` so many seconds."""

    every = 1.0

    def __init__(self, show: Show, *, names: bool = False, entries: Sequence[Entry] = ()) -> None:
        self.show, self.time = show, -1.0
        naming = Naming(show.labels if names else None, entries)
        senses = Senses(show.find, show.watch, show.speakers)
        self.split = GallerySplitter(senses, follow=FaceFollower(), naming=naming)
        self.news: list[Event | Layout] = []

    def look(self, *faces: Face, flow: Flow = "same") -> Sequence[Tile] | None:
        self.time += self.every
        self.show.flow = flow
        tiles = self.split(Frame(self.time, self.show.picture()), faces)
        self.news = [one for one in self.split.take_news() if not isinstance(one, Still)]
        return tiles

    def seats(self, *faces: Face, flow: Flow = "same") -> list[int]:
        return [tile.seat for tile in self.look(*faces, flow=flow) or ()]

    def kinds(self) -> list[str]:
        return [item.kind for item in self.news if isinstance(item, Event)]


def face(x: float, y: float, size: float = 60) -> Face:
    return Face(Box(x - size / 2, y - size / 2, size, size), (Point(x, y),) * 5, 0.9)
