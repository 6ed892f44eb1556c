"""A photo: a lesson of one instant."""

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from types import TracebackType

import cv2
import numpy as np

from meetbot.errors import InputError
from meetbot.sources.files import content_hash, is_heic, reading, require_size
from meetbot.types import About, Frame, Image, Instant, Picture


class Photo:
    """Yields one frame at time 0."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._picture = _read(path)
        require_size(path, (self._picture.width, self._picture.height))

    @cached_property
    def about(self) -> About:
        """The photo's name, checksum and size."""
        size = (self._picture.width, self._picture.height)
        return About(self._path.stem, content_hash(self._path), None, 0.0, size)

    def __enter__(self) -> Iterator[Instant]:
        return iter((Instant(0.0, (Frame(0.0, self._picture),)),))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing is open: the file was read at once."""


def _read(path: Path) -> Picture:
    with reading(path):
        data = path.read_bytes()  # imread would not find names outside ASCII on Windows
    colour = _decode_heic(path, data) if is_heic(data[:16]) else _decode(data)
    if colour is None:
        raise InputError(
            f"{path.name} is not a photo, or a broken one; open it in another program and save it anew."
        )
    luma = np.asarray(cv2.cvtColor(colour, cv2.COLOR_BGR2GRAY), np.uint8)
    return Picture(luma, lambda: colour)


def _decode(data: bytes) -> Image | None:
    """Blue, green and red, upright by the photo's own orientation mark; None for what is no picture."""
    try:
        colour = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error:  # an empty file, or a size beyond OpenCV's limit
        return None
    return None if colour is None else np.asarray(colour, np.uint8)


def _decode_heic(path: Path, data: bytes) -> Image | None:
    """The same for what iPhones take, when the library for it is there; it turns the picture itself."""
    try:
        import pillow_heif
    except ImportError as error:
        raise InputError(
            f"{path.name} is a HEIC picture; pip install pillow-heif to read it, or save it as jpg or png."
        ) from error
    try:
        colour = pillow_heif.open_heif(data, convert_hdr_to_8bit=True).to_pillow().convert("RGB")
    except (ValueError, OSError, EOFError, SyntaxError, LookupError):  # the last: a file without any picture
        return None
    return np.ascontiguousarray(np.asarray(colour, np.uint8)[:, :, ::-1])
