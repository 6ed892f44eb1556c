"""Who may need a word: facts of the camera, in the order of the class, and what they do not mean."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from meetbot.report.cameras import off_spans, spoken
from meetbot.report.cast import Named, counted, name_of, refused, students
from meetbot.report.words import Words
from meetbot.settings import ATTENTION_NEEDS, CENTRE_OFF_CAMERA
from meetbot.types import Figures, Measure, SeatFigures

HALF = 0.5  # share of the time under which somebody was hardly seen, or mostly turned away
OWN_FALL = 0.25  # share by which somebody's own attention fell from one half of the lesson to the other ...
BEYOND_CLASS = 0.2  # ... and by how much more than the class's
OWN_KNOWN = 300.0  # seconds with a known direction that each half must have
OF_CAMERAS = ("unseen", "untold")  # facts that a camera moved, or a lamp, may mend


class Concern(NamedTuple):
    """One fact, whom it is true of, and what it does not mean."""

    fact: str
    people: tuple[Named, ...]
    meaning: str
    camera: bool  # whether the camera is what to look at, and nobody's doing


def make_concerns(figures: Figures, words: Words) -> tuple[Concern, ...]:
    """The facts that are true of anybody; nobody is in them who is not analysed."""
    left_out = refused(figures)
    there = [seat for seat in students(figures) if seat.seat not in left_out]
    class_fall = _fall(figures.minutes, figures.every) or 0.0
    found = []
    for key, detail in _FACTS:
        named = [(seat, detail(seat, figures.every, class_fall, words)) for seat in there]
        people = tuple(
            Named(seat.seat, name_of(seat, words), said) for seat, said in named if said is not None
        )
        if people:
            meaning = words.say(f"concern_{key}_not", off=words.numbers.plain(CENTRE_OFF_CAMERA))
            found.append(Concern(words[f"concern_{key}"], people, meaning, key in OF_CAMERAS))
    return tuple(found)


def _camera_off(seat: SeatFigures, every: float, class_fall: float, words: Words) -> str | None:
    return "" if not seat.total.people and _is_off(seat) else None


def _unseen(seat: SeatFigures, every: float, class_fall: float, words: Words) -> str | None:
    return "" if not seat.total.people and not _is_off(seat) else None


def _is_off(seat: SeatFigures) -> bool:
    return seat.total.readings > 0 and seat.total.off >= HALF * seat.total.readings


def _hardly(seat: SeatFigures, every: float, class_fall: float, words: Words) -> str | None:
    presence = seat.total.presence
    if not seat.total.people or presence is None or presence >= HALF:
        return None
    said = words.say("detail_seen", share=words.numbers.percent(presence))
    if not seat.total.off:
        return said
    share = words.numbers.percent(seat.total.off / seat.total.readings)
    return said + words.say("detail_off", when=spoken(off_spans(seat)) or share)


def _away(seat: SeatFigures, every: float, class_fall: float, words: Words) -> str | None:
    attention = seat.total.attention
    if attention is None or attention >= HALF:
        return None
    return words.say("detail_turned", share=words.numbers.percent(attention))


def _untold(seat: SeatFigures, every: float, class_fall: float, words: Words) -> str | None:
    enough = seat.minutes_seen * 60 >= ATTENTION_NEEDS
    return "" if seat.total.people and seat.total.attention is None and enough else None


def _fell(seat: SeatFigures, every: float, class_fall: float, words: Words) -> str | None:
    fall = _fall(seat.minutes, every)
    if fall is None or fall < OWN_FALL or fall - class_fall < BEYOND_CLASS:
        return None
    before, after = (
        words.numbers.percent(share) for share in halves(seat.minutes, every) if share is not None
    )
    return words.say("detail_fell", before=before, after=after)


_Detail = Callable[[SeatFigures, float, float, Words], str | None]
_FACTS: tuple[tuple[str, _Detail], ...] = (
    ("off", _camera_off),
    ("unseen", _unseen),
    ("hardly", _hardly),
    ("away", _away),
    ("untold", _untold),
    ("fell", _fell),
)


def halves(minutes: Iterable[Measure], every: float) -> tuple[float | None, float | None]:
    """Attention in the first and in the second half of a lesson; None where too little is known."""
    measures = list(minutes)
    half = len(measures) // 2
    return _attention(measures[:half], every), _attention(measures[half:], every)


def _fall(minutes: Iterable[Measure], every: float) -> float | None:
    first, second = halves(minutes, every)
    return None if first is None or second is None else first - second


def _attention(minutes: list[Measure], every: float) -> float | None:
    counts = [counted(m, every) for m in minutes]
    known = sum(c.known for c in counts)
    return sum(c.turned for c in counts) / known if known * every >= OWN_KNOWN else None
