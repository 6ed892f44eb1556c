"""The lanes under the charts, and the numbers that the page's script adds up."""

import json
from dataclasses import replace
from typing import Any

import pytest

from meetbot.report.data import make_data
from meetbot.report.lanes import happened, make_lanes, speakers
from meetbot.report.notes import NOTES, notes_of
from meetbot.report.turns import hour_of
from meetbot.report.words import ENGLISH
from meetbot.types import UNSURE, Event, Figures, Role
from tests import lessons

THIN = "\N{NARROW NO-BREAK SPACE}"


def with_speech(*spans: tuple[tuple[float, float], ...], roles: tuple[Role, ...] = ()) -> Figures:
    figures = lessons.class_of(len(spans))
    student: Role = "student"
    given = roles or (student,) * len(spans)
    seats = tuple(
        replace(seat, speech=spoken, minutes_speaking=len(spoken) * 1.0, role=role)
        for seat, spoken, role in zip(figures.seats, spans, given, strict=True)
    )
    return replace(figures, seats=seats)


def data_of(figures: Figures) -> dict[str, Any]:
    return dict(json.loads(make_data(figures, ENGLISH)))


def test_the_teacher_speaks_in_a_row_of_their_own_and_the_class_in_one() -> None:
    spans = (((0.0, 360.0),), ((360.0, 720.0), (3000.0, 3600.0)), ((700.0, 1080.0),))
    rows = make_lanes(with_speech(*spans, roles=("teacher", "student", "student")), ENGLISH).speech
    assert [(row.label, row.bars) for row in rows] == [
        ("teacher", ((0, 10),)),
        ("class", ((10, 20), (83.33, 16.67))),  # two people at once are drawn once
    ]


def test_where_speech_can_not_be_told_there_is_no_lane_and_not_an_empty_one() -> None:
    figures = lessons.class_of(2)
    unknown = replace(figures, seats=tuple(replace(seat, minutes_speaking=None) for seat in figures.seats))
    assert make_lanes(unknown, ENGLISH).speech == ()
    silent = make_lanes(with_speech((), ()), ENGLISH)
    assert [row.bars for row in silent.speech] == [()]
    assert silent.speech_description == "Nobody was seen speaking."


def test_who_spoke_in_a_minute_is_named_and_many_are_cut_short() -> None:
    five = with_speech(*[((30.0, 90.0),)] * 5)
    assert speakers(five, 0.0, 60.0, ENGLISH) == "Amara, Beatriz, Chidi and 2 more"
    assert speakers(five, 90.0, 150.0, ENGLISH) == ""


def test_what_happened_is_counted_and_marked_once_at_each_place() -> None:
    events = (Event(10.0, "slide"), Event(20.0, "slide"), Event(30.0, "gap"), Event(70.0, "reflow"))
    figures = replace(lessons.class_of(1), events=events)
    assert happened(figures, 0.0, 60.0, ENGLISH) == "2 new slides, picture lost"
    assert happened(figures, 60.0, 120.0, ENGLISH) == "the layout changed"
    lanes = make_lanes(replace(figures, events=(Event(1800.0, "slide"), Event(1800.1, "slide"))), ENGLISH)
    assert [(mark.kind, mark.at) for mark in lanes.happenings] == [("slide", (50.0,))]


def test_the_numbers_of_a_seat_add_up_to_its_figures() -> None:
    figures = lessons.class_of(2)
    data = data_of(figures)
    for told, seat in zip(data["seats"], figures.seats, strict=True):
        padded = [minute + [0] * (14 - len(minute)) for minute in told["minutes"] if minute]
        readings, faces, known, turned, off, _, *moods = (sum(column) for column in zip(*padded, strict=True))
        total = seat.total
        assert (readings, faces, off) == (total.readings, total.faces, total.off)
        assert turned / known == pytest.approx(total.attention, abs=1e-4)
        assert moods[data["moods"].index(UNSURE)] == round(total.moods[UNSURE] * total.faces)


def test_moods_that_were_not_read_are_not_in_the_data() -> None:
    data = data_of(lessons.without_moods(lessons.class_of(1)))
    assert data["moods"] == []
    assert all(len(minute) <= 6 for minute in data["seats"][0]["minutes"])


def test_where_nobody_is_kept_the_class_has_its_minutes_and_no_seats() -> None:
    data = data_of(lessons.class_alone(600.0))
    assert data["seats"] == []
    assert len(data["class"]) == 10
    assert data_of(lessons.class_of(2))["class"] == []


def test_names_can_not_end_the_element_that_holds_the_data() -> None:
    text = make_data(replace(lessons.empty(), title="</script><script>1"), ENGLISH)
    assert "<" not in text
    assert json.loads(text)["title"] == "</script><script>1"


def test_every_sentence_of_the_script_comes_from_the_table() -> None:
    words = data_of(lessons.class_of(1))["words"]
    assert words["span_class"] == ENGLISH.template("js_span_class")
    assert words["moods"][0] == "neutral"


def test_notes_are_said_in_the_readers_language_and_others_stay() -> None:
    assert all(key in ENGLISH.table for key in NOTES.values())
    seat = replace(lessons.class_of(1).seats[0], notes=("camera off all lesson", "something new"))
    assert notes_of(seat, ENGLISH) == ("the camera was off all lesson", "something new")


@pytest.mark.parametrize(
    ("started", "hour"),
    [
        ("2026-03-05T09:15:00+01:00", "09:45"),
        ("2026-03-05T23:45:00Z", "00:15 UTC"),
        ("2026-03-05", ""),
        (None, ""),
        ("yesterday", ""),
    ],
)
def test_the_time_on_the_clock_is_said_where_it_is_known(started: str | None, hour: str) -> None:
    assert hour_of(started, 1800.0) == hour
