"""A connection to one other person in the built-in class room, as a page makes it."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from aiortc import MediaStreamTrack, RTCIceServer
from aiortc.sdp import candidate_from_sdp

from meetbot.rooms.base import TrackSink, Video
from meetbot.rooms.peer import SENSELESS, OneSender, description, new_peer, without_retransmission

Description = Mapping[str, Any]


class PersonPeer:
    """One person, one connection: a picture can't reach another person's place.

    Ours goes out; theirs comes in and is told to the sink, where there is one.
    """

    def __init__(
        self, key: str, ice: Sequence[RTCIceServer], shown: MediaStreamTrack, sink: TrackSink | None = None
    ) -> None:
        self.key = key
        self._peer = new_peer(ice)
        self._receives, self._tell = sink is not None, sink or (lambda news: None)
        self._shown: MediaStreamTrack = shown
        self._turn = asyncio.Lock()
        self._closed = False

    async def offer(self, broken: Callable[[], None]) -> Description:
        """Our picture, offered; whoever offers is told when the connection breaks, and offers again."""

        def heed(state: str) -> None:
            if state in ("failed", "closed") and not self._closed:
                broken()

        async with self._turn:
            sender = self._peer.addTransceiver(self._shown, direction="sendonly").sender
            await self._peer.setLocalDescription(await self._peer.createOffer())
            # The connection's own state stays "connected" when the other side says good-bye.
            sender.transport.on("statechange", lambda: heed(sender.transport.state))
            self._peer.on("connectionstatechange", lambda: heed(self._peer.connectionState))
        return self._described()

    async def agree(self, answer: Description) -> None:
        """The answer to our offer."""
        async with self._turn:
            if self._closed:
                return
            try:
                await self._peer.setRemoteDescription(description(answer["sdp"], answer["type"]))
            except SENSELESS:
                return  # nothing comes about, as when nobody answers

    async def answer(self, offer: Description) -> Description | None:
        """The answer to an offer, told of at once; None for one that makes no sense or came too late."""
        async with self._turn:
            if self._closed:
                return None
            try:
                sdp = without_retransmission(offer["sdp"])
                await self._peer.setRemoteDescription(description(sdp, "offer"))
                video = self._wanted()
                await self._peer.setLocalDescription(await self._peer.createAnswer())
            except SENSELESS:
                return None
        if self._closed:
            return None
        for receiver in video:
            self._tell(Video(self.key, OneSender(receiver.track, receiver)))
        return self._described()

    async def add(self, candidate: Mapping[str, Any]) -> None:
        """One more way to reach the person."""
        async with self._turn:
            if self._closed or not candidate.get("candidate"):
                return
            try:
                found = candidate_from_sdp(str(candidate["candidate"]).partition(":")[2])
                found.sdpMid, found.sdpMLineIndex = candidate.get("sdpMid"), candidate.get("sdpMLineIndex")
                await self._peer.addIceCandidate(found)
            except SENSELESS:
                return  # another way will do

    def show(self, on: bool) -> None:
        """Send our picture, or nothing at all."""
        for sender in self._peer.getSenders():
            if sender.kind == "video":
                sender.replaceTrack(self._shown if on else None)

    async def close(self) -> None:
        """No more pictures, in either direction."""
        self._closed = True
        self._shown.stop()
        for transceiver in self._peer.getTransceivers():
            if transceiver.receiver.track is not None:  # nothing was agreed yet, or nothing is to come
                transceiver.receiver.track.stop()
        await self._peer.close()

    def _described(self) -> Description:
        local = self._peer.localDescription
        return {"type": local.type, "sdp": local.sdp}

    def _wanted(self) -> list[Any]:
        """The receiver of the first video; sound, and whatever else a page may offer, is declined."""
        video: list[Any] = []
        for transceiver in self._peer.getTransceivers():
            if transceiver.kind == "video" and not video:
                transceiver.direction = "sendrecv" if self._receives else "sendonly"
                transceiver.sender.replaceTrack(self._shown)
                video.append(transceiver.receiver)
            else:
                transceiver.direction = "inactive"
        return video
