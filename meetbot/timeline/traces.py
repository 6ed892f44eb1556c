"""What is known of each person while a class goes on: every pose, and which mood each face showed."""

from array import array
from bisect import bisect_left
from dataclasses import dataclass, field
from math import nan
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from meetbot.settings import MOOD_WINDOW, MOOD_WINDOW_INSTANTS, UNSURE_BELOW
from meetbot.timeline.attention import Floats, facing, turned, usual_pose
from meetbot.timeline.counts import MOOD_SHARES
from meetbot.timeline.spans import smooth_moods
from meetbot.types import EMOTIONS, Reading

FACE, NO_FACE, CAMERA_OFF = range(3)
_STATES = {"face": FACE, "no_face": NO_FACE, "camera_off": CAMERA_OFF}
_UNKNOWN = (nan,) * len(EMOTIONS)
_RUN_UP = 30.0  # seconds of readings before the first that is smoothed
_AGAIN = 60  # readings after which somebody's usual pose is looked for anew

Ints = npt.NDArray[np.int64]


class Stretch(NamedTuple):
    """One person's readings of some time: states, 1, 0 or nan for "turned to the screen", moods or -1."""

    times: Floats
    states: Ints
    turned: Floats
    moods: Ints


@dataclass(slots=True)
class Trace:
    """One person's readings of the whole class, packed: 65 bytes each."""

    times: "array[float]" = field(default_factory=lambda: array("d"))
    states: "array[int]" = field(default_factory=lambda: array("b"))
    yaw: "array[float]" = field(default_factory=lambda: array("d"))
    pitch: "array[float]" = field(default_factory=lambda: array("d"))
    emotions: "array[float]" = field(default_factory=lambda: array("f"))
    certainty: "array[float]" = field(default_factory=lambda: array("d"))
    moods: "array[int]" = field(default_factory=lambda: array("b"))
    _stands: int = 0  # of the moods, so many stand
    _usual: tuple[float, float] | None = None
    _looked: int = -_AGAIN  # readings there were when it was looked for

    def add(self, reading: Reading) -> None:
        """One more reading; time only goes on."""
        self.times.append(reading.time)
        self.states.append(_STATES[reading.state])
        self.yaw.append(nan if reading.yaw is None else reading.yaw)
        self.pitch.append(nan if reading.pitch is None else reading.pitch)
        self.emotions.extend(reading.emotions or _UNKNOWN)
        self.certainty.append(reading.certainty or 0.0)

    def since(self, start: float, every: float) -> Stretch:
        """The readings from a time on, by the usual pose as it is known by now."""
        self._read_moods(every)
        shown = slice(bisect_left(self.times, start), None)
        own = turned(_floats(self.yaw[shown]), _floats(self.pitch[shown]), self._usual_by_now(every))
        states, moods = (np.array(codes[shown], np.int64) for codes in (self.states, self.moods))
        return Stretch(_floats(self.times[shown]), states, own, moods)

    def whole(self, instants: int, every: float) -> tuple[Floats, Floats]:
        """Attention and the mood part of the index at every instant, as moments are searched in."""
        at = np.minimum(np.rint(_floats(self.times) / every).astype(np.int64), instants - 1)
        attention, mood = np.full(instants, nan), np.full(instants, nan)
        attention[at] = facing(_floats(self.yaw), _floats(self.pitch), every).turned
        sure = _floats(self.certainty) >= UNSURE_BELOW
        mood[at] = np.where(sure, self._emotions(0) @ MOOD_SHARES, nan)
        return attention, mood

    def _read_moods(self, every: float) -> None:
        """Smooth the newest moods; a mood stands once the readings after it are known."""
        if not self.times:
            return
        before = bisect_left(self.times, self.times[min(self._stands, len(self.times) - 1)] - _RUN_UP)
        times, face = _floats(self.times[before:]), np.array(self.states[before:]) == FACE
        moods = np.full(len(times), -1)
        emotions, sure = self._emotions(before), _floats(self.certainty[before:])
        moods[face] = smooth_moods(times[face], emotions[face], sure[face], every)
        self.moods[self._stands :] = array("b", moods[self._stands - before :].tolist())
        self._stands = bisect_left(
            self.times, self.times[-1] - max(MOOD_WINDOW, MOOD_WINDOW_INSTANTS * every)
        )

    def _usual_by_now(self, every: float) -> tuple[float, float] | None:
        if len(self.times) >= self._looked + _AGAIN or (
            self._usual is None and self._looked < len(self.times)
        ):
            self._looked = len(self.times)
            self._usual, _ = usual_pose(_floats(self.yaw), _floats(self.pitch), every)
        return self._usual

    def _emotions(self, before: int) -> Floats:
        return np.array(self.emotions[before * len(EMOTIONS) :], np.float64).reshape(-1, len(EMOTIONS))


def _floats(values: "array[float]") -> Floats:
    return np.array(values, np.float64)
