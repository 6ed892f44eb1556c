"""Who was there, when, and for how long."""

from dataclasses import dataclass

from meetbot.clock import clock
from meetbot.report.notation import UNKNOWN
from meetbot.report.words import Words
from meetbot.types import Figures, SeatFigures


@dataclass(frozen=True, slots=True)
class Attendee:
    """One line of the attendance table."""

    name: str
    first_seen: str
    last_seen: str
    present: str
    seen: str
    remark: str


def make_attendance(figures: Figures, words: Words) -> tuple[Attendee, ...]:
    """Everyone who had a seat, then the names of the class list that no seat carries."""
    there = (_attendee(seat, words) for seat in figures.seats)
    away = (Attendee(name, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, words["absent"]) for name in figures.absent)
    return (*there, *away)


def _attendee(seat: SeatFigures, words: Words) -> Attendee:
    return Attendee(
        name=seat.name.strip() or words.say("seat", seat=seat.seat),
        first_seen=UNKNOWN if seat.first_seen is None else clock(seat.first_seen),
        last_seen=UNKNOWN if seat.last_seen is None else clock(seat.last_seen),
        present=words.numbers.amount(seat.minutes_present, 1),
        seen=words.numbers.amount(seat.minutes_seen, 1),
        remark=words[f"role_{seat.role}"] or ("" if seat.total.people else words["never"]),
    )
