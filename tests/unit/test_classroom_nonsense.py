"""What the built-in class room's server puts up with: nonsense, floods, silence, strangers."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest

from meetbot.web import classroom
from meetbot.web.hall import Hall
from tests.classroom import CODE, Guest, enter, in_loop, served

OFFER = {"type": "offer", "sdp": "v=0"}


@in_loop
@pytest.mark.parametrize(
    "text",
    ["{", "[]", '{"type": "sing"}', json.dumps({"type": "join"}), '{"type": "end"}', "\ud83d" + "x" * 10],
)
async def test_nonsense_at_the_door_is_answered_and_hung_up_on(text: str) -> None:
    async with served(Hall(CODE)) as client:
        guest = Guest(await client.ws_connect(f"/{CODE}/socket"))
        await guest.socket.send_str(text.encode("utf-8", "replace").decode())
        assert (await guest.told("refused"))["reason"] == "malformed"
        assert await guest.hung_up_on()


@in_loop
@pytest.mark.parametrize("data", [b"\x00\xff", "x" * 70_000, '{"type": "switch", "talking": "loud"}'])
async def test_nonsense_inside_costs_only_its_sender_the_class(data: str | bytes) -> None:
    async with served(Hall(CODE)) as client:
        ada, eve = await enter(client, "Ada"), await enter(client, "Eve")
        await ada.told("joined")
        await (eve.socket.send_bytes(data) if isinstance(data, bytes) else eve.socket.send_str(data))
        assert (await ada.told("left"))["key"] == eve.key
        await ada.say("switch", talking=True)
        assert len((await enter(client, "Ben")).welcome["people"]) == 1


@in_loop
async def test_a_flood_of_messages_is_hung_up_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classroom, "_BURST", 20.0)
    async with served(Hall(CODE)) as client:
        ada, eve = await enter(client, "Ada"), await enter(client, "Eve")
        await ada.told("joined")
        for _ in range(40):
            await eve.say("signal", to="nobody", description=OFFER)
        assert (await eve.told("refused"))["reason"] == "malformed"
        assert (await ada.told("left"))["key"] == eve.key


@in_loop
async def test_a_page_that_takes_nothing_any_more_is_hung_up_on() -> None:
    told: list[Any] = []
    caller = classroom.Caller(Hall(CODE), aiohttp.web.WebSocketResponse())
    for number in range(classroom._UNSENT + 1):
        caller.say({"number": number})
    while not caller._outbox.empty():
        told.append(caller._outbox.get_nowait())
    assert told == [None]


@in_loop
async def test_who_says_nothing_is_shown_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classroom, "_JOIN_WITHIN", 0.05)
    async with served(Hall(CODE)) as client:
        guest = Guest(await client.ws_connect(f"/{CODE}/socket"))
        assert (await guest.told("refused"))["reason"] == "silent"
        assert await guest.hung_up_on()


@in_loop
async def test_sockets_that_never_join_do_not_pile_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classroom, "_SOCKETS", 2)
    async with served(Hall(CODE)) as client:
        held = [await client.ws_connect(f"/{CODE}/socket") for _ in range(2)]
        with pytest.raises(aiohttp.WSServerHandshakeError, match="503"):
            await client.ws_connect(f"/{CODE}/socket")
        await held[0].close()
        await asyncio.sleep(0.05)
        await enter(client, "Ada")


@in_loop
async def test_an_unknown_code_has_neither_page_nor_socket() -> None:
    async with served(Hall(CODE)) as client:
        assert (await client.get("/other-class")).status == 404
        assert "no class at this address" in await (await client.get("/other-class")).text()
        with pytest.raises(aiohttp.WSServerHandshakeError, match="404"):
            await client.ws_connect("/other-class/socket")


@in_loop
async def test_the_script_of_another_site_gets_no_socket() -> None:
    async with served(Hall(CODE)) as client:
        with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
            await client.ws_connect(f"/{CODE}/socket", origin="https://elsewhere.example")
        here = f"http://{client.host}:{client.port}"
        await (await client.ws_connect(f"/{CODE}/socket", origin=here)).close()
