"""Moments: when the class's attention or mood changed, found by a test over the whole lesson.

A stretch is searched for the strongest step in the class's curve. The step counts when fewer than
the level's share of shuffled lessons hold one as strong (see `changes.chance_of`); then the two
stretches beside it are searched, each at a level in proportion to its length. The level is shared
by the kinds, so that it holds for the lesson as a whole.
"""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from meetbot import settings
from meetbot.timeline.changes import (
    Floats,
    block_length,
    chance_of,
    class_curve,
    place_step,
    shift,
    step_strength,
)
from meetbot.types import Moment

_BIN = 5.0  # seconds in a place of the searched curve; the found step is then placed to the instant


class Track(NamedTuple):
    """One kind of value of the class: people x instants, nan where it is not known."""

    kind: Literal["attention", "mood", "presence"]
    seats: tuple[int, ...]
    values: Floats


class Step(NamedTuple):
    """A found change: the instant, and the chance of one as strong in a lesson without."""

    at: int
    p_value: float


def find_moments(tracks: Sequence[Track], every: float) -> tuple[Moment, ...]:
    """The changes of the class that chance does not explain, by time."""
    found = [moment for track in tracks for moment in _moments(track, every, len(tracks))]
    return tuple(sorted(found, key=lambda moment: (moment.start, moment.kind)))


def _moments(track: Track, every: float, kinds: int) -> Iterator[Moment]:
    instants = track.values.shape[1]
    if instants * every < settings.MOMENT_NEEDS or len(track.seats) < settings.MOMENT_PEOPLE:
        return
    steps = sorted(_steps(track.values, every, settings.MOMENT_LEVEL / kinds))
    edges = [0, *(step.at for step in steps), instants]
    for number, step in enumerate(steps[: settings.MOMENTS_MOST]):
        moment = _moment(track, edges[number], step, edges[number + 2], every)
        if moment:
            yield moment


def _steps(values: Floats, every: float, level: float, offset: int = 0) -> Iterator[Step]:
    """The steps of a stretch: the strongest, and those of the two stretches beside it."""
    bins = max(round(_BIN / every), 1)
    margin = max(round(settings.MOMENT_MARGIN / every), 1)
    edge = max(margin // bins, 1)
    curve = class_curve(values, bins)
    if len(curve.sums) <= 2 * edge or values.shape[1] <= 2 * margin:
        return
    strength = step_strength(curve, edge)
    if not strength.max() > 0:  # nobody known, or nobody ever changed
        return
    place = int(strength.argmax()) + 1
    block = block_length(curve, place, bins * every)
    p_value = chance_of(curve, edge, block, settings.MOMENT_TRIES)
    if p_value > level:
        return
    at = place_step(values, place * bins, margin, every)
    yield Step(offset + at, p_value)
    share = at / values.shape[1]
    yield from _steps(values[:, :at], every, level * share, offset)
    yield from _steps(values[:, at:], every, level * (1 - share), offset + at)


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
    )
