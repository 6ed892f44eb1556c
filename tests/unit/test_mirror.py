"""The mirror: what is read of somebody is shown to that person alone, and only while they want it."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any

import pytest

from meetbot.attend import mirrors
from meetbot.policy import CLASS, CUES, FULL, policy_named
from meetbot.rooms.base import Joined, Left, Looking, Lost, Visit
from meetbot.rooms.classroom import ClassRoom
from meetbot.sources.mirror import Mirror, reflected
from meetbot.sources.presence import Register
from meetbot.types import EMOTIONS, Box, Reading
from meetbot.web.hall import Hall
from meetbot.web.messages import Malformed, Reflect, read
from tests.classroom import CODE, Client, Guest, enter, in_loop, served
from tests.running import face

READING: dict[str, Any] = {
    "box": [0.3, 0.2, 0.25, 0.45],
    **dict.fromkeys(EMOTIONS, 0.1),
    "neutral": 0.4,
    "certainty": 0.5,
    "unsure": False,
    "yaw": 12.0,
    "pitch": -3.0,
}


async def told_next(guest: Guest, type: str) -> dict[str, Any]:
    """The next message of a type; whoever came or went in between does not matter."""
    while True:
        message: dict[str, Any] = await guest.socket.receive_json(timeout=60)
        if message["type"] == type:
            return message


async def nothing_more(client: Client, *guests: Guest) -> list[dict[str, Any]]:
    """All that guests were told of readings, up to somebody's coming in, which all are told of last."""
    await enter(client, "Last")
    told = []
    for guest in guests:
        while (message := await guest.socket.receive_json(timeout=60)).get("person", {}).get(
            "name"
        ) != "Last":
            told.append(message)
    return [message for message in told if message["type"] in ("reading", "mirror")]


async def bot_of(client: Client, **fields: Any) -> Guest:
    return await enter(client, "meetbot", role="bot", **{"mirrors": True, **fields})


@in_loop
async def test_a_reading_reaches_the_one_it_is_of_and_nobody_else() -> None:
    hall = Hall(CODE)
    async with served(hall) as client:
        ada, ben, cem = [await enter(client, name) for name in ("Ada", "Ben", "Cem")]
        teacher = await enter(client, "Ms Noether", teacher=hall.teacher)
        bot = await bot_of(client)
        for one in (ada, ben):
            await one.say("mirror", on=True)
            assert await told_next(bot, "mirror") == {"type": "mirror", "key": one.key, "on": True}
        await bot.say("reading", to=ada.key, reading=READING)
        assert await told_next(ada, "reading") == {"type": "reading", "reading": READING}
        assert await nothing_more(client, ada, ben, cem, teacher, bot) == []


@in_loop
async def test_who_did_not_ask_or_asks_no_more_is_shown_nothing() -> None:
    async with served(Hall(CODE)) as client:
        ada, bot = await enter(client, "Ada"), await bot_of(client)
        await bot.say("reading", to=ada.key, reading=READING)
        await ada.say("mirror", on=True)
        await told_next(bot, "mirror")
        await ada.say("mirror", on=False)
        assert (await told_next(bot, "mirror"))["on"] is False
        await bot.say("reading", to=ada.key, reading=READING)
        assert await nothing_more(client, ada) == []


@in_loop
async def test_opting_out_ends_the_mirror_and_opting_in_does_not_bring_it_back() -> None:
    async with served(Hall(CODE)) as client:
        ada, bot = await enter(client, "Ada"), await bot_of(client)
        await ada.say("mirror", on=True)
        await told_next(bot, "mirror")
        await ada.say("switch", analysed=False)
        assert (await told_next(bot, "mirror"))["on"] is False
        await ada.say("mirror", on=True)  # it is refused while the person is not analysed
        await ada.say("switch", analysed=True)
        await bot.say("reading", to=ada.key, reading=READING)
        assert await nothing_more(client, ada, bot) == []


@in_loop
@pytest.mark.parametrize("role", ["person", "bot without a mirror"])
async def test_only_the_bot_with_a_mirror_shows_anything(role: str) -> None:
    hall = Hall(CODE)
    async with served(hall) as client:
        ada = await enter(client, "Ada")
        await ada.say("mirror", on=True)
        other = await (
            enter(client, "Eve", mirrors=True) if role == "person" else bot_of(client, mirrors=False)
        )
        assert other.welcome["you"]["mirrors"] is False
        await other.say("reading", to=ada.key, reading=READING)
        assert await nothing_more(client, ada, other) == []


