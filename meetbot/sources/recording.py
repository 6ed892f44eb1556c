"""A recorded lesson in a video file."""

from collections.abc import Generator, Iterator
from contextlib import ExitStack, closing, suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import cast

from av.container.input import InputContainer
from av.error import FFmpegError
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from meetbot.errors import InputError
from meetbot.sources.clock import VideoPacket
from meetbot.sources.container import demuxing, opened, packets_of, video_of
from meetbot.sources.files import content_hash, require_size
from meetbot.sources.frames import orientation_of
from meetbot.sources.orientation import Orientation
from meetbot.sources.playback import Playback
from meetbot.sources.sampling import Grid
from meetbot.types import About, Event, Instant


class Recording:
    """Yields the frame shown at each instant k x every; the lesson begins at the first video frame."""

    def __init__(self, path: Path, every: float, start: float = 0.0) -> None:
        self._path = path
        self._grid = Grid(every)
        self._start = start
        self._stack = ExitStack()
        self._playback: Playback | None = None
        with opened(path) as container:
            stream, others = video_of(container, path)
            self._index = stream.index
            self._others = tuple(f"{s.width}x{s.height}" for s in others)
            self._started_at = container.metadata.get("creation_time")
            self._duration = _duration(container, stream)
        with demuxing(path):
            self._orientation, self._size = self._first_look()

    @cached_property
    def about(self) -> About:
        """What the file says of itself; reads it once from end to end for the content hash."""
        return About(self._path.stem, content_hash(self._path), self._started_at, self._duration, self._size)

    @property
    def length(self) -> float | None:
        """Seconds, as far as the file tells."""
        return self._duration

    @property
    def damaged(self) -> bool:
        """Whether anything that was read so far could not be used."""
        return self._playback is not None and self._playback.damaged

    def __enter__(self) -> Iterator[Instant]:
        container = self._stack.enter_context(opened(self._path))
        stream = container.streams[self._index]
        assert isinstance(stream, VideoStream)
        self._playback = playback = Playback(container, stream, self._orientation, self._grid, self._start)
        return self._stack.enter_context(closing(self._guarded(playback)))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def _guarded(self, playback: Playback) -> Generator[Instant, None, None]:
        greeting = self._greeting()
        with demuxing(self._path):
            for instant in playback.instants(self._path.name):
                yield replace(instant, events=greeting + instant.events) if greeting else instant
                greeting = ()

    def _greeting(self) -> tuple[Event, ...]:
        if not self._others:
            return ()
        others = " and ".join(self._others)
        text = f"{self._path.name} has several videos; the largest was read, {others} left out."
        return (Event(self._start, "warning", None, text),)

    def _first_look(self) -> tuple[Orientation, tuple[int, int]]:
        """How the first picture that can be decoded has to be turned, and its size then."""
        with opened(self._path) as container:
            frame = next(_frames(container, self._index), None)
        if frame is None:
            name = self._path.name
            raise InputError(f"no picture of {name} can be decoded; see whether another program plays it.")
        orientation = orientation_of(frame)
        size = orientation.size(frame.width, frame.height)
        require_size(self._path, size)
        return orientation, size


def _frames(container: InputContainer, index: int) -> Iterator[VideoFrame]:
    stream = container.streams[index]
    assert isinstance(stream, VideoStream)
    for packet in packets_of(container, stream):
        with suppress(FFmpegError):
            yield from cast(VideoPacket, packet).decode()


def _duration(container: InputContainer, stream: VideoStream) -> float | None:
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    return None if container.duration is None else container.duration / 1e6
