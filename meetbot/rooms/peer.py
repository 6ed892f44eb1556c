"""The WebRTC connection as all rooms use it: one transport, no second sender on a track."""

import asyncio
import re
from collections.abc import Callable, Sequence
from contextlib import suppress

from aiortc import (
    MediaStreamTrack,
    RTCBundlePolicy,
    RTCConfiguration,
    RTCIceServer,
    RTCPeerConnection,
    RTCRtpReceiver,
    RTCSessionDescription,
)
from aiortc.exceptions import InvalidAccessError, InvalidStateError
from aiortc.mediastreams import MediaStreamError
from aiortc.rtcicetransport import parse_stun_turn_uri
from av.video.frame import VideoFrame

from meetbot.rooms.base import NONSENSE
from meetbot.rooms.demultiplex import mind_the_first_byte
from meetbot.rooms.rounds import decode_in_rounds
from meetbot.rooms.sockets import give_room
from meetbot.settings import SDP_MEDIA_MOST, SDP_MOST

_PORT_MOST = 65_535

# What aiortc raises over a description that makes no sense.
# RuntimeError: aiortc's StopIteration, where a description names a codec that it does not describe.
SENSELESS = (*NONSENSE, InvalidAccessError, InvalidStateError, RuntimeError)


def new_peer(ice: Sequence[RTCIceServer] = ()) -> RTCPeerConnection:
    """A connection that carries everything over one transport.

    With aiortc's default and the order audio, video, audio, video, the last video arrives on the other
    student's track when both are VP8.
    """
    mind_the_first_byte()
    decode_in_rounds()
    give_room()
    return RTCPeerConnection(RTCConfiguration(list(ice), bundlePolicy=RTCBundlePolicy.MAX_BUNDLE))


def ice_server(url: str, user: str | None = None, password: str | None = None) -> RTCIceServer:
    """A STUN or TURN server; a ValueError for one that no connection could be made with."""
    if parse_stun_turn_uri(url)["port"] > _PORT_MOST:
        raise ValueError(f"{url} names no port")
    return RTCIceServer(url, username=user, credential=password)


def description(sdp: str, kind: str) -> RTCSessionDescription:
    """What the other side says; an endless one is refused before anything is made of it."""
    if len(sdp) > SDP_MOST or sdp.count("m=") > SDP_MEDIA_MOST:
        raise ValueError(f"a description of {len(sdp)} letters with {sdp.count('m=')} streams")
    return RTCSessionDescription(sdp, kind)


class OneSender:
    """A video track that ends when packets of a second sender reach it: no reading beats a wrong one."""

    def __init__(
        self,
        track: MediaStreamTrack,
        receiver: RTCRtpReceiver,
        unwanted: Callable[[], None] = lambda: None,
    ) -> None:
        self._track = track
        self._unwanted = unwanted
        self._receiver = receiver
        self._sender: int | None = None
        self._draining: asyncio.Task[None] | None = None

    async def recv(self) -> VideoFrame:
        """The next picture; raises MediaStreamError at the end."""
        if self._draining is not None:
            raise MediaStreamError("these pictures are not wanted any more")
        frame = await self._track.recv()
        senders = {source.source for source in self._receiver.getSynchronizationSources()}
        if self._sender is None and len(senders) == 1:
            (self._sender,) = senders
        if senders - {self._sender}:
            self.stop()
            raise MediaStreamError(f"pictures of {len(senders)} senders arrived on one track")
        assert isinstance(frame, VideoFrame)
        return frame

    def stop(self) -> None:
        """No more pictures are wanted: the room is told, and those that still come are dropped unseen."""
        if self._draining is None:
            self._draining = asyncio.ensure_future(self._drain())
            self._unwanted()

    async def _drain(self) -> None:
        """aiortc goes on filling the queue of a track that was stopped, and the packets of a receiver that
        was stopped can reach the next student's; so the queue is emptied until the connection closes."""
        with suppress(MediaStreamError):
            while True:
                await self._track.recv()


def without_retransmission(sdp: str) -> str:
    """An offer whose lost packets come again from their own sender, not from one that has its own number.

    So that a second sender on a track is always an error (see `OneSender`).
    """
    dropped = set(re.findall(r"^a=rtpmap:(\d+) rtx/", sdp, re.MULTILINE))
    paired = {second for _, second in re.findall(r"^a=ssrc-group:FID (\d+) (\d+)", sdp, re.MULTILINE)}
    lines = [_line_without(line, dropped) for line in sdp.splitlines() if not _belongs(line, dropped, paired)]
    return "\r\n".join(lines) + "\r\n"


def without_estimates(sdp: str) -> str:
    """An offer without the times of sending, from which aiortc would work out how much it can receive.

    Told to a server that has no use for it, this was a tenth of the network's cost (benchmarks/live.py).
    """
    return re.sub(r"^a=extmap:\d+(?:/\w+)? \S+/abs-send-time\r?\n", "", sdp, flags=re.MULTILINE)


def _belongs(line: str, payloads: set[str], senders: set[str]) -> bool:
    found = re.match(r"a=(rtpmap|fmtp|rtcp-fb|ssrc):(\d+)|a=(ssrc-group:FID)", line)
    if not found:
        return False
    kind, number, group = found.groups()
    return group is not None or number in (senders if kind == "ssrc" else payloads)


def _line_without(line: str, payloads: set[str]) -> str:
    if not line.startswith("m="):
        return line
    head, formats = line.split(" ")[:3], line.split(" ")[3:]
    return " ".join([*head, *(one for one in formats if one not in payloads)])
