"""One simulated student, a process of its own: `python -m meetbot.demo.student`.

The first line of its input says where the class is, each further line what to do. The end of the input is the
end of the student, so that none outlives the command that started it, however that ends.
"""

import json
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from math import inf
from typing import cast, get_args

from meetbot.demo.cast import CAST
from meetbot.demo.portraits import Student, camera
from meetbot.rooms.classroom_pupil import Cue, Part, sit_in
from meetbot.types import Image

_SIZE = (320, 180)  # pixels, what a page sends to the bot
_NEVER, _ALWAYS = (0.0, 0.0), (0.0, inf)
_POSES: Mapping[str, Callable[[Student], Student]] = {
    "turn_away": lambda student: replace(student, turned_away=_ALWAYS),
    "turn_back": lambda student: replace(student, turned_away=_NEVER),
    "get_up": lambda student: replace(student, gone=_ALWAYS),
    "sit_down": lambda student: replace(student, gone=_NEVER),
}


class Figure:
    """What a student's camera shows, and the words that change it."""

    def __init__(self, student: Student, place: int) -> None:
        self._student = student
        self._place = place

    def draw(self) -> Image:
        """The picture of this moment."""
        return camera(self._student, self._place, time.monotonic(), *_SIZE)

    def cues(self, words: Iterable[str]) -> Iterator[Cue]:
        """Act on the words that are about the picture, and pass on those that are the class room's."""
        for word in words:
            if word == "leave":
                return
            if word in _POSES:
                self._student = _POSES[word](self._student)
            elif word in get_args(Cue):
                yield cast(Cue, word)


def main() -> None:
    """Take part until told to leave, or until nobody tells anything any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the command, which then ends us
    told = json.loads(sys.stdin.readline())
    student = CAST[told["place"]]
    figure = Figure(student, told["place"])
    part = Part(told["address"], student.name, told["token"], frozenset(told["companions"]))
    sit_in(part, figure.draw, figure.cues(line.strip() for line in sys.stdin))


if __name__ == "__main__":
    main()
