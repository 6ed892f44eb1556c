"""Coming into a room and going, with rooms that take their time."""

import asyncio

import pytest

from meetbot.errors import RoomError
from meetbot.rooms import stay
from meetbot.rooms.base import Lost, TrackSink
from meetbot.rooms.stay import Stay
from tests.classroom import in_loop


class DeafRoom:
    """Hears whoever wants to come in, and says nothing."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        self.given_up = self.left = 0

    async def join(self, sink: TrackSink) -> None:
        self.asked.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.given_up += 1

    async def leave(self) -> None:
        self.left += 1


def visitor(room: DeafRoom) -> Stay:
    return Stay(lambda: room, lambda key, frame, at: None, lambda news, at: None, where="janus://deaf")


@in_loop
async def test_whoever_is_to_go_does_not_wait_to_be_let_in() -> None:
    room, going = DeafRoom(), asyncio.Event()
    staying = asyncio.create_task(visitor(room).last(going))
    async with asyncio.timeout(5):
        await room.asked.wait()
        going.set()
        await staying
    assert room.given_up == 1 and room.left >= 1


@in_loop
async def test_a_room_that_lets_nobody_in_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stay, "JOIN_WITHIN", 0.05)
    room = DeafRoom()
    with pytest.raises(RoomError, match=r"janus://deaf did not let the bot in within 0.05 seconds"):
        await visitor(room).last(asyncio.Event())
    assert (room.given_up, room.left) == (1, 1)
    assert asyncio.all_tasks() == {asyncio.current_task()}


class BrittleRoom:
    """Lets everybody in, and breaks at once."""

    async def join(self, sink: TrackSink) -> None:
        sink(Lost("the video connection failed"))

    async def leave(self) -> None:
        pass


@pytest.mark.parametrize(("steady_after", "grow"), [(60.0, True), (-1.0, False)], ids=["brittle", "steady"])
@in_loop
async def test_pauses_grow_until_a_stay_was_steady(
    monkeypatch: pytest.MonkeyPatch, steady_after: float, grow: bool
) -> None:
    lost_for: list[float] = []

    async def pause(going: asyncio.Event, seconds: float) -> None:
        lost_for.append(seconds)
        await asyncio.sleep(0.02)
        if len(lost_for) == 3:
            going.set()

    monkeypatch.setattr(stay, "_pause", pause)
    monkeypatch.setattr(stay, "STEADY_AFTER", steady_after)
    await Stay(BrittleRoom, lambda key, frame, at: None, lambda news, at: None).last(asyncio.Event())
    assert (lost_for[1] >= 0.02 and lost_for[2] >= 0.04) is grow
