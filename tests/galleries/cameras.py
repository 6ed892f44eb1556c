"""A person's camera picture: somebody moving in front of a room."""

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np

from meetbot.types import Image
from tests.galleries.faces import clip
from tests.galleries.rooms import RoomKind, room
from tests.galleries.styles import Colour

_SMALL, _LARGE = 216, 432  # pixels of height that camera pictures are made at
_PACE = 2.5  # stills a second


@dataclass(frozen=True)
class Camera:
    """How one person is filmed."""

    source: str
    mirrored: bool
    ratio: float  # width to height of what the camera sends
    room: RoomKind
    colour: Colour  # of a flat room
    face: float  # height of the face in heights of the picture
    across: float  # where the face's middle is, in widths
    down: float
    light: float
    phase: int
    empty: bool = False  # nobody sits there


def still(camera: Camera, time: float, height: int) -> Image:
    """The camera's picture at a time, at least about as high as asked."""
    frames = len(clip(camera.source).frames)
    step = (int(time * _PACE) + camera.phase) % (2 * frames - 2)
    number = step if step < frames else 2 * frames - 2 - step
    if height > _SMALL * 1.2:
        return _large(camera, number)
    return _small(camera, number)


@lru_cache(maxsize=120)
def _large(camera: Camera, number: int) -> Image:
    return _filmed(camera, number, _LARGE)


@lru_cache(maxsize=620)
def _small(camera: Camera, number: int) -> Image:
    return _filmed(camera, number, _SMALL)


def _filmed(camera: Camera, number: int, height: int) -> Image:
    width = round(height * camera.ratio)
    behind = room(camera.room, camera.phase * 131 + round(camera.across * 997), width, height, camera.colour)
    if camera.empty:
        return behind
    frames, face = clip(camera.source)
    flip = -1 if camera.mirrored else 1
    person = frames[number][:, ::flip]
    tall, wide = person.shape[:2]
    middle = face.x + face.width / 2
    middle = wide - middle if camera.mirrored else middle
    below = tall - (face.y + face.height / 2)
    # The body must reach the lower edge of the picture, or a bust floats in the room.
    scale = max(camera.face * height / face.height, 0.35 * height / below)
    down = max(camera.down * height, height - below * scale)
    matrix = np.array(
        [
            [scale, 0, camera.across * width - middle * scale],
            [0, scale, down - (face.y + face.height / 2) * scale],
        ]
    )
    matte = _matte(camera.source, camera.mirrored)
    body = cv2.warpAffine(person, matrix, (width, height), flags=cv2.INTER_AREA)
    cover = cv2.warpAffine(matte, matrix, (width, height))[:, :, None].astype(np.float32) / 255
    mixed = (body * cover + behind * (1 - cover)) * (camera.light if camera.room != "flat" else 1.0)
    return np.clip(mixed, 0, 255).astype(np.uint8)


@lru_cache(maxsize=32)
def _matte(source: str, mirrored: bool) -> Image:
    """Head and shoulders as two soft ellipses about the face."""
    frames, face = clip(source)
    matte: Image = np.zeros(frames[0].shape[:2], np.uint8)
    x, y = face.x + face.width / 2, face.y + face.height / 2
    head = (int(0.85 * face.width), int(0.95 * face.height))
    cv2.ellipse(matte, (int(x), int(y - 0.12 * face.height)), head, 0, 0, 360, 255, -1)
    body = (int(1.75 * face.width), int(1.5 * face.height))
    cv2.ellipse(matte, (int(x), int(y + 2.05 * face.height)), body, 0, 0, 360, 255, -1)
    cv2.rectangle(
        matte, (int(x - body[0]), int(y + 2.05 * face.height)), (int(x + body[0]), matte.shape[0]), 255, -1
    )
    brim = max(2, matte.shape[0] // 25)  # a clip that ends at the hair must not end in a sharp line
    matte[:brim] = matte[:, :brim] = matte[:, -brim:] = 0
    soft = cv2.GaussianBlur(matte, (0, 0), face.width * 0.05)
    return np.asarray(soft[:, :: -1 if mirrored else 1], np.uint8)
