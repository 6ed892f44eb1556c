"""The card's figures are those of the evaluation, and of the model that the card describes."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from meetbot.errors import InputError
from meetbot.types import EMOTIONS
from training.measure import label_figures
from training.modelcard import BEGIN, END, fill, main, taken_for

CARD = {
    "name": "a network",
    "labels": list(EMOTIONS),
    "outputs": {"votes": " ".join(EMOTIONS), "shown": "votes"},
    "input_size": 48,
    "mean": 128.0,
    "scale": 64.0,
    "sha256": "abcdef0123456789",
    "trained_on": "28,218 faces, 60 epochs",
    "scores": {},
    "temperatures": {"votes": 1.0},
}
PAGE = f"# A card\n\nBefore.\n\n{BEGIN}\nold figures\n{END}\n\nAfter.\n"


def evaluation(sha256: str = "abcdef0123456789") -> dict[str, Any]:
    """Figures as `training.evaluate --json` prints them: 40 faces, of which 10 sad ones look neutral."""
    sad, neutral = EMOTIONS.index("sad"), EMOTIONS.index("neutral")
    true = np.array([sad] * 20 + [neutral] * 20)
    said = np.array([neutral] * 10 + [sad] * 10 + [neutral] * 20)
    labels = label_figures(said, true)
    shown = label_figures(np.array([sad] * 20 + [neutral] * 20), true)
    return {
        **labels,
        "ece": 0.021,
        "ece_before_temperature": 0.034,
        "shown": {"output": "votes", "accuracy": 0.58, "ece": 0.228},
        "ferplus": {
            **{"n": 38, "accuracy": 0.865, "accuracy_interval": [0.8, 0.9], "ece": 0.015},
            "without_contempt": {**shown, "ece": 0.019, "accuracy_of_original": 0.71},
        },
        "by_size": {"20": 0.6, "24": 0.62, "32": 0.7, "48": 0.75},
        "by_light": {"1.0": 0.75, "0.4": 0.7, "0.05": 0.3},
        "model": {"sha256": sha256, "bytes": 2_900_000, "ms_per_face": 0.934},
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A model with its page, and a run with its figures, in one place."""
    (tmp_path / "emotion.json").write_text(json.dumps(CARD))
    (tmp_path / "MODEL_CARD.md").write_text(PAGE)
    (tmp_path / "public_test.json").write_text(json.dumps(evaluation()))
    (tmp_path / "export.md").write_text("| kind | MB |\n|---|---:|\n| int8 | 2.90 |\n")
    return tmp_path


def filled(folder: Path) -> str:
    """The page after the command."""
    main(["--run", str(folder), "--models", str(folder)])
    return (folder / "MODEL_CARD.md").read_text()


def test_the_figures_stand_between_the_marks_and_the_words_around_stay(folder: Path) -> None:
    page = filled(folder)
    assert page.startswith(f"# A card\n\nBefore.\n\n{BEGIN}\n")
    assert page.endswith(f"{END}\n\nAfter.\n")
    assert "old figures" not in page
    assert "28,218 faces, 60 epochs; 2.90 MB; sha256 begins with `abcdef012345`" in page
    assert "| int8 | 2.90 |" in page


def test_the_headline_has_its_interval_and_its_calibration(folder: Path) -> None:
    page = filled(folder)
    assert "(`original`); 95 % interval | 75.0 % (59.8 to 85.8) |" in page
    assert "calibration error (before temperature) | 2.1 % (3.4 %)" in page
    assert "(`votes`, 38 faces) | 86.5 % (80.0 to 90.0) |" in page
    assert "0.93 ms" in page


def test_what_is_shown_is_held_against_both_label_sets_for_its_certainty_too(folder: Path) -> None:
    page = filled(folder)
    assert "its calibration error | 1.9 % |" in page
    assert "the same against FER-2013's labels, of all faces | 22.8 % |" in page


def test_the_choice_of_the_output_shows_all_four_accuracies(folder: Path) -> None:
    page = filled(folder)
    assert "| FER-2013's labels (40 faces) | 75.0 % | 58.0 % |" in page
    assert "| clear majorities of FER+ (40 faces) | 71.0 % | 100.0 % |" in page


def test_the_failures_are_named_with_their_numbers(folder: Path) -> None:
    page = filled(folder)
    assert "| sad | found in 50 % of 20; neutral 50 % | found in 100 % of 20 |" in page
    assert "| angry | none | none |" in page
    assert "| width of the face, pixels | 48 | 32 | 24 | 20 |" in page
    light = page[page.index("| share of the light left | 1.0 | 0.4 | 0.05 |") :].splitlines()
    assert light[2] == "| accuracy of `original` | 75.0 % | 70.0 % | 30.0 % |"


def test_only_what_is_often_mistaken_is_named_the_most_frequent_first() -> None:
    assert taken_for([60, 0, 25, 3, 12, 0, 0], 0) == "found in 60 % of 100; fear 25 %; sad 12 %"


def test_filling_twice_changes_nothing(folder: Path) -> None:
    assert filled(folder) == filled(folder)


def test_figures_of_another_model_are_refused(folder: Path) -> None:
    (folder / "public_test.json").write_text(json.dumps(evaluation("another")))
    with pytest.raises(InputError, match="another model"):
        filled(folder)


def test_figures_without_votes_are_refused(folder: Path) -> None:
    figures = evaluation()
    del figures["ferplus"]
    (folder / "public_test.json").write_text(json.dumps(figures))
    with pytest.raises(InputError, match=r"without FER\+ votes"):
        filled(folder)


def test_missing_figures_are_named(folder: Path) -> None:
    (folder / "export.md").unlink()
    with pytest.raises(InputError, match=r"export\.md.*evaluate first"):
        filled(folder)


@pytest.mark.parametrize("page", ["nothing", BEGIN, END, END + BEGIN])
def test_a_page_without_both_marks_is_refused(page: str) -> None:
    with pytest.raises(InputError, match="lacks the marks"):
        fill(page, "figures")
