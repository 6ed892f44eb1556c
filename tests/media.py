"""Small clips, encoded when a test needs them: any codec, container, range, rotation and timing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.container import OutputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from meetbot.types import Image

LIMITED, FULL = 1, 2  # AVCOL_RANGE_MPEG, AVCOL_RANGE_JPEG
QUIET = {"libx265": {"x265-params": "log-level=none"}, "libsvtav1": {"preset": "12", "svtav1-params": "lp=1"}}


def steady(seconds: float, rate: float = 10.0, start: float = 0.0) -> list[float]:
    """The times of a constant frame rate."""
    return [start + k / rate for k in range(round(seconds * rate))]


def dial(time: float) -> Image:
    """A grey picture whose brightness tells the time: 40 and 3 more for each tenth of a second."""
    return np.full((96, 128), dialled(time), np.uint8)


def dialled(time: float) -> int:
    """The brightness of `dial`; unmistakable for six seconds."""
    return 40 + 3 * (int(time * 10 + 1e-6) % 60)


@dataclass(frozen=True)
class Video:
    """One video stream: `draw(time)` gives grey (h, w) or blue, green, red (h, w, 3), each 0-255."""

    draw: Callable[[float], Image] = dial
    times: Sequence[float] = field(default_factory=lambda: steady(6.0))
    codec: str = "libx264"
    pixels: str = "yuv420p"
    colour_range: int = LIMITED
    rotation: int = 0  # degrees counterclockwise
    mirrored: bool = False
    tick: Fraction = Fraction(1, 1000)
    rate: int = 10
    options: dict[str, str] = field(default_factory=dict)


def write_clip(path: Path, *videos: Video, sound: float = 0.0, about: dict[str, str] | None = None) -> Path:
    """Encodes the streams, and `sound` seconds of silence, into one file; the ending names the container."""
    with av.open(str(path), "w") as container:
        container.metadata.update(about or {})
        streams = [_add(container, video) for video in videos]
        noise = container.add_stream("mp2", rate=48000) if sound else None
        events = sorted((time, n) for n, video in enumerate(videos) for time in video.times)
        for time, n in events:
            container.mux(streams[n].encode(_frame(videos[n], time)))
        for stream in streams:
            container.mux(stream.encode(None))
        if noise:
            _add_silence(container, noise, sound)
    return path


def _add(container: OutputContainer, video: Video) -> VideoStream:
    options = {**QUIET.get(video.codec, {}), **video.options}
    stream = container.add_stream(video.codec, rate=video.rate, options=options)
    assert isinstance(stream, VideoStream)
    height, width = video.draw(video.times[0]).shape[:2]
    stream.width, stream.height, stream.pix_fmt = width, height, video.pixels
    stream.codec_context.time_base = video.tick
    stream.codec_context.color_range = video.colour_range
    if video.rotation or video.mirrored:
        stream.set_display_rotation(video.rotation, hflip=video.mirrored)
    return stream


def _frame(video: Video, time: float) -> VideoFrame:
    image = video.draw(time)
    if image.ndim == 2 and video.pixels.startswith(("yuv4", "yuvj4")) and video.pixels.endswith("p"):
        frame = _grey_frame(image, video)
    else:
        colours = image if image.ndim == 3 else np.repeat(image[:, :, None], 3, axis=2)
        picture = VideoFrame.from_ndarray(colours, "bgr24")
        frame = picture.reformat(format=video.pixels, dst_color_range=video.colour_range)
    frame.color_range = video.colour_range
    frame.pts, frame.time_base = round(time / video.tick), video.tick
    return frame


def _grey_frame(image: Image, video: Video) -> VideoFrame:
    """Written plane by plane, so that no scaler stands between the test's brightness and the stored one."""
    height, width = image.shape
    frame = VideoFrame(width, height, video.pixels)
    limited = np.rint(16 + image * (219 / 255)).astype(np.uint8)
    for number, plane in enumerate(frame.planes):
        rows = np.frombuffer(memoryview(plane), np.uint8).reshape(plane.height, plane.line_size)
        rows[:] = 128
        if number == 0:
            rows[:, :width] = image if video.colour_range == FULL else limited
    return frame


def _add_silence(container: OutputContainer, stream: av.AudioStream, seconds: float) -> None:
    for block in range(int(seconds * 48000) // 1152):
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 2304), np.int16), "s16", "stereo")
        frame.sample_rate, frame.pts, frame.time_base = 48000, block * 1152, Fraction(1, 48000)
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))
