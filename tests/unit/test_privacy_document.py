"""The document for administrators says byte by byte what is stored: no table, column or fact is missing."""

import re
import sqlite3
from pathlib import Path

import pytest

from meetbot.policy import POLICIES
from meetbot.timeline import narrow, schema, vault

TEXT = (Path(__file__).parent.parent.parent / "docs" / "privacy-and-law.md").read_text(encoding="utf-8")
SOURCES = (
    "2024/1689", "Article 5(1)(f)", "Recital 18", "2 February 2025", "GDPR", "Article 35", "740 ILCS 14",
    "105 ILCS 5/34-18.34", "FERPA", "COPPA", "no legal advice",
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


def test_links_within_the_page_lead_to_a_heading() -> None:
    headings = re.findall(r"^#+ (.+)$", TEXT, flags=re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}
    assert set(re.findall(r"\]\(#([^)]+)\)", TEXT)) <= anchors
