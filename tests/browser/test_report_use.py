"""What a teacher does with the report: points, drags, types, clicks, copies, saves, prints."""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page, expect

from meetbot.report.words import ENGLISH
from meetbot.types import Event
from tests import lessons
from tests.browser.conftest import Opener
from tests.media import Video, write_clip

THIN = "\N{NARROW NO-BREAK SPACE}"
CLASS = lessons.class_of(9, names=("=SUM(A1:A9)", *lessons.NAMES[1:]))
LATE = replace(CLASS.seats[1], first_seen=600.0)
FIGURES = replace(CLASS, seats=(CLASS.seats[0], LATE, *CLASS.seats[2:]))
percent = ENGLISH.numbers.percent


@pytest.fixture(scope="module")
def opened(open_report: Opener) -> Page:
    return open_report(FIGURES)


@pytest.fixture
def page(opened: Page) -> Iterator[Page]:
    """The one page, put back after each test."""
    yield opened
    opened.keyboard.press("Escape")
    opened.locator("#find").fill("")
    opened.locator("#order").select_option("class")
    opened.locator("details[open]").evaluate_all("all => all.forEach(one => one.open = false)")


def span_of(page: Page, start: str, end: str) -> None:
    page.locator("#span-from").fill(start)
    page.locator("#span-to").fill(end)
    page.locator("#span-to").press("Enter")


def test_the_slider_reads_out_a_minute_by_keyboard(page: Page) -> None:
    page.locator("#minute").focus()
    page.keyboard.press("Home")
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    said = page.locator("#minute-values").inner_text()
    assert said.startswith("5:00 \N{MIDDLE DOT} people seen 9")
    assert f"turned to the screen {percent(FIGURES.minutes[5].attention)}" in said
    assert f"spoke {FIGURES.seats[5].name}" in said


def test_pointing_at_a_chart_reads_out_the_minute_below(page: Page) -> None:
    page.locator(".panel-attention .chart").scroll_into_view_if_needed()
    box = _box(page, ".panel-attention .chart")
    page.mouse.move(box["x"] + box["width"] * 0.5 + 2, box["y"] + 20)
    said = page.locator("#minute-values").inner_text()
    assert said.startswith("30:00") and said.endswith("happened picture lost")
    assert page.locator(".cursor").first.get_attribute("visibility") == "visible"


def test_a_span_by_two_fields_changes_people_and_attendance(page: Page) -> None:
    span_of(page, "10:00", "12:30")  # whole minutes: to 13:00
    minutes = FIGURES.seats[2].minutes[10:13]
    faces, turned, known = _sums(minutes)
    person = page.locator("#seat-2")
    assert person.locator("[data-of=attention]").inner_text() == percent(turned / known)
    assert person.locator("[data-of=presence]").inner_text() == percent(faces / 180)
    row = page.locator('#attendance tr[data-seat="2"]')
    assert row.locator("[data-minutes=seen]").inner_text() == f"{faces / 60:.1f}"
    assert row.locator("[data-minutes=present]").inner_text() == "3.0"
    assert row.locator("[data-time-of]").all_inner_texts() == ["10:00", "13:00"]
    expect(page.locator("#span-said")).to_contain_text("taken as whole minutes")
    expect(page.locator("#people .span-now")).to_contain_text("10:00 to 13:00 only")
    expect(page.locator("#attendance .span-now")).to_be_visible()
    page.locator("#seat-2 > summary").click()
    expect(person.locator(".of-span")).to_contain_text(f"turned to the screen {percent(turned / known)}")


def test_a_span_may_be_given_by_the_clock(page: Page) -> None:
    span_of(page, "09:21", "09:25")  # the lesson began at 09:15
    assert (page.locator("#span-from").input_value(), page.locator("#span-to").input_value()) == (
        "6:00",
        "10:00",
    )
    span_of(page, "9:00", "10:00")
    assert page.locator("#span-from").input_value() == "9:00"
    expect(page.locator("#span-said")).not_to_contain_text("whole minutes")


def test_what_is_said_of_the_class_in_a_span_is_the_sum_of_its_people(page: Page) -> None:
    span_of(page, "20:00", "25:00")
    sums = [_sums(seat.minutes[20:25]) for seat in FIGURES.seats]
    faces, turned, known = (sum(column) for column in zip(*sums, strict=True))
    readings = sum(m.readings for seat in FIGURES.seats for m in seat.minutes[20:25])
    said = page.locator("#span-said").inner_text()
    assert said.startswith(
        f"20:00 to 25:00: {sum(f > 0 for f, _, _ in sums)} people seen, {percent(turned / known)}"
    )
    assert f"a face in view {percent(faces / readings)} of the time" in said


