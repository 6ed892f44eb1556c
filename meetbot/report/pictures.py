"""Kept pictures as the page carries them: a slide where it stood, each once; a face with its person."""

import base64
from collections.abc import Sequence

from meetbot.types import Still


class Slides:
    """The slides of a lesson, handed out once each: the page says everything in as few bytes as it can."""

    def __init__(self, stills: Sequence[Still]) -> None:
        slides = (still for still in stills if still.kind == "slide")
        self._slides = sorted(slides, key=lambda still: still.time)
        self._shown: set[float] = set()

    def at(self, time: float) -> str:
        """The address of the slide that stood at a time; none before the first, or where it was shown."""
        before = [still for still in self._slides if still.time <= time]
        if not before or before[-1].time in self._shown:
            return ""
        self._shown.add(before[-1].time)
        return address(before[-1])


def face_of(seat: int, stills: Sequence[Still]) -> str:
    """The address of somebody's face, where the lesson was read with `--thumbnails`."""
    return next((address(still) for still in stills if still.kind == "face" and still.seat == seat), "")


def address(still: Still) -> str:
    """A picture inside the page itself."""
    return "data:image/jpeg;base64," + base64.b64encode(still.jpeg).decode()
