"""Cells of a gallery with a name in their lower left, in the ways products write it."""

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

import numpy as np
from PIL import Image as Pictures
from PIL import ImageDraw, ImageFont

from meetbot.types import Image

Style = Literal["box", "bare", "pill"]


@dataclass(frozen=True)
class Writing:
    """How a name is written: white on a dark box, bare white, or dark on a light pill."""

    style: Style = "box"
    size: int = 13  # pixels of the font
    margin: int = 4
    muted: Literal["", "left", "right"] = ""  # where a struck-out microphone stands
    red: bool = True


def labelled(name: str, how: Writing, seed: int = 0, size: tuple[int, int] = (320, 180)) -> Image:
    """A cell with soft, moving shapes behind a name, in grey."""
    width, height = size
    cell = Pictures.fromarray(_room(seed, width, height)).convert("RGBA")
    over = Pictures.new("RGBA", cell.size)
    draw = ImageDraw.Draw(over)
    font = ImageFont.truetype(_font(), how.size)
    high = sum(font.getmetrics())
    icon = how.size + 4 if how.muted else 0
    x, y = how.margin, height - how.margin - high - 4
    ground = {"box": (0, 0, 0, 150), "pill": (255, 255, 255, 204), "bare": (0, 0, 0, 0)}[how.style]
    long = draw.textlength(name, font=font)
    draw.rectangle((x, y, x + long + icon + 8, y + high + 4), fill=ground)
    ink = (30, 30, 30, 255) if how.style == "pill" else (255, 255, 255, 255)
    left = x + 4 + (icon if how.muted == "left" else 0)
    if how.style == "bare":
        draw.text((left + 1, y + 3), name, font=font, fill=(0, 0, 0, 160))
    draw.text((left, y + 2), name, font=font, fill=ink)
    if how.muted:
        place = x + 4 if how.muted == "left" else left + long + 4
        _microphone(draw, place, y + 3, how.size, (230, 50, 50, 255) if how.red else ink)
    return np.asarray(Pictures.alpha_composite(cell, over).convert("L"), np.uint8)


def _microphone(
    draw: ImageDraw.ImageDraw, x: float, y: float, size: int, ink: tuple[int, int, int, int]
) -> None:
    draw.rounded_rectangle((x + 0.3 * size, y, x + 0.65 * size, y + 0.6 * size), 0.17 * size, fill=ink)
    draw.arc((x + 0.12 * size, y + 0.1 * size, x + 0.82 * size, y + 0.78 * size), 20, 160, fill=ink)
    draw.line((x, y, x + 0.95 * size, y + size), fill=ink)


def _room(seed: int, width: int, height: int) -> Image:
    coarse = np.random.default_rng(seed).integers(40, 200, (5, 7), dtype=np.uint8)
    soft = Pictures.fromarray(coarse).resize((width, height), Pictures.Resampling.BICUBIC)
    return np.asarray(soft, np.uint8)


@cache
def _font() -> str:
    """A font with many alphabets, out of a package of the extra `demo`."""
    found = find_spec("matplotlib")
    assert found and found.origin, 'the extra "demo" is missing'
    return str(Path(found.origin).parent / "mpl-data/fonts/ttf/DejaVuSans.ttf")
