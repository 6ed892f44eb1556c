"""Points follow the head, even in a face that is small."""

import json
import shutil
from dataclasses import replace
from math import cos, radians, sin
from pathlib import Path

import numpy as np
import pytest

from meetbot.errors import ModelError
from meetbot.faces.align import TARGET
from meetbot.faces.classify import CARD as EMOTION_CARD
from meetbot.faces.classify import WEIGHTS as EMOTION_WEIGHTS
from meetbot.faces.detector import Detector
from meetbot.faces.find import FaceFinder
from meetbot.faces.points import (
    CARD,
    SIZE,
    WEIGHTS,
    PointFinder,
    Points,
    first_square,
    load_network,
    second_square,
)
from meetbot.faces.pose import pose
from meetbot.pipeline import Plan, analyze_recording
from meetbot.resources import resource
from meetbot.settings import FIND_SCORE
from meetbot.types import Box, Face, Image, Point
from tests.media import Video, steady, write_clip
from tests.portraits import frame, pasted, portrait, scaled, turned

MIDDLE = Point(50, 50)
SOMEWHERE = (MIDDLE, MIDDLE, MIDDLE, MIDDLE, MIDDLE)


@pytest.fixture(scope="module")
def place() -> PointFinder:
    return PointFinder()


def placed(place: PointFinder, luma: Image, face: Face) -> Points:
    """The points after both looks."""
    seen = place.first(luma, face.box)
    return place.upright(luma, replace(face, points=seen.points) if seen else face)


def face_in(picture: Image) -> Face:
    (face,) = FaceFinder()(frame(picture))
    return face


def detected(picture: Image) -> Face:
    (face,) = Detector(FIND_SCORE)(picture)
    return face


@pytest.mark.parametrize("angle", [-20, 20])
@pytest.mark.parametrize(("name", "scale"), [("collins", 1.0), ("collins", 0.5), ("hopper", 0.4)])
def test_most_of_a_tilt_is_seen_in_a_small_face(
    place: PointFinder, name: str, scale: float, angle: float
) -> None:
    upright, tilted = scaled(portrait(name), scale), scaled(turned(portrait(name), angle), scale)
    before = pose(placed(place, upright, face_in(upright)))[2]
    after = pose(placed(place, tilted, face_in(tilted)))[2]
    far = pose(detected(tilted).points)[2] - pose(detected(upright).points)[2]
    assert 0.55 < (after - before) / angle < 1.3
    assert abs(after - before) > 1.5 * abs(far)  # what the detector makes of it


@pytest.mark.parametrize("height", [40, 80, 160, 320])
def test_a_faces_points_are_the_same_at_every_size(place: PointFinder, height: int) -> None:
    known = np.array(placed(place, portrait("hopper"), face_in(portrait("hopper"))))
    scale = height / 211
    picture = scaled(portrait("hopper"), scale)
    points = np.array(placed(place, picture, face_in(picture))) / scale
    assert np.abs(points - known).max() < 0.15 * np.linalg.norm(known[1] - known[0])


def test_the_picture_around_the_face_does_not_move_its_points(place: PointFinder) -> None:
    alone = portrait("collins")
    large = pasted((1920, 1080), (alone, 700, 300))
    face = face_in(alone)
    there = Face(Box(face.box.x + 700, face.box.y + 300, *face.box[2:]), SOMEWHERE, 0.9)
    moved = np.array(placed(place, large, there)) - (700, 300)
    np.testing.assert_allclose(moved, np.array(placed(place, alone, face)), atol=2)


def test_a_face_at_the_rim_keeps_its_points_in_the_frame(place: PointFinder) -> None:
    cut = np.ascontiguousarray(portrait("hopper")[130:, 190:])
    face = face_in(cut)
    points = np.array(placed(place, cut, face))
    assert points.min() > -5
    assert points[:, 1].max() < face.box.height + 5


def test_where_the_closer_look_shows_no_face_the_points_stay(place: PointFinder) -> None:
    face = Face(Box(20, 20, 60, 80), SOMEWHERE, 0.8)
    assert placed(place, np.full((120, 160), 128, np.uint8), face) == SOMEWHERE


