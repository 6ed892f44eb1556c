"""The layout in which an interrupted run stopped, where the next one carries on."""

from typing import NamedTuple

from meetbot.gallery.grid import Cell, Grid
from meetbot.gallery.view import same_cell, same_cells
from meetbot.types import Layout

SAME_INSTANT = 1e-3  # seconds: lessons keep times to the millisecond


class Resumed(NamedTuple):
    """Such a layout, as its lesson has it."""

    layout: Layout
    whole: bool = True  # False: tiles of people who are left out are not in it

    def carried_on(self, grid: Grid, now: float) -> tuple[Grid, float]:
        """The layout and its start; those of the interrupted run where they still hold.

        What it found in this very frame is taken over its own finding, which may be a few pixels elsewhere.
        """
        old = self.layout
        cells = tuple(Cell(place.box, place.kind, place.camera) for place in old.tiles)
        before = Grid(old.size, old.confidence, cells)
        if same_cells(before, grid):
            return before, old.start
        if abs(old.end - now) < SAME_INSTANT and old.size == grid.size:
            kinds, found = (sorted(cell.kind for cell in one.cells) for one in (before, grid))
            if len(kinds) > 1 and kinds == found:
                return before, old.start
            whole = None if self.whole else _beside(before, grid)
            if whole:
                return whole, old.start
        return grid, now


def _beside(before: Grid, found: Grid) -> Grid | None:
    """A layout, with the cells beside it that were found; None where one of its own was not."""
    own = list(before.cells)
    cells = [own.pop(0) if own and same_cell(own[0], cell) else cell for cell in found.cells]
    return None if own else Grid(before.size, before.confidence, tuple(cells))
