"""A class of 25 at 1080p in which faces change all the time, written once and repeated to any length.

Two minutes are composed and encoded; they end as they begin, so their packets can be written over and over.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import cycle, islice
from math import ceil, sin, tau
from pathlib import Path

import av
import cv2
import numpy as np
import numpy.typing as npt

from meetbot.demo import Student, demo_class
from meetbot.demo.portraits import camera
from meetbot.types import Image

SIZE, RATE, PEOPLE = (1920, 1080), 25, 25
GAP = 8  # pixels between two tiles
LOOP = 120  # seconds that are really encoded
CLIP_FRAMES = 100  # of one clip: shown forwards, then backwards, in 8 seconds, of which 15 make the loop
FILLS = (0.95, 0.8, 0.65)  # heights of a clip's picture in its tile: faces of about 55 to 110 pixels
Span = tuple[int, int]  # seconds
GONE: Mapping[int, Span] = {4: (30, 50), 13: (70, 82)}  # places of people who leave their tile and come back
# Places of cameras that are off: three from beginning to end, one for a while
CAMERAS_OFF: Mapping[int, Span] = {**dict.fromkeys((2, 11, 19), (0, LOOP)), 8: (40, 70)}
ENCODER = {"preset": "veryfast", "crf": "26"}

Camera = Callable[[float, int, int], Image]  # seconds, width, height: what somebody's camera shows


def class_of_25(seconds: float) -> tuple[Student, ...]:
    """Twenty-five students, five of them with the camera off."""
    nine = demo_class(seconds)
    return (*nine, *nine, *(student for student in nine if student.portrait))


def recording(path: Path, seconds: float, media: Path | None = None) -> Path:
    """The class for so long; its loop stays beside it and is used again."""
    if not path.exists():
        loop = path.with_name("clips-loop.mp4" if media else "portraits-loop.mp4")
        if not loop.exists():
            compose(loop, cameras(media))
        repeat(loop, path, seconds)
    return path


def cameras(media: Path | None, people: int = PEOPLE, stay: bool = False) -> list[Camera]:
    """What every place shows while its camera is on; `stay`: nobody leaves."""
    gone: Mapping[int, Span] = {} if stay else GONE
    if media is None:
        nine = [student for student in demo_class(LOOP) if student.portrait]
        seated = enumerate(islice(cycle(nine), people))
        return [_swaying(student, place, gone.get(place)) for place, student in seated]
    clips = [_frames(path) for path in sorted([*media.glob("faces/*.mp4"), *media.glob("talking/*.mpg")])]
    assert clips, f"{media} has no faces/*.mp4 or talking/*.mpg"
    turns = (divmod(place, len(clips)) for place in range(people))
    return [_playing(clips[clip], place, turn, gone.get(place)) for place, (turn, clip) in enumerate(turns)]


def compose(
    path: Path, shown: list[Camera], seconds: float = LOOP, off: Mapping[int, Span] = CAMERAS_OFF
) -> None:
    """Encode the loop; `off`: which places' cameras are off, and when."""
    unfinished = path.with_name(f".{path.name}")
    with av.open(str(unfinished), "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=Fraction(RATE), options=ENCODER)
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
        for number in range(round(seconds * RATE)):
            picture = av.VideoFrame.from_ndarray(_gallery(shown, number / RATE, off), format="bgr24")
            container.mux(stream.encode(picture))
        container.mux(stream.encode())
    unfinished.replace(path)


def repeat(source: Path, target: Path, seconds: float) -> None:
    """The packets of one recording over and over, until so many seconds are full."""
    with av.open(str(source)) as read, av.open(str(target), "w") as write:
        stream = read.streams.video[0]
        packets = [packet for packet in read.demux(stream) if packet.dts is not None]
        assert stream.time_base is not None
        assert stream.duration is not None
        copy = write.add_stream_from_template(stream)
        end, turn = round(seconds / stream.time_base), stream.duration
        for number in range(-(-end // turn)):
            for packet in packets:
                if (packet.pts or 0) + number * turn >= end:
                    continue
                again = av.Packet(bytes(packet))
                again.stream, again.time_base = copy, stream.time_base
                again.pts, again.dts = (
                    _shifted(packet.pts, number * turn),
                    _shifted(packet.dts, number * turn),
                )
                again.duration, again.is_keyframe = packet.duration, packet.is_keyframe
                write.mux(again)


def _shifted(stamp: int | None, by: int) -> int | None:
    return None if stamp is None else stamp + by


def _gallery(shown: list[Camera], time: float, off: Mapping[int, Span]) -> Image:
    columns = ceil(len(shown) ** 0.5)
    rows = ceil(len(shown) / columns)
    width, height = (SIZE[0] - GAP) // columns - GAP, (SIZE[1] - GAP) // rows - GAP
    picture = np.full((SIZE[1], SIZE[0], 3), 18, np.uint8)
    for place, view in enumerate(shown):
        left, top = GAP + place % columns * (width + GAP), GAP + place // columns * (height + GAP)
        hidden = _within(off.get(place), time)
        tile = _off(place, width, height) if hidden else view(time, width, height)
        _label(tile, f"Student {place + 1}")
        picture[top : top + height, left : left + width] = tile
    return picture


def _within(span: Span | None, time: float) -> bool:
    return span is not None and span[0] <= time < span[1]


def _off(place: int, width: int, height: int) -> Image:
    tile = np.full((height, width, 3), (52, 46, 40), np.uint8)
    _write(tile, chr(65 + place), (width // 2 - 20, height // 2 + 20), 2.0)
    return tile


def _label(tile: Image, name: str) -> None:
    """The name on a dark plate, as meeting programs write it."""
    height = tile.shape[0]
    (wide, _), _ = cv2.getTextSize(name, cv2.FONT_HERSHEY_SIMPLEX, 0.5, 1)
    plate = tile[height - 30 : height - 6, 6 : 18 + wide]
    plate[:] = plate // 4
    _write(tile, name, (12, height - 13), 0.5)


def _write(tile: Image, text: str, at: tuple[int, int], scale: float) -> None:
    cv2.putText(tile, text, at, cv2.FONT_HERSHEY_SIMPLEX, scale, (235, 235, 235), 1, cv2.LINE_AA)


def _swaying(student: Student, place: int, gone: Span | None) -> Camera:
    """A portrait that sways and turns, in light that comes and goes; all of it fits into the loop."""
    rhythm = LOOP / round(LOOP / student.rhythm)
    away = (60.0 + place % 7, 80.0 + place % 11)
    steady = replace(student, rhythm=rhythm, turned_away=away, dark=(0.0, 0.0), gone=gone or (0, 0))

    def view(time: float, width: int, height: int) -> Image:
        light = student.light * (0.9 + 0.15 * sin(tau * (time / 24 + place / 5)))
        return camera(replace(steady, light=light), place, time, width, height)

    return view


def _frames(path: Path) -> list[Image]:
    """The first seconds of a clip at the recording's own rate, in the size of a tile."""
    pictures: list[Image] = []
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            if frame.time is not None and frame.time >= len(pictures) / RATE - 1e-6:
                scale = 220 / frame.height
                small = frame.reformat(round(frame.width * scale), 220, "bgr24", interpolation="AREA")
                pictures.append(small.to_ndarray().astype(np.uint8, copy=False))
            if len(pictures) == CLIP_FRAMES:
                break
    return pictures


def _playing(clip: list[Image], place: int, turn: int, gone: Span | None) -> Camera:
    """A person's clip forwards and backwards before a blurred room; at each turn mirrored and lit anew."""
    period = LOOP / round(LOOP * RATE / (2 * len(clip)))
    light, fill = (1.0, 0.75, 1.15)[turn % 3], FILLS[place % len(FILLS)]
    room = cv2.resize(cv2.resize(clip[0], (6, 4), interpolation=cv2.INTER_AREA), (376, 208)) // 2

    def view(time: float, width: int, height: int) -> Image:
        tile = np.asarray(cv2.resize(room, (width, height)), np.uint8)
        if not _within(gone, time):
            phase = (time / period + place / 9) % 1
            picture = clip[round((1 - abs(2 * phase - 1)) * (len(clip) - 1))]
            high = round(fill * height)
            wide = min(width, round(high * picture.shape[1] / picture.shape[0]))
            person = cv2.resize(picture, (wide, high), interpolation=cv2.INTER_AREA)
            left = (width - wide) // 2
            there = tile[height - high :, left : left + wide]
            seen = person[:, :: -1 if turn % 2 else 1].astype(np.float32)
            there[:] = there + (seen - there) * _faded(high, wide)
        return np.asarray(cv2.convertScaleAbs(tile, alpha=light), np.uint8)

    return view


@cache
def _faded(height: int, width: int) -> npt.NDArray[np.float32]:
    """How much of a clip's picture is seen: it has no edges at its sides and above."""
    across = np.clip(np.minimum(np.arange(width), np.arange(width)[::-1]) / (0.15 * width), 0, 1)
    down = np.clip(np.arange(height) / (0.1 * height), 0, 1)
    return np.asarray(np.outer(down, across)[:, :, None], np.float32)
