"""What the commands say of a lesson, in words and as JSON."""

from dataclasses import replace
from pathlib import Path

from meetbot.cli.documents import lesson_document, lesson_words
from meetbot.conclude import Outcome
from meetbot.types import Figures
from tests import lessons

LESSON, REPORT = Path("my lessons/a.meetbot"), Path("my lessons/a.html")


def words_of(figures: Figures) -> list[str]:
    return list(lesson_words(Outcome(LESSON, REPORT, "read", figures), "read"))


def spoken(name: str) -> Figures:
    """A class in which the first seat spoke most."""
    figures = lessons.class_of(3)
    first = replace(figures.seats[0], name=name, minutes_speaking=12.3)
    return replace(
        figures, seats=(first, *figures.seats[1:]), likely_teacher=first.seat, likely_because="spoke"
    )


def test_the_words_end_with_the_report_where_nobody_may_be_the_teacher() -> None:
    first, *_, lesson, report = words_of(lessons.class_of(3))
    assert first == "Photosynthesis, part two: read; 3 people seen in 1:00:00."
    assert (lesson, report) == (f"  lesson: {LESSON}", f"  report: {REPORT}")


def test_who_showed_no_face_is_not_counted_as_seen() -> None:
    unseen = lessons.nobody_seen(2)
    assert words_of(unseen)[0].partition("; ")[2].startswith("0 people seen in ")
    assert words_of(unseen)[0].endswith(", 2 more showed no face.")


def test_who_spoke_most_is_suggested_as_the_teacher_with_the_command() -> None:
    figures = spoken("Ada")
    assert words_of(figures)[-1] == (
        f"  Seat {figures.likely_teacher} (Ada) spoke most, 12 min; if this is the teacher: "
        f'meetbot report "{LESSON}" --teacher "Seat {figures.likely_teacher}"'
    )


def test_who_shared_the_screen_is_suggested_too() -> None:
    figures = replace(spoken("Ada"), likely_because="presented")
    assert "(Ada) shared the screen; if this is the teacher: meetbot report" in words_of(figures)[-1]


def test_a_seat_without_a_name_is_not_named_twice() -> None:
    seat = lessons.class_of(3).seats[0].seat
    assert words_of(spoken(f"Seat {seat}"))[-1].startswith(f"  Seat {seat} spoke most")


def test_the_document_tells_unknown_speaking_time_from_none() -> None:
    one, other, *rest = (figures := spoken("Ada")).seats
    figures = replace(figures, seats=(one, replace(other, minutes_speaking=None), *rest))
    first, second, *_ = lesson_document(Outcome(LESSON, REPORT, "read", figures))["seats"]
    assert (first["minutes_speaking"], second["minutes_speaking"]) == (12.3, None)
