"""The report in a real browser: silent, self-contained, readable everywhere."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from meetbot.types import Figures
from tests import lessons
from tests.browser.conftest import Opener, Seen

LESSONS = {
    "one person": lessons.class_of(1),
    "a class": lessons.class_of(25),
    "nobody seen": lessons.nobody_seen(),
    "nothing read": lessons.empty(),
    "ten seconds": lessons.class_of(3, 10.0),
    "five hours": lessons.class_of(5, 18000.0),
    "hostile names": lessons.class_of(8, names=lessons.HOSTILE_NAMES),
}

# The contrast ratio of WCAG 2 between every piece of text and the ground that it stands on; the worst one.
WORST_CONTRAST = """() => {
  const light = (colour) => {
    const parts = colour.match(/[\\d.]+/g).slice(0, 3).map((part) => {
      const value = part / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (!/, 0\\)$|transparent/.test(colour)) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  let worst = [99, ""];
  for (const element of document.querySelectorAll("h1, h2, h3, p, li, a, th, td, dt, dd, summary, label")) {
    if (!element.textContent.trim() || !element.checkVisibility()) continue;
    const [a, b] = [light(getComputedStyle(element).color), light(ground(element))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < worst[0]) worst = [ratio, element.textContent.slice(0, 40)];
  }
  return worst;
}"""

FOCUSED = """() => {
  const at = document.activeElement;
  return at.getAttribute("href") || at.id || at.parentElement.id;
}"""


@pytest.mark.parametrize("figures", LESSONS.values(), ids=LESSONS)
def test_the_report_is_silent_and_asks_for_nothing_but_itself(
    open_report: Opener, seen: Seen, figures: Figures
) -> None:
    page = open_report(figures)
    page.wait_for_load_state("networkidle")
    assert [url for url in seen.requests if not url.startswith("data:")] == [page.url]
    assert seen.said == []


@pytest.mark.parametrize("figures", LESSONS.values(), ids=LESSONS)
def test_nothing_is_wider_than_a_small_phone(open_report: Opener, figures: Figures) -> None:
    page = open_report(figures, width=360)
    page.locator("#timeline details > summary").evaluate_all("all => all.forEach(one => one.click())")
    page.locator(".person > summary").evaluate_all("all => all.slice(0, 8).forEach(one => one.click())")
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_the_policy_of_the_page_stops_what_is_not_ours(open_report: Opener, seen: Seen) -> None:
    page = open_report(lessons.class_of(2))
    page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "document.title = 'taken'";
          document.body.append(script);
          const picture = new Image();
          picture.src = "http://127.0.0.1:9/p.png";
          document.body.append(picture);
        }"""
    )
    page.wait_for_timeout(100)
    assert "taken" not in page.title()
    assert any("Content Security Policy" in text and "script" in text for text in seen.said)
    assert any("Content Security Policy" in text and "image" in text for text in seen.said)


def test_hostile_names_stay_text(open_report: Opener) -> None:
    page = open_report(lessons.class_of(8, names=lessons.HOSTILE_NAMES))
    shown = page.locator(".person .name").all_text_contents()
    assert shown[0] == lessons.HOSTILE_NAMES[0]
    assert shown[1] == lessons.HOSTILE_NAMES[1]
    assert shown[4] == lessons.HOSTILE_NAMES[4]
    assert shown[7] == "Seat 7"
    assert page.locator("img").count() == 0
    assert page.locator("script").count() == 2  # the numbers, and what reads them
    assert page.title().startswith("Photosynthesis")


def test_a_long_name_is_cut_off_in_its_row_and_whole_behind_it(open_report: Opener) -> None:
    page = open_report(lessons.class_of(8, names=lessons.HOSTILE_NAMES))
    row = page.locator("#seat-3")
    assert _box(page, "#seat-3 .name")["width"] < 200
    row.locator("summary").first.click()
    assert row.locator(".full-name").inner_text() == "W" * 300


def test_a_right_to_left_name_turns_nothing_else_around(open_report: Opener) -> None:
    page = open_report(lessons.class_of(8, names=lessons.HOSTILE_NAMES))
    name, strip = _box(page, "#seat-2 .name"), _box(page, "#seat-2 .strip")
    assert name["x"] + name["width"] <= strip["x"]
    assert page.locator("#seat-2 .numbers").inner_text().startswith("seen")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(open_report: Opener, scheme: str) -> None:
    figures = replace(lessons.class_of(3), warnings=("The recording is cut off.",), teacher_known=False)
    page = open_report(figures, scheme=scheme)
    page.locator(".person > summary").first.click()
    ratio, text = page.evaluate(WORST_CONTRAST)
    assert ratio >= 4.5, text


def test_the_dark_page_is_dark(open_report: Opener) -> None:
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    light, dark = (open_report(lessons.class_of(2), scheme=s).evaluate(ground) for s in ("light", "dark"))
    assert light == "rgb(251, 250, 246)"
    assert dark == "rgb(23, 23, 21)"


def test_the_slider_reads_out_a_minute_by_keyboard(open_report: Opener) -> None:
    figures = lessons.class_of(4)
    page = open_report(figures)
    page.locator("#minute").focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    said = page.locator("#minute-values").inner_text()
    attention = figures.minutes[5].attention or 0.0
    assert said.startswith("5:00 \N{MIDDLE DOT} people seen 4")
    assert f"turned to the screen {round(attention * 100)}\N{NARROW NO-BREAK SPACE}%" in said


def test_pointing_at_a_chart_reads_out_the_minute_below(open_report: Opener) -> None:
    page = open_report(lessons.class_of(4))
    page.locator(".panel-attention .chart").scroll_into_view_if_needed()
    box = _box(page, ".panel-attention .chart")
    page.mouse.move(box["x"] + box["width"] * 0.5 + 2, box["y"] + 20)
    assert page.locator("#minute-values").inner_text().startswith("30:00")
    assert page.locator(".cursor").first.get_attribute("visibility") == "visible"


def test_the_cursor_stands_in_its_minute_where_reading_stopped_early(open_report: Opener) -> None:
    figures = lessons.class_of(4)
    page = open_report(replace(figures, minutes=figures.minutes[:30], status="interrupted"))
    page.locator("#minute").fill("29")
    at = page.locator(".cursor").first.get_attribute("x1") or ""
    assert float(at.rstrip("%")) == pytest.approx(100 * 29.5 / 60, abs=0.01)
    assert page.locator("#minute-values").inner_text().startswith("29:00")


def test_a_name_is_found_among_many(open_report: Opener) -> None:
    page = open_report(lessons.class_of(25))
    page.locator("#find").fill("MAT")
    assert page.locator(".people > li:visible .name").all_text_contents() == ["Mateus"]


def test_without_its_script_the_page_is_complete(open_report: Opener) -> None:
    page = open_report(lessons.class_of(25), script=False)
    assert page.locator(".readout").is_hidden()
    assert page.locator(".finder").is_hidden()
    page.locator("#seat-2 > summary").click()
    assert page.locator("#seat-2 dl").is_visible()
    page.locator("#timeline .data > summary").click()
    assert page.locator("#minutes tbody tr").count() == 60


def test_everything_that_opens_is_reached_by_keyboard(open_report: Opener) -> None:
    page = open_report(lessons.class_of(2))
    reached = []
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(FOCUSED))
    assert reached[:5] == ["#report", "#timeline", "#people", "#attendance", "#method"]
    assert {"minute", "seat-0", "seat-1"} <= set(reached)


def test_every_chart_has_a_name_and_a_description(open_report: Opener) -> None:
    page = open_report(lessons.class_of(25))
    abouts = (
        "A line from 0 to 100 percent",
        "Stacked shares of seven moods",
        "An area from 0 to 100 percent",
    )
    for name, about in zip(("Turned to", "Moods that", "Faces seen"), abouts, strict=True):
        assert page.get_by_role("img", name=f"{name}").filter(has_text=about).count() == 1
    assert page.locator("svg[role=img]").count() == 6 + 2 * 25  # a strip and a chart for each person


def test_headings_are_nested_and_landmarks_are_there(open_report: Opener) -> None:
    page = open_report(lessons.class_of(3))
    levels = page.eval_on_selector_all("h1, h2, h3", "all => all.map(one => Number(one.tagName[1]))")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    assert [page.locator(tag).count() for tag in ("main", "nav", "header")] == [1, 1, 1]
    assert page.locator("html").get_attribute("lang") == "en"


def test_the_summary_prints_on_two_pages(open_report: Opener, tmp_path: Path) -> None:
    page = open_report(lessons.class_of(25), scheme="dark")
    pdf = page.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF")
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
