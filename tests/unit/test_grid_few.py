"""Frames with one to four tiles: a small one on top of a large one, and few beside a large one."""

import numpy as np
import pytest

from meetbot.gallery.evidence import Evidence
from meetbot.gallery.hollow import hollow, overlong
from meetbot.gallery.large import strongest
from meetbot.types import Box, Image
from tests.grids import DARK, agree, drawn, face_in, found, overlap, written_on

WHOLE = Box(0, 0, 960, 540)


def put(under: Image, small: Box, number: int = 1) -> Image:
    """Somebody's small picture on top of a large one."""
    left, top, wide, high = (round(side) for side in small)
    under[top : top + high, left : left + wide] = drawn([WHOLE] * number + [small])[
        top : top + high, left : left + wide
    ]
    return under


def slide(stage: Box, paper: int = 250) -> Image:
    """A written slide somewhere on dark ground."""
    picture = np.full((540, 960), DARK, np.uint8)
    left, top, wide, high = (round(side) for side in stage)
    picture[top : top + high, left : left + wide] = written_on(np.full((high, wide), paper, np.uint8))
    return picture


@pytest.mark.parametrize(("left", "top"), [(14, 14), (776, 14), (14, 433), (776, 433)])
def test_a_small_picture_without_a_face_is_found_on_a_speaker(left: int, top: int) -> None:
    small = Box(left, top, 170, 93)
    grid = found(put(drawn([WHOLE]), small), [face_in(WHOLE)])
    assert len(grid.cells) == 2
    assert max(overlap(cell.box, small) for cell in grid.cells) > 0.85


def test_a_small_picture_without_a_face_is_found_on_a_slide() -> None:
    small, stage = Box(776, 433, 170, 93), Box(120, 0, 720, 540)
    grid = found(put(slide(stage), small))
    kinds = {cell.kind: cell.box for cell in grid.cells}
    assert len(grid.cells) == 2
    assert overlap(kinds["stage"], stage) > 0.85 and overlap(kinds["person"], small) > 0.85


def test_paper_in_the_corner_of_a_slide_is_nobody() -> None:
    picture = slide(WHOLE)
    picture[433:526, 776:946] = 120
    assert [cell.kind for cell in found(picture).cells] == ["person"]  # one picture alone is one tile


def test_a_narrow_speaker_beside_one_narrow_tile() -> None:
    large, small = Box(200, 10, 334, 520), Box(800, 150, 154, 240)
    grid = found(drawn([large, small]), [face_in(large), face_in(small)])
    assert agree(grid, [large, small])


def test_one_broad_line_is_not_taken_for_several() -> None:
    assert strongest(np.array([0.0, 0.9, 1.0, 0.9, 0.0, 0.0, 0.5, 0.2]), 3) == [2, 6]


def test_a_small_picture_is_known_though_the_gallery_has_a_margin_on_one_side_only() -> None:
    stage, small = Box(12, 6, 936, 528), Box(772, 432, 164, 92)
    picture = slide(stage)
    for bar, height in enumerate((300, 180, 420, 240)):
        picture[500 - height : 500, 60 + 160 * bar : 180 + 160 * bar] = 110
    picture[100:534, 640:700] = 110
    grid = found(put(picture, small), [face_in(small)])
    assert len(grid.cells) == 2
    assert max(overlap(cell.box, small) for cell in grid.cells) > 0.85


def empty_room(box: Box, named: bool) -> Image:
    """A room of many shades in which nobody sits, beside one tile; perhaps with a name in its lower left."""
    picture = drawn([box])
    left, top, wide, high = (round(side) for side in box)
    picture[top : top + high, left : left + wide] = np.linspace(60, 200, wide).astype(np.uint8)
    for letter in range(12 * named):
        x, y = left + 12 + 9 * letter, top + high - 20
        picture[y : y + 11, x : x + 2] = picture[y : y + 2, x : x + 6] = 255
    return picture


