"""VGG-16 and ResNet-50 by transfer: from ImageNet's weights, with all but the last layers held at first."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
from keras import layers

from meetbot.errors import InputError, UsageError
from training.blocks import MEAN, SCALE, two_outputs
from training.recipe import Recipe

IMAGENET = "imagenet"
HELD_SHARE = 0.3  # of the run, in which all but the last four convolutions keep still
LEARNING = 4  # convolutions
# ImageNet's mean blue, green and red, which both networks' published weights expect taken off 0-255.
CHANNEL_MEANS = (103.939, 116.779, 123.68)
SIZE = (48, 48, 3)
COLOUR = "colour"

APPLICATIONS: dict[str, Callable[..., keras.Model]] = {
    "vgg16": keras.applications.VGG16,
    "resnet50": keras.applications.ResNet50,
}


def vgg16() -> keras.Model:
    """Thirteen convolutions without normalisation."""
    return _network("vgg16")


def resnet50() -> keras.Model:
    """Fifty layers in residual blocks."""
    return _network("resnet50")


def begin(model: keras.Model, recipe: Recipe) -> Recipe:
    """Put the weights into the network that the recipe starts from; the recipe as it could be had.

    Without a network connection ImageNet's weights can't be fetched: `start` is then empty in the recipe
    that comes back, and the run is one from scratch.
    """
    if not recipe.start:
        return recipe
    inside = backbone(model)
    if inside is None:
        raise UsageError(
            f"{recipe.net} can't start from ImageNet's weights; leave --start out, or take "
            f"{' or '.join(APPLICATIONS)}."
        )
    fetched = _fetched(recipe.net, recipe.start)
    if fetched is None:
        return replace(recipe, start="")
    inside.set_weights(fetched.get_weights())
    # From our scale to theirs, exactly: a 1x1 convolution that learns nothing, so padding stays their zero.
    kernel, bias = np.full((1, 1, 1, 3), SCALE), MEAN - np.array(CHANNEL_MEANS)
    model.get_layer(COLOUR).set_weights([kernel, bias])
    return recipe


def wants_hold(recipe: Recipe, share_done: float) -> bool:
    """Whether the network's earlier layers should keep still now; random ones never should."""
    return bool(recipe.start) and share_done < HELD_SHARE


def hold(model: keras.Model, on: bool) -> None:
    """Hold all layers below the last four convolutions, or let all learn; to be compiled again after it."""
    network = backbone(model)
    if network is None:
        return
    convolutions = [layer for layer in network.layers if isinstance(layer, layers.Conv2D)]
    first = network.layers.index(convolutions[-LEARNING])
    for place, layer in enumerate(network.layers):
        layer.trainable = not on or place >= first


def is_held(model: keras.Model) -> bool:
    """Whether some layers of the network inside keep still."""
    network = backbone(model)
    return network is not None and not all(layer.trainable for layer in network.layers)


def backbone(model: keras.Model) -> keras.Model | None:
    """The network inside, where there is one."""
    return next((layer for layer in model.layers if isinstance(layer, keras.Model)), None)


def _network(name: str) -> keras.Model:
    """Grey is given to all three colours; what the network sees is averaged over the picture."""
    picture = keras.Input((*SIZE[:2], 1), name="picture")
    colour = layers.Conv2D(3, 1, kernel_initializer="ones", trainable=False, name=COLOUR)(picture)
    inside = APPLICATIONS[name](include_top=False, weights=None, input_shape=SIZE)
    for layer in inside.layers:
        if isinstance(layer, layers.Conv2D):  # Keras's usual start lets 13 layers without normalisation fade
            layer.kernel.assign(keras.initializers.HeNormal()(layer.kernel.shape))
    features = layers.GlobalAveragePooling2D()(inside(colour))
    return keras.Model(picture, two_outputs(features, 0.5), name=name)


def _fetched(name: str, start: str) -> keras.Model | None:
    """The network with ImageNet's weights or the file's; None where Keras can't get ImageNet's."""
    if start != IMAGENET and not Path(start).is_file():
        raise InputError(f"{start} is no file; give --start imagenet or weights without their top layers.")
    try:
        return APPLICATIONS[name](include_top=False, weights=start, input_shape=SIZE)
    except Exception as error:  # Keras raises a bare Exception where a download fails
        if start == IMAGENET:
            return None
        raise InputError(
            f"{start} holds no weights of {name} ({error}); give a file for it without its top layers."
        ) from error
