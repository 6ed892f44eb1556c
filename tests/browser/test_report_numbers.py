"""The numbers on the page are those of the lesson file: counted again from its readings, and compared."""

from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Page

from meetbot.conclude import conclude
from meetbot.report.words import ENGLISH
from meetbot.timeline.lesson import open_lesson
from tests.browser.conftest import Opener
from tests.written import AWAY, FRONT, face, hidden, write_lesson

percent, amount = ENGLISH.numbers.percent, ENGLISH.numbers.amount
NAMES = ("Ana", "Ben", "Cleo")


@pytest.fixture(scope="module")
def lesson(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ana looks away more after three minutes, Ben switches his camera off, Cleo comes late."""
    ana = [
        face(t, 1, "happy" if t >= 240 else "neutral", AWAY if t % (3 if t > 180 else 10) == 0 else FRONT)
        for t in range(360)
    ]
    ben = [face(t, 2, "sad") if t < 200 else hidden(t, 2) for t in range(360)]
    cleo = [face(t, 3, pose=AWAY if t % 4 == 0 else FRONT) for t in range(100, 360)]
    readings = sorted([*ana, *ben, *cleo], key=lambda reading: reading.time)
    path = tmp_path_factory.mktemp("numbers") / "lesson.meetbot"
    return write_lesson(path, readings, duration=360.0, names=NAMES)


@pytest.fixture(scope="module")
def table(lesson: Path) -> pd.DataFrame:
    with open_lesson(lesson) as opened:
        return opened.readings()


@pytest.fixture(scope="module")
def page(lesson: Path, open_report: Opener) -> Page:
    with open_lesson(lesson, write=True) as opened:
        return open_report(conclude(opened, (), None).report)


def facing(table: pd.DataFrame) -> float:
    return float(table["facing"].dropna().astype(float).mean())


def test_every_minute_of_the_table_is_counted_right(page: Page, table: pd.DataFrame) -> None:
    page.locator("#timeline .data > summary").click()
    rows = page.locator("#minutes tbody tr")
    assert rows.count() == 6
    for minute in range(6):
        inside = table[(table["time"] >= 60 * minute) & (table["time"] < 60 * (minute + 1))]
        seen = inside[inside["state"] == "face"]
        shown = rows.nth(minute).locator("th, td").all_inner_texts()
        assert shown[1:4] == [
            str(seen["seat"].nunique()),
            percent(len(seen) / len(inside)),
            percent(facing(inside)),
        ]
        assert shown[5] == percent(float((seen["mood"] == "neutral").mean()))


@pytest.mark.parametrize("seat", [1, 2, 3])
def test_a_persons_line_and_attendance_are_counted_right(page: Page, table: pd.DataFrame, seat: int) -> None:
    own = table[table["seat"] == seat]
    seen = own[own["state"] == "face"]
    person = page.locator(f"#seat-{seat}")
    assert person.locator(".name").inner_text() == NAMES[seat - 1]
    assert person.locator("[data-of=presence]").inner_text() == percent(len(seen) / len(own))
    assert person.locator("[data-of=attention]").inner_text() == percent(facing(own))
    cells = page.locator(f'#attendance tr[data-seat="{seat}"] [data-minutes]').all_inner_texts()
    on = own[own["state"] != "camera_off"]
    assert cells == [amount(len(one) / 60, 1) for one in (own, on, seen)]


def test_a_spans_figures_are_counted_right(page: Page, table: pd.DataFrame) -> None:
    page.locator("#span-from").fill("2:00")
    page.locator("#span-to").fill("5:00")
    page.locator("#span-show, #span-form button[type=submit]").first.click()
    inside = table[(table["time"] >= 120) & (table["time"] < 300)]
    ana = inside[inside["seat"] == 1]
    assert page.locator("#seat-1 [data-of=attention]").inner_text() == percent(facing(ana))
    seen = inside[inside["state"] == "face"]
    said = page.locator("#span-said").inner_text()
    assert f"3 people seen, {percent(facing(inside))} turned" in said
    assert f"a face in view {percent(len(seen) / len(inside))} of the time" in said
    page.keyboard.press("Escape")


def test_what_the_first_screen_and_the_method_say_is_counted_right(page: Page, table: pd.DataFrame) -> None:
    seen = table[table["state"] == "face"]
    first = page.locator(".opening").inner_text()
    assert f"({amount(len(seen))} of {amount(len(table))})" in first
    known = table["facing"].dropna()
    method = page.locator("#method").inner_text()
    turned = f"{amount(int(known.sum()))} turned / {amount(len(known))} with a known direction"
    assert f"{turned} = {percent(facing(table))}" in method
