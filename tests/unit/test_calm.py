"""A tile is only called calm where every pixel of it says that its scene is the same."""

from collections.abc import Sequence

import cv2
import numpy as np
import pytest

from meetbot.gallery.calm import Edges, Labels, Mask, Scenes
from meetbot.gallery.looks import in_small, jumped, keeps_strokes, look, strokes
from meetbot.types import Box, Image, Picture
from tests.labelled import Style, Writing, labelled

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


def calm(now: Image, tiles: Sequence[Edges], before: Sequence[Image]) -> Mask:
    return Scenes(SIZE, tiles, before)(now.reshape(-1))


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


NAMES = ("Ada Lovelace", "Ada Byron", "Lise Meitner", "Emmy Noether", "Student 1", "Student 2", "Bo", "Jo")


def written(names: Sequence[str], how: Writing, room: int) -> Image:
    """Tiles beside each other, each before a room of its own."""
    return np.hstack([labelled(name, how, room + number) for number, name in enumerate(names)])


@pytest.mark.parametrize("style", ["box", "bare", "pill"])
@pytest.mark.parametrize("size", [11, 16])
def test_a_label_that_stays_is_known_and_another_never(style: Style, size: int) -> None:
    how, count = Writing(style, size), len(NAMES)
    picture = Picture(written(NAMES, how, 0))
    boxes = [Box(320 * number, 0, 320, 180) for number in range(count)]
    tiles = [(320 * number, 0, 320 * number + 320, 180) for number in range(count)]
    looks = [look(picture, box, "on") for box in boxes]
    labels = Labels((picture.width, picture.height), tiles, looks)
    assert labels(picture.luma.reshape(-1)).all()
    for shift in range(1, count):
        now = written([*NAMES[shift:], *NAMES[:shift]], how, 0)
        kept = [
            keeps_strokes(known.strokes, strokes(now[:, 320 * n : 320 * n + 320]))
            for n, known in enumerate(looks)
        ]
        assert not (labels(now.reshape(-1)) & ~np.array(kept)).any()
    grain = np.random.default_rng(1).normal(0, 4, picture.luma.shape)
    assert labels(np.clip(picture.luma + grain, 0, 255).astype(np.uint8).reshape(-1)).all()


def test_where_nothing_is_written_no_label_can_be_another() -> None:
    empty = np.full((180, 320), 90, np.uint8)
    tile = look(Picture(empty), Box(0, 0, 320, 180), "on")
    assert Labels((320, 180), [(0, 0, 320, 180)], [tile])(empty.reshape(-1)).all()
