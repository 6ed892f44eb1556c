"""What administrators read: no stored column or fact is missing, nor what the law wants in a notice."""

import re
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from meetbot import folders, pins
from meetbot.policy import CUES, POLICIES
from meetbot.timeline import narrow, schema, vault

DOCS = Path(__file__).parent.parent.parent / "docs"
TEXT = (DOCS / "privacy-and-law.md").read_text(encoding="utf-8")
TEMPLATES = (DOCS / "privacy-templates.md").read_text(encoding="utf-8")
SOURCES = (
    "2024/1689", "Article 5(1)(f)", "Recital 18", "2 February 2025", "GDPR", "Article 35", "740 ILCS 14",
    "105 ILCS 5/34-18.34", "FERPA", "COPPA", "no legal advice", "C(2025) 5052 final", "Article 3(39)",
    "Recital 44", "Annex III, point 1(c)", "Article 50(3)", "Public Act 103-0769", "What was not looked at",
)  # fmt: skip
NOTICE = (  # what Article 13 GDPR wants told, in its order, and what meetbot keeps
    "responsible", "protection officer", "Why:", "Legal basis", "6(1)(f)", "receives", "other countries",
    "How long", "a copy", "corrected or deleted", "restricted", "object", "withdraw", "complain",
    "have to take part", "decision", "your name", "came and went", "camera was off", "labels", "slides",
)  # fmt: skip
RECORD = (
    "the recording", "class list with pseudonyms", "logs", "faults", "reports, tables, term pages",
    "legal basis, teachers and staff", "consultation", "impact assessment (Article 35)", "deletion",
    "requests",
)  # fmt: skip


def columns() -> list[tuple[str, str]]:
    """Every table and column of a lesson file, plain and encrypted."""
    with sqlite3.connect(":memory:") as made:
        made.executescript(schema.TABLES + vault.TABLES)
        tables = [name for (name,) in made.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = [(table, row[1]) for table in tables for row in made.execute(f"PRAGMA table_info({table})")]
    made.close()
    return found


@pytest.mark.parametrize(("table", "column"), columns())
def test_every_column_that_is_stored_is_in_the_document(table: str, column: str) -> None:
    assert f"`{table}`" in TEXT
    assert f"`{column}`" in TEXT


def test_every_fact_that_is_stored_is_in_the_document() -> None:
    package = Path(narrow.__file__).parent.parent
    sources = "\n".join(path.read_text(encoding="utf-8") for path in package.rglob("*.py"))
    noted = set(re.findall(r"\.note\((\w+)=", sources)) | {*narrow.FACTS, *narrow.FACTS_OF_PEOPLE}
    noted |= {*narrow.FACTS_OF_MOODS, "summary"}
    assert {"roster", "live", "status"} <= noted
    assert [fact for fact in sorted(noted) if f"`{fact}`" not in TEXT] == []


def test_what_narrowing_keeps_are_tables_that_there_are() -> None:
    assert {table for table, _ in columns()} - {"lock", "sealed"} == set(narrow.TABLES)


@pytest.mark.parametrize("policy", [policy.name for policy in POLICIES])
def test_every_policy_is_told(policy: str) -> None:
    assert f"| `{policy}`" in TEXT


@pytest.mark.parametrize("source", SOURCES)
def test_sources_are_named(source: str) -> None:
    assert source in TEXT


def test_the_pin_that_is_shown_sets_every_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "meetbot.toml"
    file.write_text("\n".join(re.findall(r"^    (\w+ = .+)$", TEXT, flags=re.MULTILINE)), encoding="utf-8")
    monkeypatch.setattr(folders, "system_file", lambda: file)
    monkeypatch.setattr(folders, "user_file", lambda: tmp_path / "none.toml")
    assert pins.pinned() == pins.Pin(CUES, file, timedelta(days=30), thumbnails=False)


def test_links_within_the_page_lead_to_a_heading() -> None:
    headings = re.findall(r"^#+ (.+)$", TEXT, flags=re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}
    assert set(re.findall(r"\]\(#([^)]+)\)", TEXT)) <= anchors


def section(heading: str) -> str:
    return TEMPLATES.split(f"## {heading}\n")[1].split("\n## ")[0]


@pytest.mark.parametrize("part", NOTICE)
def test_the_notice_tells_what_it_must(part: str) -> None:
    assert part in section("The notice to students")


def test_the_notice_for_children_is_short_and_tells_how_to_say_no() -> None:
    words = section("The short one for children")
    assert "You can say no" in words and "deleted" in words and len(words.split()) < 300


@pytest.mark.parametrize("row", RECORD)
def test_the_record_of_processing_has_its_rows(row: str) -> None:
    assert f"\n| {row} |" in section("The record of processing")


def test_no_picture_is_denied_where_one_may_be_kept() -> None:
    for heading in ("The notice to students", "The short one for children"):
        before, found, _ = section(heading).partition("keeps no picture of you")
        assert found and before.rfind("[") > before.rfind("]")  # it stands in brackets
