"""What every kind of room must do; a kind without a stage to try it on fails."""

import asyncio
from pathlib import Path

import pytest
from av.video.frame import VideoFrame

from meetbot.errors import RoomError
from meetbot.rooms import ROOMS, open_room, room_kind
from meetbot.rooms.base import Ended, Joined, Lost, News, Video
from tests.live.listener import heard
from tests.live.stages import LEVEL, STAGES

KINDS = pytest.mark.parametrize("kind", STAGES)


def test_every_kind_of_room_stands_on_a_stage() -> None:
    assert {kind.name for kind in ROOMS} == set(STAGES)


@KINDS
async def test_a_person_is_told_of_and_shown_under_the_same_key(kind: str, tmp_path: Path) -> None:
    async with STAGES[kind](tmp_path) as stage:
        news: list[News] = []
        room = open_room(stage.address, stage.visit)
        await room.join(news.append)
        video = await heard(news, Video)
        assert {one.name for one in news if isinstance(one, Joined) and one.key == video.key} == {stage.name}
        frame = await asyncio.wait_for(video.stream.recv(), 20)
        assert isinstance(frame, VideoFrame)
        assert abs(frame.to_ndarray(format="gray").mean() - LEVEL) < 8
        await room.leave()


@KINDS
async def test_leaving_leaves_no_task_and_may_be_said_twice(kind: str, tmp_path: Path) -> None:
    async with STAGES[kind](tmp_path) as stage:
        before = asyncio.all_tasks()
        room = open_room(stage.address, stage.visit)
        news: list[News] = []
        await room.join(news.append)
        await heard(news, Video)
        await room.leave()
        told = len(news)
        await room.leave()
        await asyncio.sleep(0.3)
        left = [task for task in asyncio.all_tasks() - before if "meetbot" in repr(task.get_coro())]
        assert left == [] and len(news) == told


@KINDS
@pytest.mark.parametrize("where", ["unknown", "closed"])
async def test_a_room_that_is_not_there_is_an_error_and_no_news(
    kind: str, where: str, tmp_path: Path
) -> None:
    async with STAGES[kind](tmp_path) as stage:
        news: list[News] = []
        address: str = getattr(stage, where)
        assert room_kind(address).name == kind
        with pytest.raises(RoomError, match=r"\.$"):
            await open_room(address, stage.visit).join(news.append)
        assert news == []


@KINDS
async def test_a_server_that_goes_away_is_told(kind: str, tmp_path: Path) -> None:
    async with STAGES[kind](tmp_path) as stage:
        news: list[News] = []
        room = open_room(stage.address, stage.visit)
        await room.join(news.append)
        video = await heard(news, Video)
        await asyncio.wait_for(video.stream.recv(), 20)
        await stage.stop()
        await heard(news, Lost, Ended, within=60)
        await room.leave()
