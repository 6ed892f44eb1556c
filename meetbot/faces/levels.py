"""Brings a face to middle brightness and contrast, so that the light in a room changes no reading."""

import numpy as np

from meetbot.types import Image

MIDDLE = 128.0  # grey level
SPREAD = 54.0  # grey levels: the usual standard deviation of FER-2013's pictures
LEAST_SPREAD = 5.0  # below it the camera's noise is as strong as the face: it is raised no further


def levelled(faces: Image) -> Image:
    """Each face, or stack of faces, with the same mean and spread of its grey levels."""
    levels = faces.astype(np.float32)
    mean = levels.mean(axis=(-2, -1), keepdims=True)
    spread = np.maximum(levels.std(axis=(-2, -1), keepdims=True), np.float32(LEAST_SPREAD))
    return np.asarray(
        np.clip(np.rint((levels - mean) * (np.float32(SPREAD) / spread) + MIDDLE), 0, 255), np.uint8
    )
