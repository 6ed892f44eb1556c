"""One pass through a recording: packets, then frames, then sampling instants."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from itertools import count
from typing import cast

from av.container.input import InputContainer
from av.error import FFmpegError
from av.packet import Packet
from av.stream import Stream
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from meetbot.settings import DECODE_THREADS
from meetbot.sources.clock import Clock, VideoPacket
from meetbot.sources.frames import picture_of
from meetbot.sources.sampling import SAME_TIME, Grid, Stamped, plan
from meetbot.types import Event, Frame, Instant, Picture

_UNREADABLE_IN_A_ROW = 100  # demuxer errors without a packet in between after which the file counts as over
_HEADER_TELLS_LENGTH = ("mov", "matroska", "avi")  # elsewhere the length is guessed from what is there


@dataclass
class _Shown:
    """The frame on show, and its picture once an instant has asked for it."""

    time: float
    frame: VideoFrame

    @cached_property
    def picture(self) -> Picture:
        return picture_of(self.frame)


@dataclass
class Playback:
    """Everything one pass keeps: no frame but the one on show, no packet but those not judged yet."""

    container: InputContainer
    stream: VideoStream
    grid: Grid
    start: float
    name: str
    events: list[Event] = field(default_factory=list)
    damaged: int = 0  # packets
    hurt: bool = False  # damage since the frame on show
    reached: float = 0.0  # seconds in the container's own time, over all streams
    end: float = 0.0  # media time at which the last frame goes
    gap_noted: float = -1.0  # where the last gap begins that was put down

    def instants(self) -> Iterator[Instant]:
        """All sampling instants; the last one carries what is known only at the end."""
        held: Instant | None = None
        for instant in self._sampled():
            if held is not None:
                yield held
            held = instant
        if held is not None:
            self._conclude()
            yield replace(held, events=held.events + self._news())

    def _sampled(self) -> Iterator[Instant]:
        first = self.grid.next(self.start)
        shown: _Shown | None = None
        coming = count(first)
        k = next(coming)
        for following in self._frames(first):
            while self.grid.at(k) < following.time - SAME_TIME:
                yield self._instant(self.grid.at(k), shown, following)
                k = next(coming)
            shown, self.hurt = following, False
        while shown and (self.grid.at(k) < self.end - SAME_TIME or self.grid.at(k) <= shown.time + SAME_TIME):
            yield self._instant(self.grid.at(k), shown, None)
            k = next(coming)

    def _instant(self, time: float, shown: _Shown | None, following: _Shown | None) -> Instant:
        if shown is None and following and following.time - time <= self.grid.every / 2:
            shown = following  # the very first frames can't be decoded when they refer to cut-off ones
        elif shown and self.hurt and time - shown.time > self.grid.every:
            self._note_gap(shown.time, following.time if following else self.end)
            shown = None
        frames = (Frame(time, shown.picture),) if shown else ()
        return Instant(time, frames, self._news())

    def _news(self) -> tuple[Event, ...]:
        events = tuple(self.events)
        self.events.clear()
        return events

    def _note_gap(self, begin: float, end: float) -> None:
        if begin != self.gap_noted:
            self.gap_noted = begin
            text = f"No picture could be read from {clock_text(begin)} to {clock_text(end)}."
            self.events.append(Event(begin, "gap", None, text))

    def _conclude(self) -> None:
        if self.damaged:
            packets = "1 damaged packet was" if self.damaged == 1 else f"{self.damaged} damaged packets were"
            self._warn(f"{packets} skipped.")
        length = self.container.duration
        if length is None or not self.container.format.name.startswith(_HEADER_TELLS_LENGTH):
            return
        begin, whole = (self.container.start_time or 0) / 1e6, length / 1e6
        if whole - (self.reached - begin) > max(1.0, self.grid.every):
            there = clock_text(self.reached - begin)
            self._warn(f"{self.name} is cut off: of {clock_text(whole)} only the first {there} are there.")

    def _warn(self, text: str) -> None:
        self.events.append(Event(self.end, "warning", None, text))

    def _frames(self, first: int) -> Iterator[_Shown]:
        context = self.stream.codec_context
        context.thread_type = "AUTO"
        context.thread_count = min(DECODE_THREADS, os.cpu_count() or 1)
        context.options = {"skip_loop_filter": "all"}
        clock = Clock(self._tick, self._showing_delay(), self.events)
        for packet, wanted in plan(self._stamped(clock), self.grid, first):
            if context.name != "libdav1d":  # takes this setting at the beginning only
                context.skip_frame = "DEFAULT" if wanted else "NONREF"
            yield from self._decoded(clock, packet)
        yield from self._decoded(clock, None)

    def _decoded(self, clock: Clock, packet: VideoPacket | None) -> Iterator[_Shown]:
        try:
            frames = self.stream.codec_context.decode(packet)
        except FFmpegError:
            self._count_damage()
            return
        for frame in frames:
            time = clock.time(frame.pts if frame.pts is not None else frame.dts)
            if time is not None:
                yield _Shown(time, frame)

    @property
    def _tick(self) -> Fraction:
        assert self.stream.time_base is not None
        return self.stream.time_base

    def _showing_delay(self) -> int | None:
        """AVI keeps decoding times only; for H.264 and HEVC with B-frames the demuxer's guess is wrong."""
        context = self.stream.codec_context
        guessed = self.container.format.name == "avi" and context.name in ("h264", "hevc")
        return context.reorder_depth if guessed and context.reorder_depth else None

    def _stamped(self, clock: Clock) -> Iterator[Stamped[VideoPacket]]:
        for packet in clock.restamp(self._packets()):
            time = clock.time(packet.pts)
            until = clock.time((packet.pts if packet.pts is not None else packet.dts) or 0)
            self.end = max(self.end, (until or 0.0) + float((packet.duration or 0) * self._tick))
            yield Stamped(packet, time, packet.is_keyframe, packet.size)

    def _packets(self) -> Iterator[VideoPacket]:
        """The video's packets; damaged ones are counted and left out, a broken end ends."""
        unreadable = 0
        while unreadable < _UNREADABLE_IN_A_ROW:
            try:
                for packet in self.container.demux():
                    unreadable = 0
                    if packet.size == 0 and packet.dts is None:
                        continue  # the demuxer's sign for the end
                    self._reach(packet)
                    if packet.stream_index == self.stream.index:
                        if packet.is_corrupt:
                            self._count_damage()
                        else:
                            yield cast(VideoPacket, packet)
                return
            except FFmpegError:
                unreadable += 1
                self.hurt = True

    def _reach(self, packet: "Packet[Stream]") -> None:
        stamp = packet.pts if packet.pts is not None else packet.dts
        if stamp is not None and packet.time_base:
            self.reached = max(self.reached, float((stamp + (packet.duration or 0)) * packet.time_base))

    def _count_damage(self) -> None:
        self.damaged += 1
        self.hurt = True


def clock_text(seconds: float) -> str:
    """Seconds as h:mm:ss, or m:ss within the first hour."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
