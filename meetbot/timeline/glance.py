"""The class at a glance: attention, moods and coverage of the last minutes, from everybody's stretches."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from meetbot.settings import (
    CLASS_LEAST,
    FEW_KNOWN,
    LIVE_NOW,
    LIVE_STEP,
    LIVE_WINDOW,
)
from meetbot.timeline.attention import Floats
from meetbot.timeline.class_minute import apportioned, in_fives, nearest, of_some, step_for
from meetbot.timeline.spans import LABELS
from meetbot.timeline.traces import FACE, Stretch

MINUTE = 60.0
_WHOLE = 0.9  # share of a minute's readings that make somebody present all that minute


class Terms(NamedTuple):
    """What a policy lets be shown, and how often people are looked at."""

    every: float
    moods: bool = True
    persons: bool = True  # False: shares of the whole class only, per minute, rounded, for enough people

    @property
    def step(self) -> float:
        """Seconds of one point of a curve."""
        step = LIVE_STEP if self.persons else MINUTE
        return max(step, 2 * self.every)


class Counts(NamedTuple):
    """People x points: readings, faces, faces of known direction, those turned to the screen, and moods."""

    readings: Floats
    faces: Floats
    known: Floats
    turned: Floats
    moods: Floats


def glance(people: Sequence[Stretch], end: float, terms: Terms) -> dict[str, Any]:
    """The class now, and its curves over the last minutes: the last point ends at or before `end`."""
    last = int(end // terms.step)
    first = max(0, last - int(LIVE_WINDOW // terms.step))
    points = count(people, first * terms.step, last - first, terms.step)
    smooth = _neighbours(points) if terms.persons else points
    shown = [_shares(_column(smooth, place), terms, terms.step) for place in range(last - first)]
    if terms.persons:
        long = min(LIVE_NOW, end) or terms.every
        now = _shares(_column(count(people, end - long, 1, long + terms.every), 0), terms, long)
    else:
        now = shown[-1] if shown else _shares(None, terms, terms.step)
    curves = {kind: [one[kind] for one in shown] for kind in ("attention", "coverage", "moods")}
    return {"now": now, "curve": {"from": first * terms.step, "step": terms.step, **curves}}


def count(people: Sequence[Stretch], start: float, points: int, step: float) -> Counts:
    """How many readings of which kind each person has in each point."""
    rows = [_of_person(one, start, points, step) for one in people]
    table = np.stack(rows) if rows else np.zeros((0, 4 + len(LABELS), points))
    return Counts(table[:, 0], table[:, 1], table[:, 2], table[:, 3], table[:, 4:])


def _of_person(one: Stretch, start: float, points: int, step: float) -> Floats:
    place = np.floor((one.times - start) / step + 1e-9).astype(np.int64)
    inside = (place >= 0) & (place < points)
    face = one.states == FACE
    wanted = [np.ones(len(place), bool), face, ~np.isnan(one.turned), one.turned == 1]
    wanted += [one.moods == label for label in range(len(LABELS))]
    return np.stack([np.bincount(place[inside & rows], minlength=points) for rows in wanted]).astype(float)


def _neighbours(points: Counts) -> Counts:
    """Each point with the one before and the one after: a curve that a glance can follow."""

    def summed(values: Floats) -> Floats:
        padded = np.pad(values, [(0, 0)] * (values.ndim - 1) + [(1, 1)])
        return np.asarray(padded[..., :-2] + padded[..., 1:-1] + padded[..., 2:])

    return Counts(*map(summed, points))


def _column(points: Counts, place: int) -> Counts:
    return Counts(*(values[..., place] for values in points))


def _shares(point: Counts | None, terms: Terms, step: float) -> dict[str, Any]:
    """One point's shares; None for what can't be told, and for what the policy keeps."""
    if point is not None and not terms.persons:
        point = _present_throughout(point, terms.every, step)
    if point is None or not point.readings.any():
        return {"attention": None, "coverage": None, "moods": {}, "people": 0}
    faces, known = point.faces.sum(), point.known.sum()
    if not terms.persons:
        return _of_the_class(point, terms)
    told = known > FEW_KNOWN * faces
    moods: Mapping[str, float] = {}
    if terms.moods and faces:
        shares = point.moods.sum(axis=0) / max(point.moods.sum(), 1)
        moods = {label: round(float(share), 3) for label, share in zip(LABELS, shares, strict=True)}
    looks = max(float(point.readings.max()), 1.0) * int((point.readings > 0).sum())
    return {
        "attention": round(float(point.turned.sum() / known), 3) if told else None,
        "coverage": round(float(min(faces / looks, 1.0)), 3),
        "moods": moods,
        "people": int((point.readings > 0).sum()),
    }


def _present_throughout(point: Counts, every: float, step: float) -> Counts | None:
    """Only those who were there all that minute, so that nobody's coming or going shows; too few are none."""
    whole = point.readings >= _WHOLE * step / every
    return Counts(*(values[whole] for values in point)) if whole.sum() >= CLASS_LEAST else None


def _of_the_class(point: Counts, terms: Terms) -> dict[str, Any]:
    """The same by the rules of `class_minute`, so that the page tells no more than the lesson keeps."""
    there, seen, known = (int((values > 0).sum()) for values in (point.readings, point.faces, point.known))
    faces, looks = point.faces.sum(), max(float(point.readings.max()), 1.0) * there
    moods: Mapping[str, float] = {}
    if terms.moods and seen >= CLASS_LEAST:
        shares = point.moods.sum(axis=0) / max(point.moods.sum(), 1)
        moods = dict(zip(LABELS, apportioned(shares, seen), strict=True))
    told = known >= CLASS_LEAST and point.known.sum() > FEW_KNOWN * faces
    return {
        "attention": of_some(float(point.turned.sum() / point.known.sum()), known) if told else None,
        "coverage": nearest(float(min(faces / looks, 1.0)), step_for(there)),
        "moods": moods,
        "people": in_fives(there),
    }


def rounded(share: float, terms: Terms, people: int) -> float:
    """A share of so many people as it is shown: in steps where only the class may be."""
    return round(float(share), 3) if terms.persons else of_some(float(share), people)
