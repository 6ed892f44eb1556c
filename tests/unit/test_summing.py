"""A lesson's own summary: used while it holds, made anew when anything that it rests on changed."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from meetbot.conclude import conclude
from meetbot.timeline.lesson import open_lesson
from meetbot.timeline.summing import (
    forget_summary,
    keep_summary,
    kept_summary,
    summary_of,
    summed,
)
from tests import lessons
from tests.written import AWAY, face, hidden, write_lesson


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Five minutes of two people; one looks away half of the time, one is hidden half of it."""
    seen = [face(t, 1, "happy", AWAY if t % 2 else (0.0, 0.0)) for t in range(300)]
    half = [face(t, 2) if t < 150 else hidden(t, 2) for t in range(300)]
    path = write_lesson(tmp_path / "a.meetbot", [*seen, *half], duration=300.0, names=("Ada",))
    with open_lesson(path, write=True) as lesson:
        keep_summary(lesson, summary_of(lesson))
    return path


def test_a_summary_adds_up_to_the_figures_of_the_lesson(path: Path) -> None:
    with open_lesson(path) as lesson:
        total, summary = lesson.figures().total, summary_of(lesson)
    assert summary.sums.coverage == pytest.approx(total.coverage)
    assert summary.sums.attention == pytest.approx(total.attention)
    assert summary.sums.mean_index == pytest.approx(total.index)
    assert summary.sums.mood_shares == pytest.approx(dict(total.moods))
    assert (summary.people, summary.everyone, summary.duration) == (2, 2, 300.0)
    assert [(person.seat, person.minutes_seen) for person in summary.persons] == [(1, 5.0), (2, 2.5)]


def test_a_kept_summary_is_the_same_and_spares_the_figures(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_lesson(path) as lesson:
        fresh, kept = summed(lesson.figures()), summary_of(lesson)
        monkeypatch.setattr(type(lesson), "figures", lambda self: pytest.fail("computed again"))
        assert summary_of(lesson) == kept
    assert (kept.sums.due, kept.persons) == (fresh.sums.due, fresh.persons)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("started_at", 5),
        ("sums", [1, 1, 1, 1, ["happy"], 1, 1]),
        ("sums", [1, 1, 1, 1, {"happy": "many"}, 1, 1]),
        ("people", 1e999),
        ("duration", float("nan")),
        ("persons", [[1, 2]]),
        ("persons", 7),
    ],
)
def test_a_summary_by_a_strangers_hand_is_made_anew(path: Path, key: str, value: object) -> None:
    with open_lesson(path, write=True) as lesson:
        told = json.loads(lesson.facts()["summary"])
        told["summary"][key] = value
        lesson.note(summary=json.dumps(told))
        assert not kept_summary(lesson)
        assert summary_of(lesson) == summed(lesson.figures())


def test_no_name_stands_in_a_summary(path: Path) -> None:
    with open_lesson(path) as lesson:
        assert kept_summary(lesson)
        assert "Ada" not in lesson.facts()["summary"]


def test_whatever_changes_the_figures_makes_it_anew(path: Path) -> None:
    with open_lesson(path, write=True) as lesson:
        lesson.set_role(2, "teacher")
        assert not kept_summary(lesson)
        assert summary_of(lesson).everyone == 1
        keep_summary(lesson, summary_of(lesson))
        assert kept_summary(lesson)
        lesson.forget_after(200.0)
        assert not kept_summary(lesson)


def test_it_can_be_dropped_and_what_is_damaged_is_not_trusted(path: Path) -> None:
    with open_lesson(path, write=True) as lesson:
        good = lesson.facts()["summary"]
        for bad in ("", "{", "[]", good.replace('"sums"', '"sum"'), good.replace("[", "{", 1), "9" * 99):
            lesson.note(summary=bad)
            assert not kept_summary(lesson)
            assert summary_of(lesson).people == 2
        lesson.note(summary=good)
        forget_summary(lesson)
        assert lesson.facts()["summary"] == ""


def test_the_report_of_a_lesson_leaves_its_summary_behind(path: Path) -> None:
    with open_lesson(path, write=True) as lesson:
        forget_summary(lesson)
        conclude(lesson, (), "Seat 2")
        assert kept_summary(lesson)
        assert summary_of(lesson).everyone == 1
    with open_lesson(path) as lesson:
        conclude(lesson, (), None)  # nothing may be written, and nothing is


def test_a_class_that_nobody_may_be_told_from_counts_its_faces() -> None:
    figures = replace(lessons.class_of(5), seats=())
    assert (summed(figures).everyone, summed(figures).persons) == (5, ())
    assert summed(lessons.empty()).sums.coverage is None
    assert summed(lessons.without_moods(lessons.class_of(3))).sums.mean_index is None
