"""One small picture of each person's face, where the user asks for them by name: `--thumbnails`."""

from collections.abc import Iterable, Sequence
from math import cos, radians

import cv2
import numpy as np

from meetbot import settings
from meetbot.seams import Reader
from meetbot.types import Box, Image, Picture, Reading, Still, Tile

_AROUND = 2.0  # side of the picture by the face's height: hair and shoulders, so that a person is known
_BLUR = 12  # squares across and down that the surroundings keep: no room, no neighbour can be made out


class PortraitReader:
    """Reads as another reader does, and hands over each face that is better to be seen than those before."""

    def __init__(self, read: Reader) -> None:
        self._read = read
        self._best: dict[int, float] = {}  # by seat; numbers only, the pictures go into the lesson

    def take_up(self, readings: Iterable[Reading]) -> None:
        """Takes the faces of an interrupted run's pictures for the best ones so far."""
        self._best |= {reading.seat: _worth(reading) for reading in readings if reading.box}

    def __call__(self, tiles: Sequence[Tile], time: float) -> Sequence[Reading | Still]:
        """The readings, and what is to take the place of older pictures."""
        readings = self._read(tiles, time)
        faces = {one.seat: one for one in readings if isinstance(one, Reading) and one.state == "face"}
        stills = (self._better(tile, faces[tile.seat]) for tile in tiles if tile.seat in faces)
        return [*readings, *(still for still in stills if still)]

    def _better(self, tile: Tile, reading: Reading) -> Still | None:
        face, worth = tile.face, _worth(reading)
        if face is None or worth < settings.PORTRAIT_BETTER * self._best.get(tile.seat, 0.0) or not worth:
            return None
        self._best[tile.seat] = worth
        return Still(reading.time, "face", portrait(tile.picture, face.box), tile.seat)


def portrait(picture: Picture, face: Box) -> bytes:
    """A face in small as JPEG; what is around the head is blurred past recognition."""
    side = settings.PORTRAIT_SIDE
    half = _AROUND * face.height / 2
    x, y = face.x + face.width / 2, face.y + face.height / 2
    into = np.array([[side / (2 * half), 0, 0], [0, side / (2 * half), 0]], np.float64)
    into[:, 2] = -into[0, 0] * np.array([x - half, y - half])
    head = cv2.warpAffine(
        picture.colour(), into, (side, side), flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE
    )
    coarse = cv2.resize(head, (_BLUR, _BLUR), interpolation=cv2.INTER_AREA)
    blurred = cv2.resize(coarse, (side, side), interpolation=cv2.INTER_LINEAR)
    shown = np.where(_oval(side), head, blurred).astype(np.uint8)
    return cv2.imencode(".jpg", shown, (cv2.IMWRITE_JPEG_QUALITY, 80))[1].tobytes()


def _oval(side: int) -> Image:
    """Where the head is: an oval somewhat larger than the face."""
    mask = np.zeros((side, side, 1), np.uint8)
    axes = round(side / _AROUND * 0.55), round(side / _AROUND * 0.75)
    cv2.ellipse(mask, (side // 2, round(side * 0.47)), axes, 0, 0, 360, (1,), -1)
    return mask


def _worth(reading: Reading) -> float:
    """How well a face can be seen: pixels of its height, less where it is turned, none above what is kept."""
    assert reading.box is not None
    turn = radians(min(90.0, abs(reading.yaw or 0.0) + abs(reading.pitch or 0.0)))
    return min(reading.box.height, float(settings.PORTRAIT_SIDE)) * cos(turn)
