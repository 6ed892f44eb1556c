"""Exports: the same bytes twice, text that stays text, and nothing half written."""

import builtins
import csv
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from meetbot.errors import OutputError, UsageError
from meetbot.timeline import export as exports
from meetbot.timeline.export import export
from meetbot.timeline.lesson import open_lesson
from meetbot.types import EMOTIONS, Event, Observation
from tests.written import face, golden_observations, hidden, write_lesson

HOSTILE = (
    "=1+1",
    "+44 20",
    "-A",
    "@here",
    "\tTab",
    "\rReturn",
    '<b>"Quote", comma</b>',
    "Ñandú \N{GRINNING FACE}",
)


def exported(
    folder: Path,
    format: str,
    observations: Iterable[Observation] | None = None,
    names: tuple[str, ...] = ("Ana", "Ben"),
    run: str = "one",
) -> Path:
    found = golden_observations() if observations is None else observations
    path = write_lesson(folder / run / "a.meetbot", found, duration=240.0, names=names)
    with open_lesson(path) as lesson:
        return export(lesson, format, folder / run / f"a.{format}")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for run in ("one", "two"):
        (tmp_path / run).mkdir()
    return tmp_path


def test_what_a_lesson_notes_for_itself_is_in_no_table(folder: Path) -> None:
    path = write_lesson(folder / "a.meetbot", [face(0.0)])
    with open_lesson(path, write=True) as lesson:
        lesson.note(copies='["/home/ana/a.html"]', summary="{}")
        told = json.loads(export(lesson, "json", folder / "a.json").read_bytes())["lesson"]
    assert told["title"] and not told.keys() & {"copies", "summary"}


def crowd() -> list[Observation]:
    """One reading of each person with a hostile name; the poses are negative numbers."""
    return [face(0.0, seat, pose=(-12.5, -3.0)) for seat in range(1, len(HOSTILE) + 1)]


