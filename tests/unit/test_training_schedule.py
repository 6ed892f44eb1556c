"""How a run goes along: its rate, its pictures' size, its end."""

from pathlib import Path

import pytest

from training import curves
from training.recipe import Recipe
from training.schedule import (
    LOWER,
    PLATEAU,
    History,
    is_best,
    is_over,
    picture_size,
    plateaus,
    rate,
    read_history,
    share_done,
    strength,
)


def test_the_rate_warms_up_and_ends_at_zero() -> None:
    recipe = Recipe(epochs=11, warm_up=1.0, rate=0.2)
    assert rate(recipe, 0.5) == pytest.approx(0.1)
    assert rate(recipe, 1.0) == pytest.approx(0.2)
    assert rate(recipe, 6.0) == pytest.approx(0.1)
    assert rate(recipe, 11.0) == pytest.approx(0.0)


def test_a_run_of_one_epoch_ends_at_zero_too() -> None:
    assert rate(Recipe(epochs=1, warm_up=1.0), 1.0) == pytest.approx(0.0)


def test_an_earlier_end_lowers_the_rate_at_once() -> None:
    assert rate(Recipe(epochs=8), 6.0) < rate(Recipe(epochs=20), 6.0)


def test_the_rate_ends_at_zero_with_the_minutes_where_these_come_first() -> None:
    recipe = Recipe(epochs=100, minutes=2, rate=0.2)
    assert share_done(recipe, 10, 60) == 0.5
    assert share_done(recipe, 80, 60) == 0.8
    assert rate(recipe, 10, History(seconds=119)) < 0.001
    assert rate(recipe, 10, History(seconds=120)) == pytest.approx(0.0)


def test_a_plateau_halves_the_rate_and_the_next_one_again() -> None:
    recipe = Recipe(schedule="plateau", rate=0.2)
    still = (0.5,) * PLATEAU
    assert rate(recipe, 9, History((0.4, 0.5))) == pytest.approx(0.2)
    assert rate(recipe, 9, History((0.5, *still))) == pytest.approx(0.2 * LOWER)
    assert rate(recipe, 9, History((0.5, *still, *still))) == pytest.approx(0.2 * LOWER**2)


def test_a_better_epoch_begins_the_waiting_anew() -> None:
    assert plateaus([0.5, 0.4, 0.4, 0.4, 0.6, 0.4, 0.4, 0.4]) == 0
    assert plateaus([0.5, 0.4, 0.4, 0.4, 0.4, 0.6, 0.4]) == 1


def test_pictures_grow_with_the_run() -> None:
    sizes = [picture_size(Recipe(), done) for done in (0, 0.49, 0.5, 0.79, 0.8, 1)]
    assert sizes == [32, 32, 40, 40, 48, 48]


def test_pictures_are_changed_less_towards_the_end() -> None:
    assert [strength(Recipe(), done) for done in (0, 0.59, 0.6, 1)] == [0.6, 0.6, 0.3, 0.3]


def test_an_epoch_is_best_when_it_beats_all_before() -> None:
    assert is_best([0.4])
    assert is_best([0.4, 0.3, 0.5])
    assert not is_best([0.4, 0.4])
    assert not is_best([])


def test_a_run_is_over_with_its_epochs_its_minutes_or_its_patience() -> None:
    recipe = Recipe(epochs=10, minutes=1, patience=2)
    assert not is_over(recipe, 3, History((0.5, 0.6, 0.6), 30))
    assert is_over(recipe, 10, History())
    assert is_over(recipe, 3, History((0.4, 0.5, 0.6), 60))
    assert is_over(recipe, 4, History((0.5, 0.6, 0.6, 0.5), 30))


def test_without_patience_a_run_goes_on_however_bad_it_gets() -> None:
    assert not is_over(Recipe(epochs=10), 6, History((0.9, 0.1, 0.1, 0.1, 0.1, 0.1)))


def test_history_is_what_the_table_says_of_the_epochs_before(tmp_path: Path) -> None:
    table = tmp_path / "curves.csv"
    for epoch, original in ((1, 0.2), (2, 0.3), (3, 0.9), (2, 0.4)):
        curves.add(table, {"epoch": epoch, "original": original, "votes": 0.6, "seconds": 10.0})
    history = read_history(table, 2)
    assert history.scores == pytest.approx((0.4, 0.5))
    assert history.seconds == 20


def test_there_is_no_history_before_the_first_epoch_or_in_another_folder(tmp_path: Path) -> None:
    table = tmp_path / "curves.csv"
    assert read_history(table, 5) == History()
    curves.add(table, {"epoch": 1, "original": 0.2, "seconds": 10.0})
    assert read_history(table, 0) == History()


def test_a_table_keeps_the_columns_that_it_began_with(tmp_path: Path) -> None:
    table = tmp_path / "curves.csv"
    curves.add(table, {"epoch": 1, "original": 0.2})
    curves.add(table, {"epoch": 2, "original": 0.3, "pictures": 99.0})
    assert curves.read(table) == {"epoch": [1, 2], "original": [0.2, 0.3]}
