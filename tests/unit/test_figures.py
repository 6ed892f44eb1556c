"""Figures: what is counted, what can't be told, and that "not seen" is never "low"."""

import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
from pytest import approx

from meetbot import settings
from meetbot.timeline.figures import readings_frame
from meetbot.timeline.lesson import create_lesson, open_lesson
from meetbot.types import About, Event, Figures, Observation, Reading
from tests.written import AWAY, FRONT, face, hidden, seconds, write_lesson


def figures_of(
    folder: Path,
    observations: Iterable[Observation],
    *,
    duration: float | None = None,
    teacher: int | None = None,
    **facts: str,
) -> Figures:
    path = write_lesson(folder / "a.meetbot", observations, duration=duration, **facts)
    with open_lesson(path, write=True) as lesson:
        if teacher is not None:
            lesson.set_role(teacher, "teacher")
        return lesson.figures()


def lesson_of(seat: int, start: float, end: float, away: int = 0, label: str = "neutral") -> list[Reading]:
    """Somebody who of every ten seconds looks away for some."""
    return [
        face(time, seat, label, AWAY if round(time) % 10 >= 10 - away else FRONT)
        for time in seconds(start, end)
    ]


def test_a_lesson_that_is_watched_all_the_time(tmp_path: Path) -> None:
    figures = figures_of(tmp_path, lesson_of(1, 0, 300), duration=300.0)
    total = figures.total
    assert (total.people, total.coverage, total.presence) == (1, 1.0, 1.0)
    assert (total.attention, total.attention_known, total.index) == (1.0, 1.0, 100.0)
    assert total.moods["neutral"] == 1.0
    assert [(m.start, m.end) for m in figures.minutes] == [(60.0 * k, 60.0 * (k + 1)) for k in range(5)]


def test_the_index_follows_the_published_formula(tmp_path: Path) -> None:
    figures = figures_of(tmp_path, lesson_of(1, 0, 300, away=2, label="sad"), duration=300.0)
    attention, mood = 0.8, settings.MOOD_WEIGHTS["sad"] / settings.MOOD_FULL
    expected = 100 * (settings.INDEX_ATTENTION * attention + settings.INDEX_MOOD * mood)
    assert figures.total.attention == attention
    assert figures.total.index == figures.minutes[2].index == approx(expected, abs=0.05)


def test_looking_away_lowers_attention_and_index(tmp_path: Path) -> None:
    figures = figures_of(tmp_path, lesson_of(1, 0, 300, away=3), duration=300.0)
    assert figures.total.attention == 0.7
    assert figures.total.index == approx(100 * (settings.INDEX_ATTENTION * 0.7 + settings.INDEX_MOOD))


@pytest.mark.parametrize("unseen", ["camera_off", "no_face", "nothing"])
def test_time_not_seen_lowers_coverage_and_never_attention_mood_or_index(tmp_path: Path, unseen: str) -> None:
    seen = lesson_of(1, 0, 300, away=2)
    rest = [] if unseen == "nothing" else [Reading(t, 1, unseen) for t in seconds(300, 600)]  # type: ignore[arg-type]
    figures = figures_of(tmp_path, [*seen, *rest], duration=600.0)
    assert figures.total.coverage == 0.5
    assert figures.total.presence == (0.5 if unseen == "camera_off" else 1.0)  # else they may have left
    assert figures.total.attention == 0.8
    assert figures.total.index == approx(100 * (settings.INDEX_ATTENTION * 0.8 + settings.INDEX_MOOD))
    unseen_minute = figures.minutes[7]
    assert (unseen_minute.people, unseen_minute.coverage) == (0, 0.0)
    assert (unseen_minute.attention, unseen_minute.index, unseen_minute.moods) == (None, None, {})


def test_a_person_seen_less_weighs_less_in_the_class_index(tmp_path: Path) -> None:
    often, rarely = lesson_of(1, 0, 600), lesson_of(2, 0, 200, away=5)
    figures = figures_of(tmp_path, [*often, *rarely], duration=600.0)
    first, second = (seat.total.index for seat in figures.seats)
    assert first is not None and second is not None
    assert figures.total.index == approx((600 * first + 200 * second) / 800, abs=0.1)
    assert figures.total.attention == approx((600 + 100) / 800)


def test_attention_is_judged_against_ones_own_centre(tmp_path: Path) -> None:
    turned = [face(t, 1, pose=(20.0, -10.0) if t % 5 else (60.0, -10.0)) for t in seconds(0, 300)]
    assert figures_of(tmp_path, turned, duration=300.0).total.attention == 0.8


def test_somebody_who_looks_away_half_the_time_has_half_the_attention(tmp_path: Path) -> None:
    figures = figures_of(tmp_path, lesson_of(1, 0, 300, away=5), duration=300.0)
    assert figures.total.attention == 0.5


