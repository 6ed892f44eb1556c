"""The geometry of the charts: plain values for the template to print, no markup.

Across, a chart is 0-1000 units wide for paths and 0-100 percent for whatever must not be stretched
(text, hatching); down, 0 is the top and 100 the bottom. What is not known is never drawn: the chart's
ground is hatched, and `known` says where it is covered by plain paper.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from meetbot.clock import clock
from meetbot.types import UNSURE, Span

WIDTH = 1000.0
TICK_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400)  # seconds
MOST_TICKS = 7  # labels that fit beside each other; half of them on a screen of 360 px
EDGE = 4.0  # percent of the width within which a label would stick out
THIN_BAND = 0.3  # height of an unsure stretch in a ribbon, where a sure one has 1
LETTER_FROM = 4.0  # percent of the width from which a band has room for a letter
NAME_FROM = 0.18  # share from which a layer has room for its name


class Sample(NamedTuple):
    """A value between two times; None where it can't be told, not firm where it rests on few people."""

    start: float
    end: float
    value: float | None
    firm: bool = True


class Tick(NamedTuple):
    """A labelled time on the axis, in percent of the width."""

    at: float
    label: str
    anchor: str
    minor: bool  # left out where there is room for half the labels only


class Stretch(NamedTuple):
    """A stretch of time in percent of the width."""

    at: float
    width: float


class Line(NamedTuple):
    """A line with gaps: all of it, its firm part, and the ground beneath it."""

    path: str
    firm: str
    area: str


class Layer(NamedTuple):
    """One mood's area in the stack, and where its name has most room (percent), if anywhere."""

    label: str
    path: str
    name_at: tuple[float, float] | None


class Band(NamedTuple):
    """All stretches in which one mood was shown, as one path."""

    label: str
    path: str


class Letter(NamedTuple):
    """Where a band is wide enough for the first letter of its mood."""

    at: float
    label: str


class Ribbon(NamedTuple):
    """One person's moods over time."""

    bands: tuple[Band, ...]
    letters: tuple[Letter, ...]


def ticks(duration: float) -> tuple[Tick, ...]:
    """Round times along the axis, as many as fit."""
    if duration <= 0:
        return ()
    step = next((step for step in TICK_STEPS if duration / step < MOST_TICKS), TICK_STEPS[-1])
    times = [step * k for k in range(int(duration / step) + 1)]
    return tuple(
        Tick(percent_across(time, duration), clock(time), _anchor(time, duration), minor=bool(k % 2))
        for k, time in enumerate(times)
    )


def known(samples: Sequence[Sample], duration: float) -> tuple[Stretch, ...]:
    """Where a value can be told, neighbours joined."""
    return tuple(stretch(run[0].start, run[-1].end, duration) for run in _runs(samples))


def line(samples: Sequence[Sample], duration: float) -> Line:
    """A line through the middle of each sample (values 0-1), broken where nothing is known."""
    runs = [list(_outline(run, duration)) for run in _runs(samples)]
    firm = [list(_outline(run, duration)) for run in _runs(s for s in samples if s.firm)]
    return Line(
        path="".join(map(_open_path, runs)),
        firm="".join(map(_open_path, firm)),
        area="".join(_closed_path(run, [(run[0][0], 100.0), (run[-1][0], 100.0)]) for run in runs),
    )


def stack(shares: Sequence[Sequence[Sample]], labels: Sequence[str], duration: float) -> tuple[Layer, ...]:
    """Layers on top of each other, the first at the bottom; `shares` has one series for each label."""
    layers = []
    below = [Sample(s.start, s.end, None if s.value is None else 0.0) for s in shares[0]] if shares else []
    for label, series in zip(labels, shares, strict=True):
        above = [_add(low, share) for low, share in zip(below, series, strict=True)]
        layers.append(Layer(label, _between(below, above, duration), _roomiest(below, above, duration)))
        below = above
    return tuple(layers)


