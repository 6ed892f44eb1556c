"""What stands behind people: walls, shelves, windows, soft blobs, one flat colour, a wall of screens."""

from functools import lru_cache
from typing import Literal

import cv2
import numpy as np

from meetbot.types import Image
from tests.galleries.styles import Colour

RoomKind = Literal["wall", "shelf", "window", "soft", "flat", "screens"]


def bgr(colour: Colour) -> tuple[int, int, int]:
    """A colour in the order in which pictures are kept."""
    return colour[2], colour[1], colour[0]


@lru_cache(maxsize=200)
def room(kind: RoomKind, seed: int, width: int, height: int, colour: Colour) -> Image:
    """The picture of an empty room; `colour` is that of a flat one."""
    chance = np.random.default_rng([seed, 3])
    if kind == "flat":
        return np.full((height, width, 3), bgr(colour), np.uint8)
    picture = _gradient(width, height, chance)
    if kind == "soft":
        return _soft(width, height, chance)
    if kind == "shelf":
        _shelf(picture, chance)
    elif kind == "window":
        _window(picture, chance)
    elif kind == "screens":
        _screens(picture, chance)
    elif chance.random() < 0.6:
        _frame(picture, chance)
    grain = chance.normal(0, 2.5, picture.shape)
    return np.clip(picture + grain, 0, 255).astype(np.uint8)


def _colour(chance: np.random.Generator, low: int = 30, high: int = 220) -> tuple[int, int, int]:
    grey = chance.integers(low, high)
    blue, green, red = np.clip(grey + chance.integers(-28, 29, 3), 0, 255).tolist()
    return blue, green, red


def _gradient(width: int, height: int, chance: np.random.Generator) -> Image:
    corners = np.array([_colour(chance, 50, 215)] * 4, np.float32).reshape(2, 2, 3)
    corners += chance.normal(0, 22, (2, 2, 1))
    return np.clip(cv2.resize(corners, (width, height)), 0, 255).astype(np.uint8)


def _soft(width: int, height: int, chance: np.random.Generator) -> Image:
    base = np.array(_colour(chance, 50, 180), np.float32)
    blobs = np.clip(base + chance.normal(0, 40, (4, 6, 1)) + chance.normal(0, 12, (4, 6, 3)), 0, 255)
    return np.clip(
        cv2.resize(blobs.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC), 0, 255
    ).astype(np.uint8)


def _shelf(picture: Image, chance: np.random.Generator) -> None:
    height, width = picture.shape[:2]
    for top in np.linspace(0, height, int(chance.integers(3, 6))).astype(int):
        x = int(chance.integers(0, width // 8))
        while x < width:
            book = int(chance.integers(max(3, width // 60), max(5, width // 22)))
            tall = int(height * chance.uniform(0.12, 0.2))
            cv2.rectangle(picture, (x, top - tall), (x + book, top), _colour(chance, 20, 200), -1)
            x += book + int(chance.integers(1, 3))
        cv2.rectangle(picture, (0, top), (width, top + max(2, height // 40)), (40, 60, 80), -1)


def _window(picture: Image, chance: np.random.Generator) -> None:
    height, width = picture.shape[:2]
    left, right = sorted(int(width * x) for x in (chance.uniform(0, 0.4), chance.uniform(0.55, 1.0)))
    low = int(height * chance.uniform(0.5, 0.8))
    cv2.rectangle(picture, (left, 0), (right, low), (235, 228, 215), -1)
    bar = max(2, width // 50)
    for x in (left, (left + right) // 2, right):
        cv2.line(picture, (x, 0), (x, low), _colour(chance, 60, 240), bar)
    cv2.line(picture, (left, low // 2), (right, low // 2), _colour(chance, 60, 240), bar)


def _frame(picture: Image, chance: np.random.Generator) -> None:
    height, width = picture.shape[:2]
    left, top = int(width * chance.uniform(0, 0.75)), int(height * chance.uniform(0, 0.4))
    right, low = left + int(width * chance.uniform(0.15, 0.3)), top + int(height * chance.uniform(0.2, 0.6))
    cv2.rectangle(picture, (left, top), (right, low), _colour(chance), -1)
    cv2.rectangle(picture, (left, top), (right, low), _colour(chance, 10, 120), max(1, width // 90))


def _screens(picture: Image, chance: np.random.Generator) -> None:
    """A video wall: a small gallery behind the person, that is none."""
    height, width = picture.shape[:2]
    picture[:] = 12
    columns, rows, gap = 4, 3, max(2, width // 80)
    for row in range(rows):
        for column in range(columns):
            left, top = column * width // columns + gap, row * height // rows + gap
            right, low = (column + 1) * width // columns - gap, (row + 1) * height // rows - gap
            picture[top:low, left:right] = _gradient(right - left, low - top, chance)