def test_looking_everywhere_leaves_the_centre_where_one_looks_most(tmp_path: Path) -> None:
    draw = np.random.default_rng(0)
    elsewhere = draw.uniform(-80, 80, (300, 2)).tolist()
    poses = [(10.0, -5.0) if t % 5 < 2 else (yaw, pitch) for t, (yaw, pitch) in enumerate(elsewhere)]
    readings = [face(float(t), 1, pose=pose) for t, pose in enumerate(poses)]
    assert figures_of(tmp_path, readings, duration=300.0).total.attention == approx(0.43, abs=0.03)


def test_somebody_turned_away_all_lesson_is_never_attentive(tmp_path: Path) -> None:
    figures = figures_of(tmp_path, [face(t, 1, pose=AWAY) for t in seconds(0, 600)], duration=600.0)
    assert (figures.total.attention, figures.total.attention_known, figures.total.index) == (None, 0.0, None)
    assert figures.seats[0].notes == (
        "attention unsure: turned more than 25° off the camera",
        "no engagement index: it needs attention and mood",
    )


@pytest.mark.parametrize("every", [0.5, 1.0, 5.0])
def test_attention_needs_three_minutes_of_a_person(tmp_path: Path, every: float) -> None:
    known = {}
    for seen in (175.0, 180.0):
        readings = [face(t, 1) for t in seconds(0, seen, every)]
        known[seen] = figures_of(tmp_path, readings, duration=600.0, every=str(every)).total.attention
    assert known == {175.0: None, 180.0: 1.0}


def test_a_lesson_under_three_minutes_says_why_it_has_no_attention(tmp_path: Path) -> None:
    figures = figures_of(tmp_path, lesson_of(1, 0, 90), duration=90.0)
    assert figures.total.attention is None
    assert figures.warnings == (
        "Attention can't be told: it needs 3 minutes of each person, and the lesson has 1:30.",
    )
    assert figures.seats[0].notes[0] == "attention unsure: seen for less than 3 minutes"


def test_poses_that_were_not_measured_leave_attention_known_in_part(tmp_path: Path) -> None:
    readings = [face(t, 1, pose=FRONT if t % 2 else None) for t in seconds(0, 600)]
    total = figures_of(tmp_path, readings, duration=600.0).total
    assert (total.attention, total.attention_known) == (1.0, 0.5)


def test_mood_shares_sum_to_one_with_unsure_among_them(tmp_path: Path) -> None:
    readings = [
        face(t, 1, "happy" if t < 100 else "sad", certainty=0.9 if t < 200 else 0.1) for t in seconds(0, 300)
    ]
    moods = figures_of(tmp_path, readings, duration=300.0).total.moods
    assert sum(moods.values()) == approx(1.0)
    assert [moods[mood] for mood in ("happy", "sad", "unsure")] == approx([1 / 3] * 3, abs=0.02)


def test_spans_tell_a_persons_moods(tmp_path: Path) -> None:
    readings = [face(t, 1, "happy" if t < 150 else "sad") for t in seconds(0, 300)]
    (seat,) = figures_of(tmp_path, readings, duration=300.0).seats
    assert [span.label for span in seat.moods] == ["happy", "sad"]
    assert seat.moods[0].end == seat.moods[1].start == approx(150, abs=2)


def test_the_teacher_and_the_bot_are_in_no_class_figure(tmp_path: Path) -> None:
    observations = [*lesson_of(1, 0, 300, away=2), *lesson_of(2, 0, 300, away=9, label="angry")]
    alone = figures_of(tmp_path, lesson_of(1, 0, 300, away=2), duration=300.0)
    taught = figures_of(tmp_path, observations, duration=300.0, teacher=2)
    assert taught.total == alone.total
    assert taught.minutes == alone.minutes
    assert [(seat.name, seat.role) for seat in taught.seats] == [("Seat 1", "student"), ("Seat 2", "teacher")]
    assert (alone.teacher_known, taught.teacher_known) == (False, True)


def test_attendance_tells_first_last_and_minutes(tmp_path: Path) -> None:
    readings = [*(hidden(t, 1) for t in seconds(60, 120)), *lesson_of(1, 120, 180), *lesson_of(2, 0, 300)]
    late, early = figures_of(tmp_path, readings, duration=300.0).seats
    assert (late.first_seen, late.last_seen, late.minutes_present, late.minutes_seen) == (
        60.0,
        179.0,
        2.0,
        1.0,
    )
    assert (early.first_seen, early.last_seen, early.minutes_present) == (0.0, 299.0, 5.0)


