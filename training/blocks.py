"""What networks are made of, and how they read a picture: all of them take the same input."""

import keras
import numpy as np
import numpy.typing as npt
from keras import layers

from meetbot.faces.levels import levelled
from meetbot.types import Image
from training.data import ORIGINAL, VOTES

MEAN, SCALE = 128.0, 64.0  # a network reads (pixel - MEAN) / SCALE; powers of two stay exact in int8


def scaled(pixels: Image) -> npt.NDArray[np.float32]:
    """Pictures as a network reads them: each in the same light, as production gives them."""
    return ((levelled(pixels).astype(np.float32) - MEAN) / SCALE)[..., None]


def conv_bn(x: keras.KerasTensor, width: int, size: int = 3) -> keras.KerasTensor:
    """Convolution and batch normalisation, which the exporter folds into one."""
    x = layers.Conv2D(width, size, padding="same", use_bias=False, kernel_initializer="he_normal")(x)
    return layers.BatchNormalization(momentum=0.95, epsilon=1e-3)(x)


def two_outputs(features: keras.KerasTensor, dropout: float) -> dict[str, keras.KerasTensor]:
    """FER-2013's labels and the FER+ votes disagree on a third of the pictures, so each has a layer.

    Always in float32: in bfloat16 a logit near 8 is rounded to steps of a sixteenth.
    """
    features = layers.Dropout(dropout)(features)
    return {
        "original": layers.Dense(len(ORIGINAL), name="original", dtype="float32")(features),
        "votes": layers.Dense(len(VOTES), name="votes", dtype="float32")(features),
    }
