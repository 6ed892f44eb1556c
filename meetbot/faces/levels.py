"""Brings a face to middle brightness and contrast, so that the light in a room changes no reading."""

import cv2
import numpy as np

from meetbot.types import Image

MIDDLE = 128.0  # grey level
SPREAD = 54.0  # grey levels: the usual standard deviation of FER-2013's pictures
LEAST_SPREAD = 5.0  # below it the camera's noise is as strong as the face: it is raised no further

_LEVELS = np.arange(256)


def levelled(faces: Image) -> Image:
    """Each face, or stack of faces, with the same mean and spread of its grey levels."""
    result = np.empty_like(faces)
    for place in np.ndindex(faces.shape[:-2]):
        mean, spread = (float(value[0, 0]) for value in cv2.meanStdDev(faces[place]))
        levels = (_LEVELS - mean) * (SPREAD / max(spread, LEAST_SPREAD)) + MIDDLE
        table = np.clip(np.rint(levels), 0, 255).astype(np.uint8)
        result[place] = cv2.LUT(faces[place], table)
    return result