def test_another_face_nearby_does_not_take_the_points_over(place: PointFinder) -> None:
    hopper = portrait("hopper")
    face = face_in(hopper)
    beside = Face(Box(face.box.x + 0.9 * face.box.width, *face.box[1:]), SOMEWHERE, 0.8)
    assert placed(place, hopper, beside) == SOMEWHERE


@pytest.mark.parametrize("box", [Box(0, 0, 1, 1), Box(0, 0, 4, 3), Box(3, 3, 1, 1)])
def test_the_tiniest_faces_break_nothing(place: PointFinder, box: Box) -> None:
    assert placed(place, np.full((4, 4), 9, np.uint8), Face(box, SOMEWHERE, 0.8)) == SOMEWHERE


def test_the_same_face_gives_the_same_points_from_another_load(place: PointFinder) -> None:
    face = face_in(portrait("hopper"))
    assert placed(PointFinder(), portrait("hopper"), face) == placed(place, portrait("hopper"), face)


def test_a_found_box_may_be_off(place: PointFinder) -> None:
    hopper = portrait("hopper")
    face = face_in(hopper)
    known = np.array(placed(place, hopper, face))
    (x, y, width, height), eyes = face.box, np.linalg.norm(known[1] - known[0])
    for moved, larger in (((0.1, 0.0), 1.0), ((0.0, -0.1), 1.0), ((0.0, 0.0), 1.12), ((-0.07, 0.07), 0.9)):
        box = Box(x + moved[0] * width, y + moved[1] * height, width * larger, height * larger)
        there = np.array(placed(place, hopper, Face(box, SOMEWHERE, 0.9)))
        assert np.linalg.norm(there - known, axis=1).mean() < 0.08 * eyes


@pytest.mark.parametrize("angle", [-70, -20, 0, 35])
def test_the_second_square_turns_any_face_upright(angle: float) -> None:
    turn = np.array([[cos(radians(angle)), sin(radians(angle))], [-sin(radians(angle)), cos(radians(angle))]])
    places = TARGET @ turn * 3 + (200, 100)
    matrix = second_square([Point(*place) for place in places])
    seen = places @ matrix[:, :2].T + matrix[:, 2]
    middle = (SIZE - 1) / 2
    upright = (TARGET - middle) * (np.ptp(seen[:, 1]) / np.ptp(TARGET[:, 1])) + middle
    np.testing.assert_allclose(seen, upright, atol=0.01)


def test_the_first_square_has_the_middle_of_the_box_in_its_middle() -> None:
    matrix = first_square(Box(100, 50, 60, 80))
    np.testing.assert_allclose(matrix @ (130, 90, 1), [(SIZE - 1) / 2] * 2)


def broken(folder: Path, how: str) -> Path:
    """The shipped network, damaged."""
    for name in (WEIGHTS, CARD):
        shutil.copy(resource("models", name), folder)
    card = json.loads((folder / CARD).read_text())
    if how == "weights":
        (folder / WEIGHTS).write_bytes((folder / WEIGHTS).read_bytes()[:-1] + b"?")
    elif how == "missing":
        (folder / WEIGHTS).unlink()
    elif how == "another":  # a whole model with its card, which places no points
        shutil.copy(resource("models", EMOTION_WEIGHTS), folder / WEIGHTS)
        shutil.copy(resource("models", EMOTION_CARD), folder / CARD)
    else:
        card["outputs"]["points"] = "eye_x eye_y"
        (folder / CARD).write_text(json.dumps(card))
    return folder


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ("weights", "is not the one that points.json describes"),
        ("missing", "can't be read"),
        ("another", "is not that of a network for points"),
        ("outputs", "is not the one that its card describes"),
    ],
)
def test_a_damaged_network_is_refused(tmp_path: Path, how: str, message: str) -> None:
    with pytest.raises(ModelError, match=message):
        load_network(broken(tmp_path, how))


def test_a_network_that_cant_be_loaded_begins_no_lesson(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "models").mkdir()
    spoilt = broken(tmp_path / "models", "weights")
    monkeypatch.setattr("meetbot.networks.PointFinder", lambda: load_network(spoilt))
    write_clip(tmp_path / "class.mp4", Video(times=steady(2.0)))
    with pytest.raises(ModelError, match="install meetbot again"):
        analyze_recording(tmp_path / "class.mp4", Plan())
    assert not list(tmp_path.glob("*.meetbot"))
