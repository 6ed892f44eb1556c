"""Tiles are found by their borders, whatever lies between them; a shared screen is one tile."""

from collections.abc import Sequence

import numpy as np
import pytest

from meetbot.gallery.view import View
from meetbot.types import Box, Face, Image, Picture
from tests.grids import DARK, LIGHT, agree, drawn, face_in, found, laid_out, overlap, written_on


@pytest.mark.parametrize("rows", [(2,), (2, 1), (2, 2), (3, 3, 2), (5, 5, 5, 5, 5), (7, 7, 7, 7, 7, 7, 7)])
@pytest.mark.parametrize("gap", [2, 10])
def test_grids_of_every_size_are_found(rows: tuple[int, ...], gap: int) -> None:
    places = laid_out(rows, gap)
    assert agree(found(drawn(places), [face_in(box) for box in places]), places)


def test_tiles_that_touch_are_told_apart_by_their_borders() -> None:
    places = laid_out((4, 4, 4, 4), 0)
    assert agree(found(drawn(places), [face_in(box) for box in places]), places)


@pytest.mark.parametrize("centred", [True, False])
def test_the_last_row_may_be_centred_or_begin_at_the_left(centred: bool) -> None:
    places = laid_out((4, 4, 3), 8, centred=centred)
    assert agree(found(drawn(places), [face_in(box) for box in places]), places)


def test_a_light_theme_is_as_good_as_a_dark_one() -> None:
    places = laid_out((3, 3, 3), 8)
    assert agree(found(drawn(places, LIGHT)), places)


def test_a_tile_without_a_face_is_kept() -> None:
    places = laid_out((3, 3), 8)
    assert agree(found(drawn(places), [face_in(places[0])]), places)


def test_a_camera_that_is_off_is_a_tile_and_said_to_be_off() -> None:
    places = laid_out((3, 3), 8)
    grid = found(drawn(places, off=(1, 5)), [face_in(box) for n, box in enumerate(places) if n not in (1, 5)])
    assert agree(grid, places)
    assert [cell.camera for cell in grid.cells] == ["on", "off", "on", "on", "on", "off"]


def test_a_camera_is_told_alike_when_a_layout_is_found_and_when_its_tiles_are_looked_at_again() -> None:
    places = laid_out((3, 3), 8)
    picture = drawn(places, off=(1, 5))
    rim = places[1]._replace(x=places[1].x - 0.49 * places[1].width)  # whose face is cut by the tile's border
    faces = [face_in(rim), *(face_in(box) for n, box in enumerate(places) if n not in (1, 5))]
    grid = found(picture, faces)
    view = View(0.0, grid, tuple(range(6)), (None,) * 6)
    assert agree(grid, places)
    assert view.seen_again(Picture(picture), faces) == grid


def test_a_tile_of_nearly_the_gaps_shade_is_kept() -> None:
    places = laid_out((4, 4, 4), 8)
    grid = found(drawn(places, off=(5, 7), off_shade=DARK + 6), [face_in(places[0])])
    assert agree(grid, places)


def test_a_panel_beside_the_tiles_is_no_tile() -> None:
    places = laid_out((2, 2), 8, (720, 540))
    picture = np.full((540, 960), 36, np.uint8)
    picture[:, :720] = drawn(places, size=(720, 540))
    for line in range(30, 500, 24):
        picture[line : line + 8, 740 : 800 + line % 90] = 200
    assert agree(found(picture, [face_in(box) for box in places]), places)


def with_stage(slide: Image, strip: Sequence[Box], stage: Box) -> Image:
    picture = drawn(strip)
    left, top, wide, high = (round(value) for value in stage)
    picture[top : top + high, left : left + wide] = slide[:high, :wide]
    return picture


STRIP = [Box(770, 8 + 105 * n, 176, 99) for n in range(5)]
STAGE = Box(10, 60, 752, 423)


def test_a_stage_is_found_beside_its_filmstrip() -> None:
    slide = np.full((423, 752), 250, np.uint8)
    for line in range(60, 380, 40):
        slide[line : line + 12, 60 : 400 + line] = 30
    grid = found(with_stage(slide, STRIP, STAGE), [face_in(box) for box in STRIP])
    stages = [cell for cell in grid.cells if cell.kind == "stage"]
    assert len(stages) == 1 and overlap(stages[0].box, STAGE) > 0.85
    assert len(grid.cells) == 6


def test_a_stage_full_of_faces_is_no_class() -> None:
    slide = np.full((423, 752), 250, np.uint8)
    photos = [Box(60 + 130 * column, 80 + 150 * row, 100, 100) for row in range(2) for column in range(5)]
    shown = drawn(photos, 250, size=(752, 423))
    slide[:] = shown
    inside = [Box(box.x + STAGE.x, box.y + STAGE.y, box.width, box.height) for box in photos]
    faces = [face_in(box) for box in (*STRIP, *inside)]
    grid = found(with_stage(slide, STRIP, STAGE), faces)
    assert sorted(cell.kind for cell in grid.cells) == ["person"] * 5 + ["stage"]


