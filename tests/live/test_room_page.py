"""The class room's page in a real browser: at the door, inside, and after."""

import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect, sync_playwright

from meetbot.settings import CLASS_MOST
from meetbot.types import EMOTIONS
from meetbot.web.hall import Hall
from tests.browser.contrast import WORST_CONTRAST
from tests.live.browsers import PATIENCE, PATTERN, HeldClass, held_class
from tests.live.network import HOST
from tests.requires import require

CODE = "moba-keto"
MARKUP = "<img src=x onerror=document.title='taken'>"
NAMES = [MARKUP, "W" * 300, "\u0627\u0628\u062a\u062b", "Ada\u202ecilA"]
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = require("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=PATTERN, timeout=PATIENCE)
        yield browser
        browser.close()


@pytest.fixture
def room() -> Iterator[HeldClass]:
    with held_class(Hall(CODE)) as held:
        yield held


Opener = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, room: HeldClass) -> Iterator[Opener]:
    contexts: list[BrowserContext] = []

    def open_(width: int = 480, dark: bool = False, address: str = room.address, ending: str = "") -> Page:
        size: ViewportSize = {"width": width, "height": 480}
        context = browser.new_context(viewport=size, color_scheme="dark" if dark else "light")
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.goto(address + ending)
        return page

    yield open_
    for context in contexts:
        context.close()


def join(page: Page, name: str = "Ada") -> None:
    page.fill("#name", name)
    page.click("#enter")
    expect(page.locator(".mine.seen")).to_be_visible()


def eventually(true: Callable[[], bool]) -> None:
    """Wait for what the page tells the class."""
    deadline = time.monotonic() + PATIENCE / 1000
    while not true():
        assert time.monotonic() < deadline, "the class did not hear of it"
        time.sleep(0.05)


def test_the_door_says_what_is_analysed_and_shows_yourself(open_page: Opener, room: HeldClass) -> None:
    page = open_page()
    notice = page.locator(".notice").inner_text()
    for word in ("face is turned", "which mood", "no picture and no sound", "Your teacher gets the figures"):
        assert word in notice
    expect(page.locator("#preview")).to_have_js_property("readyState", 4)  # it plays
    expect(page.get_by_role("switch", name="Analyse me")).to_be_checked()
    assert room.hall.members == {}


def test_the_choice_at_the_door_holds_inside_and_after_a_reload(open_page: Opener, room: HeldClass) -> None:
    page = open_page()
    page.get_by_role("switch", name="Analyse me").uncheck()
    join(page)
    before = room.member("Ada")
    assert before["analysed"] is False
    assert "not analysed" in page.locator(".mine .marks").inner_text()
    page.reload()
    expect(page.locator("#name")).to_have_value("Ada")
    page.click("#enter")
    expect(page.locator(".mine")).to_be_visible()
    after = room.member("Ada")
    assert (after["key"], after["analysed"]) == (before["key"], False)


def test_switches_inside_take_effect_at_once_and_are_told(open_page: Opener, room: HeldClass) -> None:
    page = open_page()
    join(page)
    for name, word in (("Analyse me", "analysed"), ("Microphone", "microphone"), ("Camera", "camera")):
        button = page.get_by_role("button", name=name)
        for on in (False, True):
            button.click()
            expect(button).to_have_attribute("aria-pressed", str(on).lower())
            eventually(lambda word=word, on=on: room.member("Ada")[word] is on)  # type: ignore[misc]
    expect(page.locator(".mine.seen")).to_be_visible()


def test_the_camera_is_let_go_of_when_it_is_off(open_page: Opener) -> None:
    page = open_page()
    join(page)
    page.locator("nav").get_by_role("button", name="Camera").click()
    expect(page.locator(".mine.seen")).to_have_count(0)
    assert page.evaluate("document.querySelector('.mine video').srcObject") is None
    assert page.locator(".mine .initial").inner_text() == "A"


def test_who_talks_is_told_to_everybody(open_page: Opener, room: HeldClass) -> None:
    page = open_page()
    join(page)
    eventually(lambda: room.member("Ada")["talking"] is True)  # the fake microphone beeps
    page.locator("nav").get_by_role("button", name="Microphone").click()
    eventually(lambda: room.member("Ada")["talking"] is False)


