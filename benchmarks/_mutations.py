"""Seeded damage to media files: flipped bits, cuts, edited headers, extreme numbers, moved blocks, noise."""

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from meetbot.types import Image
from tests.media import Video, steady, write_clip
from tests.portraits import pasted, portrait, scaled

FLIPPED = 40  # bits changed in one copy
HEADER, EDITED = 1024, 4  # bytes that an edit may fall into, and bytes it changes
EXTREMES = (0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0x01000000, 0x4000)
SIZE, SECONDS = (320, 180), 2.5

Mutation = Callable[[bytearray, np.random.Generator], bytearray]


def flip(data: bytearray, chance: np.random.Generator) -> bytearray:
    """Bits flipped anywhere."""
    for place in chance.integers(0, len(data), int(chance.integers(1, FLIPPED))):
        data[place] ^= 1 << int(chance.integers(8))
    return data


def cut(data: bytearray, chance: np.random.Generator) -> bytearray:
    """The end is missing, or the beginning, or something between."""
    first, second = sorted(int(place) for place in chance.integers(1, len(data), 2))
    return (data[:first], data[first:], data[:first] + data[second:])[chance.integers(3)]


def edit(data: bytearray, chance: np.random.Generator) -> bytearray:
    """Bytes changed at the beginning, or in an index further behind."""
    begin, length = _header(data, chance)
    for place in begin + chance.integers(0, length, EDITED):
        data[place] = int(chance.integers(256))
    return data


def exaggerate(data: bytearray, chance: np.random.Generator) -> bytearray:
    """Numbers of a header (sizes, counts, times) as large or small as they can be, in either byte order."""
    begin, length = _header(data, chance)
    for place in begin + chance.integers(0, max(1, length - 4), int(chance.integers(1, 4))):
        width = int(chance.choice((1, 2, 4)))
        value = int(chance.choice(EXTREMES)) & (256**width - 1)
        data[place : place + width] = value.to_bytes(width, ("big", "little")[chance.integers(2)])
    return data


def shuffle(data: bytearray, chance: np.random.Generator) -> bytearray:
    """A block stands twice, or somewhere else, or is nothing but zeros."""
    first, second, third = sorted(int(place) for place in chance.integers(0, len(data), 3))
    block, rest = data[first:second], data[:first] + data[second:third]
    doubled = data[:third] + block + data[third:]
    moved = rest + block + data[third:]
    blank = data[:first] + bytes(second - first) + data[second:]
    return (doubled, moved, blank)[chance.integers(3)]


def noise(data: bytearray, chance: np.random.Generator) -> bytearray:
    """A stretch of random bytes put in or written over what stood there."""
    first, stretch = int(chance.integers(0, len(data))), chance.bytes(int(chance.integers(1, 4096)))
    return data[:first] + stretch + data[first + len(stretch) * int(chance.integers(2)) :]


MUTATIONS: dict[str, Mutation] = {
    "flipped bits": flip,
    "a cut": cut,
    "an edited header": edit,
    "an extreme number": exaggerate,
    "a moved block": shuffle,
    "noise": noise,
}


def mutated(whole: bytes, number: int, seed: int) -> tuple[str, bytes]:
    """Damage of the kind whose turn it is: the same for the same number and seed."""
    chance = np.random.default_rng([seed, number])
    name, change = list(MUTATIONS.items())[int(chance.integers(len(MUTATIONS)))]
    return name, bytes(change(bytearray(whole), chance))


def _header(data: bytearray, chance: np.random.Generator) -> tuple[int, int]:
    """Where a header begins, and its bytes: the file's own, or that of a part which names itself."""
    named = (b"moov", b"stsd", b"trun", b"avcC", b"idx1", b"strf", b"\x16\x54\xae\x6b", b"\x1c\x53\xbb\x6b")
    begins = [0, *(place for mark in named if (place := data.find(mark)) > 0)]
    begin = int(chance.choice(begins))
    return begin, min(HEADER, len(data) - begin)


@cache
def faces() -> Image:
    """Two faces side by side, a little wider than a frame."""
    hopper, collins = scaled(portrait("hopper"), 0.28), scaled(portrait("collins"), 0.5)
    return pasted((SIZE[0] + 40, SIZE[1]), (hopper[: SIZE[1]], 20, 0), (collins[: SIZE[1], :150], 190, 0))


def passing(time: float) -> Image:
    """The two faces, moving to the left."""
    left = int(8 * time)
    return np.ascontiguousarray(faces()[:, left : left + SIZE[0]])


def _video(codec: str, pixels: str = "yuv420p", rotation: int = 0, **options: str) -> Video:
    return Video(passing, steady(SECONDS), codec, pixels, rotation=rotation, options=options)


def _steady(codec: str, pixels: str = "yuv420p") -> Video:
    return Video(passing, steady(SECONDS, 25), codec, pixels, tick=Fraction(1, 25), rate=25)


CLIPS: dict[str, tuple[Video, ...]] = {
    "mp4": (
        _video("libx264", g="10"),
        _video("mpeg4", rotation=90),
        _video("libx265", g="10"),
    ),
    "mkv": (
        _video("libx264", g="10"),
        _video("libvpx-vp9", deadline="realtime"),
        _video("mjpeg", "yuvj420p"),
    ),
    "webm": (
        _video("libvpx", g="10", deadline="realtime"),
        _video("libvpx-vp9", g="10", deadline="realtime"),
    ),
    "mov": (_video("libx264", g="10", rotation=180), _video("mjpeg", "yuvj420p"), _video("qtrle", "rgb24")),
    "avi": (_steady("mpeg4"), _steady("mjpeg", "yuvj420p"), _steady("libx264")),
    "mpg": (_steady("mpeg2video"), _steady("mpeg1video")),
}
PHOTOS = ("jpg", "png", "webp", "bmp", "heic")


def write_originals(folder: Path) -> dict[str, list[bytes]]:
    """Undamaged clips of every container and photos of every kind, as bytes; every second clip has sound."""
    found: dict[str, list[bytes]] = {}
    for ending, videos in CLIPS.items():
        for number, video in enumerate(videos):
            path = folder / f"whole.{ending}"
            sound = 0.0 if ending == "webm" or number % 2 else SECONDS  # webm takes other sound
            found.setdefault(ending, []).append(write_clip(path, video, sound=sound).read_bytes())
    for ending in PHOTOS:
        found[ending] = [photo(ending)]
    return found


def photo(ending: str) -> bytes:
    """The two faces as a photo."""
    if ending == "heic":
        return _heic()
    done, data = cv2.imencode(f".{ending}", faces())
    assert done
    return bytes(np.asarray(data, np.uint8))


def _heic() -> bytes:
    from io import BytesIO

    import pillow_heif

    height, width = faces().shape
    colours: npt.NDArray[np.uint8] = np.repeat(faces()[:, :, None], 3, axis=2)
    file = BytesIO()
    pillow_heif.from_bytes("RGB", (width, height), colours.tobytes()).save(file)
    return file.getvalue()
