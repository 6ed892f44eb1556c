"""Who was there, when, and for how long."""

from dataclasses import dataclass
from itertools import groupby

from meetbot.clock import clock
from meetbot.report.absences import stay_of
from meetbot.report.cameras import MOSTLY, spoken
from meetbot.report.cast import is_live, name_of, refused
from meetbot.report.notation import UNKNOWN
from meetbot.report.words import Words
from meetbot.types import Figures, SeatFigures


@dataclass(frozen=True, slots=True)
class Attendee:
    """One line of the attendance table; the seat is None for a name that no seat carries."""

    seat: int | None
    name: str
    joined: str
    left: str
    present: str
    camera: str
    seen: str
    remark: str
    role: str


@dataclass(frozen=True, slots=True)
class Attendance:
    """The table, and what its columns are called: a room tells who joins, a recording shows who is seen."""

    headings: tuple[str, ...]
    note: str
    rows: tuple[Attendee, ...]


def make_attendance(figures: Figures, words: Words) -> Attendance:
    """Everyone who had a seat, then the names of the class list that no seat carries."""
    kind = "live" if is_live(figures) else "recorded"
    keys = (
        "name",
        f"joined_{kind}",
        f"left_{kind}",
        "minutes_present",
        "minutes_camera",
        "minutes_seen",
        "remark",
    )
    note = words[f"attendance_note_{kind}"]
    if gaps := spoken(_unread(figures)):
        note += words.say("attendance_gaps", list=gaps)
    there = (_attendee(seat, figures, words) for seat in figures.seats)
    away = (
        Attendee(None, name, *(UNKNOWN,) * 5, words["absent"], words["column_student"])
        for name in figures.absent
    )
    return Attendance(tuple(words[key] for key in keys), note, (*there, *away))


def _unread(figures: Figures) -> tuple[tuple[float, float], ...]:
    """Whole minutes in which nobody at all could be read, inside the lesson."""
    runs = groupby(figures.minutes, lambda minute: minute.people or minute.readings)
    found = [(minutes[0].start, minutes[-1].end) for read, run in runs if (minutes := list(run)) and not read]
    return tuple(span for span in found if span != (0.0, figures.total.end))


def _attendee(seat: SeatFigures, figures: Figures, words: Words) -> Attendee:
    stay = stay_of(seat, figures)
    on = seat.minutes_present - seat.total.off * figures.every / 60
    return Attendee(
        seat=seat.seat,
        name=name_of(seat, words),
        joined=UNKNOWN if stay.start is None else clock(stay.start),
        left=UNKNOWN if stay.end is None else clock(stay.end),
        present=words.numbers.amount(seat.minutes_present, 1),
        camera=words.numbers.amount(max(0.0, on), 1),
        seen=words.numbers.amount(seat.minutes_seen, 1),
        remark=words[f"role_{seat.role}"] or _remark(seat, figures, words),
        role=words[f"role_{seat.role}"] or words["column_student"],
    )


def _remark(seat: SeatFigures, figures: Figures, words: Words) -> str:
    if seat.seat in refused(figures):
        return words["not_analysed"]
    if seat.total.people or not seat.total.readings:
        return "" if seat.total.people else words["never"]
    off = seat.total.off >= MOSTLY * seat.total.readings
    return words["remark_off" if off else "remark_unseen"]
