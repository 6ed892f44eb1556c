"""Servers and pages that say what none of ours says: the bot hears it, or ends the visit, and never hangs."""

import asyncio
import contextlib
import json
from collections.abc import Mapping
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from aiortc import RTCPeerConnection
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as some

from meetbot.errors import RoomError
from meetbot.rooms import janus
from meetbot.rooms.base import Ended, Joined, Lost, News, TrackSink, Visit
from meetbot.rooms.card import Card
from meetbot.rooms.classroom import ClassRoom
from meetbot.rooms.classroom_peer import PersonPeer
from meetbot.rooms.peer import description
from meetbot.rooms.stay import Stay
from meetbot.rooms.whep import WhepStream
from meetbot.settings import ROOM_NAME_MOST, ROOM_PEOPLE_MOST, SDP_MEDIA_MOST, WHEP_ANSWER_MOST
from tests.classroom import in_loop
from tests.unit.test_classroom_bot import ADA
from tests.unit.test_janus import FakeJanus, FakeWave, visit

FEW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
DEEP = "[" * 100_000
KEYS = (
    "janus",
    "sender",
    "plugindata",
    "data",
    "videoroom",
    "id",
    "display",
    "publishers",
    "streams",
    "leaving",
)
CLASS_KEYS = ("type", "key", "person", "from", "description", "candidate", "people", "ice", "why", "sdp")
WORDS = ("event", "ack", "error", "joining", "joined", "welcome", "signal", "changed", "left", "offer")

atoms = some.none() | some.booleans() | some.integers() | some.floats(allow_nan=False) | some.text(max_size=8)


def documents(keys: tuple[str, ...]) -> some.SearchStrategy[Any]:
    """JSON that looks a little like a server's."""
    words = some.sampled_from(WORDS) | atoms
    return some.recursive(
        words,
        lambda inner: (
            some.lists(inner, max_size=3)
            | some.dictionaries(some.sampled_from(keys) | some.text(max_size=5), inner, max_size=5)
        ),
        max_leaves=14,
    )


@pytest.fixture(autouse=True)
def _waves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(janus, "Wave", FakeWave)


async def ends_or_hears(news: list[News]) -> None:
    """Whether the visit goes on, so that Zoe is heard, or has told its end."""
    async with asyncio.timeout(60):
        while not any(isinstance(one, Ended | Lost) or one == Joined("zoe", "Zoe") for one in news):
            await asyncio.sleep(0.005)


@FEW
@given(some.lists(documents(KEYS), min_size=1, max_size=6))
@example(
    [{"janus": "event", "sender": 100, "plugindata": {"data": {"videoroom": "event", "publishers": [5]}}}]
)
@in_loop
async def test_whatever_a_janus_server_says_the_bot_goes_on_or_goes(said: list[Any]) -> None:
    fake = FakeJanus()
    async with visit(fake) as (_, news):
        assert fake.socket is not None
        with contextlib.suppress(ConnectionError):
            for one in said:
                await fake.socket.send_str(json.dumps(one))
            await fake.tell({"videoroom": "event", "joining": {"id": "zoe", "display": "Zoe"}})
        await ends_or_hears(news)


@in_loop
async def test_brackets_in_brackets_end_the_visit_to_a_janus_server() -> None:
    fake = FakeJanus()
    async with visit(fake) as (_, news):
        assert fake.socket is not None
        await fake.socket.send_str(DEEP)
        await ends_or_hears(news)
    assert any(isinstance(one, Lost) for one in news)


@pytest.mark.parametrize("entered", [{"plugindata": None}, {"plugindata": {"data": {"videoroom": "joined"}}}])
@in_loop
async def test_a_janus_server_that_lets_in_with_nonsense_is_no_room(entered: Any) -> None:
    class Liar(FakeJanus):
        def _entered(self, body: Mapping[str, Any]) -> dict[str, Any]:
            return dict(entered)

    with pytest.raises(RoomError, match="not as a VideoRoom does"):
        async with visit(Liar()):
            pass


@FEW
@given(some.lists(documents(CLASS_KEYS) | some.just({"type": "joined", "person": ADA}), max_size=6))
@example([{"type": "signal", "from": "a", "description": "offer"}])
@in_loop
async def test_whatever_a_class_room_says_the_bot_goes_on_or_goes(said: list[Any]) -> None:
    zoe = {**ADA, "key": "zoe", "name": "Zoe"}
    told = [{"type": "welcome", "you": {}, "people": [], "ice": []}, *said, {"type": "joined", "person": zoe}]
    await _visit_class([json.dumps(one) for one in told])


@in_loop
async def test_brackets_in_brackets_end_the_visit_to_a_class_room() -> None:
    news = await _visit_class(['{"type": "welcome", "people": [], "ice": []}', DEEP])
    assert any(isinstance(one, Lost) for one in news)


