"""The media time of a recording: zero at its first video frame, and never backwards."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import chain, islice
from typing import TYPE_CHECKING

from av.packet import Packet
from av.video.stream import VideoStream

from meetbot.settings import CLOCK_JITTER, LONGEST_STILL, REORDER_PACKETS
from meetbot.types import Event

if TYPE_CHECKING:
    VideoPacket = Packet[VideoStream]
else:
    VideoPacket = Packet  # generic in PyAV's stubs only

_TOLD_JUMPS = 10  # a clock that jumps at every packet would fill the report


class Clock:
    """Rewrites the packets' time stamps to media time, and notes where the recording's own clock broke."""

    def __init__(self, tick: Fraction, showing_delay: int | None, events: list[Event]) -> None:
        self._ticks, self._second = tick.numerator, tick.denominator
        self._showing_delay = showing_delay  # frames; set when the file knows decoding times only
        self._events = events
        self._shift = self._shift_before = 0
        self._decoded: int | None = None  # the last decoding time, in the file's own count
        self._latest = 0  # the latest stamp given out
        self._jumps = 0

    def restamp(self, packets: Iterable[VideoPacket]) -> Iterator[VideoPacket]:
        """The same packets with media time in their stamps."""
        packets = iter(packets)
        first = list(islice(packets, REORDER_PACKETS))
        self._shift = self._shift_before = -self._origin(first)
        for packet in chain(first, packets):
            if not packet.is_corrupt:
                self._rewrite(packet)
            yield packet

    def _rewrite(self, packet: VideoPacket) -> None:
        step = packet.duration or 1
        if packet.dts is not None:  # grows from packet to packet, whatever order they are shown in
            if self._decoded is not None and self._seconds(packet.dts - self._decoded) < -CLOCK_JITTER:
                self._jump(packet.dts if packet.pts is None else packet.pts, step)
            self._decoded = packet.dts
        shows = None if self._showing_delay is not None else packet.pts
        packet.pts = None if shows is None else self._place(shows, step)
        packet.dts = None if packet.dts is None else self._place(packet.dts, step)
        for stamp in (packet.pts, packet.dts):
            self._latest = max(self._latest, stamp or 0)

    def _place(self, stamp: int, step: int) -> int:
        """Media time of a stamp; around a leap, frames from before and behind it are mixed."""
        for shift in (self._shift, self._shift_before):
            if abs(self._seconds(stamp + shift - self._latest)) <= LONGEST_STILL:
                return stamp + shift
        self._jump(stamp, step)
        return stamp + self._shift

    def _jump(self, stamp: int, step: int) -> None:
        """Lets `stamp` follow the latest time."""
        leap = self._seconds(stamp + self._shift - self._latest)
        self._shift_before, self._shift = self._shift, self._latest + step - stamp
        self._jumps += 1
        if self._jumps > _TOLD_JUMPS:
            return
        way = "back" if leap < 0 else "ahead"
        text = (
            f"The recording's clock jumps {way} by {abs(leap):.0f} s; time was counted on without the jump."
        )
        self._events.append(Event(self._seconds(self._latest), "warning", None, text))

    def _seconds(self, ticks: int) -> float:
        return ticks * self._ticks / self._second  # as exact as the fraction, and ten times as fast

    def time(self, stamp: int | None) -> float | None:
        """Seconds of media time for a rewritten stamp."""
        return None if stamp is None else self._seconds(stamp)

    def _origin(self, packets: list[VideoPacket]) -> int:
        if self._showing_delay is not None:
            begin = next((p.dts for p in packets if p.dts is not None), 0)
            return begin + self._showing_delay * next((p.duration or 0 for p in packets), 0)
        stamps = (p.pts if p.pts is not None else p.dts for p in packets if not p.is_discard)
        return min((s for s in stamps if s is not None), default=0)