def test_the_whole_lesson_comes_back_with_one_click_or_escape(page: Page) -> None:
    whole = page.locator("#seat-2 [data-of=attention]").inner_text()
    resets: tuple[Callable[[], None], ...] = (
        page.locator("#people .span-now button").click,
        page.locator("#span-reset").click,
        lambda: page.keyboard.press("Escape"),
    )
    for reset in resets:
        span_of(page, "30:00", "33:00")
        assert page.locator("#seat-2 [data-of=attention]").inner_text() != whole
        reset()
        assert page.locator("#seat-2 [data-of=attention]").inner_text() == whole
        expect(page.locator("#people .span-now")).to_be_hidden()


def test_a_span_by_drag_is_drawn_on_every_chart(page: Page) -> None:
    page.locator(".panel-presence .chart").scroll_into_view_if_needed()
    box = _box(page, ".panel-presence .chart")
    page.mouse.move(box["x"] + box["width"] * 0.25 + 2, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + 20)
    page.mouse.move(box["x"] + box["width"] * 0.5 - 2, box["y"] + 20)
    page.mouse.up()
    assert (page.locator("#span-from").input_value(), page.locator("#span-to").input_value()) == (
        "15:00",
        "30:00",
    )
    veils = page.locator(".panel-attention .veil")
    assert [veils.nth(k).get_attribute("width") for k in (0, 1)] == ["25%", "50%"]
    assert page.locator("#seat-0 .veil").first.get_attribute("width") == "25%"


@pytest.mark.parametrize(
    ("start", "end"), [("20:00", "10:00"), ("", "10:00"), ("0:00", "soon"), ("2:00:00", "3:00:00")]
)
def test_a_span_that_makes_no_sense_is_a_sentence(page: Page, start: str, end: str) -> None:
    span_of(page, start, end)
    expect(page.locator("#span-said")).to_contain_text("it lasts 1:00:00")
    assert page.locator("[aria-invalid]").count() == 1
    expect(page.locator("#people .span-now")).to_be_hidden()


def test_what_is_printed_is_about_the_whole_lesson(page: Page) -> None:
    whole = page.locator("#attendance tbody tr").first.inner_text()
    span_of(page, "10:00", "20:00")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#attendance tbody tr").first.inner_text() == whole
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("#span-from").input_value() == "10:00"


def test_a_moment_seeks_the_film_that_the_teacher_picked(open_report: Opener, tmp_path: Path) -> None:
    page = open_report(lessons.class_of(3, 900.0))
    assert page.locator("#film-player").is_hidden()
    page.locator(".moments a").first.click()
    expect(page.locator("#film-code")).to_have_text("7:30")  # shown without any film, too
    clip = write_clip(tmp_path / "class.webm", Video(codec="libvpx"))
    page.locator("#film-file").set_input_files(clip)
    expect(page.locator("#film-said")).to_contain_text("class.webm ends before 7:30", timeout=30_000)
    page.evaluate("document.querySelector('[data-time]').dataset.time = '2'")
    page.locator(".moments a").first.click()
    page.wait_for_function("document.querySelector('video').currentTime === 2", timeout=30_000)
    assert page.locator("#film-player").evaluate("one => one.src").startswith("blob:")
    page.locator("#film-file").set_input_files(
        FilePayload(name="notes.txt", mimeType="video/mp4", buffer=b"no film")
    )
    expect(page.locator("#film-said")).to_contain_text(
        "can\N{RIGHT SINGLE QUOTATION MARK}t play notes.txt", timeout=30_000
    )


def test_people_are_ordered_by_what_ranks_nobody(page: Page) -> None:
    names = page.locator(".people .name")
    page.locator("#order").select_option("name")
    assert names.all_inner_texts()[1:3] == ["Beatriz", "Chidi"]
    page.locator("#order").select_option("first")
    assert names.all_inner_texts()[-1] == "Beatriz"
    page.locator("#order").select_option("coverage")
    assert names.all_inner_texts()[0] == "=SUM(A1:A9)"  # seen least
    page.locator("#order").select_option("class")
    assert names.all_inner_texts() == [seat.name for seat in FIGURES.seats]
    options = page.locator("#order option").all_inner_texts()
    assert options == ["class list", "name", "first seen", "least seen"]


def test_a_name_is_found_among_many(page: Page) -> None:
    page.locator("#find").fill("DAG")
    assert page.locator(".people > li:visible .name").all_inner_texts() == ["Dagny"]
    expect(page.locator("#found")).to_have_text("1 of 9 people")
    page.locator("#find").fill("Noor")
    expect(page.locator("#found")).to_contain_text("attendance names who wasn")


def test_a_link_to_a_person_opens_their_page(page: Page) -> None:
    page.evaluate("location.hash = '#seat-4'")
    expect(page.locator("#seat-4 .behind")).to_be_visible()
    assert page.evaluate("document.activeElement.parentElement.id") == "seat-4"
    assert page.locator("#seat-4 dt", has_text="By halves").count() == 1


