"""A Chromium that talks to nobody, and reports opened in it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from meetbot.report.html import write_report
from meetbot.report.page import make_page
from meetbot.types import Figures
from tests import lessons
from tests.requires import require

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)

Opener = Callable[..., Page]


class Seen:
    """What a page asked for and said while it was open."""

    def __init__(self) -> None:
        self.requests: list[str] = []
        self.said: list[str] = []


@pytest.fixture(
    scope="package"
)  # no longer: while Playwright runs, no test can have an event loop of its own
def browser() -> Iterator[Browser]:
    program = require("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest.fixture
def open_report(browser: Browser, tmp_path: Path, seen: Seen) -> Iterator[Opener]:
    """Writes the report of some figures and opens it from the disk."""
    contexts: list[BrowserContext] = []

    def open_(
        figures: Figures, width: int = 1100, scheme: Literal["light", "dark"] = "light", script: bool = True
    ) -> Page:
        target = write_report(make_page(figures, lessons.card()), tmp_path / f"report-{len(contexts)}.html")
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, java_script_enabled=script
        )
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: seen.requests.append(request.url))
        page.on("console", lambda message: seen.said.append(message.text))
        page.on("pageerror", lambda error: seen.said.append(str(error)))
        page.goto(target.as_uri())
        return page

    yield open_
    for context in contexts:
        context.close()
