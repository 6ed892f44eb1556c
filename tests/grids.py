"""Galleries of plain shapes, drawn in a few milliseconds: rooms with a head in each."""

from collections.abc import Sequence

import numpy as np

from meetbot.gallery.grid import Grid, find_grid
from meetbot.types import Box, Face, Image, Picture, Point

DARK, LIGHT = 18, 240


def laid_out(
    rows: Sequence[int], gap: int, size: tuple[int, int] = (960, 540), centred: bool = True
) -> list[Box]:
    """So many tiles of 16:9 in each row, in the middle of the frame."""
    columns = max(rows)
    width = min(
        (size[0] - gap * (columns + 1)) / columns, (size[1] - gap * (len(rows) + 1)) / len(rows) * 16 / 9
    )
    wide, high = int(width), int(width * 9 / 16)
    left = (size[0] - columns * wide - gap * (columns - 1)) // 2
    top = (size[1] - len(rows) * high - gap * (len(rows) - 1)) // 2
    return [
        Box(
            left + column * (wide + gap) + (columns - count) * (wide + gap) // 2 * centred,
            top + row * (high + gap),
            wide,
            high,
        )
        for row, count in enumerate(rows)
        for column in range(count)
    ]


def drawn(
    places: Sequence[Box],
    ground: int = DARK,
    off: Sequence[int] = (),
    size: tuple[int, int] = (960, 540),
    off_shade: int = 60,
) -> Image:
    """Rooms of many shades with somebody in each; cameras that are off show a disc on one shade."""
    picture = np.full((size[1], size[0]), ground, np.uint8)
    for number, box in enumerate(places):
        left, top, wide, high = (round(value) for value in box)
        tile = picture[top : top + high, left : left + wide]
        y, x = np.mgrid[0:high, 0:wide] / np.array([high, wide])[:, None, None]
        from_middle = np.hypot((x - 0.5) * wide / high, y - 0.5)
        if number in off:
            tile[:] = off_shade
            tile[from_middle < 0.22] = 150
            continue
        chance = np.random.default_rng(number)
        light = 85 + 100 * chance.random() + 40 * x * chance.choice([-1, 1]) + 20 * np.sin(9 * y + number)
        tile[:] = np.clip(light, 0, 225)
        tile[np.hypot((x - 0.5) * wide / high * 1.4, y - 0.4) < 0.2] = 200 - number % 3 * 60
        tile[np.hypot((x - 0.5) * wide / high, y - 1.05) < 0.4] = 70 + number % 4 * 20
    return picture


def face_in(box: Box) -> Face:
    """A face where `drawn` put the head."""
    high = 0.4 * box.height
    wide = 0.8 * high
    face = Box(box.x + box.width / 2 - wide / 2, box.y + 0.4 * box.height - high / 2, wide, high)
    middle = Point(face.x + wide / 2, face.y + high / 2)
    return Face(face, (middle,) * 5, 0.95)


def found(picture: Image, faces: Sequence[Face] = ()) -> Grid:
    return find_grid(Picture(picture), faces)


def overlap(one: Box, other: Box) -> float:
    """Intersection over union."""
    wide = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    high = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    both = max(0.0, wide) * max(0.0, high)
    return both / (one.width * one.height + other.width * other.height - both)


def agree(grid: Grid, places: Sequence[Box]) -> bool:
    """Whether the cells are these boxes, in this order."""
    pairs = zip(grid.cells, places, strict=False)
    return len(grid.cells) == len(places) and all(overlap(cell.box, box) > 0.85 for cell, box in pairs)


def written_on(slide: Image) -> Image:
    """A slide with lines of text, each of another length."""
    for number, line in enumerate(range(60, slide.shape[0] - 40, 40)):
        for word in range(3 + number % 4):
            slide[line : line + 12, 60 + 90 * word : 130 + 90 * word - 7 * (number % 5)] = 30
    return slide