def test_attendance_is_copied_for_a_spreadsheet(page: Page) -> None:
    page.locator("#copy").click()
    expect(page.locator("#copy-said")).to_contain_text("11 rows copied")
    lines = [line.split("\t") for line in page.evaluate("navigator.clipboard.readText()").split("\n")]
    assert lines[0][:3] == ["Name", "First", "Last"]
    assert lines[1][:4] == ["'=SUM(A1:A9)", "0:00", "1:00:00", "60.0"]  # no spreadsheet runs it
    about = ["student", "Photosynthesis, part two", "2026-03-05 09:15", "0:00", "1:00:00", "60.0"]
    assert lines[-1] == ["Tomasz", "", "", "", "", "", "absent", *about]
    assert {len(line) for line in lines} == {13}


def test_tables_are_saved_as_they_stand(page: Page) -> None:
    page.locator("#find").fill("a")
    span_of(page, "10:00", "13:00")
    people = _saved(page, "#people-save")
    heads = ["Name", "There, min", "Face seen, min", "seen", "Turned to the screen", "read as neutral"]
    assert people[0][:6] == heads
    assert "Index" not in " ".join(people[0])
    faces, turned, known = _sums(FIGURES.seats[1].minutes[10:13])
    beatriz = next(line for line in people if line[0] == "Beatriz")
    assert beatriz[1:5] == ["3.0", f"{faces / 60:.1f}", _plain(faces / 180), _plain(turned / known)]
    assert beatriz[-5:] == ["Photosynthesis, part two", "2026-03-05 09:15", "10:00", "13:00", "3.0"]
    assert len(people) == 1 + len(FIGURES.seats)  # everybody, whoever is looked for
    page.locator("#timeline .data > summary").click()
    minutes = _saved(page, "#minutes-save")
    assert [line[0] for line in minutes] == ["Time", "10:00", "11:00", "12:00"]
    attendance = _saved(page, "#attendance-save")
    assert attendance[0][-3:] == ["From", "To", "Minutes read"]
    assert attendance[1][0] == "'=SUM(A1:A9)" and attendance[1][1:3] == ["10:00", "13:00"]


def test_everything_that_opens_is_reached_by_keyboard(page: Page) -> None:
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0); location.hash = ''")
    page.locator(".skip").focus()
    reached = [page.evaluate(FOCUSED)]
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(FOCUSED))
    assert reached[:5] == ["#report", "#timeline", "#people", "#attendance", "#method"]
    wanted = {"minute", "span-from", "span-to", "film-file", "find", "order", "seat-0", "seat-8", "copy"}
    assert wanted <= set(reached)


def test_a_live_class_says_who_joined_and_left(open_report: Opener) -> None:
    events = (Event(60.0, "joined", 0, "Amara"), Event(1800.0, "left", 0))
    numbers = {"readings_due": 9.0, "readings_made": 9.0, "delay_median": 0.3, "delay_p95": 0.5}
    page = open_report(replace(lessons.class_of(2), events=events, followed=numbers))
    assert page.locator(".attendance thead").inner_text().split()[1:3] == ["Joined", "Left"]
    first = page.locator(".attendance tbody tr").first.inner_text().split()
    assert first[:3] == ["Amara", "1:00", "30:00"]


def test_the_cursor_stands_in_its_minute_where_reading_stopped_early(open_report: Opener) -> None:
    figures = replace(lessons.class_of(4), status="interrupted")
    page = open_report(replace(lessons.with_total(figures, end=1800.0), minutes=figures.minutes[:30]))
    page.locator("#minute").fill("29")
    at = page.locator(".cursor").first.get_attribute("x1") or ""
    assert float(at.rstrip("%")) == pytest.approx(100 * 29.5 / 60, abs=0.01)
    assert page.locator("#minute-values").inner_text().startswith("29:00")


FOCUSED = """() => {
  const at = document.activeElement;
  return at.getAttribute("href") || at.id || at.parentElement.id;
}"""


def _sums(minutes: Any) -> tuple[int, int, int]:
    """Faces, faces turned to the screen, and faces whose direction is known."""
    known = [round(m.faces * m.attention_known) for m in minutes]
    turned = [round(k * (m.attention or 0.0)) for k, m in zip(known, minutes, strict=True)]
    return sum(m.faces for m in minutes), sum(turned), sum(known)


def _saved(page: Page, button: str) -> list[list[str]]:
    with page.expect_download() as download:
        page.locator(button).click()
    text = download.value.path().read_text("utf-8")
    assert ("10.00-13.00" in download.value.suggested_filename) == (page.locator("#span-reset").is_visible())
    assert text.startswith("\N{ZERO WIDTH NO-BREAK SPACE}") and download.value.suggested_filename.endswith(
        ".csv"
    )
    return list(csv.reader(io.StringIO(text[1:])))


def _plain(share: float) -> str:
    return percent(share).replace(THIN, "")


def _box(page: Page, selector: str) -> dict[str, Any]:
    box = page.locator(selector).first.bounding_box()
    assert box is not None
    return dict(box)
