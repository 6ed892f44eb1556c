"""Knobs of a run as they are turned on the command line."""

import argparse

import pytest

from training.recipe import Recipe, add_knobs, turned


def given(*words: str) -> Recipe:
    parser = argparse.ArgumentParser(exit_on_error=False)
    add_knobs(parser, ("small_residual", "tiny"))
    return turned(Recipe(epochs=7), parser.parse_args(words))


def test_what_is_not_given_stays() -> None:
    assert given() == Recipe(epochs=7)


def test_numbers_words_and_steps_are_turned() -> None:
    wanted = Recipe(net="tiny", epochs=9, rate=0.1, sizes=((0.0, 32), (0.5, 48)), strengths=((0.0, 0.3),))
    words = "--net tiny --epochs 9 --rate 0.1 --sizes 0:32,0.5:48 --strengths 0:0.3"
    assert given(*words.split()) == wanted


@pytest.mark.parametrize("steps", ["0.2:32", "0:32,0.5", "0:32,0.8:40,0.5:48", "0:small", ""])
def test_steps_that_do_not_begin_with_the_run_or_go_back_are_refused(steps: str) -> None:
    with pytest.raises(argparse.ArgumentError, match="--sizes"):
        given("--sizes", steps)


def test_the_help_says_what_is_usual(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        given("--help")
    assert "usually 0:32,0.5:40,0.8:48" in " ".join(capsys.readouterr().out.split())
