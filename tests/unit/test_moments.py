"""Moments: real changes are found where they are, chance and coming and going are not taken for one."""

from pathlib import Path

import numpy as np
import pytest
from pytest import approx

from benchmarks.moments import PEOPLE, Setting, simulate
from meetbot.timeline.changes import Curve, Floats, chance_of, class_curve, correlation_time, shift
from meetbot.timeline.lesson import open_lesson
from meetbot.timeline.moments import Track, find_moments
from meetbot.types import Moment
from tests.written import AWAY, FRONT, face, write_lesson

CALM = Setting("calm", 6, 0.02, True, False)
FALLING = Setting("falling", 6, 0.0, False, True)


def looks(people: int, seconds: int, share: float | Floats = 0.8, seed: int = 0) -> Floats:
    """People who turn to the screen for a share of the time, a few seconds at a time."""
    draw = np.random.default_rng(seed)
    every_four = draw.random((people, seconds // 4 + 1)) < share
    return np.repeat(every_four, 4, axis=1)[:, :seconds].astype(float)


def attention(values: Floats, every: float = 1.0) -> tuple[Moment, ...]:
    seats = tuple(range(1, len(values) + 1))
    return find_moments([Track("attention", seats, values)], every)


@pytest.mark.parametrize("seed", range(3))
def test_a_calm_lesson_has_no_moment(seed: int) -> None:
    tracks, _ = simulate(CALM, np.random.default_rng(seed))
    assert find_moments(tracks, 1.0) == ()


@pytest.mark.parametrize("seed", range(3))
def test_a_fall_in_half_of_the_class_is_found_within_a_minute(seed: int) -> None:
    tracks, truth = simulate(FALLING, np.random.default_rng(100 + seed))
    assert truth is not None
    (moment,) = find_moments(tracks, 1.0)
    assert moment.kind == "attention"
    assert moment.start == approx(truth, abs=60)
    assert moment.change == approx(-0.1, abs=0.05)
    assert 8 <= len(moment.seats) <= 17
    assert moment.p_value <= 0.01


def test_a_moment_names_the_people_who_changed() -> None:
    values = looks(10, 2400)
    values[:4, 1200:] = looks(4, 1200, 0.3, seed=1)
    (moment,) = attention(values)
    assert moment.seats == (1, 2, 3, 4)
    assert moment.change == approx(-0.2, abs=0.03)
    assert moment.before == approx(0.8, abs=0.03)
    assert moment.after == approx(0.6, abs=0.03)
    assert moment.start == approx(1200, abs=30)
    assert moment.end == 2400


def test_a_fall_and_a_recovery_are_two_moments() -> None:
    values = looks(20, 3600)
    values[:, 1500:2400] = looks(20, 900, 0.4, seed=1)
    fall, recovery = attention(values)
    assert (fall.change < -0.3, recovery.change > 0.3) == (True, True)
    assert fall.start == approx(1500, abs=20)
    assert fall.end == recovery.start == approx(2400, abs=20)


def test_people_who_leave_or_join_do_not_make_a_moment() -> None:
    values = looks(20, 2400, np.repeat([0.95, 0.4], 10)[:, None])
    values[:10, 1200:] = np.nan  # the attentive half leaves: the plain mean of the class falls by 27 points
    assert np.nanmean(values[:, :1200]) - np.nanmean(values[:, 1200:]) > 0.25
    assert attention(values) == ()
    assert attention(values[:, ::-1]) == ()


def test_missing_readings_are_borne() -> None:
    values = looks(20, 2400)
    values[:, 1200:] = looks(20, 1200, 0.5, seed=1)
    values[np.random.default_rng(2).random(values.shape) < 0.5] = np.nan
    (moment,) = attention(values)
    assert moment.start == approx(1200, abs=30)


def test_two_people_do_not_make_a_moment_of_the_class() -> None:
    values = looks(2, 2400)
    values[:, 1200:] = 0.0
    assert attention(values) == ()


def test_a_change_in_two_of_twenty_is_no_moment_of_the_class() -> None:
    values = looks(20, 2400)
    values[:2, 1200:] = 0.0
    assert attention(values) == ()


def test_a_change_too_small_to_matter_is_not_told() -> None:
    values = 0.8 + np.random.default_rng(0).normal(0, 0.02, (20, 2400))
    values[:, 1200:] -= 0.03
    assert attention(values) == ()


@pytest.mark.parametrize(
    "values",
    [
        np.zeros((20, 0)),
        np.full((20, 2400), np.nan),
        np.ones((20, 2400)),
        np.zeros((0, 2400)),
        looks(20, 800),
        np.where(np.arange(2400) == 7, 1.0, np.nan) * np.ones((20, 1)),
    ],
    ids=["no time", "nobody known", "all alike", "nobody", "too short", "one instant"],
)
def test_lessons_that_can_not_hold_a_moment_hold_none(values: Floats) -> None:
    assert attention(values) == ()


@pytest.mark.parametrize("every", [0.5, 0.7, 5.0, 10.0])
def test_moments_stand_in_seconds_however_often_was_sampled(every: float) -> None:
    size = round(2700 / every)
    half = size // 2
    values = np.hstack([looks(20, half), looks(20, size - half, 0.4, seed=1)])
    (moment,) = attention(values, every)
    assert moment.start == approx(1350, abs=60)


def test_the_same_lesson_gives_the_same_moments() -> None:
    tracks, _ = simulate(FALLING, np.random.default_rng(3))
    assert find_moments(tracks, 1.0) == find_moments(tracks, 1.0)


def test_neighbouring_seconds_that_are_alike_are_no_evidence() -> None:
    draw = np.random.default_rng(1)
    slow = np.repeat(draw.normal(0, 1, 24), 10)  # 24 levels, each held for ten places
    curve = Curve(slow - slow.mean(), np.ones(240))
    blind, honest = (chance_of(curve, 10, block, 499) for block in (1, 10))
    assert blind < 0.01 < 0.05 < honest


def test_the_correlation_time_is_measured_with_the_step_taken_out() -> None:
    draw = np.random.default_rng(0)
    held = np.repeat(draw.normal(0, 1, 600), 6)
    stepped = held + np.where(np.arange(3600) < 1800, 0, 5)
    curves = [Curve(values - values.mean(), np.ones(3600)) for values in (held, stepped)]
    assert [correlation_time(curve, 0, 1800) for curve in curves] == approx([6, 6], rel=0.3)


def test_the_curve_of_the_class_compares_people_with_themselves() -> None:
    values = np.array([[1.0, 1.0, np.nan, np.nan], [0.2, 0.4, 0.2, 0.4]])
    curve = class_curve(values, bins=2)
    assert curve.sums == approx([0.0, 0.0])
    assert curve.known.tolist() == [4.0, 2.0]


def test_a_shift_counts_only_people_seen_on_both_sides() -> None:
    values = looks(6, 1200)
    values[:5, 600:] = 0.0
    values[0, 600:] = np.nan
    found = shift(values, 600, 1.0)
    assert (found.weights > 0).tolist() == [False, True, True, True, True, True]
    assert np.round(found.theirs).tolist() == [0, 1, 1, 1, 1, 0]
    assert found.of_class == approx(-0.64, abs=0.05)


def test_moments_reach_the_figures_with_their_moods(tmp_path: Path) -> None:
    turned = looks(5, 1800)
    readings = [
        face(
            float(t),
            seat,
            "happy" if t < 900 else "sad",
            FRONT if turned[seat - 1, t] and not (t >= 900 and t % 8 < 4) else AWAY,
        )
        for t in range(0, 1800, 2)
        for seat in range(1, 6)
    ]
    path = write_lesson(tmp_path / "a.meetbot", readings, duration=1800.0, every="2.0")
    with open_lesson(path, write=True) as lesson:
        moments = lesson.figures().moments
        lesson.set_role(1, "teacher")
        without_teacher = lesson.figures().moments
    assert {m.kind: m.note for m in moments} == {"attention": "", "mood": "more sad, less happy"}
    assert [m.start for m in moments] == approx([900, 900], abs=10)
    assert {seat for moment in without_teacher for seat in moment.seats} == {2, 3, 4, 5}


def test_a_simulated_class_is_as_large_as_it_says() -> None:
    tracks, truth = simulate(CALM, np.random.default_rng(0))
    assert [track.values.shape[0] for track in tracks] == [PEOPLE, PEOPLE]
    assert truth is None
