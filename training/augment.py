"""What cameras, calls and crops do to a face, done at random to each training picture."""

import cv2
import numpy as np

from meetbot.types import Image

FLIP = 0.5
ROTATION = 12.0  # degrees either way
ZOOM = 0.12  # of the face's size, either way
SHIFT = 0.10  # of the picture, either way: what a crop may be off
CONTRAST = 0.3
BRIGHTNESS = 35.0  # grey levels
GAMMA = 0.5  # exponent between 1 / 1.5 and 1.5
SHRINK = 0.35  # how many pictures are shrunk and enlarged again
SMALLEST = 20  # pixels, the smallest face that a call shows and we still read
JPEG = 0.2  # how many pictures show the blocks of a low bit rate
JPEG_QUALITY = (12, 60)
BLUR = 0.15
NOISE = 0.2
NOISE_LEVELS = 12.0
ERASE = 0.25
ERASE_SHARE = (0.15, 0.4)  # of the picture's side


def augment(face: Image, rng: np.random.Generator) -> Image:
    """One picture, changed as another camera, another crop or a bad line would have changed it."""
    face = _move(face, rng)
    face = _light(face, rng)
    if rng.random() < SHRINK:
        face = shrink(face, int(rng.integers(SMALLEST, len(face))))
    if rng.random() < BLUR:
        face = np.asarray(cv2.GaussianBlur(face, (0, 0), float(rng.uniform(0.4, 1.2))), np.uint8)
    if rng.random() < NOISE:
        noise = rng.standard_normal(face.shape, np.float32) * np.float32(rng.uniform(1, NOISE_LEVELS))
        face = np.clip(face + noise, 0, 255).astype(np.uint8)
    if rng.random() < JPEG:
        face = _jpeg(face, int(rng.integers(*JPEG_QUALITY)))
    return _erase(face, rng) if rng.random() < ERASE else face


def shrink(face: Image, size: int) -> Image:
    """The face as it looks when it was only `size` pixels wide in the frame."""
    small = cv2.resize(face, (size, size), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.resize(small, face.shape[::-1], interpolation=cv2.INTER_LINEAR), np.uint8)


def _move(face: Image, rng: np.random.Generator) -> Image:
    size = len(face)
    angle, zoom = rng.uniform(-ROTATION, ROTATION), 1 + rng.uniform(-ZOOM, ZOOM)
    centre = (size - 1) / 2
    matrix = cv2.getRotationMatrix2D((centre, centre), float(angle), float(zoom))
    matrix[:, 2] = matrix[:, 2] + rng.uniform(-SHIFT, SHIFT, 2) * size
    if rng.random() < FLIP:
        matrix = matrix @ np.array([[-1, 0, size - 1], [0, 1, 0], [0, 0, 1]], float)
    moved = cv2.warpAffine(
        face, matrix, (size, size), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101
    )
    return np.asarray(moved, np.uint8)


def _light(face: Image, rng: np.random.Generator) -> Image:
    exponent = (1 + GAMMA) ** rng.uniform(-1, 1)
    levels = 255 * (np.arange(256) / 255) ** exponent
    levels = (levels - 128) * (1 + rng.uniform(-CONTRAST, CONTRAST)) + 128
    levels = levels + rng.uniform(-BRIGHTNESS, BRIGHTNESS)
    return np.asarray(np.clip(levels, 0, 255).astype(np.uint8)[face])


def _jpeg(face: Image, quality: int) -> Image:
    _, packed = cv2.imencode(".jpg", face, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), np.uint8)


def _erase(face: Image, rng: np.random.Generator) -> Image:
    height, width = (int(rng.uniform(*ERASE_SHARE) * len(face)) for _ in range(2))
    top, left = int(rng.integers(0, len(face) - height)), int(rng.integers(0, len(face) - width))
    erased = face.copy()
    erased[top : top + height, left : left + width] = rng.integers(0, 256)
    return erased
