"""Chromium as a student: a camera that plays a clip or a pattern, and nobody else to talk to."""

import asyncio
import threading
from collections.abc import AsyncIterator, Coroutine, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, TypeVar

import aiohttp
import numpy as np
from playwright.async_api import Page, Playwright, async_playwright, expect

from meetbot.types import Image
from meetbot.web.hall import Hall
from meetbot.web.serve import Place, opened_room
from tests.browser.conftest import QUIET
from tests.classroom import Guest
from tests.media import Video, write_clip
from tests.requires import require

R = TypeVar("R")
PATIENCE = 60_000  # milliseconds: several browsers share one or two busy cores
FAKE = (*QUIET, "--use-fake-ui-for-media-stream", "--mute-audio")
_CLOCK = (
    "name => [...document.querySelectorAll('.tile')].find(tile => tile.innerText.startsWith(name))"
    "?.querySelector('video')?.currentTime"  # nothing while the tile is not there yet
)
PATTERN = (*FAKE, "--use-fake-device-for-media-stream=fps=5")


def showing(clip: Path, picture: Image) -> tuple[str, ...]:
    """Flags for a camera that plays a clip, made here, of one picture with a corner that changes."""

    def draw(time: float) -> Image:
        shown = picture.copy()
        shown[:8, :8] = 40 + round(time * 100)
        return shown

    write_clip(clip, Video(draw, [0, 0.2, 0.4, 0.6, 0.8], "mjpeg", "yuvj420p"))
    return (*FAKE, "--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={clip}")


class HeldClass:
    """A class in a thread of its own, for tests that drive a browser from theirs."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        self.address = ""
        self._loop = asyncio.new_event_loop()
        self._http: aiohttp.ClientSession | None = None
        self._listening: list[asyncio.Task[None]] = []

    def do(self, work: Coroutine[Any, Any, R]) -> R:
        """Run something beside the server."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(60)

    def guest(self, name: str, **fields: Any) -> Guest:
        """Somebody who is in the class without a browser, and only listens."""
        return self.do(self._enter(name, fields))

    def member(self, name: str) -> dict[str, Any]:
        """What the class knows of somebody."""
        return next(one.shown() for one in self.hall.members.values() if one.name == name)

    async def _enter(self, name: str, fields: dict[str, Any]) -> Guest:
        assert self._http is not None
        guest = Guest(await self._http.ws_connect(f"{self.address}/socket"))
        wish = {"role": "person", "analysed": True, "camera": False, "microphone": True, **fields}
        wish |= {"key": self.hall.bot} if wish["role"] == "bot" else {}
        token = f"token-of-guest-{len(self.hall.members):02}"
        await guest.say("join", name=name, token=token, **wish)
        guest.welcome = await guest.told("welcome")
        self._listening.append(asyncio.create_task(_listen(guest)))  # only who listens answers pings
        return guest


async def _listen(guest: Guest) -> None:
    async for _ in guest.socket:
        pass


@contextmanager
def held_class(hall: Hall, host: str = "127.0.0.1") -> Iterator[HeldClass]:
    """The class while the block runs."""
    held = HeldClass(hall)
    thread = threading.Thread(target=held._loop.run_forever)
    thread.start()
    room = opened_room(hall, Place(host, 0))

    async def begin() -> None:
        held.address = f"{await room.__aenter__()}/{hall.code}"
        held._http = aiohttp.ClientSession()

    async def finish() -> None:
        for task in held._listening:
            task.cancel()
        if held._http is not None:
            await held._http.close()
        await room.__aexit__(None, None, None)

    held.do(begin())
    try:
        yield held
    finally:
        held.do(finish())
        held._loop.call_soon_threadsafe(held._loop.stop)
        thread.join()
        held._loop.close()


@asynccontextmanager
async def browser_student(name: str, address: str, folder: Path, level: int) -> AsyncIterator[Page]:
    """Somebody in the class with a Chromium and a camera that sees one level of grey."""
    expect.set_options(timeout=PATIENCE)
    wall = np.full((180, 320), level, np.uint8)
    flags = showing(folder / f"{level}.mjpeg", wall)
    async with async_playwright() as playwright, browser_page(playwright, address, flags) as page:
        await page.fill("#name", name)
        await page.click("#enter")
        await expect(page.locator(".mine.seen")).to_be_visible()
        yield page


@asynccontextmanager
async def browser_page(playwright: Playwright, address: str, flags: Sequence[str]) -> AsyncIterator[Page]:
    """A page in a Chromium of its own."""
    program = require("chromium")
    browser = await playwright.chromium.launch(executable_path=program, args=flags, timeout=PATIENCE)
    page = await browser.new_page(viewport={"width": 400, "height": 300})
    page.set_default_timeout(PATIENCE)
    await page.goto(address)
    yield page
    await browser.close()


async def plays(page: Page, name: str) -> None:
    """Somebody's picture moves on this page."""
    clock: list[float] = []
    for _ in range(600):
        now = await page.evaluate(_CLOCK, name)
        clock += [] if now is None else [now]
        if clock and clock[-1] > clock[0] + 0.2:
            return
        await page.wait_for_timeout(100)
    raise AssertionError(f"{name}'s picture stands still")