def cells(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("format", ["csv", "json", "parquet"])
def test_two_runs_give_the_same_bytes(folder: Path, format: str) -> None:
    first, second = (exported(folder, format, run=run) for run in ("one", "two"))
    assert first.read_bytes() == second.read_bytes()


def test_csv_has_a_row_for_each_reading(folder: Path) -> None:
    rows = cells(exported(folder, "csv"))
    assert len(rows) == 480
    assert list(rows[0]) == [
        "time", "seat", "name", "role", "state", "label", "mood", *EMOTIONS,
        "certainty", "yaw", "pitch", "roll", "facing", "speaking",
    ]  # fmt: skip
    ana, ben = rows[18], rows[241]
    assert (ana["time"], ana["name"], ana["label"], ana["neutral"]) == ("9.0", "Ana", "neutral", "0.88")
    assert (ana["yaw"], ana["facing"], ana["speaking"]) == ("50.0", "False", "")
    assert (ben["time"], ben["name"], ben["state"], ben["label"]) == ("120.0", "Ben", "camera_off", "")


def test_csv_cells_never_start_a_formula(folder: Path) -> None:
    rows = cells(exported(folder, "csv", crowd(), HOSTILE))
    shown = [row["name"] for row in rows]
    assert shown[:4] == ["'=1+1", "'+44 20", "'-A", "'@here"]
    assert shown[6:] == list(HOSTILE[6:])
    assert {row["yaw"] for row in rows} == {"-12.5"}
    assert all(not text.startswith(("=", "+", "@", "\t", "\r")) for row in rows for text in row.values())


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_that_could_be_a_formula_gets_an_apostrophe(start: str) -> None:
    assert exports.as_text(f"{start}cmd") == f"'{start}cmd"
    assert exports.as_text(f"cmd{start}") == f"cmd{start}"


def test_xlsx_cells_are_text_and_numbers_stay_numbers(folder: Path) -> None:
    book = openpyxl.load_workbook(exported(folder, "xlsx", crowd(), HOSTILE))
    sheet = book["readings"]
    header = [cell.value for cell in sheet[1]]
    names = [row[header.index("name")] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in names} == {"s"}
    assert [cell.value for cell in names][:4] == list(HOSTILE[:4])
    assert {row[header.index("yaw")].value for row in sheet.iter_rows(min_row=2)} == {-12.5}


def test_xlsx_has_people_and_minutes_too(folder: Path) -> None:
    book = openpyxl.load_workbook(exported(folder, "xlsx"))
    assert book.sheetnames == ["people", "minutes", "events", "readings"]
    people: list[tuple[Any, ...]] = list(book["people"].iter_rows(values_only=True))
    assert [row[:3] for row in people] == [
        ("seat", "name", "role"),
        (1, "Ana", "student"),
        (2, "Ben", "student"),
    ]
    assert people[1][people[0].index("attention")] == 0.9
    minutes = list(book["minutes"].iter_rows(values_only=True))
    assert [row[:3] for row in minutes[1:]] == [(0, 60, 2), (60, 120, 1), (120, 180, 1), (180, 240, 1)]


def test_xlsx_columns_stay_in_line_when_nobody_was_seen_at_first(folder: Path) -> None:
    observations = [hidden(float(t)) for t in range(60)] + [face(float(t), 1, "sad") for t in range(60, 120)]
    sheet = openpyxl.load_workbook(exported(folder, "xlsx", observations))["minutes"]
    header, unseen, seen = list(sheet.iter_rows(max_row=3, values_only=True))
    assert (unseen[header.index("mood_sad")], seen[header.index("mood_sad")]) == (None, 1)


def test_xlsx_leaves_out_characters_that_xml_forbids(folder: Path) -> None:
    book = openpyxl.load_workbook(exported(folder, "xlsx", names=("A\x01n\x1fa",)))
    assert book["people"]["B2"].value == "Ana"


def test_a_lesson_too_long_for_a_sheet_asks_for_another_format(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "XLSX_ROWS", 100)
    with pytest.raises(UsageError, match="480 readings are more than a sheet of xlsx holds"):
        exported(folder, "xlsx")
    assert not list((folder / "one").glob("*.xlsx*")) + list((folder / "one").glob(".*"))


def test_parquet_keeps_types(folder: Path) -> None:
    table = pd.read_parquet(exported(folder, "parquet"))
    assert len(table) == 480
    assert [str(table[column].dtype) for column in ("time", "facing")] == ["float64", "boolean"]
    assert table.loc[0, "name"] == "Ana"


def test_json_is_one_document_with_everything(folder: Path) -> None:
    document = json.loads(exported(folder, "json").read_text(encoding="utf-8"))
    assert list(document) == ["lesson", "total", "seats", "minutes", "moments", "events", "readings"]
    assert document["lesson"]["content_hash"] == "sha256:1234"
    assert [seat["name"] for seat in document["seats"]] == ["Ana", "Ben"]
    assert (document["total"]["attention"], len(document["minutes"]), len(document["readings"])) == (
        0.9,
        4,
        480,
    )
    assert document["readings"][241]["happy"] is None


def test_a_lesson_without_readings_is_exported_as_an_empty_table(folder: Path) -> None:
    assert cells(exported(folder, "csv", [])) == []
    assert json.loads(exported(folder, "json", []).read_text())["readings"] == []
    assert len(pd.read_parquet(exported(folder, "parquet", []))) == 0
    book = openpyxl.load_workbook(exported(folder, "xlsx", []))
    assert book.sheetnames == ["people", "minutes", "events", "readings"]


@pytest.mark.parametrize(("format", "library"), [("xlsx", "openpyxl"), ("parquet", "pyarrow")])
def test_a_missing_library_is_told_with_its_extra(
    folder: Path, monkeypatch: pytest.MonkeyPatch, format: str, library: str
) -> None:
    found = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.split(".")[0] == library:
            raise ImportError(name)
        return found(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UsageError, match=r'pip install "meetbot\[tables\]"'):
        exported(folder, format)


def test_an_unknown_format_is_named_with_those_there_are(folder: Path) -> None:
    with pytest.raises(UsageError, match="'pdf' is no export format; there are csv, json, parquet, xlsx"):
        exported(folder, "pdf")


def test_an_export_makes_its_folder(tmp_path: Path) -> None:
    path = write_lesson(tmp_path / "a.meetbot", [face(0.0)])
    with open_lesson(path) as lesson:
        assert export(lesson, "csv", tmp_path / "new" / "a.csv").stat().st_size > 0


def test_a_target_that_can_not_be_written_is_named_and_left_alone(tmp_path: Path) -> None:
    path = write_lesson(tmp_path / "a.meetbot", [face(0.0)])
    (tmp_path / "file").write_text("here first")
    with open_lesson(path) as lesson, pytest.raises(OutputError, match=r"a\.csv can't be written"):
        export(lesson, "csv", tmp_path / "file" / "a.csv")
    assert (tmp_path / "file").read_text() == "here first"


def test_a_disk_that_fills_leaves_the_old_export_and_no_half_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_lesson(tmp_path / "a.meetbot", [face(0.0)])
    target = tmp_path / "a.json"
    target.write_text("the old one")

    def fill(self: Path, text: str, **options: Any) -> int:
        self.touch()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", fill)
    with open_lesson(path) as lesson, pytest.raises(OutputError, match="No space left on device"):
        export(lesson, "json", target)
    assert target.read_text() == "the old one"
    assert sorted(left.name for left in tmp_path.iterdir()) == ["a.json", "a.meetbot"]


def test_what_happened_is_in_the_document_and_a_sheet(folder: Path) -> None:
    seen: list[Observation] = [face(0.0), Event(0.0, "joined", 1), Event(2.0, "slide")]
    document = json.loads(exported(folder, "json", seen).read_bytes())
    assert document["events"] == [
        {"time": 0.0, "kind": "joined", "seat": 1, "text": ""},
        {"time": 2.0, "kind": "slide", "seat": None, "text": ""},
    ]
    sheet = openpyxl.load_workbook(exported(folder, "xlsx", seen))["events"]
    assert [row[:3] for row in sheet.iter_rows(values_only=True)] == [
        ("time", "kind", "seat"),
        (0, "joined", 1),
        (2, "slide", None),
    ]
