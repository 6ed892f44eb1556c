"""What students send: a still picture as a camera, and silence as a microphone."""

import numpy as np
from aiortc import VideoStreamTrack
from aiortc.mediastreams import AudioStreamTrack
from av import VideoFrame

from meetbot.types import Image
from tests.portraits import portrait, scaled

__all__ = ["AudioStreamTrack", "Camera", "face_at", "flat"]
SIZE = (320, 180)


class Camera(VideoStreamTrack):
    """Shows one picture for ever, with a corner that changes so that no encoder skips a frame."""

    def __init__(self, picture: Image) -> None:
        super().__init__()
        self.picture = picture
        self._count = 0

    async def recv(self) -> VideoFrame:
        """The picture again."""
        pts, base = await self.next_timestamp()
        shown = self.picture.copy()
        self._count += 1
        shown[:8, :8] = 40 + self._count % 2 * 60
        frame = VideoFrame.from_ndarray(np.repeat(shown[:, :, None], 3, axis=2), "bgr24")
        frame.pts, frame.time_base = pts, base
        return frame


def face_at(left: int, name: str = "hopper") -> Image:
    """A camera's picture with one face about 80 px high, `left` pixels from its left."""
    factor = {"hopper": 0.3, "collins": 0.35}[name]
    person = scaled(portrait(name), factor)[: SIZE[1]]
    picture = flat(90)
    width = min(person.shape[1], SIZE[0] - left)
    picture[: person.shape[0], left : left + width] = person[:, :width]
    return picture


def flat(level: int) -> Image:
    """A camera that looks at a wall."""
    return np.full((SIZE[1], SIZE[0]), level, np.uint8)