@pytest.mark.parametrize(
    "welcome",
    [DEEP, "5", '{"type": "welcome"}', '{"type": "welcome", "people": [5], "ice": []}',
     '{"type": "welcome", "people": [], "ice": [{"urls": "stun:h:x"}]}'],
)  # fmt: skip
@in_loop
async def test_a_class_room_that_welcomes_with_nonsense_is_no_room(welcome: str) -> None:
    with pytest.raises(RoomError, match="not as a class room"):
        await _visit_class([welcome])


async def _visit_class(told: list[str]) -> list[News]:
    """What the bot hears of a server that says this, one message after the other."""

    async def serve(request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.receive()
        with contextlib.suppress(ConnectionError):
            for one in told:
                await socket.send_str(one)
        await socket.receive()
        return socket

    app, news = web.Application(), list[News]()
    app.router.add_get("/moba-keto/socket", serve)
    async with TestServer(app) as server:
        room = ClassRoom(f"http://{server.host}:{server.port}/moba-keto", Visit())
        await room.join(news.append)
        try:
            await ends_or_hears(news)
        finally:
            await room.leave()
    return news


@settings(max_examples=25, deadline=None)
@given(
    some.lists(some.tuples(some.integers(0, 2000), some.text(max_size=6)), max_size=5), some.integers(0, 2000)
)
@in_loop
async def test_an_offer_that_was_tampered_with_is_answered_or_declined(
    changes: list[tuple[int, str]], end: int
) -> None:
    sdp = await _offer()
    for place, text in changes:
        sdp = sdp[:place] + text + sdp[place + len(text) :]
    peer = PersonPeer("a", (), Card(), lambda news: None)
    try:
        answer = await peer.answer({"type": "offer", "sdp": sdp[: len(sdp) - end]})
        assert answer is None or answer["type"] == "answer"
    finally:
        await peer.close()


@pytest.mark.parametrize("offer", [{}, {"sdp": 5}, {"sdp": None}, {"sdp": "m=video\r\n" * 10_000}])
@in_loop
async def test_an_offer_that_is_none_is_declined(offer: dict[str, Any]) -> None:
    peer = PersonPeer("a", (), Card(), lambda news: None)
    try:
        assert await peer.answer(offer) is None
        await peer.add({"candidate": "candidate:" + "9" * 5000})  # and so is a way that is none
    finally:
        await peer.close()


def test_a_description_without_an_end_is_refused_before_anything_is_made_of_it() -> None:
    with pytest.raises(ValueError, match="a description of 300000 letters"):
        description("v" * 300_000, "offer")
    with pytest.raises(ValueError, match=f"{SDP_MEDIA_MOST + 1} streams"):
        description("m=video\r\n" * (SDP_MEDIA_MOST + 1), "offer")


async def _offer() -> str:
    peer = RTCPeerConnection()
    peer.addTransceiver("video", direction="sendonly")
    await peer.setLocalDescription(await peer.createOffer())
    sdp: str = peer.localDescription.sdp
    await peer.close()
    return sdp


@pytest.mark.parametrize(
    ("status", "text", "headers"),
    [
        (201, "", {}),
        (201, "v" * (WHEP_ANSWER_MOST + 1), {"Location": "http://[/"}),
        (302, "", {"Location": "http://[/"}),
        (500, "x" * (WHEP_ANSWER_MOST + 1), {}),
        (
            201,
            "v=0\r\n" + "m=video 9 UDP/TLS/RTP/SAVPF 97\r\n" * 1000,
            {"Link": '<stun:h:x>; rel="ice-server"'},
        ),
    ],
)
@in_loop
async def test_a_whep_server_that_answers_nonsense_is_no_stream(
    status: int, text: str, headers: dict[str, str]
) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(status=status, text=text, headers=headers)

    app = web.Application()
    app.router.add_route("*", "/class", answer)
    async with TestServer(app) as server:
        room = WhepStream(f"whep+http://{server.host}:{server.port}/class", Visit())
        with pytest.raises(RoomError):
            await room.join(lambda news: None)


class CrowdedRoom:
    """Names more people than any class has, with names that never stop."""

    async def join(self, sink: TrackSink) -> None:
        for number in range(ROOM_PEOPLE_MOST + 50):
            sink(Joined(str(number), "N" * 10_000))

    async def leave(self) -> None:
        pass


@in_loop
async def test_a_room_that_names_people_without_end_is_left() -> None:
    news: list[News] = []
    stay = Stay(CrowdedRoom, lambda key, frame, at: None, lambda one, at: news.append(one))
    async with asyncio.timeout(60):
        await stay.last(asyncio.Event())
    names = [one.name for one in news if isinstance(one, Joined)]
    assert len(names) == ROOM_PEOPLE_MOST and {len(name) for name in names} == {ROOM_NAME_MOST}
    assert isinstance(news[-1], Ended) and "names more than" in news[-1].why