@pytest.mark.parametrize(("named", "kind"), [(True, "person"), (False, "stage")])
def test_an_empty_room_with_a_name_is_somebodys_camera_and_a_photo_is_shared(named: bool, kind: str) -> None:
    large, small = Box(10, 80, 760, 428), Box(782, 80, 168, 94)
    picture = empty_room(large, named)
    picture[80:174, 782:950] = drawn([small])[80:174, 782:950]
    grid = found(picture, [face_in(small)])
    assert [cell.kind for cell in grid.cells] == [kind, "person"]


def test_a_small_picture_without_a_face_may_stand_well_off_the_rim() -> None:
    small = Box(30, 30, 190, 107)
    grid = found(put(drawn([WHOLE]), small), [face_in(WHOLE)])
    assert max(overlap(cell.box, small) for cell in grid.cells) > 0.85


def test_a_small_picture_without_a_face_is_found_on_a_slide_full_of_faces() -> None:
    stage, small = Box(12, 6, 936, 528), Box(22, 419, 176, 99)
    photos = [Box(70 + 150 * column, 90 + 150 * row, 96, 110) for row in range(3) for column in range(5)]
    picture = slide(stage, paper=30)
    picture[6:534, 12:948] = 30
    for photo in photos:
        put(picture, photo)
    grid = found(put(picture, small), [face_in(photo) for photo in photos[:10] + photos[11:]])
    assert len(grid.cells) == 2
    assert max(overlap(cell.box, small) for cell in grid.cells) > 0.85


def test_ground_of_nearly_the_shade_that_is_known_is_ground() -> None:
    picture = np.full((540, 960), 21, np.uint8)
    picture[300:400, 800:930] = drawn([Box(800, 300, 130, 100)])[300:400, 800:930]
    box = np.array([[800.0, 100, 930, 400]])
    sides = hollow(box, (25, 90), Evidence(picture, ()))
    assert sides[0].tolist() == [False, False, True, False]


def test_small_tiles_with_names_below_a_speaker_are_people_though_no_face_is_found_in_them() -> None:
    large, small = Box(140, 10, 676, 380), [Box(270 + 142 * n, 394, 138, 78) for n in range(3)]
    picture = drawn([large, *small])
    picture[480:] = 60  # a bar, as wide as the frame
    for box in (large, *small):
        for letter in range(10):
            x, y = int(box.x) + 6 + 7 * letter, int(box.y + box.height) - 16
            picture[y : y + 10, x : x + 2] = picture[y : y + 2, x : x + 5] = 255
    grid = found(picture, [face_in(large)])
    assert agree(grid, [large, *small])


def test_one_box_that_goes_on_below_its_picture_over_narrower_ones_is_none() -> None:
    large, small = Box(140, 10, 676, 380), Box(400, 394, 138, 78)
    evidence = Evidence(drawn([large, small]), ())
    assert overlong(np.array([[140.0, 10, 816, 480]]), evidence)
    assert not overlong(np.array([[140.0, 10, 816, 390]]), evidence)


def test_a_part_of_a_speakers_room_with_the_name_is_no_tile_of_its_own() -> None:
    picture = drawn([WHOLE])
    picture[:, 330:332] = 20  # a door
    for letter in range(10):
        picture[516:526, 8 + 7 * letter : 10 + 7 * letter] = 255
        picture[516:518, 8 + 7 * letter : 13 + 7 * letter] = 255
    assert len(found(picture, [face_in(WHOLE)]).cells) == 1


@pytest.mark.parametrize("large", [Box(120, 0, 720, 540), Box(12, 12, 936, 470)])
def test_a_small_picture_is_found_in_the_corner_of_one_that_leaves_a_margin_of_the_frame(large: Box) -> None:
    small = Box(large.x + large.width - 182, large.y + large.height - 112, 170, 100)
    picture = put(drawn([large], ground=8), small)
    grid = found(picture, [face_in(large), face_in(small)])
    assert agree(grid, [large, small])
