"""What cameras, calls and crops do to a face, done at random to each training picture."""

import cv2
import numpy as np
import numpy.typing as npt

from meetbot.types import Image

FLIP = 0.5
ROTATION = 12.0  # degrees either way
ZOOM = 0.12  # of the face's size, either way
SHIFT = 0.10  # of the picture, either way: what a crop may be off
CONTRAST = 0.3
BRIGHTNESS = 30.0  # grey levels
GAMMA = 0.5  # exponent between 1 / 1.5 and 1.5
CALL = 0.5  # how many pictures go through a call; the others stay as sharp as they were
SMALLEST = 20  # pixels, the smallest face that a call shows and we still read
BLUR = 0.3  # of the pictures in a call, like the following
NOISE = 0.4
NOISE_LEVELS = 12.0
BLOCKS = 0.5  # how many show the blocks of a low bit rate
QUALITY = (12, 60)
GRAIN = 2.0  # levels: what a web camera's sensor and the codec leave in a dark picture
ERASE = 0.25
ERASE_SHARE = (0.15, 0.4)  # of the picture's side


def augment(face: Image, rng: np.random.Generator, size: int | None = None, strength: float = 1.0) -> Image:
    """One picture, `size` pixels wide, changed as another camera, another crop or a bad line would.

    `strength` scales how far and how often.
    """
    size = size or len(face)
    face = light(_move(face, rng, strength), rng, strength)
    if rng.random() < CALL * strength:
        face = call(face, rng)
    if size != len(face):
        face = _smaller(face, size)
    return _erase(face, rng) if rng.random() < ERASE * strength else face


def shrink(face: Image, size: int) -> Image:
    """The face as it looks when it was only `size` pixels wide in the frame."""
    return _enlarge(_smaller(face, size), len(face))


def dim(face: Image, share: float) -> Image:
    """The face in this share of its light; the camera's noise stays when the light goes."""
    return grainy(face * np.float64(share))


def grainy(levels: npt.NDArray[np.float64]) -> Image:
    """These levels as a camera gives them: with its noise, in whole steps."""
    noise = np.random.default_rng(0).normal(0, GRAIN, levels.shape)
    return np.clip(np.rint(levels + noise), 0, 255).astype(np.uint8)


def call(face: Image, rng: np.random.Generator) -> Image:
    """A small tile's face: blurred, noisy, coded in blocks at its own size, and enlarged again."""
    small = _smaller(face, int(rng.integers(SMALLEST, len(face) + 1)))
    if rng.random() < BLUR:
        small = np.asarray(cv2.GaussianBlur(small, (0, 0), float(rng.uniform(0.3, 0.9))), np.uint8)
    if rng.random() < NOISE:
        noise = rng.standard_normal(small.shape, np.float32) * np.float32(rng.uniform(1, NOISE_LEVELS))
        small = np.clip(small + noise, 0, 255).astype(np.uint8)
    if rng.random() < BLOCKS:
        small = _blocks(small, int(rng.integers(*QUALITY)))
    return _enlarge(small, len(face))


def _smaller(face: Image, size: int) -> Image:
    return np.asarray(cv2.resize(face, (size, size), interpolation=cv2.INTER_AREA), np.uint8)


def _enlarge(face: Image, size: int) -> Image:
    return np.asarray(cv2.resize(face, (size, size), interpolation=cv2.INTER_LINEAR), np.uint8)


def _move(face: Image, rng: np.random.Generator, strength: float) -> Image:
    size = len(face)
    angle = strength * rng.uniform(-ROTATION, ROTATION)
    zoom = 1 + strength * rng.uniform(-ZOOM, ZOOM)
    centre = (size - 1) / 2
    matrix = cv2.getRotationMatrix2D((centre, centre), float(angle), float(zoom))
    matrix[:, 2] = matrix[:, 2] + strength * rng.uniform(-SHIFT, SHIFT, 2) * size
    if rng.random() < FLIP:
        matrix = matrix @ np.array([[-1, 0, size - 1], [0, 1, 0], [0, 0, 1]], float)
    moved = cv2.warpAffine(
        face, matrix, (size, size), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101
    )
    return np.asarray(moved, np.uint8)


def light(face: Image, rng: np.random.Generator, strength: float) -> Image:
    """Another camera's brightness, contrast and gamma."""
    exponent = (1 + GAMMA) ** (strength * rng.uniform(-1, 1))
    levels = 255 * (np.arange(256) / 255) ** exponent
    levels = (levels - 128) * (1 + strength * rng.uniform(-CONTRAST, CONTRAST)) + 128
    levels = levels + strength * rng.uniform(-BRIGHTNESS, BRIGHTNESS)
    return np.asarray(np.clip(levels, 0, 255).astype(np.uint8)[face])


def _blocks(face: Image, quality: int) -> Image:
    """JPEG's blocks: the same transform of 8x8 pixels, coarsely rounded, that a video's key frames show."""
    _, packed = cv2.imencode(".jpg", face, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), np.uint8)


def _erase(face: Image, rng: np.random.Generator) -> Image:
    height, width = (int(rng.uniform(*ERASE_SHARE) * len(face)) for _ in range(2))
    top, left = int(rng.integers(0, len(face) - height)), int(rng.integers(0, len(face) - width))
    erased = face.copy()
    erased[top : top + height, left : left + width] = rng.integers(0, 256)
    return erased
