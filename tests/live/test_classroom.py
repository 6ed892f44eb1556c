"""The bot in the built-in class room: whose picture it gets, and whose it does not."""

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest

from meetbot.attend import attend
from meetbot.errors import RoomError
from meetbot.pipeline import Plan
from meetbot.rooms import classroom
from meetbot.rooms.base import Camera, Ended, Joined, Left, Lost, Talking, Video, Visit
from meetbot.rooms.classroom import ClassRoom
from meetbot.roster import Entry
from meetbot.sources.live import Terms
from meetbot.timeline.glance import Terms as Shown
from meetbot.timeline.lesson import open_lesson
from meetbot.timeline.running import Running
from meetbot.types import EMOTIONS
from meetbot.web.hall import Hall
from tests.live.listener import bot_in, until
from tests.live.network import HOST
from tests.live.pupils import CODE, Pupil, open_class
from tests.live.tracks import face_at, flat


@asynccontextmanager
async def pupils(address: str, *people: Pupil) -> AsyncIterator[None]:
    """People in the class while the block runs."""
    try:
        for one in people:
            await one.enter(address)
        yield
    finally:
        for one in people:
            await one.leave()


def ada_and_ben() -> tuple[Pupil, Pupil]:
    return Pupil("Ada", flat(200)), Pupil("Ben", flat(80))


async def test_each_picture_comes_under_its_own_name_also_of_who_comes_later() -> None:
    ada, ben = ada_and_ben()
    cem = Pupil("Cem", flat(140))
    async with open_class() as address, pupils(address, ada, ben), bot_in(address) as bot:
        await until(lambda: all(len(bot.levels[one.key]) > 10 for one in (ada, ben)))
        async with pupils(address, cem):
            await until(lambda: len(bot.levels[cem.key]) > 10)
        for pupil, level in ((ada, 200), (ben, 80), (cem, 140)):
            assert all(abs(seen - level) < 6 for seen in bot.levels[pupil.key])
            assert Joined(pupil.key, pupil.name, True) in bot.news
        await until(lambda: Left(cem.key) in bot.news and cem.key in bot.ended)
        assert bot.told(Left) == [Left(cem.key)]


async def test_two_people_of_one_name_are_two() -> None:
    one, two = Pupil("Ada", flat(200)), Pupil("Ada", flat(80))
    async with open_class() as address, bot_in(address) as bot, pupils(address, one):
        await two.enter(address, token="another-tab-of-somebody")
        await until(lambda: all(len(bot.levels[who.key]) > 3 for who in (one, two)))
        assert abs(bot.levels[one.key][-1] - 200) < 6
        assert abs(bot.levels[two.key][-1] - 80) < 6
        await two.leave()


async def test_who_said_no_is_never_asked_for_a_picture() -> None:
    ada, _ = ada_and_ben()
    quiet = Pupil("Quiet", flat(140), analysed=False)
    async with open_class() as address, pupils(address, quiet, ada), bot_in(address) as bot:
        await until(lambda: len(bot.levels[ada.key]) > 3)
        assert Joined(quiet.key, "Quiet", False) in bot.news
        assert quiet.offered == 0 and quiet.key not in bot.levels


async def test_an_offer_of_somebody_who_said_no_is_left_unanswered() -> None:
    quiet = Pupil("Quiet", flat(140), analysed=False)
    async with open_class() as address, bot_in(address) as bot, pupils(address, quiet):
        await until(lambda: bot.told(Joined))
        # As if the server had let it through.
        bot.room._hear({"type": "signal", "from": quiet.key, "description": {"type": "offer", "sdp": "v=0"}})
        await asyncio.sleep(0.1)
        assert bot.told(Video) == []


async def test_opting_out_stops_the_picture_at_once_and_opting_in_brings_it_back() -> None:
    ada, ben = ada_and_ben()
    async with open_class() as address, pupils(address, ada, ben), bot_in(address) as bot:
        await until(lambda: all(len(bot.levels[one.key]) > 3 for one in (ada, ben)))
        await ada.switch(analysed=False)
        await until(lambda: Joined(ada.key, "Ada", False) in bot.news)
        seen = len(bot.levels[ada.key])
        await until(lambda: ada.key in bot.ended)
        others = len(bot.levels[ben.key])
        await until(lambda: len(bot.levels[ben.key]) > others + 10)
        assert len(bot.levels[ada.key]) - seen <= 1  # one picture may have been on its way to the reader
        await ada.switch(analysed=True)
        await until(lambda: len(bot.levels[ada.key]) > seen + 5)
        assert bot.told(Left) == []


async def test_cameras_and_voices_are_told() -> None:
    (ada, _) = ada_and_ben()
    async with open_class() as address, pupils(address, ada), bot_in(address) as bot:
        await ada.switch(camera=False)
        await ada.switch(talking=True)
        await ada.switch(talking=False, camera=True)
        await until(lambda: len(bot.told(Camera)) == 3)
        on, off = Camera(ada.key, True), Camera(ada.key, False)
        assert bot.told(Camera) == [on, off, on]
        assert bot.told(Talking) == [Talking(ada.key, True), Talking(ada.key, False)]


async def test_everybody_sees_the_bots_card() -> None:
    ada, ben = ada_and_ben()
    async with open_class() as address, bot_in(address), pupils(address, ada, ben):
        await until(lambda: ada.seen and ben.seen)
        colours = ada.seen[-1].to_ndarray(format="bgr24")
        assert (ada.seen[-1].width, ada.seen[-1].height) == (320, 180)
        assert abs(int(colours[5, 5, 0]) - 112) < 12 and abs(int(colours[5, 5, 2]) - 11) < 12
        assert colours.max() > 220  # the writing on it


