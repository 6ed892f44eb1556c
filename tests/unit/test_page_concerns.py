"""Who may need a word and who wasn't there: facts, in the order of the class."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from meetbot.report.absences import make_absences
from meetbot.report.concerns import make_concerns
from meetbot.report.opening import make_opening
from meetbot.report.pictures import Slides
from meetbot.report.turns import Extreme, extremes
from meetbot.report.words import ENGLISH
from meetbot.types import Event, Figures, Measure, SeatFigures
from tests import lessons

THIN = "\N{NARROW NO-BREAK SPACE}"


def facts(figures: Figures) -> dict[str, list[tuple[str, str]]]:
    return {c.fact: [(who.name, who.detail) for who in c.people] for c in make_concerns(figures, ENGLISH)}


def absences(figures: Figures) -> dict[str, list[str]]:
    return {
        a.kind: [f"{who.name} ({who.detail})" if who.detail else who.name for who in a.people]
        for a in make_absences(figures, ENGLISH)
    }


def with_seat(
    figures: Figures, place: int, total: Mapping[str, object] | None = None, **changes: object
) -> Figures:
    seat: SeatFigures = figures.seats[place]
    seat = replace(seat, total=replace(seat.total, **(total or {})), **changes)  # type: ignore[arg-type]
    return replace(figures, seats=(*figures.seats[:place], seat, *figures.seats[place + 1 :]))


CLASS = replace(lessons.class_of(5), absent=())
OFF = {"people": 0, "presence": 0.0, "attention": None, "readings": 100, "off": 100}


def found(figures: Figures) -> tuple[Extreme, ...]:
    return extremes(figures, ENGLISH, Slides(()))


def test_where_nothing_stands_out_nobody_is_named() -> None:
    opening = make_opening(CLASS, ENGLISH)
    assert (opening.concerns, opening.absences) == ((), ())
    assert opening.no_concerns.startswith("Nobody stands out")
    assert opening.no_absences.startswith("Nobody came late")


@pytest.mark.parametrize(
    ("total", "fact", "detail"),
    [
        (OFF, "Camera off", ""),
        ({**OFF, "off": 0}, "Camera on, no face", ""),
        ({"presence": 0.3}, "In view less than half of the time", f"30{THIN}%"),
        (
            {"presence": 0.3, "readings": 200, "off": 120},
            "In view less than half of the time",
            f"30{THIN}%, camera off 60{THIN}%",
        ),
        ({"attention": 0.31}, "Turned away more than half of the time", f"31{THIN}% turned to it"),
        ({"attention": None}, "Direction can\N{RIGHT SINGLE QUOTATION MARK}t be told", ""),
    ],
)
def test_a_fact_of_the_camera_names_its_person(total: dict[str, object], fact: str, detail: str) -> None:
    assert facts(with_seat(CLASS, 2, total)) == {fact: [("Chidi", detail)]}


def test_what_a_camera_moved_may_mend_is_no_word_with_anybody() -> None:
    untold = with_seat(with_seat(CLASS, 2, {"attention": None}), 1, {"attention": 0.3})
    opening = make_opening(untold, ENGLISH)
    assert [c.people[0].name for c in opening.cameras] == ["Chidi"]
    assert [c.people[0].name for c in opening.concerns] == ["Beatriz"]


def test_a_camera_that_went_off_is_told_from_when() -> None:
    minutes = tuple(replace(m, off=m.readings) if m.start >= 2400 else m for m in CLASS.seats[2].minutes)
    total = {"presence": 0.3, "readings": 3600, "off": 1200}
    said = facts(with_seat(CLASS, 2, total, minutes=minutes))
    assert said["In view less than half of the time"][0][1].endswith(", camera off 40:00\N{EN DASH}1:00:00")


def test_without_a_class_list_the_page_says_what_it_cannot_know() -> None:
    unlisted = make_opening(CLASS, ENGLISH)
    assert unlisted.unlisted.startswith("No class list was given")
    assert "class list" not in unlisted.no_absences
    listed = make_opening(replace(CLASS, listed=5), ENGLISH)
    assert listed.unlisted == "" and "class list" in listed.no_absences


def test_every_fact_says_what_it_does_not_mean() -> None:
    for total in (OFF, {**OFF, "off": 0}, {"presence": 0.3}, {"attention": 0.3}, {"attention": None}):
        (concern,) = make_concerns(with_seat(CLASS, 2, total), ENGLISH)
        assert len(concern.meaning) > 40


def test_people_under_one_fact_stand_in_the_order_of_the_class() -> None:
    figures = with_seat(with_seat(CLASS, 3, {"attention": 0.1}), 1, {"attention": 0.4})
    named = facts(figures)["Turned away more than half of the time"]
    assert [name for name, _ in named] == ["Beatriz", "Dagny"]


def test_who_was_seen_too_briefly_has_no_direction_that_would_be_a_reason() -> None:
    assert facts(with_seat(CLASS, 2, {"attention": None}, minutes_seen=2.0)) == {}


def test_somebody_who_fell_far_more_than_the_class_is_named_with_both_halves() -> None:
    minutes = tuple(_turned(m, 0.9 if m.start < 1800 else 0.5) for m in CLASS.seats[2].minutes)
    detail = f"90{THIN}%, then 50{THIN}%"
    assert facts(with_seat(CLASS, 2, minutes=minutes)) == {
        "Turned away much more in the second half": [("Chidi", detail)]
    }
    everybody = tuple(_turned(m, 0.9 if m.start < 1800 else 0.5) for m in CLASS.minutes)
    assert facts(replace(with_seat(CLASS, 2, minutes=minutes), minutes=everybody)) == {}


def test_who_is_not_analysed_is_no_concern() -> None:
    figures = replace(with_seat(CLASS, 2, OFF), events=(Event(0.0, "opted_out", 2),))
    assert facts(figures) == {}
    assert absences(figures) == {"Not analysed": ["Chidi"]}


def test_late_early_and_missing_people_are_named_with_times() -> None:
    figures = with_seat(with_seat(CLASS, 1, first_seen=700.0), 3, last_seen=2400.0)
    assert absences(replace(figures, absent=("Noor",))) == {
        "Not there": ["Noor"],
        "Late": ["Beatriz (11:40)"],
        "Left early": ["Dagny (40:00)"],
    }


def test_who_goes_out_of_the_picture_with_others_is_not_told_to_have_left() -> None:
    figures = lessons.class_of(6)
    for place in range(3):  # who looks away is seen last a little before the page is turned
        figures = with_seat(figures, place, last_seen=2400.0 - 2.0 * place)
    figures = with_seat(with_seat(figures, 3, last_seen=2500.0), 4, first_seen=900.0)
    told = absences(figures)
    assert [len(told[kind]) for kind in ("Out of the picture, with others", "Left early", "Late")] == [
        3,
        1,
        1,
    ]
    for place in (3, 5):
        figures = with_seat(figures, place, first_seen=900.0)
    told = absences(figures)
    assert "Late" not in told and len(told["In the picture later, with others"]) == 3
    live = replace(figures, followed={"readings_due": 1.0})  # a room knows who left
    assert "Out of the picture, with others" not in absences(live)


def test_lateness_is_measured_against_the_first_of_the_class_and_in_short_lessons_sooner() -> None:
    late = replace(CLASS, seats=tuple(replace(seat, first_seen=700.0) for seat in CLASS.seats))
    assert absences(late) == {}  # the recording began before the class did
    short = lessons.class_of(3, 480.0)
    assert absences(replace(with_seat(short, 1, first_seen=60.0), absent=())) == {"Late": ["Beatriz (1:00)"]}
    assert absences(replace(with_seat(short, 1, first_seen=40.0), absent=())) == {}


def test_a_break_in_the_middle_is_told_unless_nothing_was_read_then() -> None:
    def without(minutes: tuple[Measure, ...]) -> tuple[Measure, ...]:
        return tuple(replace(m, readings=0) if 1200 <= m.start < 1500 else m for m in minutes)

    away = with_seat(CLASS, 2, minutes=without(CLASS.seats[2].minutes))
    assert absences(away) == {"Away in between": ["Chidi (20:00\N{EN DASH}25:00)"]}
    assert absences(replace(away, minutes=without(CLASS.minutes))) == {}


def test_in_a_room_times_are_the_rooms() -> None:
    events = (
        Event(5.0, "joined", 0, "Amara"),
        Event(900.0, "left", 0),
        Event(1500.0, "joined", 0),
        Event(2400.0, "left", 0),
    )
    figures = replace(CLASS, events=events, followed={"readings_due": 1.0})
    assert absences(figures) == {"Left early": ["Amara (40:00)"]}
    assert absences(replace(figures, events=events[:3])) == {}  # came back, and stayed


def test_the_strongest_and_weakest_five_minutes_may_be_chance_without_a_tested_change() -> None:
    flat = lessons.class_of(5)
    minutes = tuple(
        _turned(m, 0.9 if 600 <= m.start < 900 else 0.4 if 2400 <= m.start < 2700 else 0.7)
        for m in flat.minutes
    )
    said = [one.text for one in found(replace(flat, minutes=minutes, moments=()))]
    assert said[0] == f"Strongest five minutes: 10:00 to 15:00, 90{THIN}% turned to the screen."
    assert said[1] == f"Weakest five minutes: 40:00 to 45:00, 40{THIN}%."
    assert said[2].startswith("The difference may be chance")
    assert len(found(replace(flat, minutes=minutes))) == 2
    assert found(lessons.class_of(3, 540.0)) == found(lessons.nobody_seen()) == ()


def test_nothing_is_counted_under_the_policy_that_keeps_nobody() -> None:
    opening = make_opening(lessons.class_alone(), ENGLISH)
    assert (opening.concerns, opening.absences) == ((), ())
    assert "Nothing of single people was kept" in opening.no_concerns
    assert opening.seen == (f"In the minutes that show anything, 80{THIN}% of the readings show a face.",)


def _turned(minute: Measure, share: float) -> Measure:
    return replace(
        minute, attention=share, attention_known=1.0, people=max(1, minute.people), faces=40, readings=60
    )
