"""Frames that look like other layouts than they show: corners, shelves, panels, and no gallery at all."""

import numpy as np
import pytest

from meetbot.types import Box, Face, Image
from tests.grids import DARK, LIGHT, agree, drawn, face_in, found, laid_out, overlap, written_on

WHOLE = Box(0, 0, 960, 540)


def corner(right: bool, low: bool, wide: int, high: int, away: int = 14) -> Box:
    """A small picture as far off one rim as off the other."""
    return Box(away + right * (960 - wide - 2 * away), away + low * (540 - high - 2 * away), wide, high)


def on_top(under: Image, small: Box) -> Image:
    """A small picture on top of a large one."""
    left, top, wide, high = (round(side) for side in small)
    under[top : top + high, left : left + wide] = drawn([small])[top : top + high, left : left + wide]
    return under


def shelves(picture: Image) -> Image:
    """Rows of books behind somebody, each of another width, height and shade."""
    chance = np.random.default_rng(4)
    for shelf in range(90, 541, 140):
        picture[shelf - 90 : shelf] = 105
        picture[shelf : shelf + 10] = 35
        book = 0
        while book < 920:
            wide = int(chance.integers(18, 40))
            picture[shelf - chance.integers(45, 85) : shelf, book : book + wide] = chance.integers(50, 150)
            book += wide
    return picture


@pytest.mark.parametrize(
    ("right", "low", "wide", "high"),
    [(False, False, 190, 107), (True, False, 128, 199), (False, True, 160, 120), (True, True, 128, 199)],
)
def test_a_camera_in_any_corner_of_a_speaker_is_found(right: bool, low: bool, wide: int, high: int) -> None:
    small = corner(right, low, wide, high)
    grid = found(on_top(drawn([WHOLE]), small), [face_in(WHOLE), face_in(small)])
    assert sorted(cell.kind for cell in grid.cells) == ["person", "person"]
    assert max(overlap(cell.box, small) for cell in grid.cells) > 0.85


def test_a_camera_in_the_corner_of_a_slide_with_bars_beside_it() -> None:
    stage, small = Box(120, 0, 720, 540), corner(True, True, 170, 96)
    picture = np.full((540, 960), DARK, np.uint8)
    picture[:, 120:840] = written_on(np.full((540, 720), 250, np.uint8))
    grid = found(on_top(picture, small), [face_in(small)])
    kinds = {cell.kind: cell.box for cell in grid.cells}
    assert len(grid.cells) == 2
    assert overlap(kinds["stage"], stage) > 0.85 and overlap(kinds["person"], small) > 0.85


def test_books_behind_a_lecturer_are_no_class() -> None:
    lecturer = drawn([WHOLE])
    picture = shelves(lecturer.copy())
    picture[80:, 330:630] = lecturer[80:, 330:630]
    assert agree(found(picture, [face_in(WHOLE)]), [WHOLE])


def test_tiles_do_not_begin_with_the_empty_ground_above_them() -> None:
    places = [Box(4, 110, 372, 280), Box(378, 110, 372, 280)]
    picture = drawn(places, LIGHT)
    picture[:, 754:] = LIGHT - 12
    for line in range(30, 500, 24):
        picture[line : line + 8, 775 : 830 + line % 90] = 30
    assert agree(found(picture, [face_in(box) for box in places]), places)


@pytest.mark.parametrize("size", [(540, 960), (160, 90), (90, 160)])
def test_a_vertical_or_a_tiny_video_of_one_person_is_one_tile(size: tuple[int, int]) -> None:
    whole = Box(0, 0, *size)
    assert agree(found(drawn([whole], size=size), [face_in(whole)]), [whole])


def test_tiles_in_a_tiny_video_are_found() -> None:
    places = laid_out((2, 2), 3, (160, 90))
    assert agree(found(drawn(places, size=(160, 90)), [face_in(box) for box in places]), places)


def test_a_video_wall_behind_one_of_them_is_no_class() -> None:
    places = laid_out((2, 2), 8)
    picture = drawn(places)
    left, top = round(places[1].x), round(places[1].y)
    for x, y in ((40, 30), (170, 30), (300, 30), (40, 130), (300, 130)):
        picture[top + y : top + y + 70, left + x : left + x + 110] = 30
        picture[top + y + 5 : top + y + 65, left + x + 5 : left + x + 105] = 200 - x // 3
    assert agree(found(picture, [face_in(box) for box in places]), places)


def test_a_screen_full_of_face_pictures_beside_one_camera_is_a_stage() -> None:
    small, stage = Box(770, 220, 176, 99), Box(10, 60, 752, 423)
    photos = [Box(80 + 130 * column, 150 + 150 * row, 100, 100) for row in range(2) for column in range(5)]
    picture = drawn([small])
    picture[60:483, 10:762] = 250
    for box in photos:
        picture[int(box.y) : int(box.y) + 100, int(box.x) : int(box.x) + 100] = drawn([box])[
            int(box.y) : int(box.y) + 100, int(box.x) : int(box.x) + 100
        ]
    faces: list[Face] = [face_in(box) for box in (small, *photos)]
    grid = found(picture, faces)
    assert sorted(cell.kind for cell in grid.cells) == ["person", "stage"]
    assert max(overlap(cell.box, stage) for cell in grid.cells) > 0.85


def test_noise_is_no_gallery() -> None:
    noise = np.random.default_rng(2).integers(0, 255, (540, 960), np.uint8)
    assert found(noise).confidence < 0.3
