"""What the class room keeps to, whoever asks: each test fails when its guard is taken away.

docs/reliability.md names them all; those of the live page stand in test_live_page.py and test_board.py.
"""

import asyncio
import inspect
import json
import socket
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as some

from meetbot.cli.room import room
from meetbot.errors import RoomError
from meetbot.rooms.base import Visit
from meetbot.rooms.classroom import ClassRoom
from meetbot.web import classroom
from meetbot.web.guards import is_own
from meetbot.web.hall import Hall, key_of, new_code
from meetbot.web.keys import matches
from meetbot.web.serve import Place, opened_room
from tests.classroom import CODE, Client, Guest, enter, in_loop, knock, served

OFFER = {"type": "offer", "sdp": "v=0"}


async def known(client: Client, key: str) -> dict[str, Any]:
    """What somebody who comes in hears of a person."""
    witness = await enter(client, "Witness")
    await witness.socket.close()
    return next(person for person in witness.welcome["people"] if person["key"] == key)


# ---- where it listens, and what can be guessed


@in_loop
async def test_without_a_word_only_this_machine_reaches_the_room() -> None:
    assert inspect.signature(room).parameters["host"].default == Place().host == "127.0.0.1"
    async with opened_room(Hall(CODE), Place(port=0)) as address:
        with socket.socket() as probe:
            probe.bind(("127.0.0.2", int(address.rpartition(":")[2])))  # on all addresses it would be taken


def test_what_lets_somebody_in_can_not_be_guessed() -> None:
    halls = [Hall(CODE) for _ in range(10)]
    secrets = {secret for hall in halls for secret in (hall.teacher, hall.bot)}
    assert len(secrets) == 20 and min(map(len, secrets)) >= 32  # 192 bits
    assert all(len(new_code().replace("-", "")) == 12 for _ in range(10))  # 14 x 5 to the sixth


def test_keys_are_compared_whole_whatever_is_said() -> None:
    assert matches("key", "key")
    assert not any(matches(said, "key") for said in ("", "k", "keyx", "\ud800", "kéy"))


# ---- who may ask


@in_loop
@pytest.mark.parametrize(
    "host", ["evil.example", f"evil.example:{80}", "127.0.0.1.evil.example", "", "a:b:c"]
)
async def test_a_name_that_was_made_to_point_here_is_answered_nothing(host: str) -> None:
    async with served(Hall(CODE)) as client:
        for path in (f"/{CODE}", "/static/room.js", f"/{CODE}/socket"):
            answer = await client.get(path, headers={"Host": host, "Origin": f"http://{host}"})
            assert answer.status == 421 and "--allow-host" in await answer.text()


@in_loop
async def test_another_name_of_the_room_is_answered_where_it_was_given() -> None:
    names = Place(names=("school.example",)).called
    async with aiohttp.test_utils.TestClient(
        aiohttp.test_utils.TestServer(classroom.classroom(Hall(CODE), names))
    ) as client:
        good, bad = ({"Host": host} for host in ("School.example", "other.example"))
        assert (await client.get(f"/{CODE}", headers=good)).status == 200
        assert (await client.get(f"/{CODE}", headers=bad)).status == 421


def test_a_room_for_others_knows_this_machines_names_and_one_for_this_machine_none() -> None:
    assert socket.gethostname() in Place("0.0.0.0").called and "room.example" in Place("room.example").called
    assert Place().called == ()


@given(some.text(max_size=30))
def test_any_host_is_judged_without_an_error(host: str) -> None:
    assert is_own(host, frozenset()) in (True, False)


# ---- how much


@in_loop
async def test_a_message_that_is_too_large_is_not_passed_on_even_if_it_makes_sense() -> None:
    async with served(Hall(CODE)) as client:
        ada, eve = await enter(client, "Ada"), await enter(client, "Eve")
        await ada.told("joined")
        await eve.say("signal", to=ada.key, description={"type": "offer", "sdp": "v" * classroom._LARGEST})
        assert await ada.told("left") == {"type": "left", "key": eve.key}


@in_loop
async def test_what_twelve_connections_take_is_not_too_much() -> None:
    async with served(Hall(CODE)) as client:
        ada = await enter(client, "Ada")
        for _ in range(600):  # what twelve connections take, twice
            await ada.say("signal", to="nobody", description=OFFER)
        assert (await known(client, ada.key))["name"] == "Ada"


# ---- one student and another