def test_names_are_text_whatever_they_hold(open_page: Opener, room: HeldClass) -> None:
    page = open_page(width=360)
    for name in NAMES:
        room.guest(name)
    join(page, MARKUP)
    expect(page.locator(".tile")).to_have_count(len(NAMES) + 1)
    shown = page.locator(".tile .name").all_text_contents()
    assert f"{MARKUP} (2) (you)" in shown and MARKUP in shown
    assert any(name.startswith("W" * 50) and name.endswith("…") for name in shown)
    assert page.locator("img").count() == 0
    assert page.title() == f"Class {CODE}"
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_twelve_people_fit_on_a_screen_and_none_is_small(open_page: Opener, room: HeldClass) -> None:
    page = open_page(width=1000)
    for number in range(CLASS_MOST - 1):
        room.guest(f"Student {number}")
    join(page)
    expect(page.locator(".tile")).to_have_count(CLASS_MOST)
    boxes = [tile.bounding_box() for tile in page.locator(".tile").all()]
    assert all(box is not None and box["width"] > 150 for box in boxes)
    assert all(box is not None and box["y"] + box["height"] < 480 for box in boxes)
    assert len({round(box["x"]) for box in boxes if box is not None}) == 4


def test_the_thirteenth_reads_why_and_what_to_do(open_page: Opener, room: HeldClass) -> None:
    for number in range(CLASS_MOST):
        room.guest(f"Student {number}")
    page = open_page()
    page.fill("#name", "Late")
    page.click("#enter")
    expect(page.locator("#why")).to_contain_text("This class is full")
    expect(page.locator("#why")).to_contain_text("Janus")
    expect(page.locator("#again")).to_be_hidden()


def test_the_page_asks_nobody_but_its_own_server_and_complains_of_nothing(
    open_page: Opener, room: HeldClass
) -> None:
    page = open_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.reload()
    join(page)
    page.click("#leave")
    root = room.address.rpartition("/")[0]
    assert {url.startswith(root) for url in asked} == {True}
    assert said == []


