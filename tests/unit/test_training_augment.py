"""Changed pictures stay pictures of the same face."""

import numpy as np
import pytest

from meetbot.types import Image
from training.augment import augment, dim, shrink


def face() -> Image:
    """Bright to the right and down, with a dark spot."""
    ramp = np.linspace(40, 200, 48)
    picture = (ramp[None, :] + ramp[:, None]) / 2
    picture[16:20, 12:18] = 10
    return picture.astype(np.uint8)


def test_size_and_type_stay() -> None:
    rng = np.random.default_rng(0)
    for _ in range(100):
        changed = augment(face(), rng)
        assert changed.shape == (48, 48)
        assert changed.dtype == np.uint8


def test_the_same_seed_gives_the_same_pictures() -> None:
    first, second = (np.random.default_rng(8) for _ in range(2))
    assert all(np.array_equal(augment(face(), first), augment(face(), second)) for _ in range(30))


def test_the_given_picture_is_left_alone() -> None:
    picture, before = face(), face()
    rng = np.random.default_rng(1)
    for _ in range(50):
        augment(picture, rng)
    assert np.array_equal(picture, before)


def test_about_half_of_the_pictures_are_mirrored() -> None:
    rng = np.random.default_rng(2)
    rightwards = []
    for _ in range(300):
        changed = augment(face(), rng).astype(float)
        rightwards.append(changed[:, 30:].mean() > changed[:, :18].mean())
    assert 0.4 < np.mean(rightwards) < 0.6


def test_pictures_are_seldom_blotted_out() -> None:
    rng = np.random.default_rng(3)
    spreads = [float(augment(face(), rng).std()) for _ in range(300)]
    assert np.mean([spread < 8 for spread in spreads]) < 0.05


@pytest.mark.parametrize("size", [20, 24, 32])
def test_a_shrunk_face_loses_detail_and_keeps_its_light(size: int) -> None:
    noise = np.random.default_rng(4).integers(0, 256, (48, 48)).astype(np.uint8)
    small = shrink(noise, size)
    assert small.shape == (48, 48)
    assert small.std() < 0.6 * noise.std()
    assert float(small.mean()) == pytest.approx(float(noise.mean()), abs=4)


def test_a_face_of_full_size_is_not_changed() -> None:
    assert np.array_equal(shrink(face(), 48), face())


def test_a_dimmed_face_keeps_its_share_of_light_and_a_cameras_noise() -> None:
    dark = dim(face(), 0.2)
    assert dark.mean() == pytest.approx(0.2 * face().mean(), rel=0.02)
    assert np.std(dark - 0.2 * face()) == pytest.approx(2, abs=0.2)
    assert np.array_equal(dark, dim(face(), 0.2))


def test_less_strength_changes_pictures_less() -> None:
    def changed(strength: float) -> float:
        rng = np.random.default_rng(5)
        pictures = [augment(face(), rng, strength=strength).astype(float) for _ in range(120)]
        return float(np.mean([np.abs(picture - face()).mean() for picture in pictures]))

    assert changed(0.3) < 0.8 * changed(1.0)
