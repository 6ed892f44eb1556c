"""One minute of a class as a whole: what is left of everybody's readings under the policy `class`.

Nothing here looks beyond its minute, so that an interrupted run, which begins its running minute again, ends
with the same minutes. Whether a face is turned to the screen is judged by the camera's own axis: a
person's usual direction would have to be remembered.

What one person does is kept out of the shares: only who was there all the minute counts, each of them
as much as the others; a mood that was shown by less than two people's worth of time is told as
"unsure"; no share says it of nobody turned or of everybody; and no step is finer than one person.
Where the gallery was on its way to another layout for longer, nobody was read all the minute.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from meetbot.settings import (
    CLASS_LEAST,
    CLASS_MISSED,
    CLASS_PITCH,
    CLASS_SEEN,
    CLASS_STEPS,
    CLASS_YAW,
)
from meetbot.timeline.spans import LABELS, UNSURE_LABEL, smooth_moods
from meetbot.types import EMOTIONS, Reading

Floats = npt.NDArray[np.float64]
MINUTE = 60.0
_DUST = 1e-9  # what sums of shares are off by


class ClassMinute(NamedTuple):
    """Shares of the class, 0-1, in one minute; `people` is rounded down to a multiple of five."""

    start: float
    end: float
    people: int
    shares: Mapping[
        str, float
    ]  # "presence", "facing", seven moods and "unsure"; what can't be told is missing


def class_minute(
    start: float, end: float, readings: Iterable[Reading], every: float, left_out: Collection[int] = ()
) -> ClassMinute:
    """The minute of these readings but for those of the seats left out; empty for too few people."""
    seats: dict[int, list[Reading]] = {}
    for reading in readings:
        seats.setdefault(reading.seat, []).append(reading)
    instants = sorted({reading.time for them in seats.values() for reading in them})
    there = [them for seat, them in seats.items() if seat not in left_out and _stayed(them, instants)]
    if len(there) < CLASS_LEAST:
        return ClassMinute(start, end, 0, {})
    step = step_for(len(there))
    presence = float(np.mean([_seen_share(them, instants) for them in there]))
    shares = {"presence": nearest(presence, step)}
    seen = [_faces(them) for them in there if _seen_share(them, instants) >= CLASS_SEEN]
    if len(seen) >= CLASS_LEAST:
        shares |= _facing(seen) | _moods(seen, every)
    return ClassMinute(start, end, in_fives(len(there)), shares)


def step_for(people: int) -> float:
    """The step to which shares of so many people are rounded: 5 points, or what one of them makes if more."""
    return next((step for least, step in CLASS_STEPS if people >= least), 1.0)


def in_fives(people: int) -> int:
    """How many people there were, as far as it is told."""
    return people // CLASS_LEAST * CLASS_LEAST


def of_some(share: float, people: int) -> float:
    """A share of so many people in whole steps; it says it neither of nobody nor of everybody."""
    step = step_for(people)
    return round(min(max(nearest(share, step), step), 1 - step), 2)


def _stayed(readings: Sequence[Reading], instants: Sequence[float]) -> bool:
    """Whether somebody was there from the first instant to the last, but for looks that did not come off."""
    times = {reading.time for reading in readings}
    missed = len(instants) - len(times)
    return {instants[0], instants[-1]} <= times and missed <= CLASS_MISSED * len(instants)


def _faces(readings: Iterable[Reading]) -> list[Reading]:
    return [reading for reading in readings if reading.state == "face"]


def _seen_share(readings: Sequence[Reading], instants: Sequence[float]) -> float:
    return min(len(_faces(readings)) / len(instants), 1.0)


def _facing(people: Sequence[Sequence[Reading]]) -> dict[str, float]:
    known = [
        shares
        for faces in people
        if (shares := [turned for one in faces if (turned := _turned(one)) is not None])
    ]
    if len(known) < CLASS_LEAST:
        return {}
    return {"facing": of_some(float(np.mean([np.mean(turned) for turned in known])), len(known))}


def _turned(face: Reading) -> float | None:
    if face.yaw is None or face.pitch is None:
        return None
    return float(abs(face.yaw) <= CLASS_YAW and abs(face.pitch) <= CLASS_PITCH)


def _moods(people: Sequence[Sequence[Reading]], every: float) -> dict[str, float]:
    if not any(face.emotions for faces in people for face in faces):  # read without the emotion model
        return {}
    shares = np.mean([_mood_shares(faces, every) for faces in people], axis=0)
    return dict(zip(LABELS, apportioned(shares, len(people)), strict=True))


def _mood_shares(faces: Sequence[Reading], every: float) -> Floats:
    unread = (np.nan,) * len(EMOTIONS)
    times = np.array([face.time for face in faces])
    emotions = np.array([face.emotions or unread for face in faces], dtype=np.float64)
    certainty = np.array([face.certainty or 0.0 for face in faces])
    codes = smooth_moods(times, emotions, certainty, every)
    return np.asarray(np.bincount(codes, minlength=len(LABELS)) / len(codes))


def apportioned(shares: Floats, people: int) -> list[float]:
    """Shares of the moods and "unsure" in whole steps that add up to 1; what is too little is unsure."""
    step = step_for(people)
    whole = round(1 / step)
    moods = np.where(shares * people < 2 - _DUST, 0.0, shares)[:UNSURE_LABEL]
    units = np.floor(moods / step + 0.5)
    while units.sum() > whole:
        units[np.argmax(units * step - moods)] -= 1
    units = np.minimum(units, whole - 1)  # all of them would say it of everybody
    return [round(float(share), 2) for share in (*(units * step), 1 - units.sum() * step)]


def nearest(share: float, step: float) -> float:
    """A share in whole steps."""
    return round(float(np.floor(share / step + 0.5) * step), 2)
