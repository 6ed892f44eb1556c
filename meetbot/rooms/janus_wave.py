"""One subscription of Janus's VideoRoom: the pictures of the people who came at about the same time."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Protocol

from aiortc import RTCIceServer

from meetbot.rooms.base import Lost, TrackSink, Video
from meetbot.rooms.janus_session import Id, Message
from meetbot.rooms.peer import OneSender, description, new_peer, without_estimates, without_retransmission


class Request(Protocol):
    """Sends a request on the subscription's handle."""

    def __call__(self, body: Message, answer: Message | None = None) -> Awaitable[Message]: ...


class Wave:
    """A connection over which Janus sends; it offers, we answer, also when one of them leaves."""

    def __init__(
        self,
        ice: Sequence[RTCIceServer],
        sink: TrackSink,
        request: Request,
        unwanted: Callable[[Id], None],
    ) -> None:
        self._peer = new_peer(ice)
        self._sink = sink
        self._request = request
        self._unwanted = unwanted
        self._known: dict[str, Id] = {}  # whose pictures come under which mid
        self._turn = asyncio.Lock()
        self._closed = False
        self._peer.on("connectionstatechange", self._on_state)

    async def answer(self, message: Message) -> None:
        """Answer an offer, and tell whose pictures begin with it."""
        said, offer = message["plugindata"]["data"], message["jsep"]
        async with self._turn:
            if self._closed:
                return
            # Janus sends everybody what the publisher sends, however much a subscriber says it can take.
            sdp = without_estimates(without_retransmission(offer["sdp"]))
            await self._peer.setRemoteDescription(description(sdp, offer["type"]))
            await self._peer.setLocalDescription(await self._peer.createAnswer())
            local = self._peer.localDescription
            await self._request({"request": "start"}, {"type": local.type, "sdp": local.sdp})
            self._tell_new(said.get("streams", ()))

    async def drop(self, feed: Id) -> None:
        """Have the server stop sending somebody's pictures."""
        answered = await self._request({"request": "unsubscribe", "streams": [{"feed": feed}]})
        if "jsep" in answered:
            await self.answer(answered)

    async def close(self) -> None:
        """Let go of the connection."""
        async with self._turn:
            self._closed = True
            self._peer.remove_all_listeners()
            await self._peer.close()

    def _tell_new(self, streams: Sequence[Message]) -> None:
        """A track says nothing about its owner; the mid does."""
        owners = {one["mid"]: one["feed_id"] for one in streams if one.get("active") and "feed_id" in one}
        for transceiver in self._peer.getTransceivers():
            mid = transceiver.mid or ""
            owner = owners.get(mid)
            if owner is not None and mid not in self._known and transceiver.kind == "video":
                self._known[mid] = owner
                receiver = transceiver.receiver
                stream = OneSender(receiver.track, receiver, partial(self._unwanted, owner))
                self._sink(Video(str(owner), stream))

    def _on_state(self) -> None:
        if self._peer.connectionState == "failed":
            self._sink(Lost("the video connection failed; where there is a NAT between, give --ice"))
