"""Real browsers in the built-in class room, each with a camera of its own, and the bot among them."""

from contextlib import AbstractAsyncContextManager
from pathlib import Path

from playwright.async_api import Page, expect

from meetbot.rooms.base import Camera, Ended, Joined, Left
from meetbot.web.hall import Hall
from meetbot.web.serve import Place, opened_room
from tests.live.browsers import PATIENCE, browser_student, plays
from tests.live.listener import bot_in, until

LEVELS = {"Ada": 200, "Ben": 80, "Cem": 140}
WITHIN = PATIENCE / 1000


def student(name: str, address: str, folder: Path) -> AbstractAsyncContextManager[Page]:
    """One of the three, with a camera that sees their level of grey."""
    return browser_student(name, address, folder, LEVELS[name])


async def test_a_class_of_three_browsers_from_the_coming_to_the_end(tmp_path: Path) -> None:
    hall = Hall("moba-keto")
    async with opened_room(hall, Place(port=0)) as root:
        address = f"{root}/{hall.code}"
        async with student("Ada", address, tmp_path) as ada, student("Ben", address, tmp_path) as ben:
            keys = {one.name: one.key for one in hall.members.values()}
            async with bot_in(address) as bot:
                await until(lambda: all(len(bot.levels[key]) > 3 for key in keys.values()), WITHIN)
                await plays(ada, "Ben")
                await plays(ada, "meetbot")

                async with student("Cem", address, tmp_path) as cem:
                    keys |= {one.name: one.key for one in hall.members.values() if one.role == "person"}
                    await until(lambda: len(bot.levels[keys["Cem"]]) > 3, WITHIN)
                    await plays(cem, "Ada")
                    await cem.click("#leave")
                    await until(lambda: Left(keys["Cem"]) in bot.news, WITHIN)
                await expect(ada.locator(".tile")).to_have_count(3)

                await ben.locator("nav [data-switch=camera]").click()
                await until(lambda: Camera(keys["Ben"], False) in bot.news, WITHIN)
                await until(lambda: len(bot.levels[keys["Ada"]]) > 20, WITHIN)
                dark = len(bot.levels[keys["Ben"]])
                await ada.wait_for_timeout(1000)
                assert len(bot.levels[keys["Ben"]]) == dark
                await ben.locator("nav [data-switch=camera]").click()
                await until(lambda: len(bot.levels[keys["Ben"]]) > dark + 3, WITHIN)

                await expect(ada.locator(".bot.seen")).to_be_visible()
                await ada.locator("nav [data-switch=analysed]").click()
                await expect(ada.locator(".bot:not(.seen) .initial")).to_be_visible()  # no black tile
                await until(lambda: keys["Ada"] in bot.ended, WITHIN)
                assert Joined(keys["Ada"], "Ada", False) in bot.news
                unseen, seen = len(bot.levels[keys["Ada"]]), len(bot.levels[keys["Ben"]])
                await plays(ben, "Ada")
                await until(lambda: len(bot.levels[keys["Ben"]]) > seen + 5, WITHIN)
                assert len(bot.levels[keys["Ada"]]) == unseen
                await ada.locator("nav [data-switch=analysed]").click()
                await until(lambda: len(bot.levels[keys["Ada"]]) > unseen + 3, WITHIN)

                hall.end("The teacher ended the class.")
                await expect(ada.locator("#why")).to_have_text("The teacher ended the class.")
                await until(lambda: Ended("The teacher ended the class") in bot.news, WITHIN)

    assert set(keys) == set(LEVELS)
    for name, key in keys.items():
        wrong = [level for level in bot.levels[key] if abs(level - LEVELS[name]) > 8]
        assert bot.levels[key] and wrong == [], name
