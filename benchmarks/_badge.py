"""A student's number as black and white squares at the foot of the picture, which no codec spoils."""

import numpy as np

from meetbot.types import Image

_BITS, _SQUARE = 8, 16  # each bit is written twice, the second time inverted, in squares of 16 pixels


def name_of(number: int) -> str:
    """What a student is called."""
    return f"Student {number}"


def write_number(number: int, picture: Image) -> None:
    """Draw the number."""
    bits = [number >> place & 1 for place in range(_BITS)]
    squares = np.array([*bits, *(1 - bit for bit in bits)], np.uint8) * 210 + 20
    picture[-_SQUARE:, : len(squares) * _SQUARE] = np.repeat(squares, _SQUARE)


def number_in(picture: Image) -> int | None:
    """The number that a picture shows; None when it can't be read."""
    foot = picture[-_SQUARE:, : 2 * _BITS * _SQUARE].reshape(_SQUARE, 2 * _BITS, _SQUARE)
    bright = foot[4:-4, :, 4:-4].mean(axis=(0, 2)) > 128
    if not (bright[:_BITS] ^ bright[_BITS:]).all():
        return None
    return int(sum(1 << place for place in range(_BITS) if bright[place]))
