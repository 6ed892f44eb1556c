"""Draws a gallery at a time: what is behind, the tiles, their labels and borders, and the program around."""

import cv2
import numpy as np

from meetbot.types import Image
from tests.galleries.cameras import still
from tests.galleries.furniture import furnish
from tests.galleries.labels import ink_on, put_label
from tests.galleries.layouts import STAGE, Rect, Slot
from tests.galleries.names import initials
from tests.galleries.paint import blend, fill, outline, paste
from tests.galleries.rooms import bgr
from tests.galleries.scenes import Look, Person, Scene, State
from tests.galleries.slides import slide
from tests.galleries.text import shortened, written


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
    if state.kind != "single":
        put_label(canvas, person, look, rect, off)


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
        _centred(tile, words, middle, pixels, ink_on(person.off_tile))
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


def _centred(
    tile: Image, words: str, middle: tuple[int, int], pixels: int, colour: tuple[int, int, int]
) -> None:
    mask = written(words, pixels)
    blend(tile, mask, middle[0] - mask.shape[1] // 2, middle[1] - mask.shape[0] // 2, colour)
