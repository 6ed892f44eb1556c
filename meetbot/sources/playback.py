"""One pass through a recording: packets become frames, frames become sampling instants."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count
from math import inf

from av.container.input import InputContainer
from av.error import FFmpegError
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from meetbot.settings import DECODE_THREADS, DECODED_BY_ONE
from meetbot.sources.clock import VideoPacket
from meetbot.sources.damage import Damage
from meetbot.sources.frames import picture_of
from meetbot.sources.headers import Headers, Link
from meetbot.sources.orientation import Orientation
from meetbot.sources.packets import PacketReader
from meetbot.sources.sampling import SAME_TIME, Grid, Stamped, plan
from meetbot.types import Event, Frame, Instant, Picture

# These tell a frame's place in the order of showing by the last bits of its number. Behind many frames that
# were left out the decoder takes one for another, and shows frames in the wrong order, or not at all.
_PLACED_BY_LAST = ("h264", "hevc")


@dataclass
class Shown:
    """A frame on show, and its picture once an instant has asked for it."""

    time: float
    frame: VideoFrame
    orientation: Orientation

    @cached_property
    def picture(self) -> Picture:
        """The frame's picture; stills share one."""
        return picture_of(self.frame, self.orientation)


class Playback:
    """Keeps no frame but the one on show, and no packet but those not yet judged."""

    def __init__(
        self,
        container: InputContainer,
        stream: VideoStream,
        orientation: Orientation,
        grid: Grid,
        start: float,
    ) -> None:
        self._orientation = orientation
        self._grid = grid
        self._first = grid.next(start)
        self._events: list[Event] = []
        self._damage = Damage(grid.every)
        self._reader = PacketReader(container, stream, self._damage, self._events)
        self._context = prepared(stream)
        self._headers = Headers(self._context.extradata) if self._context.name == "h264" else None
        self._last_good = -inf

    @property
    def damaged(self) -> bool:
        """Whether anything that was read so far could not be used."""
        return self._damage.seen

    def instants(self, name: str) -> Iterator[Instant]:
        """All sampling instants; the last one carries what is known only at the end."""
        held: Instant | None = None
        for instant in self._sampled():
            if held is not None:
                yield held
            held = instant
        if held is not None:
            end = self._reader.end
            texts = self._damage.summary(end) + self._reader.missing_end(name)
            words = tuple(Event(end, "warning", None, text) for text in texts)
            yield replace(held, events=held.events + self._news() + words)

    def _sampled(self) -> Iterator[Instant]:
        shown: Shown | None = None
        times = (self._grid.at(k) for k in count(self._first))
        time = next(times)
        for following in self._frames():
            while time < following.time - SAME_TIME:
                yield self._instant(time, shown, following)
                time = next(times)
            shown = following
        while shown and (time < self._reader.end - SAME_TIME or time <= shown.time + SAME_TIME):
            yield self._instant(time, shown, None)
            time = next(times)

    def _instant(self, time: float, shown: Shown | None, following: Shown | None) -> Instant:
        if shown is None:  # a file cut at its beginning: the first frames refer to what is gone
            if following and following.time - time <= self._grid.every / 2:
                shown = following
            else:
                self._events += self._damage.gap(time, following.time if following else self._reader.end)
        elif self._damage.stale(shown.time, time):
            self._events += self._damage.gap(shown.time, following.time if following else self._reader.end)
            shown = None
        frames = (Frame(time, shown.picture),) if shown else ()
        return Instant(time, frames, self._news())

    def _news(self) -> tuple[Event, ...]:
        events = tuple(self._events)
        self._events.clear()
        return events

    def _frames(self) -> Iterator[Shown]:
        for packet, wanted, anew in plan(self._stamped(), self._grid, self._first, self._link):
            if anew and self._context.name in _PLACED_BY_LAST:
                yield from self._decoded(None)
                self._context.flush_buffers()
            if self._context.name != "libdav1d":  # which reads this setting only when it is opened
                self._context.skip_frame = "DEFAULT" if wanted else "NONREF"
            yield from self._decoded(packet)
        yield from self._decoded(None)

    def _stamped(self) -> Iterator[Stamped[VideoPacket]]:
        """The packets; a key frame is only what shows a whole picture without any other."""
        for stamped in self._reader.stamped():
            if stamped.key and self._headers and not self._headers.alone(bytes(stamped.packet)):
                stamped = stamped._replace(key=False)
            yield stamped

    def _link(self, packet: VideoPacket) -> Link | None:
        return None if self._headers is None else self._headers.link(bytes(packet))

    def _decoded(self, packet: VideoPacket | None) -> Iterator[Shown]:
        try:
            frames = self._context.decode(packet)
        except FFmpegError:
            time = None if packet is None else self._reader.shown_at(packet)
            self._damage.skip(self._reader.end if time is None else time)
            return
        for frame in frames:
            time = self._reader.shown_at(frame)
            if time is not None and not self._patched(frame, time):
                yield Shown(time, frame, self._orientation)

    def _patched(self, frame: VideoFrame, time: float) -> bool:
        """Whether the decoder had to invent parts of a frame that can be done without."""
        if frame.is_corrupt and time - self._last_good <= self._grid.every:
            self._damage.skip(time)
            return True
        self._last_good = time
        return False


def prepared(stream: VideoStream) -> VideoCodecContext:
    """A stream's decoder before its first packet.

    Its loop filter stays on. It is a seventh of the work, but without it errors add up until the next key
    frame, and faces show another mood: one in a hundred in H.264, more in HEVC.
    """
    context = stream.codec_context
    large = stream.width * stream.height * (stream.average_rate or 0) > DECODED_BY_ONE
    context.thread_type = "AUTO"
    context.thread_count = min(DECODE_THREADS, os.cpu_count() or 1) if large else 1
    return context
