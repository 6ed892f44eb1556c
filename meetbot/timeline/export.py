"""A lesson as tables for other programs: csv, json, parquet, xlsx."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from meetbot.errors import OutputError, UsageError
from meetbot.policy import FULL, policy_named
from meetbot.timeline import copies, summing
from meetbot.timeline.figures import readings_frame
from meetbot.timeline.lesson import Lesson
from meetbot.timeline.spans import LABELS
from meetbot.types import Event, Measure, Moment, SeatFigures

if TYPE_CHECKING:
    import openpyxl

XLSX_ROWS = 1_048_576  # Excel's own limit for a sheet
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a cell that begins so is run as a formula by spreadsheets
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # not allowed in XML, so not in xlsx


def export(lesson: Lesson, format: str, target: Path) -> Path:
    """Write a lesson's readings as `format` to `target`, which is replaced only when all is written."""
    if format not in _WRITERS:
        raise UsageError(f"{format!r} is no export format; there are {', '.join(_WRITERS)}.")
    try:
        return write_whole(target, lambda path: _WRITERS[format](lesson, path))
    except ImportError as error:
        raise UsageError(f'{format} needs another library: pip install "meetbot[tables]"') from error


def write_whole(target: Path, write: Callable[[Path], object]) -> Path:
    """A file that is the owner's alone, as the lesson is: it carries the same names."""
    unfinished = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished.unlink(missing_ok=True)
        unfinished.touch(0o600)
        write(unfinished)
        unfinished.replace(target)
    except OSError as error:
        raise OutputError(
            f"{target} can't be written ({error.strerror or error}); what stood there is unchanged."
        ) from error
    finally:
        with suppress(OSError):  # a read-only folder: then there is nothing of ours in it
            unfinished.unlink(missing_ok=True)
    return target


def exports_beside(path: Path) -> list[Path]:
    """The exports that lie beside a lesson file."""
    names = (f"{path.stem}.{kind}.{format}" for kind in ("readings", "minutes") for format in _WRITERS)
    tables = [found for name in names if (found := path.with_name(name)).exists()]
    return tables + sorted(
        found for found in path.parent.glob("*.json") if _person_in(found, path) is not None
    )


def is_of_another(table: Path, lesson: Path, seat: int | None) -> bool:
    """Whether a file holds one person alone, who sits elsewhere."""
    found = _person_in(table, lesson)
    return found is not None and found != f"{seat or ''}"


def _person_in(table: Path, lesson: Path) -> str | None:
    """Whose seat an export of one person is of; empty for somebody without one."""
    found = re.fullmatch(rf"{re.escape(lesson.stem)}\.person-?(\d*)\.json", table.name)
    return found[1] if found else None


def kind_of(lesson: Lesson) -> str:
    """What a lesson's table holds, as its file is called: minutes, where no person is kept."""
    return "readings" if policy_named(lesson.facts().get("policy", FULL.name)).people else "minutes"


def _table(lesson: Lesson) -> pd.DataFrame:
    if kind_of(lesson) == "readings":
        return readings_frame(lesson)
    return pd.DataFrame([measure_row(minute) for minute in lesson.figures().minutes])


def _write_csv(lesson: Lesson, path: Path) -> None:
    table = _table(lesson)
    for column in table.select_dtypes(exclude=["number", "boolean"]).columns:
        table[column] = table[column].map(as_text, na_action="ignore")
    table.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")


def as_text(value: str) -> str:
    """A text cell of a csv file that no spreadsheet takes for a formula."""
    return f"'{value}" if value.startswith(_FORMULA) else value


def _write_json(lesson: Lesson, path: Path) -> None:
    figures = lesson.figures()
    document = {
        "lesson": {key: text for key, text in lesson.facts().items() if key not in _NOT_EXPORTED},
        "total": measure_row(figures.total),
        "seats": [seat_row(seat) for seat in figures.seats],
        "minutes": [measure_row(minute) for minute in figures.minutes],
        "moments": [moment_row(moment) for moment in figures.moments],
        "events": [event_row(event) for event in figures.events],
        "readings": list(records(readings_frame(lesson))),
    }
    write_document(document, path)


