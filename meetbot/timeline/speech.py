"""Who spoke for how long, as far as a lesson shows it, and who may be the teacher by that."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from meetbot import settings
from meetbot.types import Event, SeatFigures

Floats = npt.NDArray[np.float64]


def told(times: Floats, speaking: Floats) -> Floats:
    """Per reading 1 (speaks), 0 or nan (can't be seen); nan throughout where a lesson never shows speech.

    Nobody's border at all means that this recording has no borders, not that everybody was silent.
    """
    looked = np.unique(times[~np.isnan(speaking)])
    spoken = np.unique(times[speaking == 1])
    shows = len(spoken) > 0 and len(spoken) >= settings.SPEECH_SEEN * len(looked)
    return speaking if shows else np.full(len(speaking), np.nan)


def minutes_of(speaking: Floats, every: float) -> float | None:
    """How long one seat spoke; None where that was never seen."""
    if np.isnan(speaking).all():
        return None
    return round(float((speaking == 1).sum()) * every / 60, 2)


def spoken_spans(times: Floats, speaking: Floats, every: float) -> tuple[tuple[float, float], ...]:
    """From when to when one seat spoke; a breath of a few seconds ends nothing."""
    spoken = times[speaking == 1]
    if not len(spoken):
        return ()
    ends = np.flatnonzero(np.diff(spoken) > max(settings.SPEECH_BREATH, 1.5 * every))
    firsts, lasts = spoken[np.concatenate(([0], ends + 1))], spoken[np.concatenate((ends, [-1]))]
    return tuple((float(first), float(last) + every) for first, last in zip(firsts, lasts, strict=True))


def unseen_warning(times: Floats, speaking: Floats, every: float) -> tuple[str, ...]:
    """A sentence where speech was looked for long enough and never seen."""
    looked = np.unique(times[~np.isnan(speaking)])
    if len(looked) * every < settings.SPEECH_LOOKED or not np.isnan(told(times, speaking)).all():
        return ()
    return ("Who speaks can't be told: nothing in this lesson shows it, so there are no speaking times.",)


class Guess(NamedTuple):
    """Which seat may be the teacher's, and why."""

    seat: int | None = None
    because: Literal["", "spoke", "presented"] = ""


def likely_teacher(seats: Sequence[SeatFigures], events: Iterable[Event]) -> Guess:
    """Who of the class spoke most or, where little was spoken, whose screen was shared most often."""
    if len(seats) < 2 or any(seat.role == "teacher" for seat in seats):
        return Guess()
    spoken = {seat.seat: 60 * (seat.minutes_speaking or 0.0) for seat in seats if seat.role == "student"}
    if max(spoken.values(), default=0.0) >= settings.TEACHER_SPEAKS:
        first = _first(spoken)
        return Guess(first, "spoke") if first is not None else Guess()
    shared = Counter(event.seat for event in events if event.kind == "presents" and event.seat in spoken)
    first = _first({seat: float(times) for seat, times in shared.items() if seat is not None})
    return Guess(first, "presented") if first is not None else Guess()


def _first(amounts: Mapping[int, float]) -> int | None:
    """The seat with the largest amount; None where two have it."""
    most = max(amounts.values(), default=0.0)
    first = [seat for seat, amount in amounts.items() if amount == most]
    return first[0] if len(first) == 1 else None
