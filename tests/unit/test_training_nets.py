"""Every network reads a grey face and gives both label sets' logits; transferred ones hold still at first."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
from keras import layers

from meetbot.errors import InputError, UsageError
from tests.toys import without_ceremony
from training import checkpoint, curves, nets, transfer
from training.blocks import MEAN, SCALE, two_outputs
from training.data import Faces
from training.recipe import Recipe
from training.train import build, train


@pytest.fixture(autouse=True)
def soon_done() -> Iterator[None]:
    with without_ceremony():
        yield


MILLIONS = {
    "small_residual": (1, 3),
    "generic_convnet": (3, 6),
    "plain_sequential": (1.5, 3),
    "vgg_blocks": (1, 3),
    "inception_blocks": (0.5, 2),
    "vgg16": (14.7, 14.8),
    "resnet50": (23.5, 23.7),
}


def count(model: keras.Model, kind: type) -> int:
    inside = transfer.backbone(model)
    return sum(isinstance(layer, kind) for layer in [*model.layers, *(inside.layers if inside else [])])


@pytest.mark.parametrize("name", nets.NETS)
def test_a_network_reads_a_grey_face_and_gives_two_outputs(name: str) -> None:
    model = nets.NETS[name]()
    low, high = MILLIONS[name]
    assert low < model.count_params() / 1e6 < high
    said = model(np.zeros((1, 48, 48, 1), np.float32), training=False)
    assert {output: tuple(logits.shape) for output, logits in said.items()} == {
        "original": (1, 7),
        "votes": (1, 8),
    }


def test_ours_takes_smaller_pictures_too() -> None:
    model = nets.small_residual()
    for size in (32, 40):
        said = model(np.zeros((1, size, size, 1), np.float32), training=False)
        assert tuple(said["votes"].shape) == (1, 8)


def test_the_generic_network_has_four_convolutions_and_two_dense_layers() -> None:
    model = nets.NETS["generic_convnet"]()
    assert count(model, layers.Conv2D) == 4
    assert count(model, layers.Dense) == 2 + 2  # and the two outputs
    assert count(model, layers.BatchNormalization) == 6


def test_the_plain_network_is_as_wide_as_its_project_says() -> None:
    model = nets.NETS["plain_sequential"]()
    widths = [layer.filters for layer in model.layers if isinstance(layer, layers.Conv2D)]
    assert widths == [32, 64, 128, 128]
    assert 1024 in [layer.units for layer in model.layers if isinstance(layer, layers.Dense)]
    assert count(model, layers.BatchNormalization) == 0


def test_the_blocks_are_what_their_names_say() -> None:
    assert count(nets.NETS["vgg_blocks"](), layers.Conv2D) == 8
    assert count(nets.NETS["inception_blocks"](), layers.Concatenate) == 6


def test_logits_stay_exact_in_bfloat16() -> None:
    model = build(Recipe(net="plain_sequential", precision="mixed_bfloat16"))
    assert model.layers[1].compute_dtype == "bfloat16"
    assert {model.get_layer(name).compute_dtype for name in ("original", "votes")} == {"float32"}


# A backbone of the same kind as VGG-16, small enough for many tests.


def small_application(
    include_top: bool, weights: str | None, input_shape: tuple[int, int, int], **_: Any
) -> keras.Model:
    """Six convolutions; `weights` are ones for ImageNet, and a failed download for "offline"."""
    picture = x = keras.Input(input_shape)
    for _number in range(6):
        x = layers.BatchNormalization()(layers.Conv2D(3, 3, padding="same")(x))
    model = keras.Model(picture, x)
    if weights == transfer.IMAGENET:
        model.set_weights([np.ones_like(array) for array in model.get_weights()])
    elif weights:
        model.load_weights(weights)
    return model


def offline(**given: Any) -> keras.Model:
    if given["weights"]:
        raise Exception("URL fetch failure on somewhere: None -- no route")
    return small_application(**given)


@pytest.fixture
def small_vgg(monkeypatch: pytest.MonkeyPatch) -> Recipe:
    monkeypatch.setitem(transfer.APPLICATIONS, "vgg16", small_application)
    return Recipe(net="vgg16", start=transfer.IMAGENET)


def test_imagenet_s_weights_are_taken_with_their_scale_of_colours(small_vgg: Recipe) -> None:
    model = build(small_vgg)
    assert transfer.begin(model, small_vgg) == small_vgg
    inside = transfer.backbone(model)
    assert inside is not None
    assert all(np.all(array == 1) for array in inside.get_weights())
    pixels = np.array([0, 128, 255], np.float32).reshape(1, 1, 3, 1)
    seen = np.asarray(model.get_layer(transfer.COLOUR)((pixels - MEAN) / SCALE))[0, 0]
    for pixel, colours in zip((0, 128, 255), seen, strict=True):
        assert colours.tolist() == pytest.approx([pixel - mean for mean in transfer.CHANNEL_MEANS], abs=1e-3)


def test_from_scratch_all_colours_are_the_same_grey_in_our_scale(small_vgg: Recipe) -> None:
    model = build(small_vgg)
    seen = np.asarray(model.get_layer(transfer.COLOUR)(np.full((1, 1, 1, 1), 0.75, np.float32)))
    assert seen.ravel().tolist() == [0.75] * 3
    assert not model.get_layer(transfer.COLOUR).trainable


def test_without_a_network_the_run_is_one_from_scratch_and_says_so(
    small_vgg: Recipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(transfer.APPLICATIONS, "vgg16", offline)
    model = build(small_vgg)
    before = model.get_weights()
    begun = transfer.begin(model, small_vgg)
    assert begun == replace(small_vgg, start="")
    assert all(np.array_equal(one, other) for one, other in zip(before, model.get_weights(), strict=True))
    assert not transfer.wants_hold(begun, 0.0)


@pytest.mark.filterwarnings("ignore:__array__ implementation")  # Keras's own, when it saves under numpy 2
def test_weights_can_come_from_a_file(small_vgg: Recipe, tmp_path: Path) -> None:
    file = tmp_path / "vgg.weights.h5"
    given = small_application(False, transfer.IMAGENET, transfer.SIZE)
    given.save_weights(file)
    model = build(small_vgg)
    recipe = replace(small_vgg, start=str(file))
    assert transfer.begin(model, recipe) == recipe
    inside = transfer.backbone(model)
    assert inside is not None
    assert np.all(inside.get_weights()[0] == 1)


def test_a_file_of_other_weights_is_refused(small_vgg: Recipe, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.weights.h5"
    wrong.write_bytes(b"no weights")
    with pytest.raises(InputError, match="holds no weights of vgg16"):
        transfer.begin(build(small_vgg), replace(small_vgg, start=str(wrong)))
    with pytest.raises(InputError, match="is no file"):
        transfer.begin(build(small_vgg), replace(small_vgg, start=str(tmp_path / "missing.h5")))


def test_only_transferred_networks_start_from_imagenet(monkeypatch: pytest.MonkeyPatch) -> None:
    def tiny() -> keras.Model:
        picture = keras.Input((48, 48, 1))
        return keras.Model(picture, two_outputs(layers.GlobalAveragePooling2D()(picture), 0))

    monkeypatch.setitem(nets.NETS, "tiny", tiny)
    recipe = Recipe(net="tiny", start=transfer.IMAGENET)
    with pytest.raises(UsageError, match="tiny can't start from ImageNet's weights"):
        transfer.begin(build(recipe), recipe)


def test_all_but_the_last_four_convolutions_are_held_and_let_go(small_vgg: Recipe) -> None:
    model = build(small_vgg)
    inside = transfer.backbone(model)
    assert inside is not None
    transfer.hold(model, True)
    convolutions = [layer.trainable for layer in inside.layers if isinstance(layer, layers.Conv2D)]
    assert convolutions == [False, False, True, True, True, True]
    assert transfer.is_held(model)
    transfer.hold(model, False)
    assert all(layer.trainable for layer in inside.layers)
    assert not transfer.is_held(model)
    assert not model.get_layer(transfer.COLOUR).trainable


def test_layers_are_held_for_the_first_share_of_a_run_that_has_weights(small_vgg: Recipe) -> None:
    assert transfer.wants_hold(small_vgg, 0.0)
    assert transfer.wants_hold(small_vgg, transfer.HELD_SHARE - 0.01)
    assert not transfer.wants_hold(small_vgg, transfer.HELD_SHARE)
    assert not transfer.wants_hold(replace(small_vgg, start=""), 0.0)


def some_faces() -> Faces:
    rng = np.random.default_rng(2)
    pixels = rng.integers(0, 256, (48, 48, 48)).astype(np.uint8)
    emotion = (np.arange(48) % 7).astype(np.uint8)
    return Faces(pixels, emotion, (np.arange(48) >= 32).astype(np.uint8), None, np.zeros(48, np.uint8))


def test_a_transferred_run_lets_go_and_resumes_across_that_point(
    small_vgg: Recipe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe = replace(small_vgg, epochs=4, batch=16, rate=0.001)
    whole = train(some_faces(), tmp_path / "whole", recipe)

    def interrupt(table: Path, _: Path) -> None:
        if len(curves.read(table)["epoch"]) == 2:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(curves, "draw", interrupt)
        train(some_faces(), tmp_path / "cut", recipe)
    cut = tmp_path / "cut" / "last.npz"
    assert checkpoint.read(cut).recipe["held"] is True
    train(some_faces(), tmp_path / "cut", recipe, resume=cut)
    assert checkpoint.read(cut).recipe["held"] is False
    for one, other in zip(checkpoint.read(whole).averaged, checkpoint.read(cut).averaged, strict=True):
        assert other == pytest.approx(one, rel=1e-3, abs=1e-3)


def test_a_run_without_imagenet_s_weights_says_so_once_and_keeps_it(
    small_vgg: Recipe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(transfer.APPLICATIONS, "vgg16", offline)
    last = train(some_faces(), tmp_path, replace(small_vgg, epochs=1, batch=16, rate=0.001))
    assert "vgg16 starts from scratch" in capsys.readouterr().out
    assert checkpoint.read(last).recipe["start"] == ""