@in_loop
async def test_nobody_is_removed_or_taken_the_place_of_by_who_only_knows_the_key() -> None:
    async with served(Hall(CODE)) as client:
        ada = await enter(client, "Ada")
        eve = await enter(client, "Ada", token=ada.key)  # all that others are told
        assert eve.key != ada.key and key_of(ada.key) == eve.key
        await ada.told("joined")
        for message in ({"type": "left", "key": ada.key}, {"type": "refused"}, {"type": "ended"}):
            other = Guest(await client.ws_connect(f"/{CODE}/socket"))
            await other.socket.send_str(json.dumps(message))
            await other.told("refused")
        await eve.say("end")
        await eve.say("bot", on=False)
        assert (await known(client, ada.key))["name"] == "Ada"


@in_loop
async def test_who_takes_anothers_name_is_seen_to_be_another() -> None:
    async with served(Hall(CODE)) as client:
        names = ("Ada", "ADA", "\uff21da", "Ben")
        guests = [
            await enter(client, name, token=f"token-number-{place}-xx") for place, name in enumerate(names)
        ]
        assert [guest.welcome["you"]["number"] for guest in guests] == [1, 2, 3, 1]
        again = await enter(client, "Ada", token="token-number-0-xx")
        assert again.welcome["you"]["number"] == 1
        assert not any(guest.welcome["you"]["teacher"] for guest in guests)


@in_loop
async def test_the_sender_of_a_signal_is_who_sent_it() -> None:
    async with served(Hall(CODE)) as client:
        ada, ben, eve = [await enter(client, name) for name in ("Ada", "Ben", "Eve")]
        await eve.say("signal", to=ada.key, description=OFFER, **{"from": ben.key})
        await ada.told("joined")
        await ada.told("joined")
        assert (await ada.told("signal"))["from"] == eve.key


@in_loop
@pytest.mark.parametrize("who", ["student", "teacher", "bot"])
async def test_nobody_switches_anothers_analysis_back_on(who: str) -> None:
    hall = Hall(CODE)
    async with served(hall) as client:
        ada = await enter(client, "Ada", analysed=False)
        wish = {"teacher": {"teacher": hall.teacher}, "bot": {"role": "bot"}, "student": {}}[who]
        other = await enter(client, "Other", **wish)
        await other.say("switch", analysed=True, key=ada.key, to=ada.key, person={"key": ada.key})
        await other.say("signal", to=ada.key, description=OFFER)
        assert (await known(client, ada.key))["analysed"] is False


@in_loop
@pytest.mark.parametrize("key", [None, "", "x" * 32, "\ud800", 7])
async def test_nobody_comes_in_as_the_bot_without_the_rooms_key(key: object) -> None:
    async with served(Hall(CODE)) as client:
        ada = await enter(client, "Ada")
        eve = await knock(client, "meetbot - analysing faces", role="bot", key=key)
        assert (await eve.told("refused"))["reason"] in ("key", "malformed")
        witness = await enter(client, "Witness")
        assert [person["name"] for person in witness.welcome["people"]] == ["Ada"]
        assert (await ada.told("joined"))["person"]["name"] == "Witness"


@in_loop
async def test_the_bot_comes_in_by_the_rooms_key_or_by_the_teachers_link() -> None:
    hall = Hall(CODE)
    async with served(hall) as client:
        for key in (hall.bot, hall.teacher):
            bot = await enter(client, "meetbot", role="bot", key=key)
            assert bot.welcome["you"]["teacher"] is False  # it can't end the class
            await bot.say("end")
            await bot.socket.close()
            await asyncio.sleep(0)
        assert (await enter(client, "Ada")).welcome["you"]["name"] == "Ada"


@in_loop
async def test_the_bot_finds_the_key_of_its_own_room_and_needs_a_link_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "own"))
    hall = Hall(CODE)
    async with opened_room(hall, Place(port=0)) as address:

        async def visit(pin: str | None) -> None:
            bot = ClassRoom(f"{address}/{CODE}", Visit(pin=pin))
            await bot.join(lambda news: None)
            await bot.leave()

        for pin in (None, "the-pin-of-a-janus-room"):
            await visit(pin)
        with monkeypatch.context() as another:
            another.setenv("XDG_STATE_HOME", str(tmp_path / "another-users"))
            with pytest.raises(RoomError, match="teacher's link"):
                await visit(None)
            await visit(hall.teacher)
        assert list(tmp_path.rglob("*.json"))
    assert not list(tmp_path.rglob("*.json"))  # the key goes with the room
