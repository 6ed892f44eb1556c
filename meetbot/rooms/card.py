"""The bot's own picture: a card that says what it does, for everybody in the class to see."""

import asyncio
from fractions import Fraction
from functools import cache

import cv2
import numpy as np
from aiortc import MediaStreamTrack
from av.video.frame import VideoFrame

from meetbot.types import Image

_SIZE = (320, 180)  # pixels
_EVERY = 1.0  # seconds; the picture never changes, and a page that comes late waits no longer for it
_CLOCK = 90_000  # ticks a second, as in RTP
_GROUND, _INK = (112, 100, 11), (246, 250, 251)  # blue, green, red


class Card(MediaStreamTrack):
    """The card as a camera of one picture a second."""

    kind = "video"

    def __init__(self) -> None:
        super().__init__()
        self._shown = 0

    async def recv(self) -> VideoFrame:
        """The card again."""
        if self._shown:
            await asyncio.sleep(_EVERY)
        frame = VideoFrame.from_ndarray(_drawn(), "yuv420p")  # a frame of its own: an encoder keeps its time
        frame.pts, frame.time_base = int(self._shown * _EVERY * _CLOCK), Fraction(1, _CLOCK)
        self._shown += 1
        return frame


@cache
def _drawn() -> Image:
    """An eye, the bot's name, and what it does."""
    width, height = _SIZE
    card = np.full((height, width, 3), _GROUND, np.uint8)
    cv2.ellipse(card, (width // 2, 58), (38, 22), 0, 0, 360, _INK, 3, cv2.LINE_AA)
    cv2.circle(card, (width // 2, 58), 11, _INK, -1, cv2.LINE_AA)
    for text, size, y in (("meetbot", 1.0, 122), ("analysing faces", 0.7, 152)):
        (wide, _), _ = cv2.getTextSize(text, cv2.FONT_HERSHEY_DUPLEX, size, 1)
        at = ((width - wide) // 2, y)
        cv2.putText(card, text, at, cv2.FONT_HERSHEY_DUPLEX, size, _INK, 1, cv2.LINE_AA)
    return np.asarray(
        VideoFrame.from_ndarray(card, "bgr24").reformat(format="yuv420p").to_ndarray(), np.uint8
    )