@in_loop
async def test_a_bot_that_comes_later_is_told_who_looks() -> None:
    async with served(Hall(CODE)) as client:
        ada, _ = await enter(client, "Ada"), await enter(client, "Ben")
        await ada.say("mirror", on=True)
        await told_next(ada, "joined")
        bot = await bot_of(client)
        assert await bot.told("mirror") == {"type": "mirror", "key": ada.key, "on": True}


def test_a_reading_is_plain_numbers_and_nothing_else_passes() -> None:
    said = {"type": "reading", "to": "k", "reading": {**READING, "picture": "data:image/jpeg;base64,AAAA"}}
    assert read(json.dumps(said)) == Reflect("k", READING)
    assert read(json.dumps({**said, "reading": None})) == Reflect("k", None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"box": [0, 0, 1]},
        {"box": "none"},
        {"box": [0, 0, 1, 1e9]},
        {"angry": "high"},
        {"happy": True},
        {"happy": 1.2},
        {"certainty": float("nan")},
        {"yaw": 1e6},
        {"unsure": 1},
    ],
)
def test_a_reading_that_is_none_is_refused(wrong: Mapping[str, object]) -> None:
    with pytest.raises(Malformed):
        read(json.dumps({"type": "reading", "to": "k", "reading": {**READING, **wrong}}))


class Seen:
    """A mirror over a class of Ada (seat 1) and Ben (seat 2), and what each is shown."""

    def __init__(self, excluded: frozenset[str] = frozenset()) -> None:
        register = Register(excluded)
        self.mirror = Mirror(register)
        self.shown: dict[str, list[object]] = {"a": [], "b": []}
        for key, name in (("a", "Ada"), ("b", "Ben")):
            list(register.hear(Joined(key, name), 0.0))
            self.mirror.hear(Looking(key, self.shown[key].append))
        self.mirror.sizes = {1: (320, 180), 2: (320, 180)}
        self.register = register

    def look(self) -> tuple[int, int]:
        """How many readings each has been shown after one more of both."""
        for seat in (1, 2):
            self.mirror.show(face(1.0, seat))
        return len(self.shown["a"]), len(self.shown["b"])


def test_each_seat_is_shown_to_its_own_person() -> None:
    seen = Seen()
    seen.mirror.show(face(1.0, 1))
    assert len(seen.shown["a"]) == 1 and seen.shown["b"] == []
    assert seen.look() == (2, 1)


def test_who_went_or_looks_no_more_or_opted_out_is_shown_nothing() -> None:
    for news in (Left("a"), Looking("a", None), Joined("a", "Ada", analysed=False)):
        seen = Seen()
        seen.mirror.hear(news)
        assert seen.look() == (0, 1), news
    seen = Seen()
    seen.mirror.hear(Lost("the network went away"))
    assert seen.look() == (0, 0)


def test_who_is_excluded_is_shown_nothing_of_what_may_still_be_read() -> None:
    assert Seen(frozenset({"ada"})).look() == (0, 1)
    seen = Seen()
    list(seen.register.hear(Joined("a", "Ada", analysed=False), 1.0))
    assert seen.look() == (0, 1)


def test_a_reading_is_reflected_in_shares_of_its_picture() -> None:
    reading = Reading(1.0, 1, "face", Box(80, 45, 160, 90), (0.1,) * 6 + (0.4,), 0.39, 12.0, -3.0, 0.0)
    shown = reflected(reading, (320, 180))
    assert shown is not None
    assert shown["box"] == [0.25, 0.25, 0.5, 0.5] and shown["neutral"] == 0.4 and shown["unsure"] is True
    said = json.dumps({"type": "reading", "to": "k", "reading": shown})
    assert read(said) == Reflect("k", {**shown})


@pytest.mark.parametrize(
    "reading", [Reading(1.0, 1, "no_face"), Reading(1.0, 1, "camera_off"), face(1.0, 1, mood=None)]
)
def test_without_a_face_or_its_mood_there_is_nothing_to_reflect(reading: Reading) -> None:
    assert reflected(reading, (320, 180)) is None


def test_only_the_policy_full_allows_a_mirror() -> None:
    policies = (FULL, CLASS, CUES, policy_named("eu-education"))
    assert [mirrors(policy) for policy in policies] == [True, False, False, False]


@in_loop
@pytest.mark.parametrize("allowed", [True, False])
async def test_a_bot_whose_policy_allows_no_mirror_hears_of_none(allowed: bool) -> None:
    room = ClassRoom(CODE, Visit(mirrors=allowed))
    news: list[object] = []
    room._sink = news.append
    room._hear({"type": "mirror", "key": "a", "on": True})
    assert len(news) == allowed
    await asyncio.sleep(0)
