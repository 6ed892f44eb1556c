"""One sender a track: the guard against another student's picture."""

import asyncio
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from aiortc.mediastreams import MediaStreamError
from av.video.frame import VideoFrame

from meetbot.rooms.peer import OneSender, new_peer, without_estimates, without_retransmission

OFFER = "\r\n".join(
    [
        "v=0",
        "m=audio 9 UDP/TLS/RTP/SAVPF 111",
        "a=rtpmap:111 opus/48000/2",
        "m=video 9 UDP/TLS/RTP/SAVPF 96 97 98",
        "a=rtpmap:96 VP8/90000",
        "a=rtcp-fb:96 nack",
        "a=rtpmap:97 rtx/90000",
        "a=fmtp:97 apt=96",
        "a=rtpmap:98 H264/90000",
        "a=ssrc-group:FID 1111 2222",
        "a=ssrc:1111 cname:x",
        "a=ssrc:2222 cname:x",
        "",
    ]
)


class Track:
    """A track that has one picture for ever."""

    def __init__(self) -> None:
        self.given = 0

    async def recv(self) -> VideoFrame:
        await asyncio.sleep(0)
        self.given += 1
        return VideoFrame.from_ndarray(np.zeros((8, 8, 3), np.uint8), "bgr24")


class Receiver:
    """Knows which senders' packets came."""

    def __init__(self, *senders: int) -> None:
        self.senders = senders

    def getSynchronizationSources(self) -> list[SimpleNamespace]:
        return [SimpleNamespace(source=sender) for sender in self.senders]


def stream(track: Track, receiver: Receiver) -> OneSender:
    anything: Any = (track, receiver)
    return OneSender(*anything)


def test_an_offer_without_times_of_sending_is_the_same_otherwise() -> None:
    times = "a=extmap:4 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"
    kept = "a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid"
    offer = OFFER.replace("a=ssrc-group", f"{kept}\r\n{times}\r\na=ssrc-group")
    assert without_estimates(offer) == offer.replace(f"{times}\r\n", "")
    assert kept in without_estimates(offer) and without_estimates(OFFER) == OFFER


def test_pictures_of_one_sender_pass() -> None:
    async def watch() -> None:
        one = stream(Track(), Receiver(1111))
        for _ in range(3):
            assert (await one.recv()).width == 8

    asyncio.run(watch())


def test_a_second_sender_ends_the_track() -> None:
    async def watch() -> None:
        track, receiver = Track(), Receiver(1111)
        one = stream(track, receiver)
        await one.recv()
        receiver.senders = (1111, 2222)
        for _ in range(2):  # it stays ended, also when the other is gone again
            with pytest.raises(MediaStreamError):
                await one.recv()
            receiver.senders = (1111,)

    asyncio.run(watch())


def test_a_sender_that_takes_anothers_place_ends_the_track_too() -> None:
    async def watch() -> None:
        receiver = Receiver(1111)
        one = stream(Track(), receiver)
        await one.recv()
        receiver.senders = (2222,)
        with pytest.raises(MediaStreamError):
            await one.recv()

    asyncio.run(watch())


def test_pictures_that_are_not_wanted_any_more_are_dropped_and_never_pile_up() -> None:
    async def refuse() -> None:
        track = Track()
        one = stream(track, Receiver(1111))
        one.stop()
        before = track.given
        await asyncio.sleep(0.02)
        assert track.given > before
        with pytest.raises(MediaStreamError):
            await one.recv()

    asyncio.run(refuse())


def test_retransmission_with_a_number_of_its_own_is_struck_from_an_offer() -> None:
    struck = without_retransmission(OFFER)
    assert "m=video 9 UDP/TLS/RTP/SAVPF 96 98\r\n" in struck
    for gone in ("rtx", "apt=96", "FID", "2222"):
        assert gone not in struck
    for kept in ("a=rtpmap:96 VP8/90000", "a=rtcp-fb:96 nack", "a=ssrc:1111 cname:x", "SAVPF 111"):
        assert kept in struck


def test_an_offer_without_retransmission_stays_as_it_is() -> None:
    plain = without_retransmission(OFFER)
    assert without_retransmission(plain) == plain


def test_everything_goes_over_one_transport() -> None:
    async def bundled() -> None:
        connection = new_peer()
        for kind in ("audio", "video", "audio", "video"):
            connection.addTransceiver(kind, direction="recvonly")
        offer = await connection.createOffer()
        assert "a=group:BUNDLE 0 1 2 3" in offer.sdp
        assert len({id(one.receiver.transport) for one in connection.getTransceivers()}) == 1
        await connection.close()

    asyncio.run(bundled())
