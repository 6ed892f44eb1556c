"""The bars are held, and a missed one is named."""

import pytest

from benchmarks import classifier
from benchmarks.classifier import Check, main, percent


def test_a_bar_is_a_floor_or_a_ceiling() -> None:
    assert Check("size", 5.0, 5.0, "MB").passed
    assert not Check("size", 5.1, 5.0, "MB").passed
    assert Check("accuracy", 71.0, 71.0, "%", at_least=True).passed
    assert not Check("accuracy", 70.9, 71.0, "%", at_least=True).passed


def test_figures_are_found_by_their_path() -> None:
    assert percent({"ferplus": {"accuracy": 0.86}}, "ferplus", "accuracy") == 86


def run(monkeypatch: pytest.MonkeyPatch, milliseconds: float) -> None:
    """The command without data, on a machine where a face takes this long."""
    monkeypatch.setattr(classifier, "timed", lambda *_: milliseconds)
    monkeypatch.setattr("sys.argv", ["classifier"])
    main()


def test_kept_bars_say_pass(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    run(monkeypatch, 0.9)
    lines = capsys.readouterr().out.splitlines()[1:]
    assert [line.split()[0] for line in lines] == ["pass", "pass"]
    assert "0.90 ms a face (at most 1)" in lines[1]


def test_a_missed_bar_ends_the_command_with_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SystemExit, match=r"missed: time, median"):
        run(monkeypatch, 1.2)
