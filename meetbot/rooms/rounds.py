"""Decodes the pictures of a video a few at a time, and shows the newest of them.

Each picture is built on the one before, so all of them are decoded; one a look is read. aiortc (1.16) wakes a
thread for every picture of every person and makes a task of its loop of what is decoded. Here compressed
pictures are held back for GATHER seconds of the sender's clock, and then decoded in one go: with 50 people
decoding takes 18 % of a core instead of 25, and the network 17 instead of 22 (benchmarks/live.py).
"""

from aiortc import rtcrtpreceiver
from aiortc.codecs import get_decoder
from aiortc.codecs.base import Decoder
from aiortc.codecs.h264 import H264Decoder
from aiortc.codecs.vpx import Vp8Decoder
from aiortc.jitterbuffer import JitterFrame
from aiortc.rtcrtpparameters import RTCRtpCodecParameters
from aiortc.rtp import RtpPacket
from av import FFmpegError
from av.frame import Frame

from meetbot.rooms.jitter import PromptBuffer, since
from meetbot.settings import GATHER, GATHER_MOST


class Gathered(JitterFrame):
    """Compressed pictures in their order, with the time of the newest one."""

    def __init__(self, pictures: list[JitterFrame]) -> None:
        super().__init__(pictures[-1].data, pictures[-1].timestamp)
        self.pictures = pictures


class GatheringBuffer(PromptBuffer):
    """A jitter buffer that gives video out in rounds; the first picture of all comes at once."""

    def __init__(self, capacity: int, prefetch: int = 0, is_video: bool = False) -> None:
        super().__init__(capacity, prefetch, is_video)
        self._held: list[JitterFrame] = []
        self._given: int | None = None  # RTP's clock when the last round was given out

    def add(self, packet: RtpPacket) -> tuple[bool, JitterFrame | None]:
        """A packet in; whether to ask for a whole picture, and the pictures of a round that is over."""
        ask, frame = super().add(packet)
        if frame is None or not self._is_video:
            return ask, frame
        self._held.append(frame)
        if self._goes_on(frame.timestamp):
            return ask, None
        self._given, self._held, held = frame.timestamp, [], self._held
        return ask, Gathered(held)

    def _goes_on(self, now: int) -> bool:
        if self._given is None or len(self._held) >= GATHER_MOST:
            return False
        return 0 <= since(self._given, now) < GATHER


class NewestDecoder(Decoder):
    """A decoder of aiortc's that shows the newest picture of a round."""

    def __init__(self, decoder: Decoder) -> None:
        self._decoder = decoder

    def decode(self, encoded_frame: JitterFrame) -> list[Frame]:
        """Decode all of a round, also behind a broken picture; where one is, a whole picture is asked for."""
        if not isinstance(encoded_frame, Gathered):
            return self._decoder.decode(encoded_frame)
        shown: list[Frame] = []
        broken: FFmpegError | None = None
        for picture in encoded_frame.pictures:
            try:
                shown = self._decoder.decode(JitterFrame(picture.data, encoded_frame.timestamp)) or shown
            except FFmpegError as error:
                broken = error
        if broken is not None:
            raise broken
        return shown[-1:]


def decode_in_rounds() -> None:
    """Let aiortc work so from here on; doing it twice does no harm."""
    rtcrtpreceiver.JitterBuffer = GatheringBuffer  # type: ignore[attr-defined]
    rtcrtpreceiver.get_decoder = _newest_decoder  # type: ignore[attr-defined]


def _newest_decoder(codec: RTCRtpCodecParameters) -> Decoder:
    decoder = get_decoder(codec)
    if isinstance(decoder, Vp8Decoder | H264Decoder):
        decoder.codec.thread_count = 1  # or each stream starts a thread for each core, which gain nothing
    return NewestDecoder(decoder)
