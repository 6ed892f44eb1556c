"""A layout that the user gives, and how a found one is drawn."""

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from meetbot.errors import InputError, UsageError
from meetbot.gallery.drawing import drawn
from meetbot.gallery.fixed import Shape, Unmoved, shape_named
from meetbot.types import Box, Face, Layout, Picture, Place, Point
from tests.labelled import Writing, labelled

FRAME = Picture(np.tile(labelled("", Writing(), 1, (320, 180)), (3, 2)))  # 640 x 540


def shape(text: str) -> Shape:
    found = shape_named(text)
    assert found
    return found


def written(tmp_path: Path, document: object) -> str:
    path = tmp_path / "boxes.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return str(path)


def test_auto_is_no_layout() -> None:
    assert shape_named("auto") is None


def test_single_is_the_whole_frame() -> None:
    grid = shape("single").find(FRAME, [])
    assert (grid.size, grid.confidence) == ((640, 540), 1.0)
    assert [(cell.box, cell.kind) for cell in grid.cells] == [(Box(0, 0, 640, 540), "person")]


def test_rows_by_columns_divide_the_frame_evenly_in_reading_order() -> None:
    cells = shape("3x2").find(FRAME, []).cells
    assert len(cells) == 6
    assert cells[1].box == pytest.approx((320, 0, 320, 180))
    assert cells[2].box == pytest.approx((0, 180, 320, 180))


def test_a_flat_tile_without_a_face_has_its_camera_off() -> None:
    luma = FRAME.luma.copy()
    luma[:180] = 60
    face = Face(Box(400, 50, 60, 60), (Point(430, 80),) * 5, 0.9)
    cameras = [cell.camera for cell in shape("3x2").find(Picture(luma), [face]).cells]
    assert cameras == ["off", "on", "on", "on", "on", "on"]


def test_boxes_in_a_file_fit_any_frame_size(tmp_path: Path) -> None:
    tiles = [{"box": [0, 0, 160, 270]}, {"box": [160, 0, 160, 270], "kind": "stage"}]
    cells = shape(written(tmp_path, {"size": [320, 270], "tiles": tiles})).find(FRAME, []).cells
    assert [(cell.box, cell.kind) for cell in cells] == [
        (Box(0, 0, 320, 540), "person"),
        (Box(320, 0, 320, 540), "stage"),
    ]


def test_what_tiles_prints_is_a_layout(tmp_path: Path) -> None:
    layouts = [{"from": 0, "to": 9, "confidence": 1, "tiles": [{"box": [64, 54, 64, 54], "kind": "person"}]}]
    cells = shape(written(tmp_path, {"size": [640, 540], "layouts": layouts})).find(FRAME, []).cells
    assert [cell.box for cell in cells] == [pytest.approx(Box(64, 54, 64, 54))]


def test_a_files_boxes_are_remembered_not_its_name(tmp_path: Path) -> None:
    one = written(tmp_path, {"size": [10, 10], "tiles": [{"box": [0, 0, 5, 5]}]})
    text = shape(one).text
    assert "boxes.json" not in text and text == shape(one).text
    assert text != shape(written(tmp_path, {"size": [10, 10], "tiles": [{"box": [0, 0, 6, 5]}]})).text


@pytest.mark.parametrize("text", ["3*4", "grid", "x", "0x4", "40x40", ""])
def test_other_words_are_refused(text: str) -> None:
    with pytest.raises(UsageError, match="--layout"):
        shape_named(text)


@pytest.mark.parametrize(
    "document",
    [
        [],
        {"size": [10, 10]},
        {"size": [10, 10], "tiles": []},
        {"size": [0, 0], "tiles": [{"box": [0, 0, 1, 1]}]},
        {"size": [10, 10], "tiles": [{"box": [0, 0, -1, 1]}]},
        {"size": [10, 10], "tiles": [{"box": [20, 0, 1, 1]}]},
        {"size": [10, 10], "tiles": [{"box": [0, 0, 1]}]},
        {"size": [10, 10], "tiles": ["a"]},
        {"size": [10, 10], "tiles": [{"box": [0, 0, float("nan"), 1]}]},
        {"size": [10, 10], "layouts": []},
    ],
)
def test_a_file_that_is_no_layout_is_refused(tmp_path: Path, document: object) -> None:
    with pytest.raises(InputError, match=r"boxes\.json"):
        shape_named(written(tmp_path, document))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.json can't be read"):
        shape_named(str(tmp_path / "none.json"))


def test_a_given_layout_always_holds() -> None:
    assert Unmoved().look(FRAME.luma) == "same"


def test_a_layout_is_drawn_where_it_was_found() -> None:
    places = (
        Place(1, "Ada", Box(0, 0, 320, 270), "person", "on"),
        Place(2, None, Box(320, 0, 320, 270), "person", "off"),
        Place(0, None, Box(0, 270, 640, 270), "stage", "on"),
    )
    picture = cv2.imdecode(np.frombuffer(drawn(FRAME, Layout(0, 1, (640, 540), 1.0, places)), np.uint8), 1)
    assert picture is not None and picture.shape == (540, 640, 3)
    assert [picture[y, x].tolist() for y, x in ((150, 0), (150, 639), (400, 0))] == [
        [0, 200, 0],
        [160, 160, 160],
        [0, 140, 255],
    ]
    assert picture[100, 100].tolist() == [int(FRAME.luma[100, 100])] * 3


def test_a_layout_of_another_size_is_scaled_to_the_still() -> None:
    place = Place(1, None, Box(160, 135, 80, 67), "person", "on")
    picture = cv2.imdecode(np.frombuffer(drawn(FRAME, Layout(0, 1, (320, 270), 1.0, (place,))), np.uint8), 1)
    assert picture is not None and picture[300, 320].tolist() == [0, 200, 0]


def test_of_several_layouts_none_is_chosen_for_the_user(tmp_path: Path) -> None:
    one = {"tiles": [{"box": [0, 0, 5, 5]}]}
    with pytest.raises(InputError, match="has 2 layouts"):
        shape_named(written(tmp_path, {"size": [10, 10], "layouts": [one, one]}))


@pytest.mark.parametrize(("text", "whole"), [("single", True), ("1x1", True), ("1x2", False), ("2x1", False)])
def test_a_layout_of_one_tile_is_whole(text: str, whole: bool) -> None:
    assert shape(text).is_whole is whole
