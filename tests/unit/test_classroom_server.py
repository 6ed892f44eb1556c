"""The built-in class room's server: who is let in, and who is told what."""

import pytest

from meetbot.errors import UsageError
from meetbot.settings import CLASS_MOST
from meetbot.web import classroom
from meetbot.web.hall import CODE as CODES
from meetbot.web.hall import Hall, key_of, new_code
from tests.classroom import CODE, Guest, enter, in_loop, knock, served

OFFER = {"type": "offer", "sdp": "v=0"}


@in_loop
async def test_a_newcomer_hears_who_is_there_and_they_hear_of_the_newcomer() -> None:
    async with served(Hall(CODE)) as client:
        ada = await enter(client, "Ada")
        ben = await enter(client, "Ben", analysed=False, camera=False)
        assert ada.welcome["people"] == []
        assert [person["name"] for person in ben.welcome["people"]] == ["Ada"]
        assert (await ada.told("joined"))["person"] == {
            "key": ben.key,
            "name": "Ben",
            "role": "person",
            "teacher": False,
            "analysed": False,
            "camera": False,
            "microphone": True,
            "talking": False,
            "mirrors": False,
            "number": 1,
        }


@in_loop
async def test_signals_reach_the_one_they_are_meant_for_and_say_from_whom() -> None:
    async with served(Hall(CODE)) as client:
        ada, ben, cem = [await enter(client, name) for name in ("Ada", "Ben", "Cem")]
        await cem.say("signal", to=ada.key, description=OFFER)
        await cem.say("switch", talking=True)
        await ada.told("joined")
        await ada.told("joined")
        assert await ada.told("signal") == {"type": "signal", "from": cem.key, "description": OFFER}
        await ben.told("joined")
        assert (await ben.told("changed"))["person"]["talking"] is True


@in_loop
async def test_a_signal_to_nobody_or_to_oneself_goes_nowhere() -> None:
    async with served(Hall(CODE)) as client:
        ada = await enter(client, "Ada")
        for key in ("0" * 16, ada.key):
            await ada.say("signal", to=key, description=OFFER)
        ben = await enter(client, "Ben")
        assert (await ada.told("joined"))["person"]["key"] == ben.key


@in_loop
async def test_whoever_goes_or_vanishes_is_gone_for_the_others() -> None:
    async with served(Hall(CODE)) as client:
        ada, ben = await enter(client, "Ada"), await enter(client, "Ben")
        await ada.told("joined")
        await ben.socket.close()
        assert await ada.told("left") == {"type": "left", "key": ben.key}


@in_loop
async def test_a_page_that_answers_no_ping_any_more_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classroom, "_PING_EVERY", 0.1)
    async with served(Hall(CODE)) as client:
        ada = await enter(client, "Ada")
        ben = Guest(await client.ws_connect(f"/{CODE}/socket", autoping=False))
        await ben.say("join", role="person", name="Ben", token="x" * 16)
        joined = await ada.told("joined")
        assert await ada.told("left") == {"type": "left", "key": joined["person"]["key"]}


@in_loop
async def test_a_reload_keeps_the_key_and_a_second_tab_takes_over() -> None:
    async with served(Hall(CODE)) as client:
        ada, ben = await enter(client, "Ada"), await enter(client, "Ben")
        await ada.told("joined")
        again = await enter(client, "Ben")
        assert again.key == ben.key
        await ben.told("refused")
        assert await ben.hung_up_on()
        assert (await ada.told("left"))["key"] == ben.key
        assert (await ada.told("joined"))["person"]["key"] == ben.key
        await again.say("switch", talking=True)
        assert (await ada.told("changed"))["person"]["talking"] is True


@in_loop
async def test_a_key_survives_the_server_and_does_not_give_the_token_away() -> None:
    token = "secret-of-this-tab-1"
    keys = []
    for _ in range(2):
        async with served(Hall(CODE)) as client:
            keys.append((await enter(client, "Ada", token)).key)
    assert keys == [key_of(token)] * 2
    assert token not in keys[0]


@in_loop
async def test_the_thirteenth_is_told_why_and_where_larger_classes_meet() -> None:
    async with served(Hall(CODE)) as client:
        for number in range(CLASS_MOST):
            await enter(client, f"Student {number}")
        late = await knock(client, "Late")
        refused = await late.told("refused")
        assert refused["reason"] == "full"
        assert "12 people" in refused["why"] and "Janus" in refused["why"]
        assert await late.hung_up_on()
        assert (await enter(client, "meetbot", role="bot")).welcome["you"]["role"] == "bot"
        assert len((await enter(client, "Student 0")).welcome["people"]) == CLASS_MOST


@in_loop
async def test_a_place_is_free_again_when_somebody_goes() -> None:
    async with served(Hall(CODE)) as client:
        first, *_ = [await enter(client, f"Student {number}") for number in range(CLASS_MOST)]
        await first.socket.close()
        assert len((await enter(client, "Late")).welcome["people"]) == CLASS_MOST - 1


