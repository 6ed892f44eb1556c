"""What the report says of who spoke, who may be the teacher, and who else was in somebody's picture."""

from dataclasses import replace

from meetbot.report.html import render
from meetbot.report.page import Page, make_page
from meetbot.report.words import APOSTROPHE, ENGLISH
from meetbot.types import Figures, SeatFigures
from tests import lessons

minutes = ENGLISH.numbers.minutes


def page_of(figures: Figures) -> Page:
    return make_page(replace(figures, teacher_known=False), lessons.card())


def with_first(figures: Figures, **changes: object) -> Figures:
    first: SeatFigures = replace(figures.seats[0], **changes)  # type: ignore[arg-type]
    return replace(figures, seats=(first, *figures.seats[1:]))


def facts_of(figures: Figures) -> dict[str, str]:
    return dict(page_of(figures).people[0].facts)


def test_who_spoke_most_is_suggested_with_the_command_that_says_so() -> None:
    figures = with_first(lessons.class_of(3), name="Ada <b>", minutes_speaking=12.0)
    seat = figures.seats[0].seat
    page = page_of(replace(figures, likely_teacher=seat, likely_because="spoke"))
    shown = render(page)
    assert page.opening.teacher_command == f'meetbot report LESSON --teacher "Seat {seat}"'
    assert "Ada &lt;b&gt;" in shown and f"spoke most, for {minutes(12.0)}: this may be the teacher." in shown


def test_a_name_that_runs_the_other_way_leaves_the_sentence_alone() -> None:
    figures = with_first(lessons.class_of(3), name=lessons.HOSTILE_NAMES[2], minutes_speaking=2.0)
    found = replace(figures, likely_teacher=figures.seats[0].seat, likely_because="spoke")
    guess = page_of(found).opening.teacher_guess
    assert guess.startswith("\N{FIRST STRONG ISOLATE}") and "\N{POP DIRECTIONAL ISOLATE} spoke" in guess


def test_whose_screen_was_shared_is_suggested_too() -> None:
    figures = lessons.class_of(3)
    found = replace(figures, likely_teacher=figures.seats[0].seat, likely_because="presented")
    assert page_of(found).opening.teacher_guess.startswith("The shared screen was ")


def test_where_nobody_stood_out_nobody_is_suggested() -> None:
    opening = page_of(lessons.class_of(3)).opening
    assert opening.teacher_unknown
    assert (opening.teacher_guess, opening.teacher_command) == (
        "",
        'meetbot report LESSON --teacher "Seat 3"',
    )


def test_speaking_time_is_shown_and_what_can_not_be_seen_is_no_zero() -> None:
    assert facts_of(with_first(lessons.class_of(2), minutes_speaking=3.25))["Spoke"] == minutes(3.25)
    assert facts_of(with_first(lessons.class_of(2), minutes_speaking=0.0))["Spoke"] == minutes(0)
    assert facts_of(with_first(lessons.class_of(2), minutes_speaking=None))["Spoke"].startswith(
        f"can{APOSTROPHE}t be told"
    )


def test_others_in_a_persons_picture_stand_by_the_coverage() -> None:
    one = with_first(lessons.class_of(2), companions=1, minutes_companions=4.0)
    two = with_first(lessons.class_of(2), companions=2, minutes_companions=4.0)
    assert facts_of(one)["Seen"].endswith(
        f"; for {minutes(4)} another face was beside it, counted and never read"
    )
    assert facts_of(two)["Seen"].endswith(
        f"; for {minutes(4)} up to 2 other faces were beside it, counted and never read"
    )
    assert "beside" not in facts_of(lessons.class_of(2))["Seen"]
