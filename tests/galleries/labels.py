"""Names in tiles, with the sign of a muted microphone."""

import cv2

from meetbot.types import Image
from tests.galleries.layouts import Rect
from tests.galleries.paint import blend, fill, write
from tests.galleries.rooms import bgr
from tests.galleries.scenes import Look, Person
from tests.galleries.styles import Colour
from tests.galleries.text import shortened, written

_LABEL_FROM = 36  # pixels of height below which a tile has no label
_RED = (235, 64, 52)


def ink_on(tile: Colour) -> Colour:
    """The colour of text that can be read on a tile."""
    return (250, 250, 250) if sum(tile) < 420 else (40, 40, 44)


def shown_words(person: Person, look: Look, rect: Rect) -> str:
    """What the label of a tile says; cut where the tile is too narrow, empty where it has none."""
    if rect.h < _LABEL_FROM:
        return ""
    pixels = look.letters
    pad, away = _margins(look)
    room = rect.w - 2 * away - 2 * pad - (2 * pixels if person.muted else 0)
    return shortened(person.label, pixels, room)


def _margins(look: Look) -> tuple[int, int]:
    """Pixels around the text in its box, and from the box to the tile's edge."""
    pixels = look.letters
    return max(2, pixels // 3), max(2, pixels // 4) if look.label.box else max(3, pixels // 2)


def put_label(canvas: Image, person: Person, look: Look, rect: Rect, off: bool) -> None:
    """The name where the style puts it, with the sign of a muted microphone."""
    pixels, label = look.letters, look.label
    pad, away = _margins(look)
    sign = pixels if person.muted else 0
    words = shown_words(person, look, rect)
    if not words:
        return
    mask = written(words, pixels)
    beside = sign + pad if sign and look.mute != "corner" else 0
    width, height = mask.shape[1] + beside + 2 * pad, mask.shape[0] + pad // 2
    if label.place == "lower band":
        width = rect.w - 2 * away
    x = rect.x + (rect.w - width - away if label.place == "lower right" else away)
    y = rect.y + rect.h - height - away
    if label.box:
        fill(canvas, Rect(x, y, width, height), label.box, label.opacity, label.radius)
    begin = x + pad + (beside if look.mute == "before" else 0)
    bare = label.box is None
    if bare and not off:
        blend(canvas, mask, begin + 1, y + pad // 4 + 1, (0, 0, 0), 0.6)
    ink = ink_on(person.off_tile) if bare and off else label.ink
    write(canvas, words, begin, y + pad // 4, pixels, ink)
    if sign:
        _microphone(canvas, look, rect, (x, y, width, height), pad)


def _microphone(canvas: Image, look: Look, rect: Rect, label: tuple[int, int, int, int], pad: int) -> None:
    x, y, width, height = label
    size = look.letters
    colour = look.label.ink if look.mute == "after" else _RED
    if look.mute == "corner":
        middle = (rect.x + rect.w - size, rect.y + size)
        cv2.circle(canvas, middle, round(size * 0.75), (60, 60, 60), -1, cv2.LINE_AA)
        colour = (250, 250, 250)
    else:
        middle = (
            x + pad + size // 2 if look.mute == "before" else x + width - pad - size // 2,
            y + height // 2,
        )
    stroke, u = max(1, size // 10), size / 20
    tint, (cx, cy) = bgr(colour), middle
    top, low = (round(cx - 2.5 * u), round(cy - 7 * u)), (round(cx + 2.5 * u), round(cy + 1 * u))
    cv2.rectangle(canvas, top, low, tint, -1)
    arc = (round(5 * u), round(5 * u))
    cv2.ellipse(canvas, (cx, round(cy - u)), arc, 0, 0, 180, tint, stroke, cv2.LINE_AA)
    cv2.line(canvas, (cx, round(cy + 4 * u)), (cx, round(cy + 7 * u)), tint, stroke, cv2.LINE_AA)
    ends = (round(cx - 6 * u), round(cy - 7 * u)), (round(cx + 6 * u), round(cy + 7 * u))
    cv2.line(canvas, *ends, tint, stroke, cv2.LINE_AA)
