"""A tile is only called calm where every pixel of it says that its scene is the same."""

import cv2
import numpy as np

from meetbot.gallery.calm import calm
from meetbot.gallery.looks import in_small, jumped
from meetbot.types import Image

SIZE = (1280, 720)
TILES = [(10 + 253 * column, 8 + 142 * row, 255 + 253 * column, 145 + 142 * row)
         for row in range(5) for column in range(5)]  # fmt: skip


def scene(seed: int) -> Image:
    """Soft shapes with a grain, as of rooms; some of hardly any contrast."""
    random = np.random.default_rng(seed)
    coarse = random.uniform(0, 255, (30, 40)).astype(np.float32)
    soft = cv2.resize(coarse, SIZE, interpolation=cv2.INTER_CUBIC)
    contrast = cv2.resize(random.uniform(0, 1, (5, 5)).astype(np.float32), SIZE)
    levels = 110 + contrast * (soft - 128) + random.normal(0, 6, soft.shape)
    return np.asarray(np.clip(levels, 0, 255), np.uint8)


def smalls(luma: Image) -> list[Image]:
    return [in_small(luma[y:bottom, x:right]) for x, y, right, bottom in TILES]


def mixed(one: Image, other: Image, share: float) -> Image:
    return np.asarray(cv2.addWeighted(one, 1 - share, other, share, 0), np.uint8)


def test_what_jumped_is_never_calm_and_what_stays_is() -> None:
    first, sure, jumps = scene(1), [], 0
    for share in np.linspace(0, 1, 11):
        now = mixed(first, scene(2), float(share))
        said = calm(now, TILES, smalls(first))
        other = [jumped(old, new) for old, new in zip(smalls(first), smalls(now), strict=True)]
        assert not (said & other).any()
        sure.append(int(said.sum()))
        jumps += sum(other)
    assert sure[0] == len(TILES) and sure[-1] < len(TILES) / 2
    assert jumps > len(TILES)


def test_a_flat_tile_that_is_brighter_by_much_is_not_calm() -> None:
    dark, bright = np.full(SIZE[::-1], 40, np.uint8), np.full(SIZE[::-1], 90, np.uint8)
    assert not calm(bright, TILES, smalls(dark)).any()
    assert calm(dark, TILES, smalls(dark)).all()


def test_no_tiles_are_no_news() -> None:
    assert not calm(scene(1), [], []).size
