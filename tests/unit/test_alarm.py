"""Moments while a class goes on: told once, after two searches, and in words."""

from dataclasses import replace

import numpy as np
import pytest

from meetbot.timeline import alarm as module
from meetbot.timeline.alarm import Alarm
from meetbot.timeline.glance import Counts
from meetbot.timeline.running import Running, in_words
from meetbot.timeline.spans import LABELS
from meetbot.types import Moment, Reading
from tests.running import CLASS, FULL, face, joined, lived


def moment(start: float, change: float = -0.2) -> Moment:
    return Moment(start, start + 600, "attention", change, (1, 2, 3), 0.001, "")


def searches(monkeypatch: pytest.MonkeyPatch, *found: list[Moment]) -> list[list[Moment]]:
    """What is told when the searches find this, one after the other."""
    coming = iter(found)
    monkeypatch.setattr(module, "find_moments", lambda tracks, every, level: tuple(next(coming)))
    alarm = Alarm()
    return [list(alarm.look([], 1.0)) for _ in found]


def test_a_change_is_told_when_a_second_search_finds_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    first, again = moment(900), moment(930)
    assert searches(monkeypatch, [first], [again], [moment(940)]) == [[], [again], []]


def test_a_change_that_one_search_finds_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert searches(monkeypatch, [moment(900)], [], [moment(900)]) == [[], [], []]


@pytest.mark.parametrize("other", [moment(1300), moment(900, change=0.2)])
def test_another_place_or_direction_is_another_change(other: Moment, monkeypatch: pytest.MonkeyPatch) -> None:
    assert searches(monkeypatch, [moment(900)], [other]) == [[], []]


def test_searches_come_once_a_minute() -> None:
    alarm = Alarm()
    assert [now for now in range(0, 200, 5) if alarm.due(now)] == [0, 60, 120, 180]


def looks(second: int, seat: int) -> Reading:
    """Half of the class turns away three times as often after twenty minutes."""
    away = (second // 6 + 3 * seat) % 8 < (4 if second >= 1200 and seat <= 6 else 1)
    return face(second, seat, away)


def test_a_fall_is_told_in_shares_before_and_after() -> None:
    running = Running(FULL)
    joined(running, [f"P{seat}" for seat in range(1, 13)])
    for begin, end in ((0, 1740), (1740, 1800)):
        values = lived(running, looks, range(1, 13), end, begin)
    [told] = values["moments"]
    assert (told["kind"], told["fell"], told["people"]) == ("attention", True, 6)
    assert abs(told["time"] - 1200) < 60
    assert told["before"] == pytest.approx(0.87, abs=0.03) and told["after"] == pytest.approx(0.69, abs=0.05)


def around(turned: float, happy: float) -> Counts:
    """Six people, a hundred looks each before and after; half are turned away and neutral before."""
    shares = np.zeros((6, len(LABELS), 2))
    shares[:, LABELS.index("happy")] = 100 * happy * np.array([0, 1])
    shares[:, LABELS.index("neutral")] = 100 - shares[:, LABELS.index("happy")]
    hundred = np.full((6, 2), 100.0)
    return Counts(hundred, hundred, hundred, np.tile([50.0, 100 * turned], (6, 1)), shares)


def test_under_the_policy_class_a_moment_is_told_in_steps_and_without_people() -> None:
    told = in_words(moment(900), around(0.33, 0.0), CLASS)
    assert (told["before"], told["after"], told["people"]) == (0.6, 0.4, None)  # a fifth at the finest


def test_a_change_of_mood_is_told_by_what_there_is_more_and_less_of() -> None:
    changed = replace(moment(900), kind="mood")
    told = in_words(changed, around(0.5, 0.3), FULL)
    assert (told["more"], told["less"], told["people"]) == ("happy", "neutral", 3)
    small = in_words(changed, around(0.5, 0.01), FULL)
    assert (small["more"], small["less"]) == (None, None)


def test_fewer_than_three_people_have_no_moments() -> None:
    running = Running(FULL)
    joined(running, ["P1", "P2"])
    assert lived(running, looks, (1, 2), 1800)["moments"] == []
