"""The bot's connection to one student's page: their picture comes in, the bot's card goes out."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from aiortc import RTCIceServer, RTCSessionDescription
from aiortc.exceptions import InvalidAccessError, InvalidStateError
from aiortc.sdp import candidate_from_sdp

from meetbot.rooms.base import TrackSink, Video
from meetbot.rooms.card import Card
from meetbot.rooms.peer import OneSender, new_peer, without_retransmission


class StudentPeer:
    """One student, one connection: a picture can't reach another student's place."""

    def __init__(self, key: str, ice: Sequence[RTCIceServer], sink: TrackSink) -> None:
        self.key = key
        self._peer = new_peer(ice)
        self._sink = sink
        self._card = Card()
        self._turn = asyncio.Lock()
        self._closed = False

    async def answer(self, offer: Mapping[str, Any]) -> Mapping[str, str] | None:
        """The answer to an offer, told of at once; None for one that makes no sense or came too late."""
        async with self._turn:
            if self._closed:
                return None
            try:
                sdp = without_retransmission(offer["sdp"])
                await self._peer.setRemoteDescription(RTCSessionDescription(sdp, "offer"))
                video = self._wanted()
                await self._peer.setLocalDescription(await self._peer.createAnswer())
            except (
                ValueError,
                KeyError,
                IndexError,
                AttributeError,
                AssertionError,
                InvalidAccessError,
                InvalidStateError,
            ):
                return None
        if self._closed:
            return None
        for receiver in video:
            self._sink(Video(self.key, OneSender(receiver.track, receiver)))
        local = self._peer.localDescription
        return {"type": local.type, "sdp": local.sdp}

    async def add(self, candidate: Mapping[str, Any]) -> None:
        """One more way to reach the student."""
        async with self._turn:
            if self._closed or not candidate.get("candidate"):
                return
            try:
                found = candidate_from_sdp(str(candidate["candidate"]).partition(":")[2])
                found.sdpMid, found.sdpMLineIndex = candidate.get("sdpMid"), candidate.get("sdpMLineIndex")
                await self._peer.addIceCandidate(found)
            except (ValueError, IndexError, AssertionError, InvalidStateError):
                return  # another way will do

    async def close(self) -> None:
        """No more pictures, in either direction."""
        self._closed = True
        self._card.stop()
        for transceiver in self._peer.getTransceivers():
            transceiver.receiver.track.stop()
        await self._peer.close()

    def _wanted(self) -> list[Any]:
        """The receiver of the first video; sound, and whatever else a page may offer, is declined."""
        video: list[Any] = []
        for transceiver in self._peer.getTransceivers():
            if transceiver.kind == "video" and not video:
                transceiver.direction = "sendrecv"
                transceiver.sender.replaceTrack(self._card)
                video.append(transceiver.receiver)
            else:
                transceiver.direction = "inactive"
        return video
