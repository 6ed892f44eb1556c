"""Draws a gallery at a time: what is behind, the tiles, their labels and borders, and the program around."""

import cv2
import numpy as np

from meetbot.types import Image
from tests.galleries.cameras import still
from tests.galleries.furniture import furnish
from tests.galleries.layouts import STAGE, Rect, Slot
from tests.galleries.names import initials
from tests.galleries.paint import blend, fill, outline, paste, write
from tests.galleries.rooms import bgr
from tests.galleries.scenes import Look, Person, Scene, State
from tests.galleries.slides import slide
from tests.galleries.text import shortened, written

_LABEL_FROM = 36  # pixels of height below which a tile has no label
_RED = (235, 64, 52)


def draw(scene: Scene, time: float) -> Image:
    """The picture at a time: blue, green, red."""
    width, height = scene.size
    canvas = np.empty((height, width, 3), np.uint8)
    canvas[:] = bgr(scene.look.theme.ground)
    furnish(canvas, scene)
    state = scene.state(time)
    speaking = {speech.who for speech in scene.speeches if speech.start <= time < speech.end}
    for slot in moving_slots(scene, state, time):
        if slot.who in speaking and not scene.look.border.inside and state.kind != "single":
            _border(canvas, slot.rect, scene)
        _tile(canvas, scene, state, slot, time)
        if slot.who in speaking and scene.look.border.inside:
            outline(canvas, slot.rect, scene.look.border_width, scene.look.border_colour, scene.look.radius)
    return canvas


def moving_slots(scene: Scene, state: State, time: float) -> tuple[Slot, ...]:
    """The slots at a time; while the layout flows, on their way from the last one."""
    slots = scene.slots(state)
    if time >= state.start + state.flow or state is scene.states[0]:
        return slots
    before = {slot.who: slot.rect for slot in scene.slots(scene.states[scene.states.index(state) - 1])}
    share = (time - state.start) / state.flow
    share = share * share * (3 - 2 * share)
    return tuple(Slot(who, _between(before.get(who), rect, share)) for who, rect in slots)


def _between(old: Rect | None, new: Rect, share: float) -> Rect:
    if old is None:  # who joins grows out of the middle of the tile
        old = Rect(new.x + new.w // 2 - 2, new.y + new.h // 2 - 2, 4, 4)
    return Rect(*(round(a + (b - a) * share) for a, b in zip(old, new, strict=True)))


def _border(canvas: Image, rect: Rect, scene: Scene) -> None:
    """Around the tile, in the gap; where there is no gap it lies on the neighbours."""
    width = scene.look.border_width
    height, wide = canvas.shape[:2]
    left, top = max(0, rect.x - width), max(0, rect.y - width)
    right, low = min(wide, rect.x + rect.w + width), min(height, rect.y + rect.h + width)
    radius = scene.look.radius + width if scene.look.radius else 0
    fill(canvas, Rect(left, top, right - left, low - top), scene.look.border_colour, radius=radius)


def _tile(canvas: Image, scene: Scene, state: State, slot: Slot, time: float) -> None:
    look, rect = scene.look, slot.rect
    if slot.who == STAGE:
        paste(canvas, slide(state.slide, rect.w, rect.h), rect)
        return
    person = scene.people[slot.who]
    radius = 0 if state.kind == "single" else look.radius
    off = slot.who in state.off
    picture = _without_camera(person, look, rect) if off else _with_camera(person, look, rect, time)
    paste(canvas, picture, rect, radius)
    if rect.h >= _LABEL_FROM and state.kind != "single":
        _label(canvas, person, look, rect, off)


def _with_camera(person: Person, look: Look, rect: Rect, time: float) -> Image:
    """The camera's picture in the tile's shape: cut, or with bars where the product shows all of it."""
    picture = still(person.camera, time, rect.h)
    height, width = picture.shape[:2]
    fit = min if look.contain else max
    scale = fit(rect.w / width, rect.h / height)
    across, down = min(rect.w, round(width * scale)), min(rect.h, round(height * scale))
    cut_w, cut_h = min(width, round(rect.w / scale)), min(height, round(rect.h / scale))
    x, y = (width - cut_w) // 2, (height - cut_h) // 2
    flag = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    inner = cv2.resize(picture[y : y + cut_h, x : x + cut_w], (across, down), interpolation=flag)
    if (across, down) == (rect.w, rect.h):
        return np.asarray(inner, np.uint8)
    tile = np.empty((rect.h, rect.w, 3), np.uint8)
    tile[:] = bgr(look.bars)
    left, top = (rect.w - across) // 2, (rect.h - down) // 2
    tile[top : top + down, left : left + across] = inner
    return tile


def _without_camera(person: Person, look: Look, rect: Rect) -> Image:
    tile = np.empty((rect.h, rect.w, 3), np.uint8)
    tile[:] = bgr(person.off_tile)
    middle, size = (rect.w // 2, rect.h // 2), min(rect.w, rect.h)
    if person.off_look == "name":
        pixels = max(8, size // 7)
        words = shortened(person.name, pixels, round(rect.w * 0.9))
        _centred(tile, words, middle, pixels, _ink(person))
        return tile
    radius = max(4, round(size * 0.24))
    cv2.circle(tile, middle, radius, bgr(person.off_disc), -1, cv2.LINE_AA)
    if person.off_look == "initials":
        _centred(tile, initials(person.name), middle, max(8, round(radius * 0.8)), (250, 250, 250))
    else:
        cv2.circle(tile, (middle[0], middle[1] - radius // 4), radius // 3, (235, 235, 235), -1, cv2.LINE_AA)
        body = (middle[0], middle[1] + radius * 3 // 4)
        cv2.ellipse(tile, body, (radius * 3 // 5, radius // 2), 0, 180, 360, (235, 235, 235), -1, cv2.LINE_AA)
    return tile


def _ink(person: Person) -> tuple[int, int, int]:
    return (250, 250, 250) if sum(person.off_tile) < 420 else (40, 40, 44)


def _centred(
    tile: Image, words: str, middle: tuple[int, int], pixels: int, colour: tuple[int, int, int]
) -> None:
    mask = written(words, pixels)
    blend(tile, mask, middle[0] - mask.shape[1] // 2, middle[1] - mask.shape[0] // 2, colour)


def _label(canvas: Image, person: Person, look: Look, rect: Rect, off: bool) -> None:
    """The name where the style puts it, with the sign of a muted microphone."""
    pixels, label = look.letters, look.label
    pad, away = max(2, pixels // 3), max(2, pixels // 4) if label.box else max(3, pixels // 2)
    sign = pixels if person.muted else 0
    words = shortened(person.label, pixels, rect.w - 2 * away - 2 * pad - 2 * sign)
    if not words:
        return
    mask = written(words, pixels)
    beside = sign + pad if sign and look.mute != "corner" else 0
    width, height = mask.shape[1] + beside + 2 * pad, mask.shape[0] + pad // 2
    x = rect.x + ((rect.w - width) // 2 if label.place == "lower middle" else away)
    y = rect.y + away if label.place == "upper left" else rect.y + rect.h - height - away
    if label.box:
        fill(canvas, Rect(x, y, width, height), label.box, label.opacity, label.radius)
    begin = x + pad + (beside if look.mute == "before" else 0)
    if label.box is None:
        blend(canvas, mask, begin + 1, y + pad // 4 + 1, (0, 0, 0), 0.6)
    write(canvas, words, begin, y + pad // 4, pixels, label.ink)
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
