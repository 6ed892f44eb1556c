"""The colours of a few pixels of a decoded frame, without converting all of it."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from av.video.frame import VideoFrame
from av.video.plane import VideoPlane

from meetbot.types import Image, Places

_PLANAR = ("yuv420p", "yuvj420p", "yuv422p", "yuvj422p", "yuv444p", "yuvj444p")  # a byte a value
# Shares of red and blue in brightness, by FFmpeg's number of the colour space (BT.709, SMPTE 240M, BT.2020)
_WEIGHTS = {1: (0.2126, 0.0722), 7: (0.212, 0.087), 9: (0.2627, 0.0593), 10: (0.2627, 0.0593)}
_USUAL = (0.299, 0.114)  # BT.601, which FFmpeg takes where nothing is said
_LIMITED = 255 / 224  # of video's limited range, whose colours reach from 16 to 240


def picker(frame: VideoFrame, luma: Image, limited: bool) -> Callable[[Places, Places], Image] | None:
    """What gives blue, green and red of pixels by row and column; None for a format without three planes.

    `luma` is the frame's brightness in full range, whatever that of its colours is.
    """
    if frame.format.name not in _PLANAR or any(plane.line_size < 0 for plane in frame.planes):
        return None
    red, blue = _WEIGHTS.get(frame.colorspace, _USUAL)
    full = np.float32(2 * (_LIMITED if limited else 1.0))

    def pick(rows: Places, columns: Places) -> Image:
        to_blue, to_red = (
            (full * weight) * _values(plane, frame, rows, columns)
            for plane, weight in zip(frame.planes[1:], (1 - blue, 1 - red), strict=True)
        )
        bright = luma[rows, columns].astype(np.float32)
        to_green = (blue * to_blue + red * to_red) / np.float32(blue + red - 1)
        colours = np.empty((3, *rows.shape), np.uint8)
        for into, away in zip(colours, (to_blue, to_green, to_red), strict=True):
            into[:] = np.clip(np.rint(bright + away), 0, 255)
        return np.moveaxis(colours, 0, -1)

    return pick


def _values(plane: VideoPlane, frame: VideoFrame, rows: Places, columns: Places) -> npt.NDArray[np.float32]:
    """How far a plane of colours, half as wide and high or as large as the frame, is from grey."""
    down, across = plane.height < frame.height, plane.width < frame.width
    values = np.frombuffer(memoryview(plane), np.uint8)
    places = (rows >> down) * plane.line_size + (columns >> across)
    return values.take(places).astype(np.float32) - np.float32(128)