def test_attendance_ends_with_the_last_face_of_somebody_who_left(tmp_path: Path) -> None:
    kept_free = [Reading(t, 1, "no_face") for t in seconds(60, 180)]
    readings: list[Observation] = [
        *lesson_of(1, 0, 60),
        *kept_free,
        Event(180.0, "left", 1),
        *lesson_of(2, 0, 300),
    ]
    gone, stayed = figures_of(tmp_path, readings, duration=300.0).seats
    assert (gone.last_seen, gone.minutes_present, gone.total.presence) == (59.0, 1.0, 1.0)
    assert (stayed.last_seen, stayed.minutes_present) == (299.0, 5.0)


def test_somebody_who_is_out_of_view_in_between_is_still_there(tmp_path: Path) -> None:
    unseen = [Reading(t, 1, "no_face") for t in seconds(60, 120)]
    readings = [*lesson_of(1, 0, 60), *unseen, *lesson_of(1, 120, 180)]
    (seat,) = figures_of(tmp_path, readings, duration=180.0).seats
    assert (seat.last_seen, seat.minutes_present, seat.minutes_seen) == (179.0, 3.0, 2.0)


def test_names_on_the_roster_without_a_seat_are_absent(tmp_path: Path) -> None:
    roster = json.dumps(["  ana maria", "Jose\N{COMBINING ACUTE ACCENT}", "Zoe"])
    path = write_lesson(
        tmp_path / "a.meetbot", [face(0.0, 1), face(0.0, 2)], names=["Ana  Maria", "José"], roster=roster
    )
    with open_lesson(path) as lesson:
        assert lesson.figures().absent == ("Zoe",)


def test_nobody_is_called_absent_while_a_seat_has_no_name(tmp_path: Path) -> None:
    roster = json.dumps(["Ana", "Ben", "Zoe"])
    path = write_lesson(tmp_path / "a.meetbot", lesson_of(1, 0, 200), names=["Ana"], roster=roster)
    with open_lesson(path, write=True) as lesson:
        assert lesson.figures().absent == ("Ben", "Zoe")
        lesson.add(face(200.0, 2))
        figures = lesson.figures()
        assert figures.absent == ()
        assert figures.warnings == (
            "2 names of the class list could not be matched to a seat; write each person's seat, "
            "as in Seat 3, into its column 'alias'.",
        )
        lesson.set_role(2, "teacher")
        assert (lesson.figures().absent, lesson.figures().warnings) == (("Ben", "Zoe"), ())


def test_nobody_is_called_absent_while_a_name_is_cut_off(tmp_path: Path) -> None:
    cut = "Ben Al\N{HORIZONTAL ELLIPSIS}"
    readings = [*lesson_of(1, 0, 200), face(0.0, 2)]
    roster = json.dumps(["Ana", "Ben Alder", "Ben Almond"])
    path = write_lesson(tmp_path / "a.meetbot", readings, names=["Ana", cut], roster=roster)
    with open_lesson(path) as lesson:
        assert lesson.figures().absent == ()
        assert lesson.figures().warnings[0].startswith("2 names of the class list could not be matched")


def test_a_class_list_that_is_found_in_whole_leaves_no_warning(tmp_path: Path) -> None:
    readings = [*lesson_of(1, 0, 200), face(0.0, 2)]
    path = write_lesson(tmp_path / "a.meetbot", readings, names=["Ana"], roster='["Ana"]')
    with open_lesson(path) as lesson:
        assert (lesson.figures().absent, lesson.figures().warnings) == ((), ())


def test_a_last_minute_that_is_cut_off_is_measured_by_its_own_length(tmp_path: Path) -> None:
    figures = figures_of(tmp_path, lesson_of(1, 0, 210), duration=210.0)
    assert (figures.minutes[-1].start, figures.minutes[-1].end) == (180.0, 210.0)
    assert figures.minutes[-1].coverage == figures.total.coverage == 1.0


def test_a_reading_on_the_very_end_belongs_to_the_last_minute(tmp_path: Path) -> None:
    figures = figures_of(tmp_path, [face(t, 1) for t in (58.0, 59.0, 60.0)], duration=60.0)
    assert len(figures.minutes) == 1
    assert figures.seats[0].minutes_present == 0.05


def test_sampling_that_does_not_divide_a_minute_is_counted_by_its_instants(tmp_path: Path) -> None:
    every = 0.7
    readings = [face(round(t, 3), 1) for t in seconds(0, 201.6, every)]
    figures = figures_of(tmp_path, readings, duration=201.6, every=str(every))
    assert [minute.coverage for minute in figures.minutes] == [1.0] * 4


