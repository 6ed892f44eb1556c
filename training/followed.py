"""The networks that the followed student projects trained from scratch, built again for comparison.

What is known of them is their outline: kinds and numbers of layers. Widths and dropouts that are not known
are ours.
"""

from collections.abc import Sequence

import keras
from keras import layers

from training.blocks import conv_bn, two_outputs


def generic_convnet() -> keras.Model:
    """Four convolutions and two dense layers, each with batch normalisation and dropout."""
    x = picture = _picture()
    for width, size in ((64, 3), (128, 5), (512, 3), (512, 3)):
        x = layers.ReLU()(conv_bn(x, width, size))
        x = layers.Dropout(0.25)(layers.MaxPooling2D(2)(x))
    x = layers.Flatten()(x)
    for width in (256, 512):
        x = _dense_bn(x, width)
    return _network("generic_convnet", picture, x)


def plain_sequential() -> keras.Model:
    """Convolutions of 32, 64, 128 and 128, a dense layer of 1024, dropout, and no normalisation."""
    x = picture = _picture()
    for width in (32, 64):
        x = _plain(x, width)
    x = layers.Dropout(0.25)(layers.MaxPooling2D(2)(x))
    for width in (128, 128):
        x = layers.MaxPooling2D(2)(_plain(x, width))
    x = layers.Flatten()(layers.Dropout(0.25)(x))
    x = layers.Dense(1024, activation="relu", kernel_initializer="he_normal")(x)
    return _network("plain_sequential", picture, x)


def vgg_blocks(widths: Sequence[int] = (32, 64, 128, 256)) -> keras.Model:
    """Blocks of two 3x3 convolutions and a pooling (Simonyan and Zisserman 2015), then a dense layer."""
    x = picture = _picture()
    for width in widths:
        for _ in range(2):
            x = layers.ReLU()(conv_bn(x, width))
        x = layers.Dropout(0.25)(layers.MaxPooling2D(2)(x))
    return _network("vgg_blocks", picture, _dense_bn(layers.Flatten()(x), 256))


def inception_blocks(widths: Sequence[int] = (16, 32, 48)) -> keras.Model:
    """Blocks of four branches that see 1, 3, 5 pixels and a pooling (Szegedy et al. 2015)."""
    picture = _picture()
    x = layers.MaxPooling2D(2)(layers.ReLU()(conv_bn(picture, 32)))
    for width in widths:
        for _ in range(2):
            x = _inception(x, width)
        x = layers.Dropout(0.25)(layers.MaxPooling2D(2)(x))
    return _network("inception_blocks", picture, _dense_bn(layers.Flatten()(x), 256))


def _inception(x: keras.KerasTensor, width: int) -> keras.KerasTensor:
    """Each branch gives `width` channels, the one of 3x3 twice as many."""
    wide, wider = (layers.ReLU()(conv_bn(x, width, 1)) for _ in range(2))
    pooled = layers.MaxPooling2D(3, strides=1, padding="same")(x)
    branches = [conv_bn(x, width, 1), conv_bn(wide, 2 * width), conv_bn(wider, width, 5)]
    return layers.ReLU()(layers.Concatenate()([*branches, conv_bn(pooled, width, 1)]))


def _picture() -> keras.KerasTensor:
    return keras.Input((48, 48, 1), name="picture")


def _plain(x: keras.KerasTensor, width: int) -> keras.KerasTensor:
    return layers.Conv2D(width, 3, activation="relu", kernel_initializer="he_normal")(x)


def _dense_bn(x: keras.KerasTensor, width: int) -> keras.KerasTensor:
    x = layers.Dense(width, use_bias=False, kernel_initializer="he_normal")(x)
    return layers.Dropout(0.25)(layers.ReLU()(layers.BatchNormalization(momentum=0.95)(x)))


def _network(name: str, picture: keras.KerasTensor, features: keras.KerasTensor) -> keras.Model:
    return keras.Model(picture, two_outputs(features, 0.5), name=name)
