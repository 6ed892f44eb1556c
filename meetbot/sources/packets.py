"""The compressed frames of one video stream, in media time, with what is damaged left out."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from av.container.input import InputContainer
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from meetbot.clock import clock
from meetbot.settings import LONGEST_STILL
from meetbot.sources.clock import Clock, VideoPacket
from meetbot.sources.container import packets_of
from meetbot.sources.damage import Damage
from meetbot.sources.sampling import Stamped
from meetbot.types import Event

if TYPE_CHECKING:
    from av.stream import Stream

_HOLE = 8192  # bytes between two packets that are more than any container's own bookkeeping
_LENGTH_IN_HEADER = ("mov", "matroska", "avi")  # elsewhere the length is guessed from what is there
_TELLS_PLACES = ("matroska", "avi", "mpeg")  # containers whose packets lie one behind the other
_SHORTER = 1.0  # seconds that sound and pictures may end before the length that the header tells


class PacketReader:
    """Reads a recording once from end to end; keeps none of its packets."""

    def __init__(
        self, container: InputContainer, stream: VideoStream, damage: Damage, events: list[Event]
    ) -> None:
        assert stream.time_base is not None
        self._container = container
        self._stream = stream
        self._damage = damage
        self._clock = Clock(stream.time_base, _showing_delay(container, stream), events)
        self._place = 0  # bytes: where the last packet ends in the file
        self._hole = False  # bytes were stepped over since the last video packet
        self._reached = 0.0  # seconds in the container's own time, over all its streams
        self._longest = 0.0  # seconds that one frame is said to be shown
        self.end = 0.0  # media time until which the last frame is shown

    def stamped(self) -> Iterator[Stamped[VideoPacket]]:
        """The packets in decoding order; their stamps are media time."""
        for packet in self._clock.restamp(self._video()):
            if packet.opaque is not None:
                self._damage.miss(self.end)
            if packet.is_corrupt:
                self._damage.skip(self.end)
                continue
            begin = self.shown_at(packet)
            if begin is not None:
                lasts = self.time(packet.duration) or 0.0
                self._longest = max(self._longest, lasts)
                self.end = max(self.end, begin + min(lasts, LONGEST_STILL))
            yield Stamped(packet, self.time(packet.pts), packet.is_keyframe, packet.size)

    def time(self, stamp: int | None) -> float | None:
        """Seconds of media time for a stamp of a packet or frame."""
        return self._clock.time(stamp)

    def shown_at(self, item: VideoPacket | VideoFrame) -> float | None:
        """When a packet or frame is shown; by its decoding time where the file tells no other."""
        return self.time(item.pts if item.pts is not None else item.dts)

    def missing_end(self, name: str) -> list[str]:
        """Says how much is there, when the header or a frame promises more."""
        if self._longest > LONGEST_STILL:
            said, read = clock(self._longest), clock(LONGEST_STILL)
            return [f"{name} says that it shows one picture for {said}; no more than {read} of it were read."]
        length = _promised(self._container, self._stream)
        there = self._reached - (self._container.start_time or 0) / 1e6
        if length is None or length - there <= _SHORTER:
            return []
        return [f"{name} ends at {clock(there)} instead of {clock(length)}: the rest of it is missing."]

    def _video(self) -> Iterator[VideoPacket]:
        for packet in packets_of(self._container, missed=self._step_over):
            if packet.size == 0 and packet.dts is None:
                continue  # the demuxer's sign for the end
            self._follow(packet)
            if packet.stream_index == self._stream.index:
                if self._hole:
                    packet.opaque = object()  # one for each: PyAV drops what two packets share with the first
                    self._hole = False
                yield cast(VideoPacket, packet)

    def _step_over(self) -> None:
        self._hole = True

    def _follow(self, packet: "Packet[Stream]") -> None:
        """Notes how far the file was read, and the holes that the demuxer steps over in silence."""
        stamp = packet.pts if packet.pts is not None else packet.dts
        if stamp is not None:
            self._reached = max(self._reached, float((stamp + (packet.duration or 0)) * packet.time_base))
        if packet.pos is None or not self._container.format.name.startswith(_TELLS_PLACES):
            return
        if self._place and packet.pos - self._place > _HOLE:
            self._hole = True
        self._place = max(self._place, packet.pos + packet.size)


def _showing_delay(container: InputContainer, stream: VideoStream) -> int | None:
    """AVI keeps decoding times only; for H.264 and HEVC with B-frames the demuxer's guess is wrong."""
    context = stream.codec_context
    guessed = container.format.name == "avi" and context.name in ("h264", "hevc")
    return context.reorder_depth if guessed and context.reorder_depth else None


def _promised(container: InputContainer, stream: VideoStream) -> float | None:
    """The length in seconds that the header tells."""
    if container.duration is None or not container.format.name.startswith(_LENGTH_IN_HEADER):
        return None
    length = container.duration / 1e6
    if container.format.name == "avi" and stream.average_rate:
        # Here the demuxer puts its own length, by what is there, in place of the header's; the count stays.
        length = max(length, float(stream.frames / stream.average_rate))
    return length
