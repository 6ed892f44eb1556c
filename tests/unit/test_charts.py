"""The geometry of the charts."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetbot.report import charts
from meetbot.report.charts import Sample
from meetbot.types import UNSURE, Span


def series(*values: float | None, minutes: float = 60.0) -> list[Sample]:
    """One sample a minute."""
    return [Sample(k * minutes, (k + 1) * minutes, value) for k, value in enumerate(values)]


def places(path: str) -> list[tuple[float, float]]:
    """The points of a path, whatever joins them."""
    for letter in "MLz":
        path = path.replace(letter, " ")
    numbers = [float(number) for number in path.split()]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def test_an_hour_is_ticked_every_ten_minutes() -> None:
    ticks = charts.ticks(3600)
    assert [tick.label for tick in ticks] == [
        "0:00",
        "10:00",
        "20:00",
        "30:00",
        "40:00",
        "50:00",
        "1:00:00",
    ]
    assert [tick.at for tick in ticks] == [0, 16.67, 33.33, 50, 66.67, 83.33, 100]


def test_the_outermost_labels_stay_inside_the_axis() -> None:
    ticks = charts.ticks(3600)
    assert [ticks[0].anchor, ticks[1].anchor, ticks[-1].anchor] == ["start", "middle", "end"]


def test_every_other_label_can_be_left_out() -> None:
    assert [tick.minor for tick in charts.ticks(40)] == [False, True, False, True, False]


@given(st.floats(0.5, 40000))
def test_labels_are_few_and_all_different(duration: float) -> None:
    labels = [tick.label for tick in charts.ticks(duration)]
    assert 1 <= len(labels) <= charts.MOST_TICKS
    assert len(set(labels)) == len(labels)


def test_a_lesson_without_length_has_no_ticks() -> None:
    assert charts.ticks(0) == ()


def test_known_stretches_are_joined_and_gaps_left_out() -> None:
    assert charts.known(series(0.5, 0.6, None, 0.7), 240) == ((0, 50), (75, 25))


def test_time_without_samples_is_a_gap_too() -> None:
    samples = [Sample(0, 60, 0.5), Sample(180, 240, 0.5)]
    assert charts.known(samples, 240) == ((0, 25), (75, 25))


def test_a_line_runs_through_the_middles_and_reaches_both_edges() -> None:
    assert places(charts.line(series(0.5, 1.0), 120).path) == [(0, 50), (250, 50), (750, 0), (1000, 0)]


def test_a_line_is_broken_where_nothing_is_known() -> None:
    line = charts.line(series(0.5, None, 0.25), 180)
    assert line.path.count("M") == 2
    assert not any(333.5 < x < 666.5 for x, _ in places(line.path))


def test_what_is_unknown_never_touches_the_bottom() -> None:
    line = charts.line(series(0.5, None, 0.5, None), 240)
    assert all(y == 50 for _, y in places(line.path))


def test_the_firm_part_leaves_out_what_rests_on_few() -> None:
    samples = [sample._replace(firm=k != 1) for k, sample in enumerate(series(0.5, 0.5, 0.5))]
    line = charts.line(samples, 180)
    assert line.path.count("M") == 1
    assert line.firm.count("M") == 2


def test_an_area_stands_on_the_ground() -> None:
    area = places(charts.line(series(0.5), 60).area)
    assert area == [(0, 50), (500, 50), (1000, 50), (1000, 100), (0, 100)]


def test_values_beyond_their_range_stay_in_the_chart() -> None:
    assert {y for _, y in places(charts.line(series(-0.2, 1.2), 120).path)} == {0, 100}


def test_layers_stand_on_each_other() -> None:
    low, high = charts.stack([series(0.25, 0.25), series(0.5, 0.5)], ["calm", "glad"], 120)
    assert {y for _, y in places(low.path)} == {75, 100}
    assert {y for _, y in places(high.path)} == {25, 75}


def test_a_stack_has_a_gap_where_nobody_was_seen() -> None:
    (layer,) = charts.stack([series(0.5, None, 0.5)], ["calm"], 180)
    assert layer.path.count("M") == 2


def test_an_empty_layer_has_no_path() -> None:
    assert [bool(layer.path) for layer in charts.stack([series(0.5), series(0.0)], ["a", "b"], 60)] == [
        True,
        False,
    ]


def test_a_layer_is_named_where_it_is_thickest() -> None:
    (layer,) = charts.stack([series(0.2, 0.2, 0.8, 0.2)], ["calm"], 240)
    assert layer.name_at == (62.5, 60)


def test_a_thin_layer_is_not_named() -> None:
    (layer,) = charts.stack([series(0.05, 0.05, 0.05)], ["calm"], 180)
    assert layer.name_at is None


def test_a_stack_of_nothing_is_nothing() -> None:
    assert charts.stack([], [], 60) == ()


def test_bands_lie_where_their_mood_was_shown() -> None:
    spans = [Span(1, "happy", 0, 30), Span(1, "sad", 60, 120)]
    found = charts.ribbon(spans, ("happy", "sad", "fear"), 120)
    assert found.bands == (("happy", "M0 0h250v1H0z"), ("sad", "M500 0h500v1H500z"))
    assert found.letters == ((12.5, "happy"), (75, "sad"))


def test_an_unsure_band_is_thin_and_has_no_letter() -> None:
    found = charts.ribbon([Span(1, UNSURE, 0, 60)], (UNSURE,), 60)
    assert found.bands[0].path == "M0 0.35h1000v0.3H0z"
    assert found.letters == ()


def test_a_band_too_short_to_be_seen_is_left_out() -> None:
    found = charts.ribbon([Span(1, "sad", 100, 101)], ("sad",), 18000)
    assert found == ((), ())


def test_a_narrow_band_has_no_letter() -> None:
    assert charts.ribbon([Span(1, "sad", 0, 3)], ("sad",), 100).letters == ()


@given(st.lists(st.none() | st.floats(0, 1), max_size=30))
def test_points_go_forward_in_time_and_stay_in_the_chart(values: list[float | None]) -> None:
    duration = 60.0 * len(values)
    path = charts.line(series(*values), duration).path
    for run in path.split("M")[1:]:
        assert all(0 <= y <= 100 for _, y in places(run))
        assert all(left <= right for (left, _), (right, _) in pairwise(places(run)))


@pytest.mark.parametrize(("time", "at"), [(-5, 0), (0, 0), (30, 50), (90, 100)])
def test_a_time_outside_the_lesson_is_drawn_at_its_edge(time: float, at: float) -> None:
    assert charts.percent_across(time, 60) == at