def write_document(document: Mapping[str, Any], path: Path) -> None:
    """One document of JSON."""
    text = json.dumps(document, ensure_ascii=False, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _write_parquet(lesson: Lesson, path: Path) -> None:
    import pyarrow  # noqa: F401  (asked for here, so that its absence is told before the work)

    _table(lesson).to_parquet(path, index=False, engine="pyarrow")


def _write_xlsx(lesson: Lesson, path: Path) -> None:
    import openpyxl

    table, figures = readings_frame(lesson), lesson.figures()
    if len(table) >= XLSX_ROWS:
        raise UsageError(f"{len(table)} readings are more than a sheet of xlsx holds; use csv or parquet.")
    book = openpyxl.Workbook(write_only=True)
    _sheet(book, "people", map(seat_row, figures.seats))
    _sheet(book, "minutes", map(measure_row, figures.minutes))
    _sheet(book, "events", map(event_row, figures.events))
    _sheet(book, "readings", records(table))
    book.save(path)


def _sheet(book: "openpyxl.Workbook", title: str, records: Iterator[Mapping[str, Any]]) -> None:
    from openpyxl.cell import WriteOnlyCell

    sheet = book.create_sheet(title)

    def cell(value: Any) -> Any:
        text = _CONTROL.sub("", value) if isinstance(value, str) else value
        if not (isinstance(text, str) and text.startswith(_FORMULA)):
            return text
        made = WriteOnlyCell(sheet, text)
        made.data_type = "s"  # openpyxl takes a text that begins with "=" for a formula
        return made

    for number, record in enumerate(records):
        if number == 0:
            sheet.append(list(record))
        sheet.append([cell(value) for value in record.values()])


def seat_row(figures: SeatFigures) -> dict[str, Any]:
    """One person's figures as the cells of a row."""
    return {
        "seat": figures.seat,
        "name": figures.name,
        "role": figures.role,
        "first_seen": figures.first_seen,
        "last_seen": figures.last_seen,
        "minutes_present": figures.minutes_present,
        "minutes_seen": figures.minutes_seen,
        "minutes_speaking": figures.minutes_speaking,
        "companions": figures.companions,
        "minutes_companions": figures.minutes_companions,
        **{key: value for key, value in measure_row(figures.total).items() if key not in _NOT_A_PERSONS},
        "notes": "; ".join(figures.notes),
    }


def measure_row(measure: Measure) -> dict[str, Any]:
    """A measure as the cells of a row."""
    return {
        "start": measure.start,
        "end": measure.end,
        "people": measure.people,
        "coverage": measure.coverage,
        "presence": measure.presence,
        "attention": measure.attention,
        "attention_known": measure.attention_known,
        "index": measure.index,
        **{f"mood_{mood}": _rounded(measure.moods.get(mood)) for mood in LABELS},
    }


def moment_row(moment: Moment) -> dict[str, Any]:
    """A moment as the cells of a row."""
    return {
        "start": moment.start,
        "end": moment.end,
        "kind": moment.kind,
        "change": moment.change,
        "seats": list(moment.seats),
        "p_value": moment.p_value,
        "note": moment.note,
    }


def event_row(event: Event) -> dict[str, Any]:
    """Something that happened as the cells of a row; without a seat it happened to all."""
    return {"time": event.time, "kind": event.kind, "seat": event.seat, "text": event.text}


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def records(table: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """The rows of a table, with None where nothing is known."""
    plain = table.astype(object).where(table.notna(), None)
    columns = list(plain.columns)
    return (dict(zip(columns, row, strict=True)) for row in plain.itertuples(index=False, name=None))


_NOT_EXPORTED = (copies.FACT, summing.FACT)  # folders of this machine; what the figures say already
_NOT_A_PERSONS = ("start", "end", "people")
_WRITERS: Mapping[str, Callable[[Lesson, Path], None]] = {
    "csv": _write_csv,
    "json": _write_json,
    "parquet": _write_parquet,
    "xlsx": _write_xlsx,
}
