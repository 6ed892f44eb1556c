"""A known face is followed by its points, and where that is doubtful the detector is asked."""

import numpy as np
import pytest

from meetbot.faces.find import FaceFinder
from meetbot.faces.moved import moved
from meetbot.faces.points import PointFinder
from meetbot.types import Box, Face, Image
from tests.portraits import frame, pasted, portrait, scaled

HEAD = scaled(portrait("hopper"), 0.5)
AT = (200, 100)


@pytest.fixture(scope="module")
def look() -> PointFinder:
    return PointFinder()


def showing(head: Image, x: int, y: int) -> Image:
    return pasted((640, 480), (head, x, y))


def found(picture: Image) -> Face:
    (face,) = FaceFinder()(frame(picture))
    return face


@pytest.mark.parametrize(("right", "down"), [(0, 0), (3, -3), (12, 6), (-10, 10)])
def test_box_and_points_move_with_a_face(look: PointFinder, right: int, down: int) -> None:
    face = found(showing(HEAD, *AT))
    now = moved(look, showing(HEAD, AT[0] + right, AT[1] + down), face)
    assert now is not None
    shift = np.array([right, down])
    assert np.array(now.box[:2]) == pytest.approx(np.array(face.box[:2]) + shift, abs=0.05 * face.box.height)
    assert now.box.height == pytest.approx(face.box.height, rel=0.05)
    assert np.array(now.points) == pytest.approx(np.array(face.points) + shift, abs=0.05 * face.box.height)
    assert now.score == face.score


def test_a_box_grows_with_its_face(look: PointFinder) -> None:
    face = found(showing(HEAD, *AT))
    larger = scaled(HEAD, 1.08)
    now = moved(look, showing(larger, AT[0] - 8, AT[1] - 8), face)
    assert now is not None
    assert now.box.height == pytest.approx(face.box.height * 1.08, rel=0.03)


def test_the_same_face_in_the_same_place_stays_where_it_is(look: PointFinder) -> None:
    picture = showing(HEAD, *AT)
    face = found(picture)
    assert moved(look, picture, face) == face


def test_a_face_that_went_or_moved_far_is_not_followed(look: PointFinder) -> None:
    face = found(showing(HEAD, *AT))
    assert moved(look, np.full((480, 640), 40, np.uint8), face) is None
    assert moved(look, showing(HEAD, AT[0] + 60, AT[1]), face) is None
    noise = np.random.default_rng(0).integers(0, 255, (480, 640)).astype(np.uint8)
    assert moved(look, noise, face) is None


def test_a_face_that_the_rim_cuts_is_not_followed(look: PointFinder) -> None:
    face = found(showing(HEAD, *AT))
    x = round(face.box.x) + 10
    assert moved(look, np.ascontiguousarray(showing(HEAD, *AT)[:, x:]), shifted(face, -x)) is None


def shifted(face: Face, by: float) -> Face:
    eye, other_eye, nose, mouth, other_mouth = (point._replace(x=point.x + by) for point in face.points)
    box = Box(face.box.x + by, *face.box[1:])
    return Face(box, (eye, other_eye, nose, mouth, other_mouth), face.score)