@pytest.mark.parametrize("word", ["bot", "end"])
async def test_the_teacher_sends_the_bot_away(word: str) -> None:
    hall = Hall(CODE)
    async with open_class(hall) as address, bot_in(address) as bot:
        teacher = Pupil("Ms Noether", flat(90), analysed=False)
        await teacher.enter(address, teacher=hall.teacher)
        assert teacher._socket is not None
        await teacher._socket.send_json({"type": word, "on": False})
        await until(lambda: bot.told(Ended))
        why = {"bot": "The teacher stopped the bot", "end": "The teacher ended the class"}
        assert bot.told(Ended) == [Ended(why[word])]
        assert bot.told(Lost) == []
        if word == "bot":
            with pytest.raises(RoomError, match="the teacher has stopped the bot"):
                await ClassRoom(address, Visit()).join(lambda news: None)
        await teacher.leave()


async def test_a_class_that_does_not_exist_is_told_from_a_server_that_does_not() -> None:
    async with open_class() as address:
        with pytest.raises(RoomError, match="no class there"):
            await ClassRoom(address.replace(CODE, "other"), Visit()).join(lambda news: None)
    with pytest.raises(RoomError, match="No class room answers"):
        await ClassRoom(address, Visit()).join(lambda news: None)


async def test_a_code_without_a_class_on_this_machine_says_how_one_is_opened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(classroom, "ROOM_PORT", 9)  # where nobody listens
    with pytest.raises(RoomError, match="No class moba-keto is open on this machine"):
        await ClassRoom("moba-keto", Visit()).join(lambda news: None)


async def test_a_stolen_place_is_left_without_coming_back() -> None:
    async with open_class() as address, bot_in(address) as bot:
        again = ClassRoom(address, Visit())
        await again.join(lambda news: None)
        await until(lambda: bot.told(Ended))
        assert bot.told(Lost) == []
        await again.leave()


async def test_the_lesson_has_each_face_under_its_own_name(tmp_path: Path) -> None:
    hall = Hall(CODE)
    left, right = Pupil("Ada", face_at(0)), Pupil("Ben", face_at(200))
    async with open_class(hall) as address, pupils(address, left, right):
        terms = Terms(seconds=5.0)
        outcome = await asyncio.to_thread(attend, address, Visit(), terms, Plan(every=0.5), tmp_path)
    lesson = open_lesson(outcome.lesson)
    names = {seat.id: seat.shown for seat in lesson.seats()}
    found: dict[str, list[float]] = defaultdict(list)
    for reading in lesson.each_reading():
        if reading.box is not None and reading.state == "face":
            found[names[reading.seat]].append(reading.box.x)
    lesson.close()
    assert set(found) == {"Ada", "Ben"}
    assert min(map(len, found.values())) >= 5
    assert max(found["Ada"]) < 120 < min(found["Ben"])


async def test_who_comes_by_the_teachers_link_is_the_lessons_teacher(tmp_path: Path) -> None:
    hall = Hall(CODE)
    ada, noether = Pupil("Ada", flat(200)), Pupil("Ms Noether", flat(80), analysed=False)
    roster = (Entry("Emmy Noether", "Ms Noether"),)  # it leaves the roles out
    async with open_class(hall) as address, pupils(address, ada):
        await noether.enter(address, teacher=hall.teacher)
        terms, plan = Terms(seconds=1.0), Plan(every=0.5)
        outcome = await asyncio.to_thread(attend, address, Visit(), terms, plan, tmp_path, roster)
        await noether.leave()
    roles = {seat.name: seat.role for seat in outcome.figures.seats}
    assert roles == {"Ada": "student", "Emmy Noether": "teacher"} and outcome.figures.teacher_known


async def test_the_mirror_shows_each_their_own_readings_and_ends_with_the_wish(tmp_path: Path) -> None:
    ada, ben, cem = (Pupil(name, face_at(angle)) for name, angle in (("Ada", 0), ("Ben", 20), ("Cem", 0)))
    running = Running(Shown(0.5))
    async with open_class() as address, pupils(address, ada, ben, cem):
        for one in (ada, ben):
            await one.look(True)
        visit = (address, Visit(), Terms(seconds=6), Plan(every=0.5), tmp_path)
        bot = asyncio.create_task(asyncio.to_thread(partial(attend, *visit, live=running)))
        await until(lambda: ada.readings and ben.readings)
        await ben.switch(analysed=False)
        await until(lambda: running.values()["cameras"]["not_analysed"] == 1)
        told = len(ada.readings)
        await until(lambda: bot.done() or len(ada.readings) > told)  # what was on its way to Ben is there too
        shown = len(ben.readings)
        await bot
        assert len(ben.readings) == shown and len(ada.readings) > 2
        assert cem.readings == []
        assert set(EMOTIONS) < set(ada.readings[-1])
    values = running.values()
    assert values["cameras"]["on"] == ["Ada", "Cem"] and values["cameras"]["not_analysed"] == 1
    assert "Ben" not in json.dumps(values)


async def test_the_room_is_on_the_tests_own_network() -> None:
    async with open_class() as address:
        assert address.startswith(f"http://{HOST}:")
