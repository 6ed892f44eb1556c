"""What people share: text, charts, code, tables, pictures, and slides full of faces."""

from functools import lru_cache

import cv2
import numpy as np

from meetbot.types import Image
from tests.galleries.faces import clip, sources
from tests.galleries.layouts import Rect
from tests.galleries.paint import fill, write
from tests.galleries.rooms import room
from tests.galleries.styles import Colour

KINDS = ("text", "text", "chart", "picture", "code", "table", "faces")
_WORDS_TEXT = """
the energy of a closed system stays constant while entropy never falls and work needs a gradient
between reservoirs so every engine has a limit that Carnot found in 1824 for ideal gases only
"""
_WORDS = tuple(_WORDS_TEXT.split())


def kind_of(number: int) -> str:
    """What a slide shows."""
    return KINDS[number % len(KINDS)]


@lru_cache(maxsize=6)
def slide(number: int, width: int, height: int) -> Image:
    """A slide's picture."""
    chance = np.random.default_rng([number, 7])
    dark = chance.random() < 0.3
    paper: Colour = (30, 32, 40) if dark else (255, 255, 255)
    ink: Colour = (230, 230, 235) if dark else (30, 30, 40)
    picture = np.zeros((height, width, 3), np.uint8)
    fill(picture, Rect(0, 0, width, height), paper)
    painter = {"chart": _chart, "picture": _picture, "code": _code, "table": _table, "faces": _faces}
    paint = painter.get(kind_of(number), _text)
    paint(picture, ink, chance)
    return picture


def _line(chance: np.random.Generator, low: int, high: int) -> str:
    begin = int(chance.integers(len(_WORDS)))
    return " ".join((_WORDS * 2)[begin : begin + int(chance.integers(low, high))])


def _title(picture: Image, ink: Colour, chance: np.random.Generator) -> int:
    height, width = picture.shape[:2]
    pixels = max(8, height // 14)
    write(picture, _line(chance, 2, 5).capitalize(), width // 16, height // 14, pixels, ink, bold=True)
    return int(height // 14 + 2 * pixels)


def _text(picture: Image, ink: Colour, chance: np.random.Generator) -> None:
    height, width = picture.shape[:2]
    pixels = max(7, height // 22)
    y = _title(picture, ink, chance) + pixels
    for _ in range(int(chance.integers(3, 8))):
        if y + 2 * pixels > height:
            return
        fill(picture, Rect(width // 14, y + pixels // 2, max(2, pixels // 4), max(2, pixels // 4)), ink)
        write(picture, _line(chance, 3, 9), width // 10, y, pixels, ink)
        y += round(1.9 * pixels)


def _chart(picture: Image, ink: Colour, chance: np.random.Generator) -> None:
    height, width = picture.shape[:2]
    top, floor, left = _title(picture, ink, chance), round(0.9 * height), width // 10
    bars = int(chance.integers(4, 10))
    step = (width - 2 * left) // bars
    for number in range(bars):
        tall = int((floor - top) * chance.uniform(0.1, 1.0))
        colour: Colour = (60, 110 + 10 * number, 200)
        fill(picture, Rect(left + number * step, floor - tall, max(1, round(0.7 * step)), tall), colour)
    fill(picture, Rect(left, floor, width - 2 * left, max(1, height // 300)), ink)


def _picture(picture: Image, ink: Colour, chance: np.random.Generator) -> None:
    height, width = picture.shape[:2]
    photo = room("soft", int(chance.integers(1000)), width, height, ink).copy()
    for _ in range(9):
        middle = (int(chance.integers(width)), int(chance.integers(height)))
        colour = chance.integers(20, 235, 3).tolist()
        cv2.ellipse(photo, middle, (width // 9, height // 12), int(chance.integers(180)), 0, 360, colour, -1)
    picture[:] = photo


def _code(picture: Image, ink: Colour, chance: np.random.Generator) -> None:
    height, width = picture.shape[:2]
    fill(picture, Rect(0, 0, width, height), (30, 30, 30))
    fill(picture, Rect(0, 0, width // 6, height), (37, 37, 38))
    pixels = max(7, height // 40)
    for number in range(int(height / (1.5 * pixels)) - 1):
        indent = int(chance.integers(0, 4)) * 2 * pixels
        colour: Colour = [(212, 212, 212), (86, 156, 214), (106, 153, 85)][int(chance.integers(3))]
        write(picture, _line(chance, 1, 7), width // 5 + indent, round(1.5 * pixels * number), pixels, colour)


def _table(picture: Image, ink: Colour, chance: np.random.Generator) -> None:
    height, width = picture.shape[:2]
    columns, rows = int(chance.integers(5, 11)), int(chance.integers(8, 18))
    pixels = max(7, height // rows // 2)
    for row in range(1, rows):
        y = row * height // rows
        cv2.line(picture, (0, y), (width, y), (190, 190, 190), 1)
        for column in range(columns):
            words = str(int(chance.integers(10, 9999)))
            write(picture, words, column * width // columns + 4, y + pixels // 3, pixels, ink)
    for column in range(1, columns):
        cv2.line(
            picture, (column * width // columns, 0), (column * width // columns, height), (190, 190, 190), 1
        )


def _faces(picture: Image, ink: Colour, chance: np.random.Generator) -> None:
    """Pictures of people: they are shared, nobody of them is in the class."""
    height, width = picture.shape[:2]
    top = _title(picture, ink, chance)
    columns, rows = int(chance.integers(3, 7)), int(chance.integers(2, 4))
    side = min(width // (columns + 1), (height - top) // (rows + 1))
    for number in range(columns * rows):
        row, column = divmod(number, columns)
        shown = clip(sources()[int(chance.integers(len(sources())))])
        face, frame = shown.face, shown.frames[0]
        x, y = max(0, int(face.x - face.width / 3)), max(0, int(face.y - face.height / 3))
        head = frame[y : y + int(1.6 * face.height), x : x + int(1.6 * face.width)]
        small = cv2.resize(head, (side, side), interpolation=cv2.INTER_AREA)
        left, upper = width // 12 + column * side * 11 // 10, top + row * side * 6 // 5
        if left + side < width and upper + side < height:
            picture[upper : upper + side, left : left + side] = small
