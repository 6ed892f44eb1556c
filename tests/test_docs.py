"""Every command and every option stands in the README or the docs."""

import re
from pathlib import Path

import pytest
import typer.main

from meetbot.cli import app

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
TEXT = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
COMMANDS = getattr(typer.main.get_command(app), "commands")  # noqa: B009  # typer hides the group's type


def options_of(command: str) -> list[str]:
    return [name for option in COMMANDS[command].params for name in option.opts if name.startswith("--")]


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_a_command_and_its_options_are_documented(command: str) -> None:
    assert f"meetbot {command}" in TEXT
    missing = [name for name in options_of(command) if not re.search(rf"{name}(?![\w-])", TEXT)]
    assert missing == []


def test_the_documents_name_no_command_that_does_not_exist() -> None:
    named = set(re.findall(r"^    meetbot ([a-z]+)|`meetbot ([a-z]+)", TEXT, flags=re.MULTILINE))
    named = {word for pair in named for word in pair if word}
    assert named and named <= set(COMMANDS)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_documents_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) < 150


def test_the_changelog_names_the_version() -> None:
    from meetbot import __version__

    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_test_that_the_page_on_reliability_names_is_there() -> None:
    page = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
    named = re.findall(r"`([\w/]+\.py|\.\.\.)::(test_\w+)`", page)
    missing, text = [], ""
    for place, test in named:
        if place != "...":  # three dots: the file that was named before
            file = next((f for f in (ROOT / place, ROOT / "tests" / "unit" / place) if f.exists()), None)
            text = file.read_text(encoding="utf-8") if file else ""
        if f"def {test}(" not in text:
            missing.append(f"{place}::{test}")
    assert len(named) > 20 and missing == []
