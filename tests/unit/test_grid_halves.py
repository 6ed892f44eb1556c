"""Small tiles taken together are told by the gap through all of them; a slide is more than what is on it."""

import cv2
import numpy as np

from meetbot.gallery.evidence import Evidence
from meetbot.gallery.halves import halved, halves
from meetbot.gallery.lattice import Lattice, Tiling
from meetbot.types import Box, Image
from tests.galleries import decoded, scene, truth
from tests.grids import agree, drawn, face_in, found, overlap

LANES = [Box(40 + 74 * column, 8 + 43 * lane, 73, 42) for lane in range(2) for column in range(12)]


def together(picture: Image, lattice: Lattice) -> tuple[bool, bool]:
    """What is told of eight tiles beside each other."""
    tiles = lattice.slot(np.zeros(8), np.arange(8.0))
    return halves(Tiling(tiles, 0.0, lattice), Evidence(picture, []))


def test_two_lanes_taken_together_are_told_and_parted() -> None:
    lattice = Lattice(40, 8, 73, 85, 74, 86)
    assert together(drawn(LANES), lattice) == (False, True)
    lane = halved(lattice, False, True)
    assert lane == Lattice(40, 8, 73, 42, 74, 43)


def test_whole_tiles_and_the_boxes_of_names_are_not_parted() -> None:
    picture = drawn(LANES)
    for box in LANES:  # a name on a dark box begins in the middle of the tile
        left, top = round(box.x), round(box.y)
        picture[top + 21 : top + 33, left : left + 54] = 20
    assert together(picture, Lattice(40, 8, 73, 42, 74, 43)) == (False, False)


def test_tiles_too_small_to_be_any_are_not_made() -> None:
    assert halved(Lattice(0, 0, 60, 30, 61, 31), False, True) is None


def test_a_slide_on_paper_of_the_grounds_shade_is_more_than_the_picture_on_it() -> None:
    ground = 250
    strip = [Box(96 + 130 * column, 8, 124, 70) for column in range(6)]
    picture = drawn(strip, ground)
    stage = Box(88, 86, 784, 441)
    chart = np.full((240, 430), 120, np.uint8)
    chart[::48, ::2] = 200
    picture[187:427, 265:695] = chart
    picture[110:134, 130:420:8] = 30  # a heading
    grid = found(picture, [face_in(box) for box in strip])
    assert agree(grid, [*strip, grid.cells[-1].box])
    assert overlap(grid.cells[-1].box, stage) > 0.75


def test_rows_of_a_table_are_nobodys_tiles() -> None:
    made = scene(5944)  # a table under two cameras that are off, beside a panel
    grid = found(np.asarray(cv2.cvtColor(decoded(made), cv2.COLOR_BGR2GRAY), np.uint8))
    assert agree(grid, [Box(*tile["box"]) for tile in truth(made)["layouts"][0]["tiles"]])
