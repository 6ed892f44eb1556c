"""How a stored picture has to be turned to stand upright."""

import struct
from typing import NamedTuple

import numpy as np

from meetbot.types import Image


class Orientation(NamedTuple):
    """One of the eight ways to lay a picture down: swap the axes, then mirror, then flip."""

    transpose: bool = False
    mirror: bool = False  # left and right
    flip: bool = False  # top and bottom

    def size(self, width: int, height: int) -> tuple[int, int]:
        """Width and height after turning."""
        return (height, width) if self.transpose else (width, height)

    def turn(self, image: Image) -> Image:
        """The picture upright; an upright picture comes back as it is, without a copy."""
        if self == UPRIGHT:
            return image
        if self.transpose:
            image = image.swapaxes(0, 1)
        if self.mirror:
            image = image[:, ::-1]
        if self.flip:
            image = image[::-1]
        return np.ascontiguousarray(image)  # OpenCV takes no negative strides


UPRIGHT = Orientation()


def from_display_matrix(matrix: bytes) -> Orientation:
    """Reads a container's display matrix: nine numbers, x' = a x + c y and y' = b x + d y."""
    a, b, _, c, d, *_ = struct.unpack("=9i", matrix[:36])
    if abs(b) + abs(c) > abs(a) + abs(d):  # nearer to a quarter turn than to none or a half
        return Orientation(transpose=True, mirror=c < 0, flip=b < 0)
    return Orientation(mirror=a < 0, flip=d < 0)
