"""Counts per seat and minute, and the measures that follow from them by addition."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from meetbot.settings import INDEX_ATTENTION, INDEX_MOOD, MOOD_FULL, MOOD_WEIGHTS
from meetbot.timeline.spans import LABELS
from meetbot.types import EMOTIONS, Measure

Floats = npt.NDArray[np.float64]

MINUTE = 60.0
SHARE_DECIMALS, INDEX_DECIMALS = 4, 1
MOOD_SHARES = np.array([MOOD_WEIGHTS[emotion] for emotion in EMOTIONS]) / MOOD_FULL


class Extent(NamedTuple):
    """Which time the figures are about: what was read of the lesson, and how often."""

    duration: float
    end: float
    every: float


class Judged(NamedTuple):
    """The columns of the judged readings that are counted."""

    seat: npt.NDArray[np.int64]
    time: Floats
    face: npt.NDArray[np.bool_]
    turned: Floats  # 1, 0, or nan where facing can't be told
    mood: npt.NDArray[np.int64]  # place in LABELS, -1 without a face
    off: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Counts:
    """Seats x minutes of a lesson; `moods` has a third axis, the smoothed labels."""

    end: float
    due: Floats  # minutes: sampling instants that a seat could have been read at
    readings: Floats
    faces: Floats
    known: Floats  # faces whose facing could be told
    turned: Floats  # of these, the ones turned to the screen
    moods: Floats
    off: Floats  # readings with the camera off

    def of(self, seats: Sequence[int]) -> "Counts":
        """The same for some of the seats, by their place."""
        picked = (self.readings[seats], self.faces[seats], self.known[seats], self.turned[seats])
        return Counts(self.end, self.due, *picked, self.moods[seats], self.off[seats])


class Sums(NamedTuple):
    """Counts added up over seats, for one minute or for the whole lesson."""

    due: float
    readings: float
    faces: float
    known: float
    turned: float
    moods: Floats
    people: int
    off: float
    engagement: float  # the index; nan where it can't be told


def count(judged: Judged, seats: Sequence[int], end: float, every: float) -> Counts:
    """Counts the judged readings of a lesson; `seats` ascend and are all there are."""
    minutes = int(np.ceil(round(end / MINUTE, 6)))
    rows = np.searchsorted(np.array(seats, dtype=np.int64), judged.seat)
    # The last reading may stand on the very end of the lesson: it belongs to the last minute.
    columns = np.minimum(judged.time // MINUTE, max(minutes - 1, 0)).astype(np.int64)
    cells = rows * minutes + columns

    def add(keep: npt.NDArray[np.bool_]) -> Floats:
        found = np.bincount(cells[keep], minlength=len(seats) * minutes)
        return found.reshape(len(seats), minutes).astype(np.float64)

    return Counts(
        end=end,
        due=_due(minutes, end, every),
        readings=add(np.ones(len(cells), dtype=np.bool_)),
        faces=add(judged.face),
        known=add(~np.isnan(judged.turned)),
        turned=add(judged.turned == 1),
        moods=np.stack([add(judged.mood == label) for label in range(len(LABELS))], axis=-1),
        off=add(judged.off),
    )


def measure(counts: Counts, with_moods: bool) -> Measure:
    """One measure over the whole lesson."""
    indices = _indices(counts)
    return _measure(0.0, counts.end, _sums(counts, indices, slice(None), counts.due.sum()), with_moods)


def measures(counts: Counts, with_moods: bool) -> tuple[Measure, ...]:
    """One measure a minute; the last minute may be shorter."""
    indices = _indices(counts)
    return tuple(
        _measure(
            minute * MINUTE,
            min((minute + 1) * MINUTE, counts.end),
            _sums(counts, indices, slice(minute, minute + 1), float(due)),
            with_moods,
        )
        for minute, due in enumerate(counts.due)
    )


def _due(minutes: int, end: float, every: float) -> Floats:
    edges = np.minimum(np.arange(minutes + 1) * MINUTE, end)
    return np.asarray(np.diff(np.ceil(np.round(edges / every, 6))))


def _indices(counts: Counts) -> Floats:
    """The engagement index of each seat and minute: the weighted sum that the report's method page prints."""
    sure = counts.moods[..., : len(EMOTIONS)]
    with np.errstate(invalid="ignore"):
        attention = counts.turned / counts.known
        mood = (sure @ MOOD_SHARES) / sure.sum(axis=-1)
    return np.asarray(100.0 * (INDEX_ATTENTION * attention + INDEX_MOOD * mood))


def _sums(counts: Counts, indices: Floats, minutes: slice, due: float) -> Sums:
    index, faces = indices[:, minutes], counts.faces[:, minutes]
    told = ~np.isnan(index)
    weight = faces[told].sum()
    return Sums(
        due=due * len(faces),
        readings=counts.readings[:, minutes].sum(),
        faces=faces.sum(),
        known=counts.known[:, minutes].sum(),
        turned=counts.turned[:, minutes].sum(),
        moods=counts.moods[:, minutes].sum(axis=(0, 1)),
        people=int((faces.sum(axis=1) > 0).sum()),
        off=counts.off[:, minutes].sum(),
        engagement=float((index[told] * faces[told]).sum() / weight) if weight else np.nan,
    )


def _measure(start: float, end: float, sums: Sums, with_moods: bool) -> Measure:
    moods = {}
    if with_moods and sums.faces:
        moods = dict(zip(LABELS, (sums.moods / sums.faces).tolist(), strict=True))
    return Measure(
        start=start,
        end=end,
        people=sums.people,
        coverage=min(_share(sums.faces, sums.due) or 0.0, 1.0),
        presence=_share(sums.faces, sums.readings),
        attention=_share(sums.turned, sums.known),
        attention_known=_share(sums.known, sums.faces) or 0.0,
        moods=moods,
        index=None if np.isnan(sums.engagement) else round(sums.engagement, INDEX_DECIMALS),
        due=int(sums.due),
        readings=int(sums.readings),
        faces=int(sums.faces),
        off=int(sums.off),
    )


def _share(part: float, whole: float) -> float | None:
    return round(float(part / whole), SHARE_DECIMALS) if whole else None
