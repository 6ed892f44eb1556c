"""Points follow the head, even in a face that is small."""

import numpy as np
import pytest

from meetbot.faces.find import FaceFinder
from meetbot.faces.points import PointFinder
from meetbot.faces.pose import pose
from meetbot.types import Box, Face, Image, Point
from tests.portraits import frame, pasted, portrait, scaled, turned

MIDDLE = Point(50, 50)
SOMEWHERE = (MIDDLE, MIDDLE, MIDDLE, MIDDLE, MIDDLE)


@pytest.fixture(scope="module")
def place() -> PointFinder:
    return PointFinder()


def face_in(picture: Image) -> Face:
    (face,) = FaceFinder()(frame(picture))
    return face


@pytest.mark.parametrize("angle", [-20, 20])
@pytest.mark.parametrize(("name", "scale"), [("collins", 1.0), ("collins", 0.5), ("hopper", 0.4)])
def test_most_of_a_tilt_is_seen_in_a_small_face(
    place: PointFinder, name: str, scale: float, angle: float
) -> None:
    upright, tilted = scaled(portrait(name), scale), scaled(turned(portrait(name), angle), scale)
    before = pose(place(upright, face_in(upright)))[2]
    after = pose(place(tilted, face_in(tilted)))[2]
    far = pose(face_in(tilted).points)[2] - pose(face_in(upright).points)[2]
    assert 0.55 < (after - before) / angle < 1.3
    assert abs(after - before) > 1.5 * abs(far)  # what the finder itself makes of it


@pytest.mark.parametrize("height", [40, 80, 160, 320])
def test_a_faces_points_are_the_same_at_every_size(place: PointFinder, height: int) -> None:
    known = np.array(place(portrait("hopper"), face_in(portrait("hopper"))))
    scale = height / 211
    picture = scaled(portrait("hopper"), scale)
    points = np.array(place(picture, face_in(picture))) / scale
    assert np.abs(points - known).max() < 0.15 * np.linalg.norm(known[1] - known[0])


def test_the_picture_around_the_face_does_not_move_its_points(place: PointFinder) -> None:
    alone = portrait("collins")
    large = pasted((1920, 1080), (alone, 700, 300))
    face = face_in(alone)
    there = Face(Box(face.box.x + 700, face.box.y + 300, *face.box[2:]), SOMEWHERE, 0.9)
    moved = np.array(place(large, there)) - (700, 300)
    np.testing.assert_allclose(moved, np.array(place(alone, face)), atol=2)


def test_a_face_at_the_rim_keeps_its_points_in_the_frame(place: PointFinder) -> None:
    cut = np.ascontiguousarray(portrait("hopper")[130:, 190:])
    face = face_in(cut)
    points = np.array(place(cut, face))
    assert points.min() > -5
    assert points[:, 1].max() < face.box.height + 5


def test_where_the_closer_look_shows_no_face_the_points_stay(place: PointFinder) -> None:
    face = Face(Box(20, 20, 60, 80), SOMEWHERE, 0.8)
    assert place(np.full((120, 160), 128, np.uint8), face) == SOMEWHERE


def test_another_face_nearby_does_not_take_the_points_over(place: PointFinder) -> None:
    hopper = portrait("hopper")
    face = face_in(hopper)
    beside = Face(Box(face.box.x + 0.9 * face.box.width, *face.box[1:]), SOMEWHERE, 0.8)
    assert place(hopper, beside) == SOMEWHERE


@pytest.mark.parametrize("box", [Box(0, 0, 1, 1), Box(0, 0, 4, 3), Box(3, 3, 1, 1)])
def test_the_tiniest_faces_break_nothing(place: PointFinder, box: Box) -> None:
    assert place(np.full((4, 4), 9, np.uint8), Face(box, SOMEWHERE, 0.8)) == SOMEWHERE
