"""A picture's quality falls with everything that hides a mood, and nothing else."""

import cv2
import numpy as np
import pytest

from meetbot import settings
from meetbot.faces.align import crop
from meetbot.faces.find import FaceFinder
from meetbot.faces.quality import quality, sharpness
from meetbot.types import Image
from tests.portraits import frame, portrait, scaled


@pytest.fixture(scope="module")
def face() -> Image:
    picture = portrait("collins")
    return crop(picture, FaceFinder()(frame(picture))[0].points)


def blurred(face: Image, sigma: float) -> Image:
    return np.asarray(cv2.GaussianBlur(face, (0, 0), sigma), np.uint8)


def lit(face: Image, share: float) -> Image:
    return (face * share).astype(np.uint8)


def test_a_large_bright_sharp_face_ahead_is_trusted_fully(face: Image) -> None:
    assert quality(face, 115, 0, 0) == 1.0


def test_every_ramp_rises_or_falls_steadily_and_stays_a_share() -> None:
    for ramp in (
        settings.QUALITY_HEIGHT,
        settings.QUALITY_LIGHT,
        settings.QUALITY_CONTRAST,
        settings.QUALITY_SHARPNESS,
        settings.QUALITY_TURN,
    ):
        values = [value for value, _ in ramp]
        qualities = [share for _, share in ramp]
        assert values == sorted(set(values))
        assert qualities in (sorted(qualities), sorted(qualities, reverse=True))
        assert all(0 <= share <= 1 for share in qualities)
        assert 1.0 in qualities


@pytest.mark.parametrize(
    "worse",
    [
        lambda face: quality(face, 22, 0, 0),
        lambda face: quality(lit(face, 0.1), 115, 0, 0),
        lambda face: quality((128 + (face.astype(float) - 128) * 0.08).astype(np.uint8), 115, 0, 0),
        lambda face: quality(blurred(face, 3), 115, 0, 0),
        lambda face: quality(face, 115, 55, 0),
        lambda face: quality(face, 115, 0, -55),
    ],
    ids=["small", "dark", "flat", "blurred", "turned", "bent down"],
)
def test_what_hides_a_mood_lowers_the_quality(face: Image, worse: object) -> None:
    assert callable(worse)
    assert worse(face) < 0.75


def test_a_surely_named_mood_of_a_hidden_face_is_unsure(face: Image) -> None:
    assert quality(lit(blurred(face, 3), 0.15), 24, 40, 0) < settings.UNSURE_BELOW


def test_faults_multiply(face: Image) -> None:
    small, turned = quality(face, 30, 0, 0), quality(face, 115, 45, 0)
    assert quality(face, 30, 45, 0) == pytest.approx(small * turned)


def test_left_and_right_up_and_down_count_alike(face: Image) -> None:
    assert quality(face, 115, 45, 0) == quality(face, 115, -45, 0) == quality(face, 115, 0, 45)


def test_a_black_or_white_square_has_no_quality() -> None:
    for level in (0, 255):
        assert quality(np.full((48, 48), level, np.uint8), 200, 0, 0) == 0.0


def test_sharpness_falls_with_blur_and_not_with_light(face: Image) -> None:
    steps = [sharpness(blurred(face, sigma)) for sigma in (0.5, 1.0, 2.0, 4.0)]
    assert steps == sorted(steps, reverse=True)
    assert sharpness(lit(face, 0.5)) == pytest.approx(sharpness(face), rel=0.1)


def test_an_enlarged_small_face_is_less_sharp_than_a_large_one() -> None:
    def seen_at(scale: float) -> float:
        picture = scaled(portrait("hopper"), scale)
        return sharpness(crop(picture, FaceFinder()(frame(picture))[0].points))

    assert seen_at(0.12) < 0.7 * seen_at(1.0)
