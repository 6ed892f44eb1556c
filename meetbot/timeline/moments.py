"""Moments: when the class's attention or mood changed, found by a test over the whole lesson.

A lesson is searched for the stretch on the most different level: from its beginning (one step) or
in its middle (a change and its return). It counts when fewer than the level's share of shuffled
lessons hold one as strong (see `changes.chance_of`); then the parts beside its edges are searched,
each at a level in proportion to its length. The level is shared by the kinds, so that it holds for
the lesson as a whole.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from meetbot import settings
from meetbot.timeline.changes import (
    Floats,
    Stretch,
    block_length,
    chance_of,
    class_curve,
    place_step,
    shift,
    strongest_stretch,
)
from meetbot.types import Moment

_BIN, _BINS = 10.0, 150  # a place of the searched curve is so many seconds, or a 150th of the lesson
_ROUNDING = 1e-6  # strength that sums of equal numbers can seem to have


class Track(NamedTuple):
    """One kind of value of the class: people x instants, nan where it is not known."""

    kind: Literal["attention", "mood", "presence"]
    seats: tuple[int, ...]
    values: Floats


class Step(NamedTuple):
    """A found change: the instant, and the chance of one as strong in a lesson without."""

    at: int
    p_value: float


def find_moments(
    tracks: Sequence[Track], every: float, level: float = settings.MOMENT_LEVEL
) -> tuple[Moment, ...]:
    """The changes of the class that chance does not explain, by time."""
    found = [moment for track in tracks for moment in _moments(track, every, level / len(tracks))]
    return tuple(sorted(found, key=lambda moment: (moment.start, moment.kind)))


def _moments(track: Track, every: float, level: float) -> list[Moment]:
    instants = track.values.shape[1]
    if instants * every < settings.MOMENT_NEEDS or len(track.seats) < settings.MOMENT_PEOPLE:
        return []
    steps = sorted(_steps(track.values, every, level))
    while steps:
        edges = [0, *(step.at for step in steps), instants]
        found = [_moment(track, edges[k], step, edges[k + 2], every) for k, step in enumerate(steps)]
        # A step too small to tell must not cut short what stands beside it: once more without.
        if all(found):
            return [moment for moment in found if moment][: settings.MOMENTS_MOST]
        steps = [step for step, moment in zip(steps, found, strict=True) if moment]
    return []


def _steps(values: Floats, every: float, level: float, offset: int = 0) -> Iterator[Step]:
    """The steps of a part of the lesson: the edges of its strongest stretch, and those beside them."""
    instants = values.shape[1]
    bins = max(round(max(_BIN, instants * every / _BINS) / every), 1)
    margin = max(round(settings.MOMENT_MARGIN / every), 1)
    edge = -(-margin // bins)  # rounded up
    curve = class_curve(values, bins)
    if len(curve.sums) <= 2 * edge or instants <= 2 * margin:
        return
    stretch = strongest_stretch(curve, edge)
    if not stretch.strength > _ROUNDING:  # nobody known, or nobody ever changed
        return
    block = block_length(curve, stretch, bins * every)
    p_value = chance_of(curve, edge, block, settings.MOMENT_TRIES, level)
    if p_value > level:
        return
    places = [0, *_placed(values, stretch, bins, margin, every), instants]
    yield from (Step(offset + at, p_value) for at in places[1:-1])
    for start, end in pairwise(places):
        yield from _steps(values[:, start:end], every, level * (end - start) / instants, offset + start)


def _placed(values: Floats, stretch: Stretch, bins: int, margin: int, every: float) -> list[int]:
    """The edges of a stretch, to the instant; each is placed in view of what lies beside it."""
    end = stretch.end * bins
    if stretch.start == 0:
        return [place_step(values, end, margin, every)]
    start = place_step(values[:, :end], stretch.start * bins, margin, every)
    return [start, start + place_step(values[:, start:], end - start, margin, every)]


def _moment(track: Track, before: int, step: Step, after: int, every: float) -> Moment | None:
    found = shift(track.values[:, before:after], step.at - before, every)
    change = found.of_class
    with_it = (found.theirs > 0.5) & (found.weights > 0) & (found.sizes * change > 0)
    seats = tuple(seat for seat, changed in zip(track.seats, with_it, strict=True) if changed)
    if abs(change) < settings.MOMENT_LEAST or len(seats) < settings.MOMENT_PEOPLE:
        return None
    return Moment(
        start=round(step.at * every, 3),
        end=round(after * every, 3),
        kind=track.kind,
        change=round(change, 3),
        seats=seats,
        p_value=round(step.p_value, 4),
        note="",
        before=round(found.level, 3),
        known=int((found.weights > 0).sum()),
    )