@in_loop
async def test_nothing_passes_between_the_bot_and_somebody_who_opted_out() -> None:
    async with served(Hall(CODE)) as client:
        ada, bot = await enter(client, "Ada"), await enter(client, "meetbot", role="bot")
        await ada.told("joined")
        await ada.say("switch", analysed=False)
        await ada.say("signal", to=bot.key, description=OFFER)
        assert (await bot.told("changed"))["person"]["analysed"] is False
        await bot.say("signal", to=ada.key, description=OFFER)
        await ada.say("switch", analysed=True)
        await ada.say("signal", to=bot.key, description=OFFER)
        assert (await bot.told("changed"))["person"]["analysed"] is True
        assert (await bot.told("signal"))["from"] == ada.key
        await bot.say("signal", to=ada.key, description={"type": "answer", "sdp": "v=0"})
        assert (await ada.told("signal"))["description"]["type"] == "answer"


@in_loop
async def test_who_says_nothing_about_it_is_not_analysed() -> None:
    async with served(Hall(CODE)) as client:
        guest = Guest(await client.ws_connect(f"/{CODE}/socket"))
        await guest.say("join", role="person", name="Ada", token="x" * 16)
        assert (await guest.told("welcome"))["you"]["analysed"] is False


@in_loop
async def test_only_the_teachers_link_ends_the_class() -> None:
    hall = Hall(CODE)
    ends: list[bool] = []
    hall.ended = lambda: ends.append(True)
    async with served(hall) as client:
        ada = await enter(client, "Ada")
        await ada.say("end")
        await ada.say("bot", on=False)
        teacher = await enter(client, "Ms Noether", teacher=hall.teacher)
        assert teacher.welcome["you"]["teacher"] is True
        assert hall.bot_wanted and not ends
        await ada.told("joined")
        await teacher.say("end")
        for guest in (ada, teacher):
            while (message := await guest.socket.receive_json())["type"] != "ended":
                pass
            assert message["why"] == "The teacher ended the class."
            assert await guest.hung_up_on()
        assert ends == [True]


@in_loop
async def test_a_wrong_or_old_teachers_link_is_refused() -> None:
    async with served(Hall(CODE)) as client:
        for wrong in ("", "x" * 22, "ü"):
            guest = await knock(client, "Eve", teacher=wrong)
            assert (await guest.told("refused"))["reason"] == "teacher"


@in_loop
async def test_the_teacher_stops_the_bot_and_starts_it_again() -> None:
    hall = Hall(CODE)
    starts: list[bool] = []
    hall.start_bot = lambda: starts.append(True)
    async with served(hall) as client:
        teacher = await enter(client, "Ms Noether", teacher=hall.teacher)
        bot = await enter(client, "meetbot", role="bot")
        await teacher.told("joined")
        await teacher.say("bot", on=False)
        assert await teacher.told("bot") == {"type": "bot", "wanted": False, "can_start": True}
        assert (await teacher.told("left"))["key"] == bot.key
        assert (await bot.told("bot"))["wanted"] is False
        assert (await bot.told("ended"))["why"] == "The teacher stopped the bot."
        assert await bot.hung_up_on()
        refused = await (await knock(client, "meetbot", role="bot")).told("refused")
        assert refused["reason"] == "stopped"
        await teacher.say("bot", on=True)
        assert (await teacher.told("bot"))["wanted"] is True
        assert starts == [True]
        await enter(client, "meetbot", role="bot")


@in_loop
async def test_there_is_one_bot_and_it_may_come_again_after_a_break() -> None:
    async with served(Hall(CODE)) as client:
        await enter(client, "meetbot", role="bot")
        other = await knock(client, "another", role="bot")
        assert (await other.told("refused"))["reason"] == "bot"
        assert (await enter(client, "meetbot", role="bot")).welcome["people"] == []


@in_loop
@pytest.mark.parametrize("path", ["/", f"/{CODE}", "/other", "/static/room.js", "/static/none", "/a/b/c"])
async def test_every_answer_allows_nothing_from_elsewhere(path: str) -> None:
    async with served(Hall(CODE)) as client:
        headers = (await client.get(path)).headers
        rules = dict(
            rule.strip().partition(" ")[::2] for rule in headers["Content-Security-Policy"].split(";")
        )
        assert rules["default-src"] == "'none'"
        assert set(rules.values()) == {"'none'", "'self'"}
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"


@in_loop
async def test_the_page_and_its_parts_are_served_as_what_they_are() -> None:
    async with served(Hall(CODE)) as client:
        page = await client.get(f"/{CODE}")
        assert (page.status, page.content_type) == (200, "text/html")
        parts = {"room.js": "text/javascript", "room.css": "text/css", "icon.svg": "image/svg+xml"}
        for name, kind in parts.items():
            assert (await client.get(f"/static/{name}")).content_type == kind
        for outside in ("..%2Fpyproject.toml", "%2Fetc%2Fpasswd", "room.html%00"):
            assert (await client.get(f"/static/{outside}")).status == 404


@in_loop
async def test_the_ways_through_nat_are_handed_to_everybody() -> None:
    ice = [{"urls": "turn:turn.example", "username": "u", "credential": "p"}]
    async with served(Hall(CODE, ice)) as client:
        assert (await enter(client, "Ada")).welcome["ice"] == ice


def test_new_codes_are_codes_and_differ() -> None:
    codes = {new_code() for _ in range(50)}
    assert len(codes) == 50
    assert all(CODES.fullmatch(code) for code in codes)


@pytest.mark.parametrize("code", ["", "ab", "a b c", "ä-class", "x" * 41, "a/b", "-abc", "room\n"])
def test_a_code_that_fits_into_no_address_is_refused(code: str) -> None:
    with pytest.raises(UsageError, match="class code"):
        Hall(code)
