"""The report in a real browser: silent, self-contained, readable everywhere."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from meetbot.types import Event, Figures
from tests import lessons
from tests.browser.conftest import Opener, Seen
from tests.requires import require_axe

LESSONS = {
    "one person": lessons.class_of(1),
    "a class of fifty": lessons.class_of(50, names=[f"Pupil {k}" for k in range(50)]),
    "nobody seen": lessons.nobody_seen(),
    "nothing read": lessons.empty(),
    "ten seconds": lessons.class_of(3, 10.0),
    "five hours": lessons.class_of(5, 18000.0),
    "hostile names": lessons.class_of(8, names=lessons.HOSTILE_NAMES),
    "without moods": lessons.without_moods(lessons.class_of(2)),
    "the class alone": lessons.class_alone(),
    "a live class": replace(
        lessons.class_of(4),
        followed={"readings_due": 9.0, "readings_made": 9.0, "delay_median": 0.3, "delay_p95": 0.5},
        events=(Event(0.0, "joined", 0, "Amara"), Event(1800.0, "left", 0)),
        teacher_known=False,
        warnings=("The recording is cut off.",),
    ),
}

# Barriers that axe-core calls serious or critical, as "rule: what it is about".
BARRIERS = """async (only) => {
  const part = { include: [document], exclude: [["tbody tr:nth-child(n+3)"]] };  // rows are alike
  const found = await axe.run(part, { resultTypes: ["violations"], ...(only && { runOnly: only }) });
  const bad = found.violations.filter((one) => ["serious", "critical"].includes(one.impact));
  return bad.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 120)}`));
}"""
OPEN_ALL = "all => all.slice(0, 8).forEach(one => one.open = true)"
# Every part that a page can have, and few rows: axe looks at each cell.
EVERY_PART = replace(
    lessons.class_of(5, 900.0),
    warnings=("The recording is cut off.",),
    teacher_known=False,
    seats=(*lessons.class_of(2, 900.0).seats, *lessons.nobody_seen(3, 900.0).seats[2:]),
)


class Opened:
    """One lesson's page, and what it asked for and said until all tests had looked at it."""

    def __init__(self, page: Page, seen: Seen) -> None:
        self.page, self.seen = page, seen


@pytest.fixture(scope="module", params=LESSONS)
def opened(
    request: pytest.FixtureRequest, open_report: Opener, watched: dict[Page, Seen]
) -> Iterator[Opened]:
    page = open_report(LESSONS[request.param])
    yield Opened(page, watched[page])
    page.close()


def test_the_report_is_silent_and_asks_for_nothing_but_itself(opened: Opened) -> None:
    opened.page.wait_for_load_state("networkidle")
    assert [url for url in opened.seen.requests if not url.startswith("data:")] == [opened.page.url]
    assert opened.seen.said == []


def test_nothing_is_wider_than_a_small_phone(opened: Opened) -> None:
    page = opened.page
    page.set_viewport_size({"width": 360, "height": 800})
    page.locator("details").evaluate_all(OPEN_ALL)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.set_viewport_size({"width": 1100, "height": 800})


@pytest.mark.parametrize("figures", [EVERY_PART, lessons.class_alone(300.0)], ids=["people", "class"])
def test_there_are_no_barriers_in_light_and_dark(open_report: Opener, figures: Figures) -> None:
    page, axe = open_report(figures), require_axe()
    page.evaluate(f"() => {{ {axe} }}")
    page.locator("details").evaluate_all(OPEN_ALL)
    assert page.evaluate(BARRIERS) == []
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(BARRIERS, ["color-contrast"]) == []


def test_headings_are_nested_and_landmarks_are_there(opened: Opened) -> None:
    page = opened.page
    levels = page.eval_on_selector_all("h1, h2, h3", "all => all.map(one => Number(one.tagName[1]))")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    assert [page.locator(tag).count() for tag in ("main", "nav", "header")] == [1, 1, 1]
    assert page.locator("html").get_attribute("lang") == "en"


def test_every_chart_has_a_name(opened: Opened) -> None:
    unnamed = """all => all.filter(one => !one.getAttribute("aria-labelledby").split(" ")
        .every(id => document.getElementById(id).textContent.trim())).length"""
    assert opened.page.eval_on_selector_all("svg[role=img]", unnamed) == 0


@pytest.fixture(scope="module")
def hostile(open_report: Opener) -> Page:
    return open_report(lessons.class_of(8, names=lessons.HOSTILE_NAMES))


def test_hostile_names_stay_text(hostile: Page) -> None:
    shown = hostile.locator(".person .name").all_text_contents()
    assert shown[0] == lessons.HOSTILE_NAMES[0]
    assert shown[1] == lessons.HOSTILE_NAMES[1]
    assert shown[4] == lessons.HOSTILE_NAMES[4]
    assert shown[7] == "Seat 7"
    assert hostile.locator("img").count() == 0
    assert hostile.locator("script").count() == 2  # the numbers, and what reads them
    assert hostile.title().startswith("Photosynthesis")


def test_a_long_name_is_cut_off_in_its_row_and_whole_behind_it(hostile: Page) -> None:
    assert _box(hostile, "#seat-3 .name")["width"] < 200
    hostile.locator("#seat-3 > summary").click()
    assert hostile.locator("#seat-3 .full-name").inner_text() == "W" * 300


def test_a_right_to_left_name_turns_nothing_else_around(hostile: Page) -> None:
    name, strip = _box(hostile, "#seat-2 .name"), _box(hostile, "#seat-2 .strip")
    assert name["x"] + name["width"] <= strip["x"]
    assert hostile.locator("#seat-2 .numbers").inner_text().startswith("seen")


def test_the_dark_page_is_dark(hostile: Page) -> None:
    grounds = []
    for scheme in ("light", "dark", "light"):
        hostile.emulate_media(color_scheme=scheme)
        grounds.append(hostile.evaluate("getComputedStyle(document.documentElement).backgroundColor"))
    assert grounds[:2] == ["rgb(251, 250, 246)", "rgb(23, 23, 21)"]


def test_the_policy_of_the_page_stops_what_is_not_ours(hostile: Page) -> None:
    said: list[str] = []
    hostile.on("console", lambda message: said.append(message.text))
    hostile.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "document.title = 'taken'";
          document.body.append(script);
          const picture = new Image();
          picture.src = "http://127.0.0.1:9/p.png";
          document.body.append(picture);
        }"""
    )
    hostile.wait_for_timeout(100)
    assert "taken" not in hostile.title()
    assert any("Content Security Policy" in text and "script" in text for text in said)
    assert any("Content Security Policy" in text and "image" in text for text in said)


def test_without_its_script_the_page_is_complete(open_report: Opener) -> None:
    page = open_report(lessons.class_of(9), script=False)
    hidden = (".readout", ".finder", ".span", ".film", ".buttons")
    assert [one for one in hidden if page.locator(one).first.is_visible()] == []
    page.locator("#seat-2 > summary").click()
    assert page.locator("#seat-2 dl").is_visible()
    page.locator("#timeline .data > summary").click()
    assert page.locator("#minutes tbody tr").count() == 60


def test_the_summary_prints_on_two_pages(open_report: Opener, tmp_path: Path) -> None:
    page = open_report(lessons.class_of(25), scheme="dark")
    pdf = page.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF")
    rules = page.evaluate("[...document.styleSheets[0].cssRules].map(one => one.cssText).join(' ')")
    assert "@bottom-left" in rules and "Photosynthesis, part two, 2026-03-05 09:15" in rules
    page.emulate_media(media="print")
    # A4 less the margins of the page rule: 180 mm wide, 263 mm high, at 96 pixels an inch.
    page.set_viewport_size({"width": 680, "height": 994})
    assert _box(page, ".opening")["height"] + _box(page, ".masthead")["height"] < 994
    assert _box(page, "#timeline")["height"] < 994
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(31, 30, 27)"
    assert page.locator("nav").is_hidden()


def _box(page: Page, selector: str) -> dict[str, Any]:
    box = page.locator(selector).first.bounding_box()
    assert box is not None
    return dict(box)
