"""Lessons together: sums, weeks, hours, people by name, and a trend only where there is one."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from meetbot.summary import Sums
from meetbot.timeline.term import make_term, trend
from tests.terms import MONDAY, read, sums, term_of


def test_a_share_of_several_lessons_is_taken_of_all_their_faces() -> None:
    small, large = sums(attention=1.0, due=100.0), sums(attention=0.5, due=900.0)
    both = small + large
    assert both.attention == pytest.approx(0.55)
    assert both.coverage == pytest.approx(0.8)
    assert both.mood_shares == pytest.approx({"neutral": 0.7, "happy": 0.2, "unsure": 0.1})
    assert both.mean_index == pytest.approx(70.0)


def test_what_nobody_knows_stays_unknown() -> None:
    nothing = Sums()
    assert (nothing.attention, nothing.coverage, nothing.mean_index, nothing.mood_shares) == (
        None,
        None,
        None,
        {},
    )
    unknown = sums(attention=None, moods=False) + sums(attention=0.6)
    assert unknown.attention == pytest.approx(0.6)


def test_weeks_begin_on_monday_and_a_week_without_a_lesson_is_a_gap() -> None:
    days = (MONDAY, MONDAY + timedelta(days=6), MONDAY + timedelta(days=15))
    weeks = make_term([read(k, day) for k, day in enumerate(days)]).weeks
    assert [(week.monday, week.lessons) for week in weeks] == [
        (date(2026, 3, 2), 2),
        (date(2026, 3, 9), 0),
        (date(2026, 3, 16), 1),
    ]
    assert weeks[1].sums.attention is None


def test_a_long_break_is_drawn_as_a_few_weeks() -> None:
    term = make_term([read(1), read(2, MONDAY + timedelta(weeks=30))])
    assert [week.lessons for week in term.weeks] == [1, 0, 0, 0, 0, 1]


def test_lessons_stand_under_the_weekday_and_hour_of_the_clock_on_the_wall() -> None:
    here = timezone(timedelta(hours=2))
    lessons = [
        read(1, "2026-03-02T23:30:00Z"),  # Tuesday 1:30 here
        read(2, "2026-03-03T01:10:00"),
        read(3, "2026-03-04T09:00:00-05:00"),  # as it was written
    ]
    slots = make_term(lessons, zone=here).slots
    assert [(slot.weekday, slot.hour, slot.lessons) for slot in slots] == [(1, 1, 2), (2, 9, 1)]


def test_a_lesson_without_a_date_counts_in_the_whole_and_in_no_week() -> None:
    term = make_term([read(1, None), read(2, "not a date"), read(3)])
    assert [held.when for held in term.lessons] == [MONDAY, None, None]
    assert (sum(week.lessons for week in term.weeks), sum(slot.lessons for slot in term.slots)) == (1, 1)
    assert term.total.due == 3000


@pytest.mark.parametrize("began", ["0001-01-01T00:00:00+00:00", "1904-01-01T00:00:00", "9999-12-31T23:59:59"])
def test_a_clock_that_was_never_set_is_no_date(began: str) -> None:
    assert [held.when for held in make_term([read(1, began), read(3)]).lessons] == [MONDAY, None]


def test_people_are_joined_by_name_and_seats_without_one_never() -> None:
    term = make_term(
        [
            read(1, names={1: "Zoë", 2: "ada  LOVELACE"}),
            read(2, MONDAY + timedelta(days=1), names={5: "Ada Lovelace"}),
        ]
    )
    assert [(one.name, one.lessons, one.seen) for one in term.people] == [
        ("ada  LOVELACE", 2, (0.8, 0.8)),
        ("Zoë", 1, (0.8, None)),
    ]
    assert term.people[0].minutes_present == 100.0
    assert term.unnamed == 2


def test_somebody_with_two_seats_in_a_lesson_is_one_person() -> None:
    (person,) = make_term([read(1, names={1: "Ada", 2: "Ada"})]).people
    assert (person.lessons, person.seen, person.minutes_seen) == (1, (1.0,), 80.0)


def test_a_fall_over_the_term_is_told_and_chance_is_not() -> None:
    fallen = term_of(24, fall=0.3).trend
    assert (fallen.kind, fallen.lessons) == ("fell", 24)
    assert fallen.first > fallen.last + 0.15
    assert term_of(24, fall=-0.15).trend.kind == "rose"
    assert term_of(24).trend.kind == "none"
    assert term_of(24, fall=0.03).trend.kind == "none"  # sure, and too little to matter


def test_a_few_lessons_have_no_trend() -> None:
    assert term_of(7, fall=0.5).trend.kind == "few"
    assert trend([(None, 0.5)] * 20).kind == "few"
    assert trend([(datetime(2026, 1, 1, tzinfo=UTC), None)] * 20).kind == "few"


def test_chance_alone_seldom_makes_a_trend() -> None:
    import numpy as np

    random = np.random.default_rng(5)
    days = [MONDAY + timedelta(days=k) for k in range(20)]
    found = [trend(list(zip(days, random.normal(0.7, 0.15, 20), strict=True))).kind for _ in range(60)]
    assert sum(kind != "none" for kind in found) <= 7  # 3 expected
