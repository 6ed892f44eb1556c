"""Pictures are decoded in rounds: all of them, in their order, and the newest is shown."""

from collections.abc import Iterable

import av
import pytest
from aiortc import RTCPeerConnection, rtcrtpreceiver
from aiortc.codecs import get_decoder
from aiortc.codecs.base import Decoder
from aiortc.jitterbuffer import JitterBuffer, JitterFrame
from aiortc.rtcrtpparameters import RTCRtpCodecParameters
from aiortc.rtp import RtpPacket
from av.frame import Frame
from av.video.frame import VideoFrame

from meetbot.rooms.rounds import Gathered, GatheringBuffer, NewestDecoder, decode_in_rounds
from meetbot.settings import GATHER, GATHER_MOST
from tests.classroom import in_loop
from tests.unit.test_jitter import RATE, packets

ROUND = 3  # pictures that come within GATHER at RATE, and the one that ends it


def rounds(arrivals: Iterable[RtpPacket]) -> list[list[int]]:
    """Which pictures come out together."""
    buffer, given = GatheringBuffer(512, is_video=True), list[list[int]]()
    for packet in arrivals:
        _, frame = buffer.add(packet)
        if isinstance(frame, Gathered):
            given.append([number_of(one) for one in frame.pictures])
            assert frame.timestamp == frame.pictures[-1].timestamp
    return given


def number_of(picture: JitterFrame) -> int:
    return int(picture.data.partition(b"<")[2].partition(b".")[0])


class Told(Decoder):
    """Shows each picture as large as its number; some can't be decoded."""

    def __init__(self, broken: int | None = None) -> None:
        self.seen: list[int] = []
        self._broken = broken

    def decode(self, encoded_frame: JitterFrame) -> list[Frame]:
        self.seen.append(number_of(encoded_frame))
        if self.seen[-1] == self._broken:
            raise av.FFmpegError(1, "broken")
        return [VideoFrame(16 * self.seen[-1], 16)]


def gathered(*numbers: int) -> Gathered:
    return Gathered([JitterFrame(f"<{number}.".encode(), 10 * number) for number in numbers])


def test_the_first_picture_comes_at_once_and_the_others_in_rounds() -> None:
    assert RATE * GATHER < ROUND < RATE * GATHER + 1
    given = rounds(packets([2] * 14))
    assert given == [[0], [1, 2, 3], [4, 5, 6], [7, 8, 9], [10, 11, 12]]


def test_after_a_loss_the_whole_picture_comes_at_once() -> None:
    sent = packets([2] * 60, keys=(0, 31))
    del sent[11]
    given = rounds(sent)
    assert [4, 31] in given and given[-1][-1] == 58  # no later than it came
    assert [number for one in given for number in one] == [*range(5), *range(31, 59)]


def test_a_clock_that_stands_still_holds_no_more_than_so_many_pictures() -> None:
    sent = packets([1] * 100)
    for number, packet in enumerate(sent):
        packet.timestamp = 90_000 + number
    assert max(map(len, rounds(sent))) == GATHER_MOST


def test_all_pictures_are_decoded_and_the_newest_is_shown() -> None:
    told = Told()
    [shown] = NewestDecoder(told).decode(gathered(1, 2, 3))
    assert isinstance(shown, VideoFrame) and shown.width == 48
    assert told.seen == [1, 2, 3]


def test_behind_a_broken_picture_the_others_are_decoded_and_the_break_is_told() -> None:
    told = Told(broken=1)
    with pytest.raises(av.FFmpegError):
        NewestDecoder(told).decode(gathered(1, 2, 3))
    assert told.seen == [1, 2, 3]


@in_loop
async def test_a_connection_works_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rtcrtpreceiver, "JitterBuffer", JitterBuffer)
    monkeypatch.setattr(rtcrtpreceiver, "get_decoder", get_decoder)
    decode_in_rounds()
    decode_in_rounds()
    peer = RTCPeerConnection()
    receiver = peer.addTransceiver("video").receiver
    assert isinstance(getattr(receiver, "_RTCRtpReceiver__jitter_buffer"), GatheringBuffer)  # noqa: B009
    await peer.close()


@pytest.mark.parametrize("codec", ["video/VP8", "video/H264"])
def test_a_stream_starts_no_threads_of_its_own(codec: str) -> None:
    decode_in_rounds()
    made = rtcrtpreceiver.get_decoder(RTCRtpCodecParameters(codec, 90_000))  # type: ignore[attr-defined]
    assert isinstance(made, NewestDecoder) and made._decoder.codec.thread_count == 1  # type: ignore[attr-defined]
