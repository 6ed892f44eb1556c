"""A run that carries on takes up the layout in which the one before stopped, with tiles that it hid."""

import pytest

from meetbot.gallery.grid import Cell, Grid
from meetbot.gallery.resumed import Resumed
from meetbot.types import Box, Layout, Place

SIZE = (300, 200)
LEFT, MIDDLE, RIGHT = (Box(100.0 * place, 50.0, 90.0, 90.0) for place in range(3))
PLACES = tuple(Place(seat, None, box, "person", "on") for seat, box in enumerate((LEFT, RIGHT), start=1))
KEPT = Layout(12.0, 40.0, SIZE, 0.8, PLACES)


def found(*boxes: Box) -> Grid:
    return Grid(SIZE, 1.0, tuple(Cell(box, "person", "on") for box in boxes))


def a_little_aside(box: Box) -> Box:
    return box._replace(x=box.x + 1)


def test_who_was_left_out_sits_beside_the_others_in_the_same_layout() -> None:
    grid = found(a_little_aside(LEFT), MIDDLE, a_little_aside(RIGHT))
    taken, start = Resumed(KEPT, whole=False).carried_on(grid, 40.0)
    assert (start, taken.confidence, [cell.box for cell in taken.cells]) == (12.0, 0.8, [LEFT, MIDDLE, RIGHT])


@pytest.mark.parametrize(
    ("boxes", "now", "whole"),
    [
        ((LEFT, MIDDLE, RIGHT), 41.0, False),  # whoever is new may be anybody
        ((LEFT, MIDDLE, RIGHT), 40.0, True),
        ((MIDDLE, RIGHT, Box(0.0, 150.0, 40.0, 40.0)), 40.0, False),
    ],
)
def test_another_layout_is_taken_as_it_is(boxes: tuple[Box, ...], now: float, whole: bool) -> None:
    grid = found(*boxes)
    assert Resumed(KEPT, whole).carried_on(grid, now) == (grid, now)
