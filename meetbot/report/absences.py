"""Who wasn't there, or not all the time."""

from collections.abc import Iterator
from itertools import groupby
from typing import Literal, NamedTuple

from meetbot.clock import clock
from meetbot.report.cameras import spoken
from meetbot.report.cast import Named, is_live, name_of, refused, students
from meetbot.report.words import Words
from meetbot.types import Figures, SeatFigures

LATE = 180.0  # seconds after the first or before the last of the class; less is nobody's business
LATE_SHARE = 0.1  # ... or this share of a short lesson
LATE_LEAST = 5.0  # seconds
TOGETHER = 3  # people who come or go at one look of a recording: a page was turned, or a screen shared
TOGETHER_WITHIN = 5.0  # seconds
AWAY = 3  # minutes in a row without a reading


class Absence(NamedTuple):
    """One kind of not being there: its name, whom it is true of, and what it means."""

    kind: str
    people: tuple[Named, ...]
    note: str


class Stay(NamedTuple):
    """From when to when somebody was in the lesson; None where it can't be told."""

    start: float | None
    end: float | None


def stay_of(seat: SeatFigures, figures: Figures) -> Stay:
    """When somebody came and went: as the room told it, else the first and last time in the picture."""
    if not is_live(figures):
        return Stay(seat.first_seen, seat.last_seen)
    own = [event for event in figures.events if event.seat == seat.seat and event.kind in ("joined", "left")]
    came = [event.time for event in own if event.kind == "joined"]
    gone = own[-1].time if own and own[-1].kind == "left" else figures.total.end
    start = min(came, default=seat.first_seen)
    return Stay(start, None if start is None else gone)


def make_absences(figures: Figures, words: Words) -> tuple[Absence, ...]:
    """All kinds of not being there that are true of anybody, each in the order of the class."""
    left_out = refused(figures)
    people = students(figures)
    unread = tuple(
        Named(s.seat, name_of(s, words)) for s in people if s.seat in left_out and not s.total.people
    )
    shown, hidden = _together(figures, "start"), _together(figures, "end")
    late, early = tuple(_late(figures, words)), tuple(_early(figures, words))
    kinds = (
        ("absent", tuple(Named(None, name) for name in figures.absent)),
        ("late", tuple(one for one in late if one.seat not in shown)),
        ("shown", tuple(one for one in late if one.seat in shown)),
        ("early", tuple(one for one in early if one.seat not in hidden)),
        ("hidden", tuple(one for one in early if one.seat in hidden)),
        ("between", tuple(_between(figures, words))),
        ("not_analysed", unread),
    )
    return tuple(Absence(words[f"away_{k}"], named, words[f"away_{k}_note"]) for k, named in kinds if named)


def _late(figures: Figures, words: Words) -> Iterator[Named]:
    stays = _stays(figures)
    begin = min((stay.start for _, stay in stays if stay.start is not None), default=0.0)
    for seat, stay in stays:
        if stay.start is not None and stay.start - begin > _threshold(figures):
            yield Named(seat.seat, name_of(seat, words), clock(stay.start))


def _early(figures: Figures, words: Words) -> Iterator[Named]:
    stays = _stays(figures)
    finish = max((stay.end for _, stay in stays if stay.end is not None), default=0.0)
    for seat, stay in stays:
        if stay.end is not None and finish - stay.end > _threshold(figures):
            yield Named(seat.seat, name_of(seat, words), clock(stay.end))


def _together(figures: Figures, side: Literal["start", "end"]) -> frozenset[int]:
    """Who came into the picture, or went, at the same look as others: whether the class did can't be told."""
    if is_live(figures):
        return frozenset()
    found = ((seat.seat, getattr(stay, side)) for seat, stay in _stays(figures))
    times = {seat: time for seat, time in found if time is not None}
    near = max(TOGETHER_WITHIN, 2 * figures.every)  # somebody may have looked away just before
    return frozenset(
        seat
        for seat, time in times.items()
        if sum(abs(other - time) <= near for other in times.values()) >= TOGETHER
    )


def _between(figures: Figures, words: Words) -> Iterator[Named]:
    """Whoever was away in the middle, while the lesson itself was read."""
    for seat in students(figures):
        gaps = tuple(_gaps(seat, figures))
        if gaps:
            yield Named(seat.seat, name_of(seat, words), spoken(gaps))


def _gaps(seat: SeatFigures, figures: Figures) -> Iterator[tuple[float, float]]:
    if not seat.total.readings:
        return
    read = [k for k, minute in enumerate(seat.minutes) if minute.readings]
    within = range(read[0], read[-1] + 1) if read else range(0)
    missing = [k for k in within if not seat.minutes[k].readings and figures.minutes[k].readings]
    for _, run in groupby(enumerate(missing), lambda pair: pair[1] - pair[0]):
        places = [place for _, place in run]
        if len(places) >= AWAY:
            yield seat.minutes[places[0]].start, seat.minutes[places[-1]].end


def _stays(figures: Figures) -> list[tuple[SeatFigures, Stay]]:
    left_out = refused(figures)
    return [(seat, stay_of(seat, figures)) for seat in students(figures) if seat.seat not in left_out]


def _threshold(figures: Figures) -> float:
    return max(LATE_LEAST, min(LATE, LATE_SHARE * figures.total.end))


def isolated(name: str) -> str:
    """A name that can't turn the sentence around it."""
    return f"\N{FIRST STRONG ISOLATE}{name}\N{POP DIRECTIONAL ISOLATE}"
