"""Brings a face to middle brightness and contrast, so that the light in a room changes no reading."""

import cv2
import numpy as np
import numpy.typing as npt

from meetbot.types import Image

MIDDLE = 128.0  # grey level
SPREAD = 54.0  # grey levels: the usual standard deviation of FER-2013's pictures
LEAST_SPREAD = 5.0  # below it the camera's noise is as strong as the face: it is raised no further

_LEVELS = np.arange(256.0)


def levelled(faces: Image) -> Image:
    """Each face, or stack of faces, with the same mean and spread of its grey levels."""
    result = np.empty_like(faces)
    for place in np.ndindex(faces.shape[:-2]):
        result[place] = cv2.LUT(faces[place], _table(faces[place]).astype(np.uint8))
    return result


def tabled(face: Image, mean: float, scale: float, level: bool) -> npt.NDArray[np.float32]:
    """(pixel - mean) / scale of one face, which is levelled first where that is asked for."""
    levels = _table(face) if level else _LEVELS
    table = (levels.astype(np.float32) - np.float32(mean)) / np.float32(scale)
    return np.asarray(cv2.LUT(face, table), np.float32)


def _table(face: Image) -> npt.NDArray[np.float64]:
    """The whole grey level that each grey level becomes."""
    mean, spread = (float(value[0, 0]) for value in cv2.meanStdDev(face))
    levels = (_LEVELS - mean) * (SPREAD / max(spread, LEAST_SPREAD)) + MIDDLE
    return np.clip(np.rint(levels), 0, 255)
