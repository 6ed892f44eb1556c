"""The layout in force, and whether the same people still sit in it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from meetbot import settings
from meetbot.gallery.grid import Cell, Grid
from meetbot.gallery.looks import Look, edges, in_small, jumped, look, same_strokes, strokes
from meetbot.types import Box, Frame, Image, Layout, Picture, Place, Tile


@dataclass(frozen=True, slots=True)
class View:
    """Since when a layout stands, its cells, who sits in each, and how each looked."""

    start: float
    grid: Grid
    seats: tuple[int, ...]
    looks: tuple[Look | None, ...]  # None for the stage

    def doubtful(self, frame: Frame) -> list[int]:
        """The places where somebody else may sit now."""
        return [place for place, old in enumerate(self.looks) if old and self._changed(old, place, frame)]

    def layout(self, tiles: Sequence[Tile], now: float) -> Layout:
        """As it is stored, until now."""
        places = tuple(Place(tile.seat, tile.name, tile.box, tile.kind, tile.camera) for tile in tiles)
        return Layout(self.start, now, self.grid.size, self.grid.confidence, places)

    def _changed(self, old: Look, place: int, frame: Frame) -> bool:
        """Whether the label at a place or its whole scene is another."""
        luma = cut(frame.picture, self.grid.cells[place].box)
        agree = same_strokes(old.strokes, strokes(luma))
        if agree is not None and agree < settings.STROKES_SAME:
            return True
        return jumped(old.small, in_small(luma))


def people_in(grid: Grid) -> list[Cell]:
    """The cells that are somebody's."""
    return [cell for cell in grid.cells if cell.kind == "person"]


def places_of_people(grid: Grid) -> list[int]:
    """Which of a grid's cells are somebody's."""
    return [place for place, cell in enumerate(grid.cells) if cell.kind == "person"]


def same_cells(one: Grid, other: Grid) -> bool:
    """Whether two grids divide the frame alike, to a few pixels."""
    if one.size != other.size or len(one.cells) != len(other.cells):
        return False
    return all(
        here.kind == there.kind and np.abs(np.subtract(here.box, there.box)).max() <= settings.CELL_SLACK
        for here, there in zip(one.cells, other.cells, strict=True)
    )


def look_of(picture: Picture, cell: Cell) -> Look | None:
    """How a cell looks; the stage has no look."""
    return look(picture, cell.box, cell.camera) if cell.kind == "person" else None


def cut(picture: Picture, box: Box) -> Image:
    """A box's part of a picture's brightness."""
    x, y, right, bottom = edges(picture, box)
    return picture.luma[y:bottom, x:right]
