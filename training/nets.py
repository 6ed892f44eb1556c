"""The networks, in Keras: a 48x48 picture in, logits for each of the two label sets out."""

from collections.abc import Callable

import keras
from keras import layers

from training.data import ORIGINAL, VOTES


def conv_bn(x: keras.KerasTensor, width: int, size: int = 3) -> keras.KerasTensor:
    """Convolution and batch normalisation, which the exporter folds into one."""
    x = layers.Conv2D(width, size, padding="same", use_bias=False, kernel_initializer="he_normal")(x)
    return layers.BatchNormalization(momentum=0.95, epsilon=1e-3)(x)


def squeeze_excite(x: keras.KerasTensor, reduction: int = 8) -> keras.KerasTensor:
    """Lets each channel be scaled by what the whole picture shows (Hu et al. 2018)."""
    width = x.shape[-1]
    gate = layers.GlobalAveragePooling2D(keepdims=True)(x)
    gate = layers.Conv2D(width // reduction, 1, activation="relu")(gate)
    gate = layers.Conv2D(width, 1, activation="sigmoid")(gate)
    return layers.Multiply()([x, gate])


def residual(x: keras.KerasTensor, width: int) -> keras.KerasTensor:
    """Two 3x3 convolutions beside a shortcut; the shortcut is projected where the width changes."""
    branch = layers.ReLU()(conv_bn(x, width))
    branch = squeeze_excite(conv_bn(branch, width))
    shortcut = x if x.shape[-1] == width else conv_bn(x, width, 1)
    return layers.ReLU()(layers.Add()([shortcut, branch]))


def two_outputs(features: keras.KerasTensor, dropout: float) -> dict[str, keras.KerasTensor]:
    """FER-2013's labels and the FER+ votes disagree on a third of the pictures, so each has a layer."""
    features = layers.Dropout(dropout)(features)
    return {
        "original": layers.Dense(len(ORIGINAL), name="original")(features),
        "votes": layers.Dense(len(VOTES), name="votes")(features),
    }


def small_residual(
    stem: int = 16,
    widths: tuple[int, ...] = (32, 64, 128, 256),
    depths: tuple[int, ...] = (1, 2, 2, 2),
    dropout: float = 0.2,
) -> keras.Model:
    """Ours: residual blocks with squeeze-and-excitation at a half to a sixteenth of the picture.

    Every halving is an average over 2x2 (a low-pass filter), so that a shift by one pixel changes
    little; the stem is one wide convolution because at full size each costs as much as a whole block.
    It takes pictures of any size, so that the first epochs can be of smaller, cheaper ones.
    """
    picture = keras.Input((None, None, 1), name="picture")
    x = layers.ReLU()(conv_bn(picture, stem, 5))
    for width, depth in zip(widths, depths, strict=True):
        x = layers.AveragePooling2D(2)(x)
        for _ in range(depth):
            x = residual(x, width)
    return keras.Model(
        picture, two_outputs(layers.GlobalAveragePooling2D()(x), dropout), name="small_residual"
    )


NETS: dict[str, Callable[[], keras.Model]] = {"small_residual": small_residual}