def test_a_large_face_beside_a_filmstrip_is_somebody_who_speaks() -> None:
    large = Box(10, 60, 752, 423)
    picture = drawn([*STRIP, large])
    grid = found(picture, [face_in(box) for box in (*STRIP, large)])
    assert [cell.kind for cell in grid.cells] == ["person"] * 6


def test_a_lone_lecturer_is_one_tile() -> None:
    whole = Box(0, 0, 960, 540)
    grid = found(drawn([whole]), [face_in(whole)])
    assert agree(grid, [whole])


def test_a_table_on_the_stage_is_no_class() -> None:
    slide = written_on(np.full((423, 752), 250, np.uint8))
    slide[::47], slide[:, ::94] = 180, 180
    grid = found(with_stage(slide, STRIP, STAGE), [face_in(box) for box in STRIP])
    assert sorted(cell.kind for cell in grid.cells) == ["person"] * 5 + ["stage"]


def test_a_filmstrip_without_gaps_is_found_beside_a_slide() -> None:
    strip = [Box(760, 10 + 104 * n, 186, 104) for n in range(5)]
    stage = Box(10, 60, 750, 422)
    picture = with_stage(written_on(np.full((422, 750), 250, np.uint8)), strip, stage)
    grid = found(picture, [face_in(box) for box in strip])
    assert agree(grid, [stage, *strip])


def test_a_small_picture_on_top_of_a_large_one_is_found() -> None:
    large, small = Box(8, 8, 944, 524), Box(736, 22, 200, 112)
    grid = found(drawn([large, small]), [face_in(large), face_in(small)])
    assert [cell.kind for cell in grid.cells] == ["person", "person"]
    assert any(overlap(cell.box, small) > 0.85 for cell in grid.cells)
    assert any(overlap(cell.box, large) > 0.85 for cell in grid.cells)


def test_a_camera_that_spans_four_places_is_one_tile() -> None:
    places = laid_out((4, 4, 4), 4)
    four = [places[n] for n in (0, 1, 4, 5)]
    large = Box(four[0].x, four[0].y, four[3].x + four[3].width - four[0].x, 2 * four[0].height + 4)
    shown = [large, *(box for box in places if box not in four)]
    grid = found(drawn(shown), [face_in(box) for box in shown])
    assert len(grid.cells) == 9
    assert overlap(grid.cells[0].box, large) > 0.85


def test_a_large_tile_without_a_camera_is_a_person_not_a_stage() -> None:
    grid = found(drawn([*STRIP, STAGE], off=(5,)), [face_in(box) for box in STRIP])
    large = max(grid.cells, key=lambda cell: cell.box.width)
    assert (large.kind, large.camera) == ("person", "off")


def test_a_face_that_a_tile_cuts_off_may_reach_into_the_tile_below() -> None:
    places = laid_out((2, 2), 8)
    faces = [face_in(box) for box in places]
    low = Box(faces[0].box.x, places[0].y + 0.75 * places[0].height, 90, 110)
    grid = found(drawn(places), [Face(low, faces[0].points, 0.9), *faces[1:]])
    assert agree(grid, places)


def test_furniture_behind_a_lecturer_is_no_filmstrip() -> None:
    whole = Box(0, 0, 960, 540)
    picture = drawn([whole])
    for shelf in (60, 180, 300, 420):
        picture[shelf : shelf + 8, :330] = 40
        for book in range(10, 310, 30):
            picture[shelf - 60 : shelf, book : book + 22] = 60 + 3 * (book + shelf) % 140
    grid = found(picture, [face_in(whole)])
    assert agree(grid, [whole])


@pytest.mark.parametrize("size", [(960, 540), (160, 90), (540, 960), (16, 16), (3, 3)])
def test_a_black_picture_is_one_tile_without_confidence(size: tuple[int, int]) -> None:
    grid = found(np.zeros((size[1], size[0]), np.uint8))
    assert (len(grid.cells), grid.confidence, grid.size) == (1, 0.0, size)


def test_boxes_are_in_pixels_of_the_frame_however_large_it_is() -> None:
    places = [Box(*(4 * value for value in box)) for box in laid_out((3, 3), 8)]
    grid = found(drawn(places, size=(3840, 2160)), [face_in(box) for box in places])
    assert grid.size == (3840, 2160)
    assert agree(grid, places)


def test_clear_borders_give_more_confidence_than_none() -> None:
    places = laid_out((3, 3, 3), 8)
    clear = found(drawn(places), [face_in(box) for box in places])
    noise = np.random.default_rng(1).integers(0, 255, (540, 960), np.uint8)
    assert clear.confidence > 0.7 > 0.3 > found(noise).confidence
