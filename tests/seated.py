"""A class whose tiles are drawn and looked at again and again, for tests of who sits where."""

from collections.abc import Sequence

import numpy as np

from meetbot.gallery.looks import look
from meetbot.gallery.seats import Seats
from meetbot.types import Box, Camera, Image, Picture
from tests.labelled import Writing, labelled

SIZE = (320, 180)
NAMES = (
    "Ada Lovelace", "Lise Meitner", "Bo", "Katherine Johnson", "Sofia Kovalevskaya", "Emmy Noether",
    "Grace Hopper", "Mary Ross", "Hedy Lamarr", "Chien-Shiung Wu",
)  # fmt: skip
TINTS = np.random.default_rng(7).uniform(0.4, 1.0, (40, 3))


class Person:
    """Somebody with a room and a name; `camera` off shows initials on grey."""

    def __init__(self, number: int, name: str | None = None, camera: Camera = "on") -> None:
        self.number, self.name, self.camera = number, name or NAMES[number], camera

    def tile(self, size: tuple[int, int], labels: bool) -> Image:
        how = Writing("box", 13)
        grey = labelled(self.name if labels else "", how, self.number, size)
        if self.camera == "off":
            blank = np.full((size[1], size[0]), 60, np.uint8)
            corner = grey[-30:, :200] if labels else blank[-30:, :200]
            blank[-30:, :200] = np.where(corner > 200, corner, 60)
            return np.repeat(blank[:, :, None], 3, axis=2)
        colour = np.rint(grey[:, :, None] * TINTS[self.number]).astype(np.uint8)
        return np.where(grey[:, :, None] > 225, grey[:, :, None], colour).astype(np.uint8)


class Class:
    """A gallery that is looked at again and again."""

    def __init__(self, *, labels: bool = True, names: bool = False, seats: Seats | None = None) -> None:
        self.seats = seats or Seats()
        self.labels, self.names, self.time = labels, names, 0.0

    def look(self, people: Sequence[Person], columns: int = 3, size: tuple[int, int] = SIZE) -> list[int]:
        """Who sits where, with everybody's tile drawn row by row."""
        boxes = [
            Box(place % columns * (size[0] + 6), place // columns * (size[1] + 6), *size)
            for place in range(len(people))
        ]
        rows = -(-len(people) // columns)
        canvas = np.zeros((rows * (size[1] + 6), columns * (size[0] + 6), 3), np.uint8)
        for person, box in zip(people, boxes, strict=True):
            x, y = int(box.x), int(box.y)
            canvas[y : y + size[1], x : x + size[0]] = person.tile(size, self.labels)
        luma = np.rint(canvas @ np.array([0.114, 0.587, 0.299])).astype(np.uint8)
        picture = Picture(luma, lambda: canvas)
        looks = [look(picture, box, person.camera) for person, box in zip(people, boxes, strict=True)]
        names = [person.name.strip() or None if self.names else None for person in people]
        self.time += 1.0
        return list(self.seats.place(self.time, boxes, names, looks))


def people(count: int) -> list[Person]:
    return [Person(number) for number in range(count)]


def off(*names: str) -> list[Person]:
    """People without camera, whose names are read like that."""
    return [Person(number, name or " ", "off") for number, name in enumerate(names)]
