"""Angles come back from projected heads, change sign with the mirror, and stay finite."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetbot.faces.find import FaceFinder
from meetbot.faces.pose import HEAD, pose
from meetbot.types import Point
from tests.portraits import frame, portrait

calm = settings(deadline=None, derandomize=True, max_examples=60)  # a busy machine fails no test


def head(yaw: float, pitch: float, roll: float, *, distance: float = 1e6) -> list[Point]:
    """The five points of the model head, seen by a camera `distance` millimetres away."""
    y, p, r = np.radians((yaw, pitch, roll))
    sideways = np.array([(np.cos(y), 0, -np.sin(y)), (0, 1, 0), (np.sin(y), 0, np.cos(y))])
    upwards = np.array([(1, 0, 0), (0, np.cos(p), np.sin(p)), (0, -np.sin(p), np.cos(p))])
    tilt = np.array([(np.cos(r), -np.sin(r), 0), (np.sin(r), np.cos(r), 0), (0, 0, 1)])
    places = HEAD @ (sideways @ upwards @ tilt).T
    seen = 2.0 * places[:, :2] * (distance / (distance + places[:, 2:]))
    return [Point(x + 300, y + 200) for x, y in seen.tolist()]


@calm
@given(yaw=st.floats(-80, 80), pitch=st.floats(-60, 60), roll=st.floats(-60, 60))
def test_a_projected_heads_angles_come_back(yaw: float, pitch: float, roll: float) -> None:
    assert pose(head(yaw, pitch, roll)) == pytest.approx((yaw, pitch, roll), abs=0.1)


@pytest.mark.parametrize("yaw", [-40, 0, 40])
@pytest.mark.parametrize("pitch", [-20, 0, 20])
def test_a_head_at_an_arms_length_is_off_by_a_few_degrees_only(yaw: float, pitch: float) -> None:
    assert pose(head(yaw, pitch, 5, distance=600)) == pytest.approx((yaw, pitch, 5), abs=5)


def test_signs_follow_the_picture() -> None:
    def with_nose(x: float, y: float) -> tuple[float, float, float]:
        points = head(0, 0, 0)
        points[2] = Point(points[2].x + x, points[2].y + y)
        return pose(points)

    assert with_nose(15, 0)[0] > 10  # the nose towards the right edge
    assert with_nose(-15, 0)[0] < -10
    assert with_nose(0, -15)[1] > 10  # the nose up
    assert with_nose(0, 15)[1] < -10
    tilted = head(0, 0, 0)
    tilted = [Point(300 - (p.y - 200), 200 + (p.x - 300)) for p in tilted]  # a quarter turn clockwise
    assert pose(tilted)[2] == pytest.approx(90, abs=0.1)


def mirrored(points: list[Point], width: float) -> list[Point]:
    """The points in the mirrored picture: left and right change places."""
    eye, other_eye, nose, mouth, other_mouth = (Point(width - p.x, p.y) for p in points)
    return [other_eye, eye, nose, other_mouth, mouth]


@calm
@given(yaw=st.floats(-60, 60), pitch=st.floats(-40, 40), roll=st.floats(-40, 40))
def test_the_mirror_turns_yaw_and_roll_round_and_leaves_pitch(yaw: float, pitch: float, roll: float) -> None:
    there = pose(mirrored(head(yaw, pitch, roll, distance=700), 640))
    here = pose(head(yaw, pitch, roll, distance=700))
    assert there == pytest.approx((-here[0], here[1], -here[2]), abs=1e-6)


def test_a_heads_place_and_size_do_not_matter() -> None:
    small = [Point(p.x / 10 + 900, p.y / 10 - 40) for p in head(25, -10, 8)]
    assert pose(small) == pytest.approx((25, -10, 8), abs=0.1)


@pytest.mark.parametrize("name", ["collins", "hopper"])
def test_portraits_look_at_the_camera(name: str) -> None:
    yaw, pitch, roll = pose(FaceFinder()(frame(portrait(name)))[0].points)
    assert abs(yaw) < 10
    assert abs(pitch) < 15
    assert abs(roll) < 8


def test_points_without_a_shape_have_no_angles() -> None:
    assert pose([Point(10, 10)] * 5) == (0, 0, 0)
    assert pose([Point(float("nan"), 1)] + [Point(2, 3)] * 4) == (0, 0, 0)


@calm
@given(st.lists(st.tuples(st.floats(-50, 4000), st.floats(-50, 4000)), min_size=5, max_size=5))
def test_any_five_points_give_finite_angles(raw: list[tuple[float, float]]) -> None:
    points = [Point(*place) for place in raw]
    yaw, pitch, roll = pose(points)
    assert -180 <= yaw <= 180
    assert -90 <= pitch <= 90
    assert -180 <= roll <= 180
    assert pose(points) == (yaw, pitch, roll)
