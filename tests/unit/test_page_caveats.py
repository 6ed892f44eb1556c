"""What the page says of how far its own figures carry: on whom they rest, and what they leave out."""

from dataclasses import replace

from meetbot.report.page import Page, make_page
from meetbot.types import Figures, Moment
from tests import lessons

THIN = "\N{NARROW NO-BREAK SPACE}"


def page_of(figures: Figures) -> Page:
    return make_page(figures, lessons.card())


def headline(figures: Figures) -> str:
    return page_of(figures).opening.headline


def moment(start: float, change: float, people: int = 5) -> Moment:
    return Moment(start, start + 300, "attention", change, tuple(range(people)), 0.01, "", before=0.7)


def test_the_headline_says_where_attention_came_back() -> None:
    back = replace(moment(2100, 0.25), before=0.5)
    figures = replace(lessons.class_of(25), moments=(moment(1800, -0.2), back))
    assert headline(figures) == (
        f"Attention held until 30:00, fell from 70{THIN}% to 50{THIN}%, "
        f"and was back at 75{THIN}% from 35:00 on."
    )
    partly = replace(back, change=0.05)
    assert headline(replace(figures, moments=(figures.moments[0], partly))).endswith("until 35:00.")


def test_a_moment_says_of_whom_it_could_be_told_and_how_likely_chance_is() -> None:
    (told,) = page_of(
        replace(lessons.class_of(25), moments=(replace(moment(600, -0.2, 14), known=20, p_value=0.033),))
    ).opening.moments
    assert [person.name for person in told.people][:2] == ["Amara", "Beatriz"] and len(told.people) == 14
    assert told.rests_on == (
        "14 of 20 whose direction could be told turned away more; unlikely to be chance (about 1 in 30)"
    )


def test_expressions_of_fewer_than_five_are_no_areas_of_a_class() -> None:
    assert page_of(lessons.class_of(4)).overview.moods_few.endswith("at least 5 people were seen.")
    assert page_of(lessons.class_of(5)).overview.moods_few == ""


def test_a_small_class_says_how_many_its_attention_rests_on() -> None:
    figures = lessons.class_of(6)
    untold = replace(figures.seats[0], total=replace(figures.seats[0].total, attention=None))
    said = page_of(replace(figures, seats=(untold, *figures.seats[1:]))).opening.sentences
    assert "Attention rests on 5 of 6 people: those whose direction could be told." in said


def test_minutes_that_nobody_was_read_in_are_told_above_the_attendance() -> None:
    figures = lessons.class_of(5)
    minutes = tuple(
        replace(m, people=0, readings=0) if 1500 <= m.start < 1620 else m for m in figures.minutes
    )
    note = page_of(replace(figures, minutes=minutes)).attendance.note
    assert "Nothing could be read 25:00\N{EN DASH}27:00" in note
    assert "could be read" not in page_of(figures).attendance.note


def test_in_a_persons_chart_a_minute_without_a_face_is_not_covered() -> None:
    figures = lessons.class_of(2)
    seat = figures.seats[0]
    gone = tuple(replace(m, presence=0.0, faces=0) if m.start >= 1800 else m for m in seat.minutes)
    person = page_of(replace(figures, seats=(replace(seat, minutes=gone), figures.seats[1]))).people[0]
    assert max(known.at + known.width for known in person.presence_known) <= 50