def ribbon(spans: Sequence[Span], labels: Sequence[str], duration: float) -> Ribbon:
    """One person's moods as bands, thin where unsure; spans too short to be seen are left out."""
    bands = (
        (
            label,
            _bars([s for s in spans if s.label == label], duration, THIN_BAND if label == UNSURE else 1.0),
        )
        for label in labels
    )
    sure = [s for s in spans if s.label in labels and s.label != UNSURE]
    stretches = [(s.label, stretch(s.start, s.end, duration)) for s in sure]
    return Ribbon(
        bands=tuple(Band(label, path) for label, path in bands if path),
        letters=tuple(
            Letter(round(place.at + place.width / 2, 1), label)
            for label, place in stretches
            if place.width >= LETTER_FROM
        ),
    )


def percent_across(time: float, duration: float) -> float:
    """Where a time lies, in percent of the width."""
    return round(min(max(time / duration, 0.0), 1.0) * 100, 2) if duration > 0 else 0.0


def _anchor(time: float, duration: float) -> str:
    at = percent_across(time, duration)
    return "start" if at < EDGE else "end" if at > 100 - EDGE else "middle"


def stretch(start: float, end: float, duration: float) -> Stretch:
    """Where a stretch of time lies."""
    left, right = percent_across(start, duration), percent_across(end, duration)
    return Stretch(left, round(right - left, 2))


def _runs(samples: Iterable[Sample]) -> Iterator[list[Sample]]:
    """Neighbouring samples with a value."""
    run: list[Sample] = []
    for sample in samples:
        if run and (sample.value is None or sample.start > run[-1].end):
            yield run
            run = []
        if sample.value is not None:
            run.append(sample)
    if run:
        yield run


def _outline(run: Sequence[Sample], duration: float) -> Iterator[tuple[float, float]]:
    """The points of a run: its first value from the left edge, its last one to the right edge."""
    scale = WIDTH / duration if duration > 0 else 0.0
    heights = [100 * (1 - min(max(s.value or 0.0, 0.0), 1.0)) for s in run]
    yield run[0].start * scale, heights[0]
    for sample, height in zip(run, heights, strict=True):
        yield (sample.start + sample.end) / 2 * scale, height
    yield run[-1].end * scale, heights[-1]


def _between(below: Sequence[Sample], above: Sequence[Sample], duration: float) -> str:
    """The closed area between two series that know the same samples; nothing when it is empty."""
    if not any((high.value or 0.0) > (low.value or 0.0) for low, high in zip(below, above, strict=True)):
        return ""
    lower, upper = _runs(below), _runs(above)
    return "".join(
        _closed_path(list(_outline(top, duration)), list(_outline(bottom, duration)))
        for top, bottom in zip(upper, lower, strict=True)
    )


def _roomiest(
    below: Sequence[Sample], above: Sequence[Sample], duration: float
) -> tuple[float, float] | None:
    """The middle of a layer where it is thickest, away from the edges, when a name fits in there."""
    inner = [
        (high.value - low.value, (high.start + high.end) / 2, (high.value + low.value) / 2)
        for low, high in zip(below, above, strict=True)
        if high.value is not None and low.value is not None
    ]
    inside = [place for place in inner if 8 < percent_across(place[1], duration) < 92]
    thickness, time, middle = max(inside, default=(0.0, 0.0, 0.0))
    if thickness < NAME_FROM:
        return None
    return percent_across(time, duration), round(100 * (1 - middle), 1)


def _add(low: Sample, share: Sample) -> Sample:
    return low._replace(value=None if low.value is None or share.value is None else low.value + share.value)


def _bars(spans: Sequence[Span], duration: float, height: float) -> str:
    scale = WIDTH / duration if duration > 0 else 0.0
    edges = [(round(span.start * scale), round(span.end * scale)) for span in spans]
    top, tall = f"{(1 - height) / 2:g}", f"{height:g}"
    return "".join(f"M{left} {top}h{right - left}v{tall}H{left}z" for left, right in edges if right > left)


def _open_path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.4g} {y:.3g}" for x, y in points)


def _closed_path(points: Sequence[tuple[float, float]], back: Sequence[tuple[float, float]]) -> str:
    return _open_path([*points, *reversed(back)]) + "z"
