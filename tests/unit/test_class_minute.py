"""A minute of the class as a whole says nothing of anybody in it."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetbot.timeline.class_minute import ClassMinute, apportioned, class_minute, step_for
from meetbot.timeline.spans import LABELS
from meetbot.types import EMOTIONS, Reading
from tests.written import AWAY, face, hidden

EVERY = 5.0
TIMES = [EVERY * k for k in range(12)]


def person(
    seat: int, label: str = "neutral", times: Sequence[float] = TIMES, **more: object
) -> list[Reading]:
    """Somebody who shows one mood."""
    return [face(time, seat, label, **more) for time in times]  # type: ignore[arg-type]


def people(*labels: str) -> list[Reading]:
    """One person for each mood."""
    return [reading for seat, label in enumerate(labels, start=1) for reading in person(seat, label)]


def minute(readings: Sequence[Reading], left_out: Sequence[int] = ()) -> ClassMinute:
    return class_minute(0.0, 60.0, readings, EVERY, left_out)


def moods(found: ClassMinute) -> dict[str, float]:
    """Those that were told at all."""
    return {label: found.shares[label] for label in LABELS if found.shares.get(label)}


def test_fewer_than_five_people_show_nothing() -> None:
    assert minute(people(*["happy"] * 4)) == (0.0, 60.0, 0, {})
    assert minute([]) == (0.0, 60.0, 0, {})


def test_shares_of_a_class() -> None:
    found = minute(people(*["happy"] * 8, *["neutral"] * 12))
    assert found[:3] == (0.0, 60.0, 20)
    assert moods(found) == {"happy": 0.4, "neutral": 0.6}
    assert (found.shares["presence"], found.shares["facing"]) == (1.0, 0.95)


@pytest.mark.parametrize(("count", "told"), [(5, 5), (9, 5), (10, 10), (24, 20)])
def test_how_many_there_were_is_told_in_fives(count: int, told: int) -> None:
    assert minute(people(*["neutral"] * count)).people == told


@pytest.mark.parametrize(
    ("count", "step"), [(5, 0.2), (9, 0.2), (10, 0.1), (19, 0.1), (20, 0.05), (99, 0.05)]
)
def test_no_step_is_finer_than_one_person(count: int, step: float) -> None:
    assert step_for(count) == step >= 1 / count


@pytest.mark.parametrize("odd", ["sad", "angry", "happy"])
def test_one_who_shows_something_else_is_not_told_and_neither_is_their_leaving(odd: str) -> None:
    alike = people(*["neutral"] * 6)
    assert minute([*alike, *person(7, odd)]) == minute([*alike, *person(7)]) == minute(alike)


def test_who_came_or_went_during_the_minute_is_in_no_share() -> None:
    alike = people(*["neutral"] * 6)
    gone, late = person(7, "sad", TIMES[:-1]), person(8, "angry", TIMES[1:])
    assert minute([*alike, *gone, *late]) == minute(alike)
    assert minute([*people(*["neutral"] * 4), *gone, *late]).shares == {}


def test_a_look_that_did_not_come_off_is_no_leaving() -> None:
    alike = people(*["neutral"] * 4)
    missed_one, missed_two = TIMES[:5] + TIMES[6:], TIMES[:5] + TIMES[7:]
    assert minute([*alike, *person(5, times=missed_one)]).people == 5
    assert minute([*alike, *person(5, times=missed_two)]).people == 0


def test_the_teacher_is_left_out() -> None:
    alike = people(*["neutral"] * 5)
    assert minute([*alike, *person(6, "happy")], left_out=[6]) == minute(alike)
    assert minute(alike, left_out=[5]).shares == {}


def test_cameras_that_are_off_count_for_presence_alone() -> None:
    dark = [hidden(time, seat) for seat in (6, 7, 8, 9, 10) for time in TIMES]
    found = minute([*people(*["happy"] * 5), *dark])
    assert (found.people, found.shares["presence"]) == (10, 0.5)
    assert moods(found) == {"happy": 0.8, "unsure": 0.2}
    assert set(minute([*people(*["happy"] * 4), *dark]).shares) == {"presence"}


def test_who_is_turned_away_from_the_camera_is_counted_as_that() -> None:
    readings = [r for seat in range(20) for r in person(seat, pose=AWAY if seat < 10 else (10.0, 5.0))]
    assert minute(readings).shares["facing"] == 0.5


@pytest.mark.parametrize("pose", [AWAY, (0.0, 0.0)])
def test_no_share_says_it_of_everybody(pose: tuple[float, float]) -> None:
    found = minute([r for seat in range(6) for r in person(seat, "angry", pose=pose)])
    assert found.shares["facing"] in (0.2, 0.8)
    assert moods(found) == {"angry": 0.8, "unsure": 0.2}


def test_without_the_emotion_model_there_are_no_moods() -> None:
    bare = [Reading(time, seat, "face", yaw=0.0, pitch=0.0) for seat in range(5) for time in TIMES]
    assert set(minute(bare).shares) == {"presence", "facing"}


def test_a_face_in_view_for_less_than_half_of_the_minute_shows_no_mood() -> None:
    short = [*person(5, "sad", TIMES[:5]), *(hidden(time, 5) for time in TIMES[5:])]
    assert set(minute([*people(*["sad"] * 4), *short]).shares) == {"presence"}


shares = st.lists(st.floats(0, 1), min_size=8, max_size=8).filter(lambda one: sum(one) > 0.01)


@settings(deadline=None, max_examples=50)
@given(shares, st.integers(5, 60))
def test_moods_come_in_whole_steps_that_add_up_and_rest_on_two_people(
    given_shares: list[float], n: int
) -> None:
    true = np.array(given_shares) / sum(given_shares)
    told = apportioned(true, n)
    assert sum(told) == pytest.approx(1)
    assert all(share / step_for(n) == pytest.approx(round(share / step_for(n))) for share in told)
    assert all(round(share * 20) == pytest.approx(share * 20) and 0 <= share <= 1 for share in told)
    assert max(told[: len(EMOTIONS)]) < 1
    assert all(
        exact * n >= 2 - 1e-6 for exact, share in zip(true, told[: len(EMOTIONS)], strict=False) if share
    )
