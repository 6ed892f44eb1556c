"""An aligned face stands where the training pictures have theirs, whatever it looked like before."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetbot.faces.align import SIZE, TARGET, crop, transform
from meetbot.faces.find import FaceFinder
from meetbot.types import Image, Point
from tests.portraits import frame, portrait, scaled, turned

Points = npt.NDArray[np.float64]
calm = settings(deadline=None, derandomize=True, max_examples=60)  # a busy machine fails no test


def as_points(points: Points) -> list[Point]:
    return [Point(x, y) for x, y in points.tolist()]


def moved(points: Points, scale: float, degrees: float, shift: tuple[float, float]) -> list[Point]:
    """The points scaled, turned clockwise and shifted."""
    factor = scale * np.exp(1j * np.radians(degrees))
    there = points @ (1, 1j) * factor + complex(*shift)
    return as_points(np.stack([there.real, there.imag], axis=1))


def applied(points: Sequence[Point]) -> Points:
    """Where the transform of some points brings them."""
    matrix = transform(points)
    return np.asarray(np.array(points) @ matrix[:, :2].T + matrix[:, 2])


def gradient(size: int) -> Image:
    """A picture that is brighter to the right."""
    return np.tile(np.linspace(0, 255, size).astype(np.uint8), (size, 1))


@calm
@given(
    scale=st.floats(0.1, 40),
    degrees=st.floats(-180, 180),
    x=st.floats(-500, 4000),
    y=st.floats(-500, 4000),
)
def test_a_face_of_the_targets_shape_lands_on_the_target(
    scale: float, degrees: float, x: float, y: float
) -> None:
    np.testing.assert_allclose(applied(moved(TARGET, scale, degrees, (x, y))), TARGET, atol=1e-6)


def test_the_target_is_symmetric_and_inside_the_crop() -> None:
    middle = TARGET[2, 0]
    np.testing.assert_allclose(TARGET[0] + TARGET[1], (2 * middle, 2 * TARGET[0, 1]))
    np.testing.assert_allclose(TARGET[3] + TARGET[4], (2 * middle, 2 * TARGET[3, 1]))
    assert TARGET.min() > 0
    assert TARGET.max() < SIZE - 1


@pytest.mark.parametrize("name", ["collins", "hopper"])
@pytest.mark.parametrize("scale", [0.5, 1.0, 2.0])
def test_a_real_face_is_found_again_at_the_target(name: str, scale: float) -> None:
    picture = scaled(portrait(name), scale)
    finder = FaceFinder()
    face = crop(picture, finder(frame(picture))[0].points)
    assert face.shape == (SIZE, SIZE)
    assert face.dtype == np.uint8
    (again,) = FaceFinder()(frame(scaled(np.pad(face, 12, mode="edge"), 5)))
    points = (np.array(again.points) + 0.5) / 5 - 0.5 - 12
    assert np.abs(points - TARGET).max() < 4
    assert np.abs(points - TARGET).mean() < 2


def test_a_tilted_face_gives_the_same_crop_as_the_upright_one() -> None:
    picture = portrait("hopper")
    points = np.array(FaceFinder()(frame(picture))[0].points)
    middle = np.array((picture.shape[1] / 2, picture.shape[0] / 2))
    tilted = moved(points - middle, 1, 20, (middle[0], middle[1]))
    upright = crop(picture, as_points(points)).astype(float)
    again = crop(turned(picture, 20), tilted).astype(float)
    assert np.abs(upright - again).mean() < 3


@pytest.mark.parametrize("factor", [2, 5, 12])
def test_a_large_face_is_averaged_not_sampled(factor: int) -> None:
    # Stripes of one pixel: single samples would be black or white, their mean is grey.
    side = SIZE * factor
    stripes = np.tile(np.array([0, 255], np.uint8), (side, side // 2))
    points = as_points((TARGET + 0.5) * factor - 0.5)
    face = crop(stripes, points)
    assert face.min() > 100
    assert face.max() < 155


@pytest.mark.parametrize("factor", [1, 2, 3, 7])
def test_averaging_does_not_shift_the_picture(factor: int) -> None:
    picture = np.repeat(gradient(SIZE), factor, axis=1)
    picture = np.repeat(picture, factor, axis=0)
    face = crop(picture, as_points((TARGET + 0.5) * factor - 0.5))
    assert np.abs(face.astype(int) - gradient(SIZE)).max() <= 2


def test_a_small_face_is_enlarged_smoothly() -> None:
    face = crop(gradient(12), as_points((TARGET + 0.5) / 4 - 0.5))
    steps = np.diff(face[24].astype(int))
    assert steps.min() >= 0
    assert steps.max() < 10


def test_places_outside_the_picture_repeat_its_edge() -> None:
    picture = np.full((40, 40), 90, np.uint8)
    face = crop(picture, as_points(TARGET - 30))
    assert (face == 90).all()


def test_a_profile_keeps_the_scale_of_its_height() -> None:
    # Eyes and mouth corners nearly coincide; only the height from eyes to mouth tells the scale.
    profile = TARGET.copy()
    profile[:, 0] = 24 + (TARGET[:, 0] - 24) * 0.05
    profile[2, 0] += 6
    there = applied(as_points(profile * 4))
    height = there[3:, 1].mean() - there[:2, 1].mean()
    assert height == pytest.approx(TARGET[3, 1] - TARGET[0, 1], rel=0.25)


@calm
@given(st.lists(st.tuples(st.floats(-50, 4000), st.floats(-50, 4000)), min_size=5, max_size=5))
def test_any_five_points_give_a_finite_crop(raw: list[tuple[float, float]]) -> None:
    points = [Point(*place) for place in raw]
    matrix = transform(points)
    assert np.isfinite(matrix).all()
    assert np.hypot(*matrix[:, 0]) > 1e-3
    assert crop(np.full((60, 80), 128, np.uint8), points).shape == (SIZE, SIZE)


def test_five_points_in_one_place_give_the_surroundings_at_their_own_scale() -> None:
    matrix = transform([Point(100, 50)] * 5)
    np.testing.assert_allclose(matrix[:, :2], np.eye(2))
    np.testing.assert_allclose(matrix @ (100, 50, 1), TARGET.mean(axis=0))
