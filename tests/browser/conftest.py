"""A Chromium that talks to nobody, with reports opened in it: once for all who look at the same."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
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


@dataclass
class Seen:
    """What a page asked for and said while it was open."""

    requests: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


Opener = Callable[..., Page]


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
    """Of a page that a test opens itself."""
    return Seen()


@pytest.fixture(scope="module")
def watched() -> dict[Page, Seen]:
    """Of the pages that `open_report` opened."""
    return {}


@pytest.fixture(scope="module")
def open_report(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory, watched: dict[Page, Seen]
) -> Iterator[Opener]:
    """Opens a report from the disk: the one of some figures, or one that lies there."""
    contexts: list[BrowserContext] = []
    folder = tmp_path_factory.mktemp("reports")

    def open_(
        what: Figures | Path,
        width: int = 1100,
        scheme: Literal["light", "dark"] = "light",
        script: bool = True,
    ) -> Page:
        report = what if isinstance(what, Path) else folder / f"report-{len(contexts)}.html"
        if isinstance(what, Figures):
            write_report(make_page(what, lessons.card()), report)
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme=scheme,
            java_script_enabled=script,
            accept_downloads=True,
            permissions=["clipboard-read", "clipboard-write"],
        )
        contexts.append(context)
        page = context.new_page()
        seen = watched[page] = Seen()
        page.on("request", lambda request: seen.requests.append(request.url))
        page.on("console", lambda message: seen.said.append(message.text))
        page.on("pageerror", lambda error: seen.said.append(str(error)))
        page.goto(report.as_uri())
        return page

    yield open_
    for context in contexts:
        context.close()
