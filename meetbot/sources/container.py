"""Opens a recording's file and finds the video in it."""

import io
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import av
from av.container.input import InputContainer
from av.error import FFmpegError
from av.packet import Packet
from av.stream import Disposition
from av.video.stream import VideoStream

from meetbot.errors import InputError
from meetbot.sources.files import reading

if TYPE_CHECKING:
    from av.stream import Stream

# Containers that hold one recording each. Playlists and stream descriptions are left out on purpose: they
# could make the reader open other files or addresses.
_FORMATS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpeg,mpegts,mpegvideo,flv,asf,ogg,m4v"
_STILL = Disposition.attached_pic | Disposition.still_image | Disposition.timed_thumbnails
_PROBE_PACKETS = 2000  # packets read to see which of several streams move: 20 s of sound and pictures
_READ_AT_ONCE = 2**18  # bytes
_UNREADABLE_IN_A_ROW = 100  # demuxer errors without a packet in between after which the file counts as over


@contextmanager
def demuxing(path: Path) -> Iterator[None]:
    """Turns what the system and the demuxer say into one sentence about this file."""
    with reading(path):
        try:
            yield
        except FFmpegError as error:
            raise InputError(f"{path.name} can't be read as a recording: {_reason(path, error)}.") from error


@contextmanager
def opened(path: Path) -> Iterator[InputContainer]:
    """The file as a container of streams."""
    with ExitStack() as stack:
        with demuxing(path):
            if path.stat().st_size == 0:
                raise InputError(f"{path.name} is empty; copy or download it again.")
            file = stack.enter_context(path.open("rb", buffering=0))
            container = stack.enter_context(
                av.open(
                    _Content(path, file),
                    "r",
                    options={"format_whitelist": _FORMATS},
                    metadata_errors="replace",
                    buffer_size=_READ_AT_ONCE,
                )
            )
        yield container


class _Content:
    """What a file holds, read by Python: a demuxer takes a disk that fails for the end of the file.

    PyAV raises what is raised here, whatever the demuxer makes of it, as the system's own error.
    """

    def __init__(self, path: Path, file: io.FileIO) -> None:
        self.name = str(path)
        self._file = file
        self._failed = False
        self.seek, self.tell = file.seek, file.tell

    def read(self, size: int) -> bytes:
        """The next bytes; after a failure none, for PyAV prints a second one that comes before it looks."""
        if self._failed:
            return b""
        try:
            return self._file.read(size) or b""
        except OSError:
            self._failed = True
            raise


def packets_of(
    container: InputContainer, *streams: VideoStream, missed: Callable[[], None] = lambda: None
) -> "Iterator[Packet[Stream]]":
    """The packets that can be read, of these streams or of all; `missed` is told of what can't be."""
    failures = 0
    while failures < _UNREADABLE_IN_A_ROW:
        try:
            for packet in container.demux(*streams):
                failures = 0
                yield packet
            return
        except FFmpegError:
            failures += 1
            missed()


def video_of(container: InputContainer, path: Path) -> tuple[VideoStream, list[VideoStream]]:
    """The largest moving video stream, and the other moving ones."""
    streams = [s for s in container.streams.video if not s.disposition & _STILL]
    if not streams:
        what = "sound, but no video" if container.streams.audio else "no video"
        raise InputError(f"{path.name} has {what} in it; give a recording that shows the class.")
    readable = [s for s in streams if s.codec_context is not None]
    if not readable:
        raise InputError(
            f"{path.name} is in a video format that can't be decoded here; save it as H.264 in mp4."
        )
    moving = readable if len(readable) == 1 else _moving(container, readable)
    chosen = max(moving, key=lambda s: (s.width * s.height, -s.index))
    return chosen, [s for s in moving if s is not chosen]


def _moving(container: InputContainer, streams: list[VideoStream]) -> list[VideoStream]:
    """The streams with more than one picture, or all of them when none has; reads the file's beginning."""
    seen: Counter[int] = Counter({s.index: s.frames for s in streams})
    for number, packet in enumerate(packets_of(container, *streams)):
        seen[packet.stream_index] += packet.size > 0
        if number > _PROBE_PACKETS or all(seen[s.index] > 1 for s in streams):
            break
    return [s for s in streams if seen[s.index] > 1] or streams


def _reason(path: Path, error: FFmpegError) -> str:
    boxes = _boxes(path)
    if boxes[:1] == ["ftyp"] and "moov" not in boxes:
        return (
            "the recorder never finished it, so its index is missing; repair it with the program that made it"
        )
    if isinstance(error, av.error.EOFError):
        return "it stops before its first picture; copy or download it again"
    return "it is damaged, or not a video at all; play it in another program to see which"


def _boxes(path: Path) -> list[str]:
    """The names of the top-level parts of an mp4 file."""
    names: list[str] = []
    with path.open("rb") as file:
        while len(header := file.read(16)) >= 8 and len(names) < 100:
            size = int.from_bytes(header[:4], "big")
            if size == 1:  # the long form
                size = int.from_bytes(header[8:], "big")
            names.append(header[4:8].decode("latin-1"))
            if size < 8:  # 0: up to the end of the file
                break
            file.seek(size - len(header), 1)
    return names
