"""Text as masks: DejaVu for Latin, Greek, Cyrillic and Arabic, other alphabets where they are installed."""

from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

from meetbot.types import Image

_SYSTEM = Path("/usr/share/fonts")
_INSTALLED = {  # alphabets that DejaVu lacks, and files that have them
    "chinese": ("NotoSansCJK-Regular.ttc", "wqy-zenhei.ttc", "wqy-microhei.ttc"),
    "japanese": ("NotoSansCJK-Regular.ttc", "ipag.ttf", "fonts-japanese-gothic.ttf"),
    "hangul": ("NotoSansCJK-Regular.ttc", "NanumGothic.ttf", "UnDotum.ttf"),
    "devanagari": ("NotoSansDevanagari-Regular.ttf", "Lohit-Devanagari.ttf"),
}
_DEJAVU = ("latin", "greek", "cyrillic", "arabic")


@cache
def font_file(alphabet: str, bold: bool = False) -> Path | None:
    """The file that has an alphabet's letters, when there is one on this machine."""
    if alphabet in _DEJAVU:
        spec = find_spec("matplotlib")
        assert spec is not None and spec.origin is not None, "matplotlib, which carries the fonts, is missing"
        name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
        return Path(spec.origin).parent / "mpl-data" / "fonts" / "ttf" / name
    found = (path for name in _INSTALLED[alphabet] for path in sorted(_SYSTEM.rglob(name)))
    return next(found, None)


def alphabets() -> tuple[str, ...]:
    """The alphabets that can be written on this machine."""
    return tuple(name for name in (*_DEJAVU, *_INSTALLED) if font_file(name))


def alphabet_of(text: str) -> str:
    """The alphabet of the first letter that isn't Latin."""
    ranges = {
        "greek": (0x370, 0x3FF),
        "cyrillic": (0x400, 0x52F),
        "arabic": (0x600, 0x6FF),
        "devanagari": (0x900, 0x97F),
        "japanese": (0x3040, 0x30FF),
        "chinese": (0x4E00, 0x9FFF),
        "hangul": (0xAC00, 0xD7AF),
    }
    for name, (low, high) in ranges.items():
        if any(low <= ord(letter) <= high for letter in text):
            return name
    return "latin"


@lru_cache(maxsize=4000)
def written(text: str, pixels: int, bold: bool = False) -> Image:
    """How much each pixel is covered, 0-255; the lines are as high for every text of a size."""
    font = _font(alphabet_of(text), pixels, bold)
    width = max(1, int(font.getlength(text)) + 1)
    rise, fall = font.getmetrics()
    canvas = Pillow.new("L", (width, rise + fall))
    ImageDraw.Draw(canvas).text((0, 0), text, fill=255, font=font)
    return np.asarray(canvas, np.uint8)


def shortened(text: str, pixels: int, width: int) -> str:
    """The text, cut with an ellipsis where it would be wider."""
    if written(text, pixels).shape[1] <= width:
        return text
    for end in range(len(text) - 1, 0, -1):
        shorter = text[:end].rstrip() + "\N{HORIZONTAL ELLIPSIS}"
        if written(shorter, pixels).shape[1] <= width:
            return shorter
    return ""


@cache
def _font(alphabet: str, pixels: int, bold: bool) -> ImageFont.FreeTypeFont:
    path = font_file(alphabet, bold)
    assert path is not None, f"no font here has {alphabet} letters"
    return ImageFont.truetype(str(path), pixels)
