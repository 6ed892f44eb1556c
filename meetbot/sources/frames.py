"""A decoded video frame as a picture: brightness at once and without a copy where possible."""

from typing import cast

import cv2
import numpy as np
from av.sidedata.sidedata import SideDataContainer, Type
from av.video.format import VideoFormat
from av.video.frame import VideoFrame

from meetbot.sources.orientation import UPRIGHT, Orientation, from_display_matrix
from meetbot.sources.picked import picker
from meetbot.types import Image, Picture

_FULL_RANGE = 2  # AVCOL_RANGE_JPEG
_LIMITED_RANGE = 1  # AVCOL_RANGE_MPEG

# Video's limited range keeps black at 16 and white at 235 (ITU-R BT.601); faces are read in 0-255.
_BLACK, _WIDER = 16, 255 / 219


def picture_of(frame: VideoFrame, orientation: Orientation = UPRIGHT) -> Picture:
    """The frame upright and in full range. The picture keeps the frame's memory alive."""

    def make_colour() -> Image:
        return orientation.turn(_array(frame.reformat(format="bgr24")))

    luma = _luma(frame)
    pick_colours = picker(frame, luma, _is_limited(frame)) if orientation == UPRIGHT else None
    return Picture(orientation.turn(luma), make_colour, pick_colours)


def orientation_of(frame: VideoFrame) -> Orientation:
    """How the frame has to be turned, from the display matrix that the container gave it.

    To be asked once for a recording: PyAV's side data and its frame hold each other, so each frame that was
    asked stays in memory until Python looks for such circles.
    """
    marks = cast(SideDataContainer, frame.side_data)
    matrix = next((data for data in marks if data.type is Type.DISPLAYMATRIX), None)
    return UPRIGHT if matrix is None else from_display_matrix(bytes(matrix))


def _luma(frame: VideoFrame) -> Image:
    if not _has_plain_luma(frame.format):
        # Ten bits, packed and RGB formats: the scaler's grey is in full range already.
        return _array(frame.reformat(format="gray", dst_color_range=_FULL_RANGE))
    plane = _first_plane(frame)
    return _widened(plane) if _is_limited(frame) else plane


def _widened(plane: Image) -> Image:
    """Limited range as full range: in half the time that a table of the levels takes."""
    return np.asarray(cv2.addWeighted(plane, _WIDER, plane, 0, -_BLACK * _WIDER), np.uint8)


def _has_plain_luma(form: VideoFormat) -> bool:
    """Whether the first plane is one byte of brightness for each pixel."""
    if form.is_rgb or form.has_palette or form.is_bayer or form.components[0].bits != 8:
        return False
    return len(form.components) == 1 or form.components[1].plane != 0


def _is_limited(frame: VideoFrame) -> bool:
    """Unmarked YUV is limited, unmarked grey and the old yuvj formats are full: the decoders' convention."""
    if frame.color_range in (_LIMITED_RANGE, _FULL_RANGE):
        return frame.color_range == _LIMITED_RANGE
    return frame.format.name.startswith(("yuv", "nv")) and not frame.format.name.startswith("yuvj")


def _first_plane(frame: VideoFrame) -> Image:
    plane = frame.planes[0]
    if plane.line_size < 0:  # stored bottom up
        return _array(frame.reformat(format="gray"))
    rows: Image = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
    view = rows[: frame.height, : frame.width]
    view.flags.writeable = False  # the decoder may still refer to it
    return view


def _array(frame: VideoFrame) -> Image:
    return frame.to_ndarray().astype(np.uint8, copy=False)