def test_an_interrupted_lesson_is_measured_as_far_as_it_was_read(tmp_path: Path) -> None:
    path = tmp_path / "a.meetbot"
    with create_lesson(path, About("A lesson", "1", duration=1200.0), {"every": "1.0"}) as lesson:
        for reading in lesson_of(1, 0, 300):
            lesson.add(reading)
        lesson.reached(299.0)
        lesson.finish("interrupted", None)
        figures = lesson.figures()
    assert (figures.status, figures.duration, figures.total.end, figures.total.coverage) == (
        "interrupted", 1200.0, 300.0, 1.0,
    )  # fmt: skip
    assert figures.warnings == ("Read until 5:00 of 20:00; the rest is missing.",)


def test_warnings_of_the_source_reach_the_figures(tmp_path: Path) -> None:
    events = [Event(10.0, "warning", None, "3 packets were damaged."), Event(5.0, "gap")]
    figures = figures_of(tmp_path, [*events, *lesson_of(1, 0, 200)], duration=200.0)
    assert figures.warnings == ("3 packets were damaged.",)
    assert [event.kind for event in figures.events] == ["gap", "warning"]


def test_without_moods_there_is_no_mood_and_no_index(tmp_path: Path) -> None:
    readings = [Reading(t, 1, "face", yaw=0.0, pitch=0.0) for t in seconds(0, 300)]
    figures = figures_of(tmp_path, readings, duration=300.0, policy="cues")
    assert (figures.total.moods, figures.total.index, figures.total.attention) == ({}, None, 1.0)
    assert figures.seats[0].moods == ()
    assert figures.warnings == ("Moods were not read, so there is no engagement index (policy cues).",)


def test_nobody_seen_is_told_as_that(tmp_path: Path) -> None:
    figures = figures_of(tmp_path, [hidden(t, 1) for t in seconds(0, 300)], duration=300.0)
    assert (figures.total.people, figures.total.coverage, figures.total.presence) == (0, 0.0, 0.0)
    assert (figures.total.attention, figures.total.index, figures.total.moods) == (None, None, {})
    assert figures.seats[0].notes == ("camera off all lesson",)


def test_a_lesson_without_any_reading_has_empty_figures(tmp_path: Path) -> None:
    figures = figures_of(tmp_path, [], duration=120.0)
    assert (figures.total.people, figures.total.coverage, figures.seats, figures.moments) == (0, 0.0, (), ())
    assert [(m.start, m.end, m.presence) for m in figures.minutes] == [(0.0, 60.0, None), (60.0, 120.0, None)]


def test_a_lesson_that_never_began_has_no_minutes(tmp_path: Path) -> None:
    with create_lesson(tmp_path / "a.meetbot", About("A lesson", "1"), {}) as lesson:
        figures = lesson.figures()
    assert (figures.duration, figures.minutes, figures.total.coverage) == (0.0, (), 0.0)


def test_a_single_reading_is_enough_for_figures(tmp_path: Path) -> None:
    figures = figures_of(tmp_path, [face(0.0, 1)])
    assert (figures.total.people, figures.total.coverage, figures.total.moods["unsure"]) == (1, 1.0, 1.0)


def test_long_and_full_lessons_work(tmp_path: Path) -> None:
    crowd = [face(t, seat) for t in seconds(0, 18_000, 300.0) for seat in range(1, 51)]
    figures = figures_of(tmp_path, crowd, duration=18_000.0, every="300.0")
    assert (len(figures.seats), len(figures.minutes)) == (50, 300)
    assert (figures.total.people, figures.total.coverage) == (50, 1.0)


def test_figures_say_where_they_come_from(tmp_path: Path) -> None:
    figures = figures_of(tmp_path, [face(0.0)], version="0.1.0", model_sha256="ab12")
    assert figures.provenance["version"] == "0.1.0"
    assert figures.provenance["model_sha256"] == "ab12"
    assert figures.provenance["content_hash"] == "sha256:1234"
    assert figures.provenance["policy"] == "full"


def test_the_table_of_readings_names_people_and_judges_faces(tmp_path: Path) -> None:
    readings = [*lesson_of(1, 0, 200, away=1), hidden(0.0, 2)]
    path = write_lesson(tmp_path / "a.meetbot", readings, names=["Ana"])
    with open_lesson(path) as lesson:
        table = readings_frame(lesson)
        assert lesson.readings().equals(table)
    assert list(table.columns[:7]) == ["time", "seat", "name", "role", "state", "label", "mood"]
    assert len(table) == 201
    seen = table[table["name"] == "Ana"]
    assert (set(seen["label"]), set(seen["mood"]), seen["facing"].mean()) == ({"neutral"}, {"neutral"}, 0.9)
    unseen = table[table["name"] == "Seat 2"].iloc[0]
    assert unseen[["label", "mood", "facing", "yaw", "happy"]].isna().all()
