"""A whole stay in a room: coming in, listening, coming back after a break, and going politely."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from aiortc.mediastreams import MediaStreamError
from av.video.frame import VideoFrame

from meetbot.errors import RoomError
from meetbot.rooms.base import Ended, Joined, Left, Lost, News, Room, Stream, Video
from meetbot.settings import (
    JOIN_WITHIN,
    LEAVE_WITHIN,
    REJOIN_FOR,
    REJOIN_PAUSES,
    ROOM_NAME_MOST,
    ROOM_PEOPLE_MOST,
    STEADY_AFTER,
)

Post = Callable[[str, VideoFrame, float], None]
Tell = Callable[[News, float], None]


class Stay:
    """Reads every video that the room offers and nobody opted out of; times are monotonic seconds."""

    def __init__(
        self,
        open_room: Callable[[], Room],
        post: Post,
        tell: Tell,
        refuses: Callable[[str], bool] = lambda name: False,
        where: str = "The room",  # for what is said of it
    ) -> None:
        self._open = open_room
        self._where = where
        self._post = post
        self._tell = tell
        self._refuses = refuses
        self._streams: dict[str, tuple[Stream, asyncio.Task[None]]] = {}
        self._refused: set[str] = set()
        self._named: set[str] = set()  # everybody of this visit to the room
        self._broken: asyncio.Future[News] | None = None

    async def last(self, going: asyncio.Event, entered: Callable[[], None] = lambda: None) -> None:
        """Stay until `going` is set, the class ends, or nobody lets us in again for too long."""
        lost_at: float | None = None
        while not going.is_set():
            room, self._broken = self._open(), asyncio.get_running_loop().create_future()
            try:
                await self._enter(room, going)
            except RoomError as error:
                if lost_at is None:
                    raise
                if time.monotonic() - lost_at > REJOIN_FOR:
                    # The end of the class, not of what was read of it.
                    self._tell(Ended(str(error).rstrip(".")), time.monotonic())
                    return
                await _pause(going, time.monotonic() - lost_at)
                continue
            entered_at = time.monotonic()
            entered()
            news = await _first(self._broken, going)
            await self._hang_up(room)
            if news is not None:
                self._tell(news, time.monotonic())
            if not isinstance(news, Lost):
                return
            if lost_at is None or time.monotonic() - entered_at > STEADY_AFTER:
                lost_at = time.monotonic()
            await _pause(going, time.monotonic() - lost_at)

    async def _enter(self, room: Room, going: asyncio.Event) -> None:
        """Come in, unless that takes too long, or we are to go before it has come about."""
        entering = asyncio.create_task(room.join(self._hear))
        leaving = asyncio.create_task(going.wait())
        await asyncio.wait({entering, leaving}, timeout=JOIN_WITHIN, return_when=asyncio.FIRST_COMPLETED)
        leaving.cancel()
        if entering.done():
            return entering.result()
        entering.cancel()
        await asyncio.gather(entering, return_exceptions=True)
        await room.leave()
        if not going.is_set():
            raise RoomError(
                f"{self._where} did not let the bot in within {JOIN_WITHIN:g} seconds; "
                "check that a class room is at this address, and try again."
            )

    def _hear(self, news: News) -> None:
        if isinstance(news, Ended | Lost):
            if self._broken is not None and not self._broken.done():
                self._broken.set_result(news)
            return
        if isinstance(news, Joined):
            self._named.add(news.key)
            if len(self._named) > ROOM_PEOPLE_MOST:
                self._hear(Ended(f"it names more than {ROOM_PEOPLE_MOST} people"))
                return
            self._mind(news)
            news = replace(news, name=news.name[:ROOM_NAME_MOST])
        if isinstance(news, Left):
            self._let_go(news.key)
        if isinstance(news, Video):
            self._receive(news)
        else:
            self._tell(news, time.monotonic())

    def _mind(self, news: Joined) -> None:
        """Opting out takes effect here and now: the pictures stop before anything else is done."""
        if news.analysed and not self._refuses(news.name):
            self._refused.discard(news.key)
            return
        self._refused.add(news.key)
        self._let_go(news.key)

    def _let_go(self, key: str) -> None:
        """Also of a stream that never began: aiortc does not end such a one."""
        if key in self._streams:
            stream, task = self._streams.pop(key)
            stream.stop()
            task.cancel()

    def _receive(self, news: Video) -> None:
        if news.key in self._refused:
            news.stream.stop()
            return
        self._let_go(news.key)
        task = asyncio.create_task(self._read(news.key, news.stream))
        self._streams[news.key] = (news.stream, task)

    async def _read(self, key: str, stream: Stream) -> None:
        """Every picture is fetched, since aiortc's queue has no end; most are thrown away unseen."""
        with suppress(MediaStreamError):
            while True:
                frame = await stream.recv()
                if isinstance(frame, VideoFrame) and key not in self._refused:
                    self._post(key, frame, time.monotonic())

    async def _hang_up(self, room: Room) -> None:
        for _, task in self._streams.values():
            task.cancel()
        await asyncio.gather(*(task for _, task in self._streams.values()), return_exceptions=True)
        self._streams.clear()
        self._refused.clear()
        self._named.clear()
        with suppress(TimeoutError):
            await asyncio.wait_for(room.leave(), LEAVE_WITHIN)


async def _pause(going: asyncio.Event, lost_for: float) -> None:
    """Short at first, longer with every try."""
    seconds = next((pause for pause in REJOIN_PAUSES if pause > lost_for / 2), REJOIN_PAUSES[-1])
    with suppress(TimeoutError):
        await asyncio.wait_for(going.wait(), seconds)


async def _first(news: asyncio.Future[News], going: asyncio.Event) -> News | None:
    """The end that the room tells, or None when we are the ones to go."""
    leaving = asyncio.ensure_future(going.wait())
    leaving.add_done_callback(lambda done: news.cancel() if not done.cancelled() else None)
    try:
        return await news
    except asyncio.CancelledError:
        if not going.is_set():
            raise
        return None
    finally:
        leaving.cancel()
