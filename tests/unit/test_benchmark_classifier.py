"""The bars are held, and a missed one is named."""

import numpy as np
import pytest

from benchmarks import classifier
from benchmarks.classifier import main, percent, right
from meetbot.faces.classify import load_classifier
from training.data import Faces
from training.measure import Figures


def test_figures_are_found_by_their_path() -> None:
    assert percent({"ferplus": {"accuracy": 0.86}}, "ferplus", "accuracy") == 86


def run(monkeypatch: pytest.MonkeyPatch, milliseconds: float) -> None:
    """The command without data, on a machine where a face takes this long."""
    monkeypatch.setattr(classifier, "timed", lambda *_: milliseconds)
    monkeypatch.setattr("sys.argv", ["classifier"])
    main()


def test_kept_bars_are_shown(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    run(monkeypatch, 0.9)
    lines = capsys.readouterr().out.splitlines()[1:]
    assert len(lines) == 2 and "MISSED" not in "".join(lines)
    assert "0.9 ms   (at most 1 ms)" in lines[1]


def test_a_missed_bar_ends_the_command_with_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SystemExit, match=r"missed: a face on one core"):
        run(monkeypatch, 1.2)


FIGURES: Figures = {
    **{"accuracy": 0.72, "ece": 0.04, "by_size": {"32": 0.66, "48": 0.72}},
    "ferplus": {"accuracy": 0.85, "ece": 0.02, "without_contempt": {"ece": 0.01}},
}


@pytest.mark.parametrize(
    ("votes", "missed"),
    [
        (True, ["calibration error, `original`", "accuracy lost", "accuracy, `votes`"]),
        (False, ["calibration error, `original`", "accuracy lost"]),
    ],
)
def test_each_figure_is_held_against_its_own_bar(
    monkeypatch: pytest.MonkeyPatch, votes: bool, missed: list[str]
) -> None:
    monkeypatch.setattr(classifier, "evaluate", lambda *_: FIGURES)
    none = np.zeros(0, np.uint8)
    counts = np.zeros((0, 10), np.uint8) if votes else None
    checks = list(right(load_classifier(), Faces(np.zeros((0, 48, 48), np.uint8), none, none, counts, none)))
    named = [check.claim for check in checks if not check.held]
    assert [name[: len(start)] for name, start in zip(named, missed, strict=True)] == missed
    assert len(checks) == (6 if votes else 3)
