"""A class of 25 whose tiles are clips of real people, as a meeting program would have recorded it."""

from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path

import av
import cv2
import numpy as np

from meetbot.types import Image

SIZE, ACROSS, GAP, RATE = (1920, 1080), 5, 8, 25
_LONGEST = 100  # pictures of a clip that are played, to and fro
_BACKGROUND, _ROOM = 18, 70  # brightness around the tiles, and beside pictures that are not as wide as a tile


def compose_clips(target: Path, media: Path, seconds: float) -> Path:
    """Write it as H.264; a clip that is seen a second time is mirrored and elsewhere in its round."""
    clips = [_played(path) for path in sorted([*media.glob("faces/*.mp4"), *media.glob("talking/*.mpg")])]
    assert clips, f"{media} has no faces/*.mp4 and no talking/*.mpg"
    with av.open(str(target), "w") as container:
        stream = container.add_stream("libx264", rate=RATE, options={"preset": "veryfast"})
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
        for picture in _pictures(list(islice(cycle(clips), ACROSS * ACROSS)), round(seconds * RATE)):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="bgr24")))
        container.mux(stream.encode())
    return target


def _pictures(clips: Sequence[Sequence[Image]], count: int) -> Iterator[Image]:
    picture = np.full((SIZE[1], SIZE[0], 3), _BACKGROUND, np.uint8)
    height, width = clips[0][0].shape[:2]
    for number in range(count):
        for place, clip in enumerate(clips):
            left = GAP + place % ACROSS * (width + GAP)
            top = GAP + place // ACROSS * (height + GAP)
            shown = clip[(number + 17 * place) % len(clip)]
            mirrored = place * 2 > len(clips)
            picture[top : top + height, left : left + width] = shown[:, ::-1] if mirrored else shown
        yield picture


def _played(path: Path) -> list[Image]:
    """A clip to and fro, in the middle of tiles."""
    width, height = ((side - GAP) // ACROSS - GAP for side in SIZE)
    there: list[Image] = []
    with av.open(str(path)) as container:
        for frame in islice(container.decode(video=0), _LONGEST):
            scale = min(width / frame.width, height / frame.height)
            size = (round(frame.width * scale), round(frame.height * scale))
            shown = cv2.resize(frame.to_ndarray(format="bgr24"), size, interpolation=cv2.INTER_AREA)
            tile = np.full((height, width, 3), _ROOM, np.uint8)
            left, top = (width - size[0]) // 2, (height - size[1]) // 2
            tile[top : top + size[1], left : left + size[0]] = shown
            there.append(tile)
    return there + there[-2:0:-1]
