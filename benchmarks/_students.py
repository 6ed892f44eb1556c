"""Students for the live benchmark: clips encoded once, sent over and over, each with a number in the picture.

    python -m benchmarks._students 25 1234 ...

Publishes so many students to each of these rooms of `tests.live.janus`, says so, and publishes one more to
each for the word `late` on its input; leaves when its input ends.
"""

import asyncio
import random
import sys
import time
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache
from itertools import count, starmap

import av
import cv2
import numpy as np
from aiortc import MediaStreamTrack
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame

from benchmarks._badge import name_of, write_number
from meetbot.faces.find import FaceFinder
from meetbot.types import Box, Image
from tests.live.janus import Student
from tests.live.tracks import SIZE
from tests.portraits import frame, portrait

RATE = 15  # pictures a second
HEIGHTS = (48, 64, 80, 96)  # pixels of a face: a quarter to a half of the picture's height
_LOOP = 30  # pictures that are really encoded; each round begins with a whole one
_AT_ONCE = 5  # students who come in together
_CLOCK = Fraction(1, 90_000)


@cache
def faces() -> Sequence[tuple[Image, Box]]:
    """Two portraits, and where their faces are."""
    portraits = [portrait(name) for name in ("hopper", "collins")]
    return [(picture, FaceFinder()(frame(picture))[0].box) for picture in portraits]


def pictures(number: int) -> Iterator[Image]:
    """One round of a student who sways, at a distance and in a light of their own."""
    person, box = faces()[number % 2]
    scale = HEIGHTS[number // 2 % len(HEIGHTS)] / box.height
    x, y = 100 + 10 * (number % 13), 84
    for k in range(_LOOP):
        sway = 6 * np.sin(2 * np.pi * k / _LOOP)
        left, top = x + sway - scale * (box.x + box.width / 2), y - scale * (box.y + box.height / 2)
        place = np.array([[scale, 0, left], [0, scale, top]])
        picture = cv2.warpAffine(person, place, SIZE, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE)
        dimmed = (picture * (1 - number % 5 / 20)).astype(np.uint8)
        write_number(number, dimmed)
        yield dimmed


@cache
def encoded(number: int) -> list[bytes]:
    """The same as VP8, with the settings of a browser's camera at this size."""
    codec = av.CodecContext.create("libvpx", "w")
    assert isinstance(codec, VideoCodecContext)
    codec.width, codec.height = SIZE
    codec.pix_fmt, codec.bit_rate, codec.time_base = "yuv420p", 200_000, Fraction(1, RATE)
    codec.gop_size, codec.thread_count = 10 * _LOOP, 1
    codec.options = {"deadline": "realtime", "cpu-used": "-6", "lag-in-frames": "0"}
    packets = []
    for k, picture in enumerate(pictures(number)):
        shown = VideoFrame.from_ndarray(picture, "gray").reformat(format="yuv420p")
        shown.pts, shown.time_base = k, Fraction(1, RATE)
        packets += [bytes(packet) for packet in codec.encode(shown)]
    return packets


class Clip(MediaStreamTrack):
    """Sends packets at the rate of a camera; begins again when somebody asks for a whole picture."""

    kind = "video"

    def __init__(self, packets: Sequence[bytes]) -> None:
        super().__init__()
        self._packets = packets
        self._place = 0
        self._ticks = count()
        self._due = time.monotonic() + random.random() / RATE

    async def recv(self) -> Packet:  # type: ignore[type-arg]
        """The next packet."""
        self._due = max(self._due + 1 / RATE, time.monotonic() - 1)  # does not catch up more than a second
        await asyncio.sleep(self._due - time.monotonic())
        packet = Packet(self._packets[self._place])
        packet.pts, packet.time_base = next(self._ticks) * 90_000 // RATE, _CLOCK
        self._place = (self._place + 1) % len(self._packets)
        return packet

    def begin_again(self) -> None:
        """The next picture is a whole one."""
        self._place = 0


async def published(number: int, room: int) -> Student:
    """A student in a room, sending."""
    clip = Clip(await asyncio.to_thread(encoded, number))
    student = Student(name_of(number), (clip,), room)
    await student.publish()
    for sender in student.peer.getSenders():
        # aiortc asks only its own encoder for a whole picture, and that one has no part here.
        sender._send_keyframe = clip.begin_again  # type: ignore[method-assign]
    return student


async def stay(number: int, rooms: Sequence[int]) -> None:
    """Publish, wait for orders, go."""
    all_of_them = [(one, room) for one in range(1, number + 1) for room in rooms]
    there: list[Student] = []
    for first in range(0, len(all_of_them), _AT_ONCE):
        there += await asyncio.gather(*starmap(published, all_of_them[first : first + _AT_ONCE]))
    print("published", time.monotonic(), flush=True)
    while order := await asyncio.to_thread(sys.stdin.readline):
        assert order == "late\n"
        there += await asyncio.gather(*(published(number + 1, room) for room in rooms))
        print("published", time.monotonic(), flush=True)
    await asyncio.gather(*(student.leave() for student in there))


if __name__ == "__main__":
    asyncio.run(stay(int(sys.argv[1]), [int(room) for room in sys.argv[2:]]))
