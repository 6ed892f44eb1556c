"""The page over several lessons in a real browser: silent, readable on a phone, complete by keyboard."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from meetbot.report.html import write_term
from meetbot.report.term.page import make_term_page
from tests.browser.conftest import Seen
from tests.browser.test_report import BARRIERS
from tests.lessons import HOSTILE_NAMES
from tests.requires import require_axe
from tests.terms import term_of

NAMES = (*HOSTILE_NAMES[:6], "Ada", "Ben", "Chidi", "Dagny")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    term = term_of(30, people=10, fall=0.2, names=NAMES)
    return write_term(make_term_page(term), tmp_path_factory.mktemp("term") / "term.html")


@pytest.fixture
def opened(browser: Browser, written: Path, seen: Seen, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The page at a width and in light or dark."""
    screen: tuple[int, Literal["light", "dark"]] = getattr(request, "param", (1100, "light"))
    context = browser.new_context(viewport={"width": screen[0], "height": 800}, color_scheme=screen[1])
    page = context.new_page()
    page.on("request", lambda asked: seen.requests.append(asked.url))
    page.on("console", lambda message: seen.said.append(message.text))
    page.on("pageerror", lambda error: seen.said.append(str(error)))
    page.goto(written.as_uri())
    yield page
    context.close()


@pytest.mark.parametrize("opened", [(1100, "light"), (360, "dark")], indirect=True, ids=["wide", "phone"])
def test_the_page_is_silent_and_no_wider_than_its_screen(opened: Page, seen: Seen) -> None:
    opened.locator("summary").evaluate_all("all => all.forEach(one => one.click())")
    assert [url for url in seen.requests if not url.startswith("data:")] == [opened.url]
    assert seen.said == []
    viewport = opened.viewport_size
    assert viewport and opened.evaluate("document.documentElement.scrollWidth") == viewport["width"]


def test_every_chart_has_a_name_and_a_table_behind_it(opened: Page) -> None:
    names = opened.locator("svg[role=img]").evaluate_all(
        "all => all.map(one => one.getAttribute('aria-label') || one.querySelector('title').textContent)"
    )
    assert len(names) == 3 + len(NAMES)
    assert all(names)
    assert opened.locator("#by-week tbody tr").count() == 10
    assert opened.locator("#by-lesson tbody tr").count() == len(NAMES)
    assert opened.locator(".hours tbody tr").count() == 3


def test_print_begins_with_the_summary_in_ink_on_paper(opened: Page, tmp_path: Path) -> None:
    assert opened.pdf(path=tmp_path / "term.pdf", prefer_css_page_size=True).startswith(b"%PDF")
    opened.emulate_media(media="print")
    assert opened.evaluate("getComputedStyle(document.body).color") == "rgb(31, 30, 27)"
    assert opened.locator("nav").is_hidden()


def test_there_are_no_barriers_in_light_and_dark(opened: Page) -> None:
    opened.evaluate(f"() => {{ {require_axe()} }}")
    opened.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    assert opened.evaluate(BARRIERS) == []
    opened.emulate_media(color_scheme="dark")
    assert opened.evaluate(BARRIERS, ["color-contrast"]) == []
