"""The bot's side of the built-in class room, without a network."""

import asyncio
from typing import ClassVar

import pytest

from meetbot.rooms import classroom
from meetbot.rooms.base import Visit
from meetbot.rooms.classroom import ClassRoom
from tests.classroom import in_loop

ADA = {
    "key": "a",
    "name": "Ada",
    "role": "person",
    "teacher": False,
    "analysed": True,
    "camera": True,
    "talking": False,
}
OFFER = {"type": "signal", "from": "a", "description": {"type": "offer", "sdp": "v=0"}}


class FakePeer:
    """A connection whose end takes a while."""

    made: ClassVar[list["FakePeer"]] = []

    def __init__(self, *about: object) -> None:
        self.open = True
        self.made.append(self)

    async def answer(self, offer: object) -> None:
        await asyncio.sleep(60)

    async def close(self) -> None:
        await asyncio.sleep(0.05)
        self.open = False


@pytest.fixture(autouse=True)
def _peers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FakePeer, "made", [])
    monkeypatch.setattr(classroom, "PersonPeer", FakePeer)


@pytest.mark.parametrize(
    "news",
    [
        {"type": "left", "key": "a"},
        {"type": "changed", "person": {**ADA, "analysed": False}},
        OFFER,
    ],
    ids=["goes", "opts out", "connects anew"],
)
@in_loop
async def test_every_connection_is_closed_before_the_bot_is_gone(news: dict[str, object]) -> None:
    room = ClassRoom("http://localhost:9/moba-keto", Visit())
    for said in ({"type": "joined", "person": ADA}, OFFER, news):
        room._hear(said)
        await asyncio.sleep(0)
    await room.leave()
    assert [peer.open for peer in FakePeer.made] == [False] * len(FakePeer.made)
    assert FakePeer.made and asyncio.all_tasks() == {asyncio.current_task()}
