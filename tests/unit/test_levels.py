"""Faces are brought to the same light before the network sees them."""

import numpy as np
import pytest

from meetbot.faces.levels import MIDDLE, SPREAD, levelled
from tests.portraits import portrait


def face() -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.asarray(portrait("hopper")[60:156, 60:156], np.uint8)


@pytest.mark.parametrize(("contrast", "brightness"), [(1.0, 0), (0.3, 0), (0.5, 60), (0.4, 120)])
def test_light_and_contrast_of_the_room_leave_no_trace(contrast: float, brightness: float) -> None:
    lit = np.clip(face() * contrast + brightness, 0, 255).astype(np.uint8)
    assert np.abs(levelled(lit).astype(int) - levelled(face())).mean() < 2


def test_a_levelled_face_has_middle_brightness_and_contrast() -> None:
    result = levelled(face())
    assert result.mean() == pytest.approx(MIDDLE, abs=2)
    assert result.std() == pytest.approx(SPREAD, abs=3)


def test_a_stack_is_levelled_face_by_face() -> None:
    stack = np.stack([face(), face() // 3])
    assert np.array_equal(levelled(stack), np.stack([levelled(one) for one in stack]))


def test_noise_without_a_face_is_not_blown_up() -> None:
    noise = np.random.default_rng(0).integers(99, 102, (48, 48)).astype(np.uint8)
    assert levelled(noise).std() < SPREAD / 4


def test_one_flat_grey_is_the_middle() -> None:
    assert set(levelled(np.full((48, 48), 7, np.uint8)).flat) == {int(MIDDLE)}
