"""What lies between the tiles: the gap's colours, and the pieces that a frame falls into along them."""

from collections.abc import Collection, Iterator, Sequence

import cv2
import numpy as np
import numpy.typing as npt

from meetbot.types import Image

COLOURS = 3  # candidates: the ground, and bars or panels of another shade
AT_RIM = 3.0  # times what is elsewhere: what the shades of the frame's rim count
APART = 4  # grey levels between two candidates
TOLERANCES = (3, 10)  # grey levels: the strict one parts a tile of nearly the gap's colour from the gap
FULL = 0.97  # of a row or column that must be gap to cut along it
SMALLEST = 12  # pixels: nothing smaller is a tile
DEEPEST = 8  # cuts within cuts

Room = tuple[int, int, int, int]  # left, top, right, bottom, in pixels


def pieces(luma: Image, colours: Sequence[int], rooms: Collection[Room]) -> npt.NDArray[np.float64]:
    """Every piece that cutting along one of the gap's colours leaves over, for all colours together.

    In each of the rooms: bars and panels have another shade, and no gap goes through them.
    """
    found = [
        piece
        for colour in colours
        for tolerance in TOLERANCES
        for mask in (_mask(luma, colour, tolerance),)
        for room in rooms
        for piece in _cut(mask, room, DEEPEST)
    ]
    return np.unique(np.array(found, np.float64).reshape(-1, 4), axis=0)


def gap_colours(luma: Image, at_rim: float = AT_RIM) -> list[int]:
    """The shades of flat areas and of the frame's rim, which counts so much more, the likeliest first."""
    rim = np.concatenate([luma[:2].ravel(), luma[-2:].ravel(), luma[:, :2].ravel(), luma[:, -2:].ravel()])
    some = luma[::2, ::2]
    flat = cv2.absdiff(some[1:, 1:], some[:-1, :-1]) <= 1
    counts = at_rim * np.bincount(rim, minlength=256) / rim.size
    counts += np.bincount(some[1:, 1:][flat], minlength=256) / some.size
    counts = np.convolve(counts, [0.5, 1, 0.5], "same")
    colours: list[int] = []
    for colour in np.argsort(-counts).tolist():
        if counts[colour] < 0.02 or len(colours) == COLOURS:
            break
        if all(abs(colour - other) >= APART for other in colours):
            colours.append(colour)
    return colours


def _mask(luma: Image, colour: int, tolerance: int) -> Image:
    """1 where the picture has the gap's colour, else 0."""
    low, high = max(0, colour - tolerance), min(255, colour + tolerance)
    return np.bitwise_and(np.asarray(cv2.inRange(luma, low, high), np.uint8), 1)


def _cut(mask: Image, region: Room, depth: int) -> Iterator[Room]:
    """The region, cut along its gap rows, else along its gap columns, and so on in every part."""
    left, top, right, bottom = region
    if right - left < SMALLEST or bottom - top < SMALLEST:
        return
    part = mask[top:bottom, left:right]
    rows = _runs(cv2.reduce(part, 1, cv2.REDUCE_SUM, dtype=cv2.CV_32S).ravel() < FULL * (right - left))
    columns = _runs(cv2.reduce(part, 0, cv2.REDUCE_SUM, dtype=cv2.CV_32S).ravel() < FULL * (bottom - top))
    if not rows or not columns:
        return
    whole = rows == [(0, bottom - top)] and columns == [(0, right - left)]
    if whole or depth == 0:
        yield region
        return
    # Rows first when they cut: columns are only alike within a row, since the last one may be centred.
    if len(rows) > 1 or len(columns) == 1:
        outer = (left + columns[0][0], left + columns[-1][1])
        parts = [(outer[0], top + begin, outer[1], top + end) for begin, end in rows]
    else:
        outer = (top + rows[0][0], top + rows[-1][1])
        parts = [(left + begin, outer[0], left + end, outer[1]) for begin, end in columns]
    for one in parts:
        yield from _cut(mask, one, depth - 1)


def _runs(filled: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> list[tuple[int, int]]:
    """Begin and end of every stretch of True."""
    steps = np.flatnonzero(np.diff(np.concatenate([[False], filled, [False]]).astype(np.int8)))
    return [(int(begin), int(end)) for begin, end in zip(steps[::2], steps[1::2], strict=True)]
