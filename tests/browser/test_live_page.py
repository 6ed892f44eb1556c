"""The live page in a real browser: what a glance shows, and what happens while the bot is away."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from meetbot.timeline.running import Running
from meetbot.types import Event, Reading
from meetbot.web import board as module
from meetbot.web.board import board_aside
from tests.browser.test_report import BARRIERS
from tests.requires import require_axe
from tests.running import CLASS, CUES, FULL, face, joined, lived

NAMES = (
    "Ada",
    "Ben",
    "<img src=x onerror=document.title='taken'>",
    "Dora",
    "Emil",
    "Ada\u202ecilA" + "W" * 300,
)
SEATS = range(1, 7)
MOMENT = {"time": 754.0, "kind": "attention", "fell": True, "people": 4, "before": 0.84, "after": 0.6}
WATCHED = """() => {
  const number = document.getElementById("attention");
  window.seen = new Set();
  const watch = new MutationObserver(() => window.seen.add(number.textContent));
  watch.observe(number, { childList: true, characterData: true, subtree: true });
}"""
CONNECTION = {"behind": 0.48, "made": 3090, "due": 3100}
expect.set_options(timeout=60_000)


def looks(second: int, seat: int) -> Reading:
    """Ben's camera is off for long; of the others one in four is turned away in the end."""
    if seat == 2:
        return Reading(second, seat, "camera_off")
    return face(second, seat, seat == 1 and second > 430, "happy" if seat == 4 else "neutral")


@pytest.fixture(scope="module")
def told() -> dict[str, dict[str, Any]]:
    """What a class tells under each policy."""
    values = {}
    for name, terms in (("full", FULL), ("cues", CUES), ("class", CLASS)):
        running = Running(terms)
        joined(running, (*NAMES, "Gus", "Hal"))
        running.add(Event(0.0, "opted_out", 7))
        values[name] = lived(running, looks, [*SEATS, 8], 500) | {
            "connection": CONNECTION,
            "moments": [MOMENT],
        }
    return values


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr(module, "LIVE_PORT", 0)
    monkeypatch.setattr(module, "LIVE_EVERY", 0.1)


@contextmanager
def opened(browser: Browser, link: str, width: int = 1100, dark: bool = False) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme="dark" if dark else "light", locale="en-GB"
    )
    page = context.new_page()
    page.goto(link)
    expect(page.locator("#values")).to_be_visible()
    yield page
    context.close()


def test_a_glance_shows_the_class_and_asks_nobody_else(
    browser: Browser, told: dict[str, dict[str, Any]]
) -> None:
    asked, said = [], []
    with board_aside("room", lambda: told["full"]) as link, opened(browser, link) as page:
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.reload()  # the token is known, and no more in the address
        expect(page.locator("#state")).to_have_text("The bot is in the class.")
        assert "#" not in page.url
        expect(page.locator("#attention")).to_have_text("83%")
        expect(page.locator("#mood")).to_have_text("neutral 83%, happy 17%")
        expect(page.locator("#asking li")).to_have_text(["Ben: camera off for 8 min"])
        expect(page.locator("#cameras")).to_have_text("6 of 7 on")
        expect(page.locator("#moments")).to_contain_text("fell around 12:34, from about 84% to 60%; 4 people")
        expect(page.locator("#seen")).to_contain_text("86%")
        expect(page.locator("#connection")).to_contain_text("0.5 s behind the class; 3090 of 3100")
        expect(page.locator("#names")).to_contain_text("1; nothing is shown of them")
        assert "Gus" not in page.content()
        assert page.locator("#attention-curve").get_attribute("aria-label", timeout=1000)
        assert page.evaluate("document.getAnimations().length") == 0
        assert page.locator("img").count() == 0 and page.title() == "meetbot live"
        assert all(url.startswith(link.partition("#")[0]) for url in asked) and said == []


@pytest.mark.parametrize("policy", ["cues", "class"])
def test_what_the_policy_keeps_back_is_not_on_the_page(
    browser: Browser, told: dict[str, dict[str, Any]], policy: str
) -> None:
    with board_aside("room", lambda: told[policy]) as link, opened(browser, link) as page:
        if policy == "cues":
            expect(page.locator("#mood")).to_have_text("not read")
            expect(page.locator("#attention-title")).to_have_text("Turned to the screen")
            expect(page.locator("#mood-curve")).to_be_hidden()
            expect(page.locator("#asking li")).to_have_count(1)
        else:
            expect(page.locator("#asking-card")).to_be_hidden()
            expect(page.locator("#attention")).to_have_text("80%")  # of six people in fifths
            assert "Ben" not in page.content()


def test_the_page_waits_for_the_bot_and_goes_on_when_it_is_back(
    browser: Browser, told: dict[str, dict[str, Any]]
) -> None:
    with board_aside("room", lambda: told["full"]) as link:
        context = browser.new_context(locale="en-GB")
        page = context.new_page()
        page.goto(link)
        expect(page.locator("#attention")).to_have_text("83%")
    expect(page.locator("#state")).to_contain_text("The bot is away")
    expect(page.locator("#values")).to_be_visible()  # the last values stay, a little paler
    expect(page.locator("#values")).to_have_class("old")
    later = told["full"] | {"now": told["full"]["now"] | {"attention": 0.5}}
    with board_aside("room", lambda: later) as again:
        assert again == link
        expect(page.locator("#state")).to_have_text("The bot is in the class.")
        expect(page.locator("#attention")).to_have_text("50%")
        context.close()


def test_small_changes_do_not_move_the_numbers(browser: Browser, told: dict[str, dict[str, Any]]) -> None:
    shares = iter([0.83, *([0.84, 0.82] * 5), *([0.7] * 10_000)])

    def wavering() -> dict[str, Any]:
        return told["full"] | {"now": told["full"]["now"] | {"attention": next(shares)}}

    with board_aside("room", wavering) as link, opened(browser, link) as page:
        page.evaluate(WATCHED)
        expect(page.locator("#attention")).to_have_text("70%")
        assert len(page.evaluate("[...window.seen]")) <= 2


def test_a_wrong_link_says_so(browser: Browser, told: dict[str, dict[str, Any]]) -> None:
    with board_aside("room", lambda: told["full"]) as link:
        context = browser.new_context(locale="en-GB")
        page = context.new_page()
        page.goto(link[:-5])
        expect(page.locator("#state")).to_contain_text("not valid any more")
        expect(page.locator("#values")).to_be_hidden()
        context.close()


@pytest.mark.parametrize(("width", "dark"), [(320, False), (1100, True)])
def test_the_page_is_readable_in_any_light_and_width(
    browser: Browser, told: dict[str, dict[str, Any]], width: int, dark: bool
) -> None:
    with board_aside("room", lambda: told["full"]) as link, opened(browser, link, width, dark) as page:
        assert page.evaluate("document.documentElement.scrollWidth") == width
        page.evaluate(f"() => {{ {require_axe()} }}")
        assert page.evaluate(BARRIERS) == []


def test_every_word_of_the_page_is_in_the_table() -> None:
    import json

    from meetbot.resources import resource

    words = json.loads(resource("templates", "live/words.json").read_text(encoding="utf-8"))["en"]
    page = resource("templates", "live/live.html").read_text(encoding="utf-8")
    script = resource("templates", "live/live.js").read_text(encoding="utf-8")
    used = set(re.findall(r'data-word="(\w+)"', page)) | set(re.findall(r'say\("(\w+)"', script))
    assert used and used <= set(words)