def test_the_pages_rules_stop_what_is_not_ours(open_page: Opener) -> None:
    page = open_page()
    page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "document.title = 'taken'";
          document.body.append(script);
        }"""
    )
    assert page.title() == f"Class {CODE}"


def test_the_whole_way_is_gone_by_keyboard(open_page: Opener, room: HeldClass) -> None:
    page = open_page()
    expect(page.get_by_role("button", name="Camera")).to_have_attribute("aria-pressed", "true")
    page.locator("#name").focus()
    page.keyboard.type("Ada")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".mine")).to_be_visible()
    assert room.member("Ada")["analysed"] is False
    assert page.evaluate("document.activeElement.id") == "gallery"
    for name in ("Microphone", "Camera", "Analyse me", "Leave"):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.innerText.trim()") == name
    page.keyboard.press("Enter")
    expect(page.locator("#why")).to_have_text("You have left.")
    assert page.evaluate("document.activeElement.id") == "over"
    eventually(lambda: room.hall.members == {})


def test_comings_and_goings_are_announced(open_page: Opener, room: HeldClass) -> None:
    page = open_page()
    join(page)
    ben = room.guest("Ben")
    expect(page.get_by_role("status").filter(has_text="Ben joined")).to_have_count(1)
    room.do(ben.socket.close())
    expect(page.get_by_role("status").filter(has_text="Ben left")).to_have_count(1)
    expect(page.locator("#count")).to_contain_text("1 person")


@pytest.mark.parametrize("dark", [False, True])
def test_text_stands_out_from_its_ground(open_page: Opener, room: HeldClass, dark: bool) -> None:
    page = open_page(dark=dark)
    expect(page.locator("#preview-note")).to_be_hidden()
    ratio, text = page.evaluate(WORST_CONTRAST)
    assert ratio >= 4.5, text
    join(page)
    ratio, text = page.evaluate(WORST_CONTRAST.replace("h1, h2", "button, span, h1, h2"))
    assert ratio >= 4.5, text


@pytest.mark.parametrize("ending", ["", "#teacher=TOKEN"])
def test_nothing_is_wider_than_a_small_phone(open_page: Opener, room: HeldClass, ending: str) -> None:
    page = open_page(width=320, ending=ending.replace("TOKEN", room.hall.teacher))
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    join(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_the_teacher_stops_the_bot_and_ends_the_class(open_page: Opener, room: HeldClass) -> None:
    student = open_page()
    join(student)
    teacher = open_page(ending=f"#teacher={room.hall.teacher}")
    assert room.hall.teacher not in teacher.url
    expect(teacher.get_by_role("switch", name="Analyse me")).not_to_be_checked()
    join(teacher, "Ms Noether")
    room.guest("meetbot - analysing faces", role="bot")
    expect(student.locator("#bot-state")).to_have_text("meetbot is here and analyses you")
    expect(teacher.locator("#bot-state")).to_have_text("meetbot is here and does not analyse you")
    expect(student.locator("#end")).to_be_hidden()
    teacher.get_by_role("button", name="Stop the bot").click()
    expect(student.locator("#bot-state")).to_contain_text("nobody is analysed")
    teacher.get_by_role("button", name="End class for all").click()
    teacher.get_by_role("button", name="Stay").click()
    expect(student.locator(".tile")).to_have_count(2)
    teacher.get_by_role("button", name="End class for all").click()
    teacher.get_by_role("button", name="End class", exact=True).click()
    expect(student.locator("#why")).to_have_text("The teacher ended the class.")
    expect(student.locator("#again")).to_be_hidden()  # there is no class to join


def test_the_teacher_starts_the_bot_where_this_machine_can(open_page: Opener, room: HeldClass) -> None:
    starts: list[bool] = []
    room.hall.start_bot = lambda: starts.append(True)
    teacher = open_page(ending=f"#teacher={room.hall.teacher}")
    join(teacher, "Ms Noether")
    teacher.get_by_role("button", name="Start the bot").click()
    expect(teacher.locator("#bot")).to_have_text("The bot is coming")
    expect(teacher.locator("#bot")).to_be_disabled()
    room.guest("meetbot - analysing faces", role="bot")
    expect(teacher.locator("#bot")).to_have_text("Stop the bot")
    assert starts == [True]


def test_the_mirror_draws_over_ones_own_picture_and_goes_with_the_wish(
    open_page: Opener, room: HeldClass
) -> None:
    page = open_page()
    join(page)
    button = page.get_by_role("button", name="Mirror")
    expect(button).to_be_hidden()
    bot = room.guest("meetbot - analysing faces", role="bot", mirrors=True)
    reading = {"box": [0.25, 0.2, 0.25, 0.5], **dict.fromkeys(EMOTIONS, 0.05), "neutral": 0.7}
    reading |= {"certainty": 0.3, "unsure": True, "yaw": 12.4, "pitch": -3.1}
    button.click()
    expect(page.locator(".mine .reflection p")).to_have_text("nothing read yet")
    eventually(lambda: room.hall.members[room.member("Ada")["key"]].looks)
    room.do(bot.say("reading", to=room.member("Ada")["key"], reading=reading))
    expect(page.locator(".mine .reflection p")).to_have_text(
        "yaw +12°, pitch \u22123°, certainty 30 %: unsure, counts as no mood"
    )
    assert page.locator(".reflection li").all_inner_texts()[0].split() == ["neutral", "70", "%"]
    tile, box = (page.locator(name).bounding_box() for name in (".mine", ".reflection .box"))
    assert tile is not None and box is not None
    assert (box["x"] - tile["x"]) / tile["width"] == pytest.approx(0.5, abs=0.01)  # left and right changed
    assert page.locator(".reflection").count() == 1
    page.get_by_role("button", name="Analyse me").click()
    expect(page.locator(".reflection")).to_have_count(0)
    expect(button).to_be_hidden()
    eventually(lambda: not room.hall.members[room.member("Ada")["key"]].looks)


def test_a_break_is_shown_and_healed(open_page: Opener, room: HeldClass) -> None:
    page = open_page()
    join(page)
    key = room.member("Ada")["key"]
    room.do(_hang_up(room))
    expect(page.locator("#connection")).to_be_visible()
    expect(page.locator("#connection")).to_be_hidden()
    assert room.member("Ada")["key"] == key


async def _hang_up(room: HeldClass) -> None:
    for one in list(room.hall.members.values()):
        one.say(None)


def test_without_https_on_a_network_the_page_says_what_to_ask_for(open_page: Opener) -> None:
    with held_class(Hall(CODE), HOST) as outside:
        page = open_page(address=outside.address)
        expect(page.locator("#problem")).to_contain_text("only over https")
        page.fill("#name", "Ada")
        page.click("#enter")
        expect(page.locator(".mine")).to_be_visible()
        assert outside.member("Ada")["camera"] is False


def test_a_wrong_address_says_what_to_do(open_page: Opener, room: HeldClass) -> None:
    page = open_page(address=f"{room.address}x")
    expect(page.locator("h1")).to_have_text("There is no class at this address")
