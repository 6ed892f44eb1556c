"""When somebody's camera was off, by the minute."""

from collections.abc import Iterator
from itertools import groupby

from meetbot.clock import clock
from meetbot.types import Measure, SeatFigures

MOSTLY = 0.5  # share of a minute's readings from which the minute counts as one with the camera off


def off_spans(seat: SeatFigures) -> tuple[tuple[float, float], ...]:
    """The stretches of whole minutes in which the camera was off, from start to end."""
    return tuple(_runs(seat.minutes))


def _runs(minutes: tuple[Measure, ...]) -> Iterator[tuple[float, float]]:
    for off, run in groupby(minutes, lambda m: m.readings > 0 and m.off >= MOSTLY * m.readings):
        places = list(run)
        if off:
            yield places[0].start, places[-1].end


def spoken(spans: tuple[tuple[float, float], ...]) -> str:
    """Stretches of time in words."""
    return ", ".join(f"{clock(start)}\N{EN DASH}{clock(end)}" for start, end in spans)
