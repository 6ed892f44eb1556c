"""Students whose pictures a program makes: what the bot, people with a browser and each other see of them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import numpy as np
from playwright.async_api import expect

from meetbot.errors import RoomError
from meetbot.rooms.base import Camera, Joined, Left, Talking
from meetbot.rooms.classroom_pupil import Part, Pupil
from meetbot.web.hall import Hall, key_of
from meetbot.web.serve import Place, opened_room
from tests.live.browsers import browser_student, plays
from tests.live.listener import bot_in, until
from tests.live.pupils import CODE, open_class

TOKENS = {name: f"simulated-student-{name}" for name in ("Eve", "Fay")}
LEVELS = {"Eve": 200, "Fay": 80}
COMPANIONS = frozenset(map(key_of, TOKENS.values()))


@asynccontextmanager
async def simulated(name: str, address: str) -> AsyncIterator[Pupil]:
    """A simulated student in the class while the block runs."""
    picture = np.full((180, 320, 3), LEVELS[name], np.uint8)
    pupil = Pupil(Part(address, name, TOKENS[name], COMPANIONS), lambda: picture)
    await pupil.act("come")
    try:
        yield pupil
    finally:
        await pupil.leave()


async def test_the_bot_sees_and_hears_of_each_also_of_who_comes_later() -> None:
    eve, fay = key_of(TOKENS["Eve"]), key_of(TOKENS["Fay"])
    async with open_class() as address, simulated("Eve", address) as pupil, bot_in(address) as bot:
        async with simulated("Fay", address) as other:
            await until(lambda: len(bot.levels[eve]) > 5 and len(bot.levels[fay]) > 5)
            assert not set(pupil._peers) & COMPANIONS and not set(other._peers) & COMPANIONS
            for cue in ("talk", "hush", "camera_off"):
                await pupil.act(cue)
            await until(lambda: Camera(eve, False) in bot.news)
            seen = len(bot.levels[fay])
            await until(lambda: len(bot.levels[fay]) > seen + 5)  # Eve's that were on their way have come
            dark = len(bot.levels[eve])
            await until(lambda: len(bot.levels[fay]) > seen + 15)
            assert len(bot.levels[eve]) == dark
        await until(lambda: Left(fay) in bot.news)
        await pupil.act("camera_on")
        await until(lambda: len(bot.levels[eve]) > dark + 3)
        assert bot.told(Talking) == [Talking(eve, True), Talking(eve, False)]
        assert bot.told(Joined) == [Joined(eve, "Eve"), Joined(fay, "Fay")]
        for key, level in ((eve, 200), (fay, 80)):
            assert all(abs(seen - level) < 6 for seen in bot.levels[key])


async def test_a_connection_that_breaks_is_made_again() -> None:
    eve = key_of(TOKENS["Eve"])
    async with open_class() as address, simulated("Eve", address), bot_in(address) as bot:
        await until(lambda: len(bot.levels[eve]) > 3)
        await bot.room._peers[eve].close()
        await until(lambda: eve in bot.ended)
        seen = len(bot.levels[eve])
        await until(lambda: len(bot.levels[eve]) > seen + 3)
        assert bot.told(Left) == []


async def test_somebody_with_a_browser_sees_those_who_were_there_and_those_who_come(tmp_path: Path) -> None:
    async with (
        opened_room(Hall(CODE), Place(port=0)) as root,
        simulated("Eve", f"{root}/{CODE}"),
        browser_student("Ada", f"{root}/{CODE}", tmp_path, 140) as page,
    ):
        await plays(page, "Eve")
        async with simulated("Fay", f"{root}/{CODE}"):
            await expect(page.locator(".tile")).to_have_count(3)
            await plays(page, "Fay")


async def test_one_who_is_not_let_in_says_why() -> None:
    hall = Hall(CODE)
    async with open_class(hall) as address:
        pupil = Pupil(Part(address, "Eve", "short"), lambda: np.zeros((180, 320, 3), np.uint8))
        try:
            await pupil.act("come")
        except RoomError as error:
            assert "Eve was not let in" in str(error)
        else:
            raise AssertionError("a token that is too short was taken")
        await pupil.leave()
    assert not hall.members
