"""Real browsers in Janus's VideoRoom, each with a camera of its own, and the bot among them."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from statistics import mode
from typing import NamedTuple

from playwright.async_api import Page, Playwright, async_playwright

from meetbot.attend import attend
from meetbot.pipeline import Plan
from meetbot.rooms.base import Visit
from meetbot.sources.live import Terms
from meetbot.timeline.lesson import Lesson, open_lesson
from meetbot.types import Box, Image, Reading
from tests.live.browsers import browser_page, showing
from tests.live.janus import janus
from tests.live.network import HOST
from tests.live.tracks import face_at, flat
from tests.portraits import scaled

PAGE = Path(__file__).with_name("janus_student.html")
SERVER = f"{HOST}:8188"
ROOM = f"janus://{SERVER}/1234"
Layers = Sequence[Mapping[str, str | float]]  # as a page asks for them
ONE_LAYER: Layers = [{}]
TWO_LAYERS: Layers = [{"rid": "h"}, {"rid": "l", "scaleResolutionDownBy": 2}]


class Class(NamedTuple):
    """Where browsers are started, and their clips lie."""

    playwright: Playwright
    folder: Path

    @asynccontextmanager
    async def student(self, name: str, picture: Image, layers: Layers = ONE_LAYER) -> AsyncIterator[Page]:
        """Somebody in the room with a Chromium whose camera sees a picture."""
        wish = {"url": f"ws://{SERVER}/", "room": 1234, "name": name, "layers": layers}
        flags = showing(self.folder / f"{name}.mjpeg", picture)
        async with browser_page(self.playwright, PAGE.as_uri(), flags) as page:
            await page.evaluate("wish => publish(wish)", wish)
            yield page


def readings_of(lesson: Lesson, name: str) -> list[Reading]:
    """Everything that was read of the one person of this name."""
    (seat,) = (seat.id for seat in lesson.seats() if seat.shown == name)
    return [reading for reading in lesson.each_reading() if reading.seat == seat]


def boxes(readings: Sequence[Reading]) -> list[Box]:
    """Where each face was found."""
    return [reading.box for reading in readings if reading.box is not None]


async def test_three_browsers_are_read_under_their_own_names_in_the_lowest_layer(tmp_path: Path) -> None:
    large = scaled(face_at(150, "collins"), 2)
    visit = partial(attend, ROOM, Visit(), Terms(seconds=8), Plan(every=0.5), tmp_path)
    with janus(tmp_path / "janus"):
        async with async_playwright() as playwright:
            student = Class(playwright, tmp_path).student
            async with student("Ada", face_at(0)), student("Ben", large, TWO_LAYERS) as bens_page:
                async with student("Cem", flat(80)):
                    visiting = asyncio.create_task(asyncio.to_thread(visit))
                    await asyncio.sleep(6.5)
                    sent = await bens_page.evaluate("sentWidths()")
                outcome = await visiting

    with open_lesson(outcome.lesson) as lesson:
        ada, ben, cem = (readings_of(lesson, name) for name in ("Ada", "Ben", "Cem"))
        assert len(list(lesson.seats())) == 3
        assert len(boxes(ada)) >= 8 and all(0.7 < box.x / box.width < 1.1 for box in boxes(ada))
        assert len(boxes(ben)) >= 8 and all(6.2 < box.x / box.width < 7.2 for box in boxes(ben))
        assert len(cem) >= 4 and boxes(cem) == []
        assert sent["h"] > 1.5 * sent["l"]
        later = boxes([reading for reading in ben if reading.time > 3])  # Janus may begin with a larger one
        assert later and all(150 < box.x < 230 for box in later)  # in the large layer it is 425
        assert mode(reading.label for reading in ada) == "neutral"
        assert mode(reading.label for reading in ben) == "happy"
        names = {seat.id: seat.shown for seat in lesson.seats()}
        gone = [names[event.seat or 0] for event in lesson.each_event() if event.kind == "left"]
        assert gone == ["Cem"]
