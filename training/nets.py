"""The networks, in Keras: a 48x48 picture in, logits for each of the two label sets out."""

from collections.abc import Callable

import keras
from keras import layers

from training import followed, transfer
from training.blocks import conv_bn, two_outputs


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


NETS: dict[str, Callable[[], keras.Model]] = {
    "small_residual": small_residual,
    "generic_convnet": followed.generic_convnet,
    "plain_sequential": followed.plain_sequential,
    "vgg_blocks": followed.vgg_blocks,
    "inception_blocks": followed.inception_blocks,
    "vgg16": transfer.vgg16,
    "resnet50": transfer.resnet50,
}
