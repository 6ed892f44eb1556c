"""Whether a camera is on, told from the look of a tile without a face."""

import cv2
import numpy as np
import pytest

from meetbot.gallery.looks import is_flat
from meetbot.types import Image

HEIGHTS = (48, 90, 180, 360)


def labelled(height: int, ground: int = 40) -> Image:
    """A flat tile with a name's box below, 16 pixels high whatever the tile."""
    tile = np.full((height, height * 16 // 9), ground, np.uint8)
    cv2.rectangle(tile, (0, height - 16), (tile.shape[1] // 2, height), 10, cv2.FILLED)
    cv2.putText(tile, "Ada Lovelace", (2, height - 4), cv2.FONT_HERSHEY_SIMPLEX, 0.35, 240, 1, cv2.LINE_AA)
    return tile


def with_initials(height: int) -> Image:
    tile = labelled(height)
    middle = (tile.shape[1] // 2, height // 2)
    cv2.circle(tile, middle, round(0.22 * height), 120, cv2.FILLED, cv2.LINE_AA)
    scale = height / 160
    at = (middle[0] - round(18 * scale), middle[1] + round(10 * scale))
    cv2.putText(tile, "AL", at, cv2.FONT_HERSHEY_SIMPLEX, scale, 250, max(1, height // 60), cv2.LINE_AA)
    return tile


def with_somebody(height: int) -> Image:
    """Somebody looking down before a plain backdrop, whose face nothing found."""
    tile = labelled(height)
    middle, shoulders = tile.shape[1] // 2, (round(0.85 * height), round(0.7 * height))
    cv2.ellipse(tile, (middle, round(1.05 * height)), shoulders, 0, 0, 360, 150, cv2.FILLED)
    cv2.ellipse(
        tile,
        (middle, round(0.4 * height)),
        (height * 22 // 100, height * 28 // 100),
        0,
        0,
        360,
        90,
        cv2.FILLED,
    )
    return tile


@pytest.mark.parametrize("height", HEIGHTS)
def test_a_camera_that_is_off_is_told_in_tiles_of_every_size(height: int) -> None:
    assert is_flat(with_initials(height)) and is_flat(labelled(height))


@pytest.mark.parametrize("height", HEIGHTS)
def test_somebody_before_a_plain_backdrop_has_the_camera_on(height: int) -> None:
    assert not is_flat(with_somebody(height))


def test_a_room_without_anybody_is_no_camera_that_is_off() -> None:
    room = np.random.default_rng(1).integers(40, 200, (4, 6)).astype(np.uint8)
    assert not is_flat(np.asarray(cv2.resize(room, (320, 180), interpolation=cv2.INTER_CUBIC), np.uint8))
