"""Moods over time: one wrong frame never makes a mood, and gaps end a stretch."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetbot.timeline.spans import LABELS, mood_spans, smooth_moods
from meetbot.types import EMOTIONS, UNSURE, Span
from tests.written import mood


def smooth(
    labels: list[str], every: float = 1.0, times: list[float] | None = None, certainty: float = 0.9
) -> list[str]:
    """The smoothed labels of faces that each show one mood; "unsure" is a face without probabilities."""
    emotions = np.array([[np.nan] * 7 if label == UNSURE else mood(label) for label in labels]).reshape(-1, 7)
    at = np.array(times or [k * every for k in range(len(labels))], dtype=float)
    found = smooth_moods(at, emotions, np.full(len(labels), certainty), every)
    return [LABELS[label] for label in found]


@pytest.mark.parametrize("every", [0.5, 1.0, 2.0, 5.0, 30.0])
@pytest.mark.parametrize("place", range(12))
def test_one_wrong_frame_never_makes_a_mood(every: float, place: int) -> None:
    labels = ["neutral"] * 12
    labels[place] = "angry"
    assert smooth(labels, every) == ["neutral"] * 12


@settings(deadline=None)  # the machine may be busy
@given(
    st.lists(st.sampled_from(["neutral", "happy", UNSURE]), min_size=1, max_size=40),
    st.sampled_from([1.0, 4.0]),
    st.data(),
)
def test_a_mood_seen_once_is_never_told(labels: list[str], every: float, data: st.DataObject) -> None:
    labels[data.draw(st.integers(0, len(labels) - 1))] = "fear"
    assert "fear" not in smooth(labels, every)


def test_a_single_face_tells_no_mood() -> None:
    assert smooth(["happy"]) == [UNSURE]


def test_a_mood_that_lasts_is_told_from_about_its_first_second() -> None:
    found = smooth(["neutral"] * 30 + ["happy"] * 30)
    assert set(found) == {"neutral", "happy"}
    assert abs(found.index("happy") - 30) <= 2
    assert found[found.index("happy") :] == ["happy"] * (60 - found.index("happy"))


def test_two_close_moods_do_not_flicker() -> None:
    found = smooth(["neutral", "neutral", "sad", "sad"] * 15)
    assert sum(a != b for a, b in pairwise(found)) <= 1


def test_uncertain_faces_are_unsure() -> None:
    assert smooth(["happy"] * 20, certainty=0.2) == [UNSURE] * 20


def test_a_few_sure_faces_among_unsure_ones_stay_unsure() -> None:
    assert smooth([UNSURE, UNSURE, "happy", UNSURE, UNSURE, UNSURE] * 5) == [UNSURE] * 30


def test_faces_far_apart_in_time_do_not_support_each_other() -> None:
    assert smooth(["happy", "happy"], times=[0.0, 60.0]) == [UNSURE, UNSURE]


def test_nobody_has_no_moods() -> None:
    assert smooth([]) == []


def spans(labels: list[str], times: list[float], every: float = 1.0) -> list[tuple[str, float, float]]:
    codes = np.array([LABELS.index(label) for label in labels], dtype=np.int64)
    found = mood_spans(3, np.array(times, dtype=float), codes, every)
    assert all(span.seat == 3 for span in found)
    return [(span.label, span.start, span.end) for span in found]


def test_a_stretch_ends_where_the_mood_changes() -> None:
    assert spans(["sad", "sad", "happy"], [0, 1, 2]) == [("sad", 0.0, 2.0), ("happy", 2.0, 3.0)]


def test_a_gap_in_the_faces_ends_a_stretch() -> None:
    assert spans(["sad", "sad", "sad"], [0, 1, 20]) == [("sad", 0.0, 2.0), ("sad", 20.0, 21.0)]


def test_a_short_miss_of_the_detector_leaves_no_hole() -> None:
    assert spans(["sad", "sad", "happy"], [0, 4, 7]) == [("sad", 0.0, 7.0), ("happy", 7.0, 8.0)]


def test_slow_sampling_is_no_gap() -> None:
    assert spans(["sad", "sad"], [0, 60], every=60.0) == [("sad", 0.0, 120.0)]


def test_no_faces_make_no_stretches() -> None:
    assert mood_spans(1, np.zeros(0), np.zeros(0, dtype=np.int64), 1.0) == []


def test_stretches_never_overlap() -> None:
    draw = np.random.default_rng(0)
    times = np.unique(draw.integers(0, 300, 150)).astype(float)
    found: list[Span] = mood_spans(1, times, draw.integers(0, len(LABELS), len(times)), 1.0)
    assert all(earlier.end <= later.start for earlier, later in pairwise(found))
    assert {span.label for span in found} <= {*EMOTIONS, UNSURE}
