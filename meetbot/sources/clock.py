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


class Clock:
    """Rewrites the packets' time stamps to media time, and notes where the recording's own clock broke."""

    def __init__(self, tick: Fraction, showing_delay: int | None, events: list[Event]) -> None:
        self._tick = tick
        self._showing_delay = showing_delay  # frames; set when the file knows decoding times only
        self._events = events
        self._shift = 0
        self._last: int | None = None

    def restamp(self, packets: Iterable[VideoPacket]) -> Iterator[VideoPacket]:
        """The same packets with media time in their stamps."""
        packets = iter(packets)
        first = list(islice(packets, REORDER_PACKETS))
        self._shift = -self._origin(first)
        for packet in chain(first, packets):
            self._follow(packet)
            shows = None if self._showing_delay is not None else packet.pts
            decodes = packet.dts
            packet.pts = None if shows is None else shows + self._shift
            packet.dts = None if decodes is None else decodes + self._shift
            yield packet

    def time(self, stamp: int | None) -> float | None:
        """Seconds of media time for a rewritten stamp."""
        return None if stamp is None else float(stamp * self._tick)

    def _origin(self, packets: list[VideoPacket]) -> int:
        if self._showing_delay is not None:
            begin = next((p.dts for p in packets if p.dts is not None), 0)
            return begin + self._showing_delay * next((p.duration or 0 for p in packets), 0)
        stamps = (p.pts if p.pts is not None else p.dts for p in packets if not p.is_discard)
        return min((s for s in stamps if s is not None), default=0)

    def _follow(self, packet: VideoPacket) -> None:
        """Closes a jump of the decoding times, which otherwise only ever grow."""
        if packet.dts is None or packet.is_corrupt:
            return
        if self._last is not None:
            leap = float((packet.dts - self._last) * self._tick)
            if not -CLOCK_JITTER <= leap <= LONGEST_STILL:
                self._shift += self._last + (packet.duration or 1) - packet.dts
                self._note(leap, packet.dts)
        self._last = packet.dts

    def _note(self, leap: float, stamp: int) -> None:
        way = "back" if leap < 0 else "ahead"
        time = max(0.0, float((stamp + self._shift) * self._tick))
        text = (
            f"The recording's clock jumps {way} by {abs(leap):.0f} s; time was counted on without the jump."
        )
        self._events.append(Event(time, "warning", None, text))
