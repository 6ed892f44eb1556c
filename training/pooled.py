"""Average pools of an 8-bit network as the convolutions that they are.

LiteRT's fast kernels (XNNPACK) have no 8-bit average pool: each goes to a slow one, an eighth of the emotion
network's time. As a depthwise convolution whose weights are one over the pool's size it takes a tenth of it,
and its numbers are the same but for where a half in the upper range is rounded to.
"""

from typing import Any

import flatbuffers
import numpy as np
from tensorflow.lite.python import schema_py_generated as schema

_IDENTIFIER = b"TFL3"
_ONE = 64  # how a weight of one over the pool's size is written: a power of two, so that nothing is rounded
_DOWN = (
    -1
)  # a half is rounded down, as the pool rounds it below the middle of the range, where most numbers are
_VERSION = 3  # of the depthwise convolution: the first in 8 bits


def pools_as_convolutions(weights: bytes) -> bytes:
    """The same TFLite file, without average pools of 8-bit numbers."""
    model = schema.ModelT.InitFromPackedBuf(weights, 0)
    pool = schema.BuiltinOperator.AVERAGE_POOL_2D
    pools = [place for place, code in enumerate(model.operatorCodes) if code.builtinCode == pool]
    for graph in model.subgraphs:
        for operator in graph.operators:
            if (
                operator.opcodeIndex in pools
                and graph.tensors[operator.inputs[0]].type == schema.TensorType.INT8
            ):
                _replace(model, graph, operator)
    return _packed(model)


def _replace(model: Any, graph: Any, operator: Any) -> None:
    """Makes one pool a convolution."""
    pool, shown = operator.builtinOptions, graph.tensors[operator.inputs[0]]
    across, down, channels = pool.filterWidth, pool.filterHeight, int(shown.shape[3])
    scale = 1 / (across * down * _ONE)
    kernel = np.full((1, down, across, channels), _ONE, np.int8)
    name = graph.tensors[operator.outputs[0]].name
    operator.inputs = [
        operator.inputs[0],
        _added(model, graph, name + b"/weights", kernel, scale),
        _added(
            model,
            graph,
            name + b"/bias",
            np.full(channels, _DOWN, np.int32),
            scale * float(shown.quantization.scale[0]),
        ),
    ]
    operator.opcodeIndex = _depthwise(model)
    operator.builtinOptionsType = schema.BuiltinOptions.DepthwiseConv2DOptions
    options = schema.DepthwiseConv2DOptionsT()
    options.padding, options.depthMultiplier = pool.padding, 1
    options.strideW, options.strideH = pool.strideW, pool.strideH
    options.dilationWFactor = options.dilationHFactor = 1
    options.fusedActivationFunction = pool.fusedActivationFunction
    operator.builtinOptions = options


def _added(model: Any, graph: Any, name: bytes, values: Any, scale: float) -> int:
    """A constant, one scale a channel; gives its number."""
    buffer = schema.BufferT()
    buffer.data = np.frombuffer(values.tobytes(), np.uint8)
    model.buffers.append(buffer)
    tensor = schema.TensorT()
    tensor.name, tensor.shape, tensor.buffer = name, np.array(values.shape, np.int32), len(model.buffers) - 1
    tensor.type = schema.TensorType.INT8 if values.dtype == np.int8 else schema.TensorType.INT32
    channels = values.shape[-1]
    quantization = schema.QuantizationParametersT()
    quantization.scale = np.full(channels, scale, np.float32)
    quantization.zeroPoint = np.zeros(channels, np.int64)
    quantization.quantizedDimension = values.ndim - 1
    tensor.quantization = quantization
    graph.tensors.append(tensor)
    return len(graph.tensors) - 1


def _depthwise(model: Any) -> int:
    """The number of the depthwise convolution among the file's kinds of operators."""
    kind = schema.BuiltinOperator.DEPTHWISE_CONV_2D
    for place, code in enumerate(model.operatorCodes):
        if code.builtinCode == kind and code.version >= _VERSION:
            return place
    code = schema.OperatorCodeT()
    code.builtinCode = code.deprecatedBuiltinCode = kind
    code.version = _VERSION
    model.operatorCodes.append(code)
    return len(model.operatorCodes) - 1


def _packed(model: Any) -> bytes:
    builder = flatbuffers.Builder(1 << 20)
    builder.Finish(model.Pack(builder), _IDENTIFIER)
    return bytes(builder.Output())
