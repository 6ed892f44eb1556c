"""Where the tiles stand: the geometry that the products have in common."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Literal, NamedTuple

from tests.galleries.styles import COVER

STAGE = -1  # who is in the slot of the shared screen
NARROWEST, WIDEST = 4 / 3, 16 / 9  # of tiles that take whatever room there is

Kind = Literal["grid", "right", "left", "top", "bottom", "speaker", "inset", "shared inset", "single"]


class Rect(NamedTuple):
    """Whole pixels of the frame."""

    x: int
    y: int
    w: int
    h: int


class Slot(NamedTuple):
    """A tile: who is in it, and where."""

    who: int
    rect: Rect


@dataclass(frozen=True)
class Shape:
    """What a layout depends on besides the people."""

    area: Rect
    gap: int
    ratio: float
    centred: bool
    strip: float  # share of the area's width or height
    lanes: int  # of the filmstrip
    shared: float  # the shared screen's ratio
    speaker: Literal["right", "top", "bottom"]  # where the others stand in the speaker view
    corner: int  # of the inset: 0-3
    focus: bool


def arrange(kind: Kind, people: Sequence[int], shape: Shape) -> tuple[Slot, ...]:
    """The slots in reading order; people for whom no room is left have none."""
    if kind == "single":
        return (Slot(people[0], shape.area),)
    if kind == "grid":
        rects = _focused(len(people), shape) if shape.focus and len(people) > 4 else _grid(len(people), shape)
        return tuple(Slot(*pair) for pair in zip(people, rects, strict=True))
    if kind in ("inset", "shared inset"):
        return _inset(kind, people, shape)
    side = shape.speaker if kind == "speaker" else kind
    main, strip = _strip(side, len(people) - (kind == "speaker"), shape)
    if kind == "speaker":
        large = Slot(people[0], _contained(main, shape.ratio or WIDEST))
        return (large, *(Slot(*pair) for pair in zip(people[1:], strip, strict=False)))
    return (
        Slot(STAGE, _contained(main, shape.shared)),
        *(Slot(*pair) for pair in zip(people, strip, strict=False)),
    )


def best_columns(count: int, area: Rect, gap: int, ratio: float) -> tuple[int, int, int]:
    """The number of columns that makes tiles largest, and a tile's width and height."""
    best = (0, 0, 0)
    for columns in range(1, count + 1):
        rows = ceil(count / columns)
        width = (area.w - gap * (columns - 1)) / columns
        height = (area.h - gap * (rows - 1)) / rows
        low, high = (NARROWEST, WIDEST) if ratio == COVER else (ratio, ratio)
        width, height = min(width, height * high), min(height, width / low)
        if int(width) * int(height) >= best[1] * best[2]:  # two stand side by side
            best = (columns, int(width), int(height))
    return best


def _grid(count: int, shape: Shape) -> list[Rect]:
    area, gap = shape.area, shape.gap
    columns, width, height = best_columns(count, area, gap, shape.ratio)
    rows = ceil(count / columns)
    left = area.x + (area.w - columns * width - gap * (columns - 1)) // 2
    top = area.y + (area.h - rows * height - gap * (rows - 1)) // 2
    rects = []
    for number in range(count):
        row, column = divmod(number, columns)
        missing = columns - min(columns, count - row * columns)
        shift = missing * (width + gap) // 2 if shape.centred else 0
        rects.append(Rect(left + shift + column * (width + gap), top + row * (height + gap), width, height))
    return rects


def _focused(count: int, shape: Shape) -> list[Rect]:
    """The first camera spans 2x2, the others flow around it."""
    area, gap = shape.area, shape.gap
    columns, width, height = best_columns(count + 3, area, gap, shape.ratio)
    if columns < 3:
        return _grid(count, shape)
    rows = ceil((count + 3) / columns)
    left = area.x + (area.w - columns * width - gap * (columns - 1)) // 2
    top = area.y + (area.h - rows * height - gap * (rows - 1)) // 2
    cells = [(row, column) for row in range(rows) for column in range(columns)]
    free = [cell for cell in cells if cell[0] > 1 or cell[1] > 1][: count - 1]
    large = Rect(left, top, 2 * width + gap, 2 * height + gap)
    return [
        large,
        *(Rect(left + c * (width + gap), top + r * (height + gap), width, height) for r, c in free),
    ]


def _strip(side: str, count: int, shape: Shape) -> tuple[Rect, list[Rect]]:
    """The room that is left for the large picture, and the filmstrip's tiles, as many as fit."""
    area, gap = shape.area, shape.gap
    ratio = shape.ratio or WIDEST
    upright = side in ("right", "left")
    depth = int((area.w if upright else area.h) * shape.strip)  # of the whole strip
    lane = (depth - gap * (shape.lanes - 1)) // shape.lanes
    width, height = (lane, int(lane / ratio)) if upright else (int(lane * ratio), lane)
    length, step = (area.h, height + gap) if upright else (area.w, width + gap)
    fit = max(1, (length + gap) // step)
    count = min(count, fit * shape.lanes)
    along = ceil(count / shape.lanes)
    begin = (length - along * step + gap) // 2 if shape.centred else 0
    across = {"right": area.w - depth, "bottom": area.h - depth}.get(side, 0)
    rects = []
    for number in range(count):
        place, line = divmod(number, shape.lanes) if upright else (number % along, number // along)
        one, other = begin + place * step, across + line * (lane + gap)
        x, y = (other, one) if upright else (one, other)
        rects.append(Rect(area.x + x, area.y + y, width, height))
    return _beside(side, area, depth + gap), rects


def _beside(side: str, area: Rect, depth: int) -> Rect:
    x, y, w, h = area
    if side in ("right", "left"):
        return Rect(x + depth * (side == "left"), y, w - depth, h)
    return Rect(x, y + depth * (side == "top"), w, h - depth)


def _inset(kind: Kind, people: Sequence[int], shape: Shape) -> tuple[Slot, ...]:
    """One large picture, and a small one in a corner on top of it."""
    x, y, w, h = shape.area
    ratio = shape.ratio or WIDEST
    large = _contained(shape.area, shape.shared) if kind == "shared inset" else shape.area
    width = int(w * max(0.16, min(shape.strip, 0.25)))
    height, away = int(width / ratio), max(4, w // 80)
    right, low = shape.corner % 2, shape.corner // 2
    left = x + (w - width - away if right else away)
    top = y + (h - height - away if low else away)
    small = Rect(left, top, width, height)
    if kind == "shared inset":
        return (Slot(STAGE, large), Slot(people[0], small))
    return (Slot(people[0], large), Slot(people[1], small))


def _contained(area: Rect, ratio: float) -> Rect:
    """The largest rectangle of a ratio in the middle of an area."""
    width, height = min(area.w, int(area.h * ratio)), min(area.h, int(area.w / ratio))
    return Rect(area.x + (area.w - width) // 2, area.y + (area.h - height) // 2, width, height)
