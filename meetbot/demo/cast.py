"""The live class of `meetbot demo`: who is in it, and what happens to whom."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from meetbot.demo.portraits import Student
from meetbot.rooms.classroom_pupil import Cue

Word = Cue | Literal["turn_away", "turn_back", "get_up", "sit_down", "leave"]

CAST = (
    Student("Grace", "grace_hopper"),
    Student("Eileen", "astronaut", rhythm=11),
    Student("Hedy", "astronaut", mirrored=True, light=0.85, rhythm=7, away=-36),
    Student("Katherine", "grace_hopper", mirrored=True, rhythm=13),
    Student("Emmy", "astronaut", light=1.1, rhythm=8),
    Student("Mary", "grace_hopper", light=0.9, rhythm=10),
)


class Scene(NamedTuple):
    """Something that happens in the class."""

    at: float  # share of the class that has passed
    who: str
    word: Word
    told: str


SCENES = (
    Scene(0.05, "Grace", "talk", "Grace speaks"),
    Scene(0.15, "Mary", "come", "Mary comes late"),
    Scene(0.25, "Grace", "hush", "Grace has said it"),
    Scene(0.3, "Eileen", "turn_away", "Eileen turns away"),
    Scene(0.4, "Emmy", "get_up", "Emmy gets up and is out of the picture"),
    Scene(0.45, "Hedy", "camera_off", "Hedy switches her camera off"),
    Scene(0.6, "Eileen", "turn_back", "Eileen looks at the screen again"),
    Scene(0.65, "Emmy", "sit_down", "Emmy is back"),
    Scene(0.7, "Katherine", "leave", "Katherine leaves early"),
    Scene(0.75, "Hedy", "camera_on", "Hedy's camera is on again"),
)
LATE = frozenset(scene.who for scene in SCENES if scene.word == "come")
PUNCTUAL = tuple(student.name for student in CAST if student.name not in LATE)


class Script:
    """What is due in a class of some length, each scene once."""

    def __init__(self, seconds: float) -> None:
        self._left = [(scene.at * seconds, scene) for scene in SCENES]

    def due(self, time: float) -> Iterator[Scene]:
        """What has become due since it was asked last."""
        while self._left and self._left[0][0] <= time:
            yield self._left.pop(0)[1]
