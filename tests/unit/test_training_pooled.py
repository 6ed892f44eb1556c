"""An average pool of 8-bit numbers becomes a convolution that says the same."""

import keras
import numpy as np
import numpy.typing as npt
import pytest
from ai_edge_litert.interpreter import Interpreter
from keras import layers

from meetbot.faces.silence import silenced
from meetbot.types import Image
from training.blocks import scaled
from training.export import convert
from training.pooled import pools_as_convolutions

FACES: Image = np.random.default_rng(0).integers(0, 255, (20, 48, 48)).astype(np.uint8)


def exported(kind: str, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """A network with two pools, as the exporter had it before its pools were replaced."""
    keras.utils.set_random_seed(0)
    picture = keras.Input((48, 48, 1), name="picture")
    x = layers.ReLU()(layers.Conv2D(16, 5, padding="same")(picture))
    x = layers.AveragePooling2D(2)(x)
    x = layers.AveragePooling2D(3)(layers.Conv2D(8, 3)(x))
    model = keras.Model(picture, {"said": layers.Dense(5)(layers.Flatten()(x))})
    monkeypatch.setattr("training.export.pools_as_convolutions", lambda weights: weights)
    return convert(model, kind, FACES)


def answers(weights: bytes) -> npt.NDArray[np.float32]:
    with silenced():
        run = Interpreter(model_content=weights, num_threads=1).get_signature_runner()
    return np.concatenate([run(picture=face[None])["said"] for face in scaled(FACES)])


def test_what_the_network_says_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    before = exported("int8", monkeypatch)
    after = pools_as_convolutions(before)
    assert after != before
    assert pools_as_convolutions(after) == after  # no pool is left
    said = answers(before)
    assert np.abs(answers(after) - said).max() < 0.02 * (said.max() - said.min())


def test_pools_of_other_numbers_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    before = exported("float32", monkeypatch)
    np.testing.assert_array_equal(answers(pools_as_convolutions(before)), answers(before))
