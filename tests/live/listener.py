"""What the bot was told and shown, and waiting for it."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import TypeVar

from aiortc.mediastreams import MediaStreamError
from av.video.frame import VideoFrame

from meetbot.rooms.base import News, Stream, Video, Visit
from meetbot.rooms.classroom import ClassRoom

T = TypeVar("T")


class Bot:
    """The room's adapter, and everything that it told and showed: levels of grey by key."""

    def __init__(self, room: ClassRoom) -> None:
        self.room = room
        self.news: list[News] = []
        self.levels: dict[str, list[float]] = defaultdict(list)
        self.ended: list[str] = []
        self._reading: set[asyncio.Task[None]] = set()

    def hear(self, news: News) -> None:
        """Write it down, and read what is shown."""
        self.news.append(news)
        if isinstance(news, Video):
            task = asyncio.create_task(self._read(news.key, news.stream))
            self._reading.add(task)

    async def _read(self, key: str, stream: Stream) -> None:
        try:
            while True:
                frame = await stream.recv()
                assert isinstance(frame, VideoFrame)
                self.levels[key].append(float(frame.to_ndarray(format="gray").mean()))
        except MediaStreamError:
            self.ended.append(key)

    def told(self, kind: type[News]) -> list[News]:
        """All news of one kind."""
        return [one for one in self.news if isinstance(one, kind)]


@asynccontextmanager
async def bot_in(address: str) -> AsyncIterator[Bot]:
    """The bot in the class while the block runs."""
    bot = Bot(ClassRoom(address, Visit()))
    await bot.room.join(bot.hear)
    try:
        yield bot
    finally:
        await bot.room.leave()
        for task in bot._reading:  # as a stay does: a track that never began has no end either
            task.cancel()
        await asyncio.gather(*bot._reading, return_exceptions=True)


async def until(true: Callable[[], object], within: float = 15.0) -> None:
    """Wait for something that the network brings about."""
    deadline = asyncio.get_running_loop().time() + within
    while not true():
        assert asyncio.get_running_loop().time() < deadline, "it did not come about"
        await asyncio.sleep(0.02)


async def heard(news: Sequence[News], *kinds: type[T], within: float = 20.0) -> T:
    """The first news of one of these kinds; rooms tell it within seconds or never."""
    await until(lambda: any(isinstance(one, kinds) for one in news), within)
    return next(one for one in news if isinstance(one, kinds))
