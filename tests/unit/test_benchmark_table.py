"""The table of all figures: new rows take the place of old ones, others stay."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks import __main__ as bench
from benchmarks import _table
from benchmarks._bars import COLLECTED, at_least, at_most, share_at_least, show, told
from benchmarks._table import END, START, Row, merged, row_of

Script = Callable[..., bench.Ran]

OLD = [
    Row("speed", "`python -m benchmarks.analyze`", "30", "2", "2026-01-01"),
    Row("of that decoding", "`python -m benchmarks.analyze`", "none", "1 s", "2026-01-01"),
    Row("memory", "`python -m benchmarks.memory`", "400 MB", "259 MB", "2026-01-01"),
    Row("size", "`python -m benchmarks.footprint`", "560 MB", "**589 MB: missed**", "2026-01-01"),
]


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "README.md"
    path.write_text(f"# Before\n\n{START}\n{END}\n\nAfter.\n", encoding="utf-8")
    return path


def test_what_is_written_is_read_again_and_the_rest_of_the_page_stays(page: Path) -> None:
    _table.write(OLD, page)
    assert _table.read(page) == OLD
    _table.write(OLD[:1], page)
    assert _table.read(page) == OLD[:1]
    text = page.read_text(encoding="utf-8")
    assert text.startswith("# Before\n") and text.endswith("\nAfter.\n")


def test_a_command_replaces_its_own_rows_and_the_same_claim_of_other_words() -> None:
    now = [
        row_of(at_least("speed", 31.0, 30, "times"), "python -m benchmarks.analyze", "today"),
        row_of(at_most("memory", 410.0, 400, "MB"), "python -m benchmarks.memory 1hour", "today"),
        row_of(told("a new one", "7 s"), "python -m benchmarks.peers", "today"),
    ]
    rows = merged(OLD, now)
    assert [row.claim for row in rows] == ["speed", "memory", "size", "a new one"]
    assert [row.when for row in rows] == ["today", "today", "2026-01-01", "today"]
    assert [row.missed for row in rows] == [False, True, True, False]
    assert rows[1].measured == "**410 MB: missed**"


def test_a_bar_is_a_floor_or_a_ceiling() -> None:
    assert at_most("size", 5.0, 5, "MB").held and not at_most("size", 5.1, 5, "MB").held
    assert at_least("speed", 5.0, 5, "times").held and not at_least("speed", 4.9, 5, "times").held
    assert share_at_least("read", 0.0, 0.9, 0).held and not share_at_least("read", 0.89, 0.9, 9).held


def test_numbers_have_three_digits_and_a_missed_bar_is_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(COLLECTED, raising=False)
    bars = [
        at_least("speed", 1234.5, 30, "times", more="on one core"),
        at_most("time", 0.12345, 0.1, "s"),
        share_at_least("read", 0.985, 0.985, 200),
        told("seen", "7 faces"),
        at_most("wrong", 0, 0, ""),
    ]
    assert show(bars) == ["time"]
    assert [line.split("   ", 1)[-1].strip() for line in capsys.readouterr().out.splitlines()] == [
        "1234 times; on one core   (at least 30 times)",
        "0.123 s   (at most 0.1 s)   MISSED",
        "98.5% of 200   (at least 98.5 %)",
        "7 faces",
        "0   (at most 0)",
    ]


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Script:
    """A benchmark that says these words in Python, run as all are."""
    python, real = tmp_path / "python", sys.executable
    monkeypatch.setattr(sys, "executable", str(python))

    def run(words: str, name: str = "clips") -> bench.Ran:
        program = f"import sys, time; from benchmarks._bars import *; {words}"
        python.write_text(f'#!/bin/sh\nshift 2\nexec {real} -c "{program}" "$@"\n', encoding="utf-8")
        python.chmod(0o755)
        return bench.run(name, {"media": tmp_path, "data": None}, ["--x", "1"])

    return run


def test_rows_of_a_script_reach_the_table(script: Script, tmp_path: Path) -> None:
    shows = "show([told('w', ' '.join(sys.argv[1:]))])"
    clips = script(shows)
    assert clips.rows[0].measured == f"--media {tmp_path} --x 1"
    assert clips.rows[0].command == "`python -m benchmarks.clips --media DIR --x 1`"
    assert script(shows, "moments").rows[0].command == "`python -m benchmarks.moments --x 1`"


def test_a_script_that_breaks_or_hangs_is_told_from_one_that_misses_a_bar(
    script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    shows = "sys.exit(1 if show([at_most('time', {}, 1, 's')]) else 0)"
    assert script(shows.format(0.5)).ended == "measured"
    assert script(shows.format(2)).ended == "missed"
    assert script("sys.exit(NOT_GIVEN)").ended == "left out"
    assert script("show([told('w', 'seen')]); 1 / 0").ended == "broke"
    monkeypatch.setattr(bench, "MOST", 0.5)
    assert script("time.sleep(60)").ended == "broke"


def test_options_after_two_dashes_are_the_scripts() -> None:
    assert bench.split(["live", "--", "--students", "50"]) == (["live"], ["--students", "50"])
    assert bench.split(["live"]) == (["live"], [])


def test_the_table_of_this_repository_is_read_whole() -> None:
    rows = _table.read()
    assert len(rows) > 20
    assert all((_table.README.parent / f"{row.script}.py").exists() for row in rows)
