"""The program around the gallery: toolbar, heading and side panel, none of them a tile."""

import cv2
import numpy as np

from meetbot.types import Image
from tests.galleries.layouts import Rect
from tests.galleries.paint import fill, write
from tests.galleries.rooms import bgr
from tests.galleries.scenes import Scene
from tests.galleries.text import shortened

_WORDS = ("Mute", "Stop Video", "Participants", "Chat", "Share Screen", "Record", "Reactions", "Leave")
_LINES = (
    "good morning everyone", "can you hear me?", "yes", "is the homework due today", "thanks!", "page 42",
    "my camera is broken, sorry", "what was the last step again?", "same here", "see you next week",
)  # fmt: skip


def furnish(canvas: Image, scene: Scene) -> None:
    """Draw what this scene's look has of it."""
    chance = np.random.default_rng([scene.seed, 9])
    look, (width, height) = scene.look, scene.size
    if look.toolbar:
        _toolbar(canvas, scene, Rect(0, height - look.toolbar, width, look.toolbar), chance)
    if look.heading:
        fill(canvas, Rect(0, 0, width, look.heading), look.theme.panel)
        pixels = max(8, look.heading // 2)
        write(canvas, "Physics 101 | 00:24:13", pixels, look.heading // 5, pixels, look.theme.ink)
    if look.panel:
        low = height - look.toolbar
        rect = Rect(width - look.panel_width, look.heading, look.panel_width, low - look.heading)
        _panel(canvas, scene, rect, chance)


def _toolbar(canvas: Image, scene: Scene, rect: Rect, chance: np.random.Generator) -> None:
    look = scene.look
    fill(canvas, rect, look.theme.panel)
    count = int(chance.integers(5, 9))
    step, side = rect.h * 3 // 2, rect.h // 3
    left = rect.x + (rect.w - count * step) // 2
    pixels = max(7, rect.h // 6)
    for number in range(count):
        middle = (left + number * step + step // 2, rect.y + rect.h * 2 // 5)
        colour = bgr(look.theme.ink) if number < count - 1 else (60, 60, 225)
        if scene.seed % 2:
            cv2.circle(canvas, middle, side * 3 // 4, colour, -1, cv2.LINE_AA)
        else:
            corner = (middle[0] - side // 2, middle[1] - side // 2)
            cv2.rectangle(canvas, corner, (corner[0] + side, corner[1] + side * 3 // 4), colour, -1)
            words = shortened(_WORDS[number], pixels, step)
            write(canvas, words, middle[0] - side, rect.y + rect.h * 2 // 3, pixels, look.theme.ink)


def _panel(canvas: Image, scene: Scene, rect: Rect, chance: np.random.Generator) -> None:
    look = scene.look
    fill(canvas, rect, look.theme.panel)
    pixels = max(8, look.letters)
    title = "Chat" if look.panel == "chat" else f"Participants ({len(scene.people)})"
    write(canvas, title, rect.x + pixels, rect.y + pixels // 2, pixels, look.theme.ink, bold=True)
    y = rect.y + 3 * pixels
    while y + 4 * pixels < rect.y + rect.h:
        who = scene.people[int(chance.integers(len(scene.people)))]
        room = rect.w - 4 * pixels
        if look.panel == "chat":
            write(
                canvas,
                shortened(who.name, pixels, room),
                rect.x + pixels,
                y,
                pixels,
                look.theme.ink,
                bold=True,
            )
            words = shortened(str(chance.choice(_LINES)), pixels, room)
            write(canvas, words, rect.x + pixels, y + round(1.4 * pixels), pixels, look.theme.ink)
            y += round(3.6 * pixels)
        else:
            middle = (rect.x + 2 * pixels, y + pixels * 2 // 3)
            cv2.circle(canvas, middle, round(0.8 * pixels), bgr(who.off_disc), -1, cv2.LINE_AA)
            write(
                canvas,
                shortened(who.name, pixels, room),
                rect.x + round(3.4 * pixels),
                y,
                pixels,
                look.theme.ink,
            )
            y += round(2.4 * pixels)
