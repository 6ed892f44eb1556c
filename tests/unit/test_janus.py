"""The words between the bot and a Janus server, with a server that says what the test writes down."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, ClassVar

import pytest
from aiohttp import WSMsgType, web
from aiohttp.test_utils import TestServer

from meetbot.errors import RoomError
from meetbot.rooms import janus, janus_session
from meetbot.rooms.base import Ended, Joined, Left, Lost, News, Talking, Visit
from meetbot.rooms.janus import JanusRoom
from meetbot.rooms.janus_session import Id
from tests.classroom import in_loop

OWN, CONTROL = 7, 100
Said = dict[str, Any]


class FakeJanus:
    """Answers as Janus does; what happens in the class is for the test to tell."""

    def __init__(self, *publishers: Said, mute: Sequence[str] = (), before: Said | None = None) -> None:
        self.publishers = publishers
        self.before = before  # what is told to the bot before the answer to its joining
        self.mute = mute  # requests that get no answer
        self.asked: list[str] = []
        self.handles = CONTROL - 1
        self.socket: web.WebSocketResponse | None = None

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        self.socket = socket = web.WebSocketResponse(protocols=["janus-protocol"])
        await socket.prepare(request)
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                await self._answer(message.json())
        return socket

    async def _answer(self, asked: Said) -> None:
        assert self.socket is not None
        self.asked.append(asked.get("body", {}).get("ptype") or asked["janus"])
        if self.asked[-1] in self.mute:
            return
        answer: Said = {"janus": "success", "transaction": asked["transaction"]}
        if asked["janus"] == "create":
            answer["data"] = {"id": 1}
        elif asked["janus"] == "attach":
            self.handles += 1
            answer["data"] = {"id": self.handles}
        elif asked["janus"] == "keepalive":
            answer["janus"] = "ack"
        elif asked["janus"] == "message":
            await self.socket.send_json({**answer, "janus": "ack"})
            if self.before and self.asked[-1] == "publisher":
                await self.tell(self.before)
            answer |= {"janus": "event", "sender": asked["handle_id"], **self._entered(asked["body"])}
        await self.socket.send_json(answer)

    def _entered(self, body: Mapping[str, Any]) -> Said:
        if body["ptype"] == "subscriber":
            return {"plugindata": {"data": {"videoroom": "attached"}}, "jsep": {"type": "offer"}}
        joined = {"videoroom": "joined", "id": OWN, "publishers": list(self.publishers)}
        return {"plugindata": {"data": joined}}

    async def tell(self, said: Said) -> None:
        """Something happens in the class."""
        assert self.socket is not None
        event = {"janus": "event", "sender": CONTROL, "plugindata": {"data": said}}
        await self.socket.send_json(event if "videoroom" in said else said)


class FakeWave:
    """A connection whose end takes a while."""

    made: ClassVar[list["FakeWave"]] = []

    def __init__(self, *about: object) -> None:
        self.open = True
        self.made.append(self)

    async def answer(self, message: object) -> None:
        pass

    async def close(self) -> None:
        await asyncio.sleep(0.05)
        self.open = False


@pytest.fixture(autouse=True)
def _waves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FakeWave, "made", [])
    monkeypatch.setattr(janus, "Wave", FakeWave)


def publisher(person: Id, name: str) -> Said:
    return {"id": person, "display": name, "streams": [{"type": "video", "mid": "0"}]}


@asynccontextmanager
async def visit(fake: FakeJanus, number: str = "1234") -> AsyncIterator[tuple[JanusRoom, list[News]]]:
    """The bot in the room, and what it heard there."""
    app = web.Application()
    app.router.add_get("/", fake.serve)
    async with TestServer(app) as server:
        room, news = JanusRoom(f"janus://{server.host}:{server.port}/{number}", Visit()), list[News]()
        await room.join(news.append)
        try:
            yield room, news
        finally:
            await room.leave()


async def came(news: Sequence[News], one: News) -> None:
    async with asyncio.timeout(60):
        while one not in news:
            await asyncio.sleep(0.01)


async def last(news: Sequence[News], kind: type[Lost] | type[Ended]) -> str:
    async with asyncio.timeout(60):
        while not (found := [one.why for one in news if isinstance(one, kind)]):
            await asyncio.sleep(0.01)
    return found[-1]


@in_loop
async def test_who_talks_takes_another_name_and_goes_is_told() -> None:
    fake = FakeJanus(publisher(1, "Ada"))
    async with visit(fake) as (_, news):
        await fake.tell({"videoroom": "talking", "id": 1})
        await fake.tell({"videoroom": "stopped-talking", "id": 1})
        await fake.tell({"videoroom": "event", "id": 1, "display": "Ada L."})
        await fake.tell({"videoroom": "event", "joining": {"id": 2}})
        await fake.tell({"videoroom": "event", "leaving": 1})
        await came(news, Left("1"))
    told = [Talking("1", True), Talking("1", False), Joined("1", "Ada L."), Joined("2", "Guest 2"), Left("1")]
    assert news == [Joined("1", "Ada"), *told]


@in_loop
async def test_news_before_the_bot_knows_who_it_is_is_of_others() -> None:
    fake = FakeJanus(before={"videoroom": "event", "publishers": [publisher(1, "Ada")]})
    async with visit(fake) as (_, news):
        await fake.tell({"videoroom": "event", "joining": {"id": 2}})
        await came(news, Joined("2", "Guest 2"))
    assert news == [Joined("1", "Ada"), Joined("2", "Guest 2")]
    assert "subscriber" in fake.asked


@in_loop
async def test_ids_may_be_text_as_rooms_may_be() -> None:
    fake = FakeJanus(publisher("ada", "Ada"), publisher("bo", "Bo"))
    async with visit(fake, "class-5b") as (_, news):
        await fake.tell({"videoroom": "event", "unpublished": "ada"})
        await fake.tell({"videoroom": "event", "publishers": [publisher("ada", "Ada")]})
        await fake.tell({"videoroom": "event", "leaving": "bo"})
        await came(news, Left("bo"))
        async with asyncio.timeout(60):
            while len(FakeWave.made) < 2:  # Ada's pictures are asked for again
                await asyncio.sleep(0.01)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"videoroom": "event", "kicked": OWN}, "the bot was sent out of the room"),
        ({"videoroom": "event", "leaving": "ok", "reason": "kicked"}, "the bot was sent out of the room"),
        ({"videoroom": "destroyed"}, "the room was closed"),
    ],
)
@in_loop
async def test_the_end_is_said_plainly(said: Said, why: str) -> None:
    fake = FakeJanus()
    async with visit(fake) as (_, news):
        await fake.tell(said)
        assert await last(news, Ended) == why


@in_loop
async def test_a_connection_that_is_being_closed_is_closed_before_the_bot_is_gone() -> None:
    fake = FakeJanus(publisher(1, "Ada"))
    async with visit(fake) as (room, news):
        async with asyncio.timeout(60):
            while "subscriber" not in fake.asked:
                await asyncio.sleep(0.01)
        await fake.tell({"videoroom": "event", "leaving": 1})
        await came(news, Left("1"))
        await asyncio.sleep(0.01)
        await room.leave()
        assert [wave.open for wave in FakeWave.made] == [False]


@in_loop
async def test_a_network_that_went_away_silently_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(janus_session, "_KEEP_ALIVE_EVERY", 0.05)
    monkeypatch.setattr(janus_session, "_ANSWER_WITHIN", 0.2)
    fake = FakeJanus(mute=["keepalive", "destroy"])
    async with visit(fake) as (_, news):
        assert "does not answer" in await last(news, Lost)


@pytest.mark.parametrize("said", [{"no": "janus"}, {"janus": "event", "sender": CONTROL, "plugindata": 5}])
@in_loop
async def test_nonsense_of_the_server_is_the_end_of_the_connection_and_of_nothing_else(said: Said) -> None:
    fake = FakeJanus()
    async with visit(fake) as (_, news):
        await fake.tell(said)
        assert "no Janus server says" in await last(news, Lost)


@in_loop
async def test_a_server_that_does_not_answer_costs_no_task_and_no_socket(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(janus_session, "_ANSWER_WITHIN", 0.2)
    fake = FakeJanus(mute=["create"])
    with pytest.raises(RoomError, match="does not answer"):
        async with visit(fake):
            pass
    assert fake.socket is not None and fake.socket.closed
    left = [task for task in asyncio.all_tasks() if "meetbot" in repr(task.get_coro())]
    assert left == []
