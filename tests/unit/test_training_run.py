"""From faces to a model and its figures, with a tiny network that learns in seconds."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
import pytest
from keras import layers

from meetbot.errors import InputError
from meetbot.faces.card import read_card
from meetbot.faces.classify import CARD, WEIGHTS, load_classifier, softmax
from tests.toys import toy_faces, without_ceremony
from training import checkpoint, curves, evaluate, nets
from training.blocks import conv_bn, scaled, two_outputs
from training.data import ORIGINAL, PUBLIC_TEST, VOTES, Faces, read
from training.export import KINDS, export
from training.measure import fit_temperature
from training.recipe import Recipe, from_stored
from training.train import build, main, train


def tiny() -> keras.Model:
    """One convolution: enough to tell where a picture is bright."""
    picture = keras.Input((48, 48, 1), name="picture")
    x = layers.AveragePooling2D(6)(picture)
    x = layers.ReLU()(conv_bn(x, 16))
    return keras.Model(picture, two_outputs(layers.Flatten()(x), 0.3))


@pytest.fixture(autouse=True)
def tiny_is_a_net(monkeypatch: pytest.MonkeyPatch, run: Path) -> Iterator[None]:
    """All but the run that the tests share is done without ceremony."""
    monkeypatch.setitem(nets.NETS, "tiny", tiny)
    with without_ceremony():
        yield


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Faces that a tiny network can tell apart."""
    return toy_faces(tmp_path_factory.mktemp("data") / "faces.npz")


@pytest.fixture(scope="module")
def faces(data: Path) -> Faces:
    """The same, read."""
    return read(data)


RECIPE = Recipe(net="tiny", epochs=4, batch=32, rate=0.05, average=0.9)


@pytest.fixture(scope="module")
def run(faces: Faces, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished run's folder."""
    folder = tmp_path_factory.mktemp("run")
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(nets.NETS, "tiny", tiny)
        train(faces, folder, RECIPE)
    return folder


@pytest.fixture(scope="module")
def exported(faces: Faces, run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the run's model and card."""
    folder = tmp_path_factory.mktemp("models")
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(nets.NETS, "tiny", tiny)
        export(faces, run / "last.npz", folder, "int8")
    return folder


def test_training_lowers_the_loss_and_learns(run: Path) -> None:
    columns = curves.read(run / "curves.csv")
    assert columns["epoch"] == [1, 2, 3, 4]
    assert columns["loss"][-1] < columns["loss"][0] - 0.3
    assert columns["original"][-1] > 0.5
    assert (run / "curves.png").stat().st_size > 5000


def test_only_the_best_epoch_comes_back_from_a_patient_run(
    faces: Faces, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scores = iter([0.3, 0.6, 0.5, 0.6, 0.9])
    monkeypatch.setattr("training.train.accuracies", lambda *_: {"original": next(scores)})
    best = train(faces, tmp_path, replace(RECIPE, epochs=9, patience=2))
    assert best == tmp_path / "best.npz"
    assert checkpoint.read(best).epochs_done == 2
    assert checkpoint.read(tmp_path / "last.npz").epochs_done == 4


def test_a_run_ends_with_its_minutes(faces: Faces, tmp_path: Path) -> None:
    last = train(faces, tmp_path, replace(RECIPE, epochs=500, minutes=1e-6))
    assert checkpoint.read(last).epochs_done == 1
    assert curves.read(tmp_path / "curves.csv")["pictures"] == [RECIPE.batch]


def test_a_fresh_run_forgets_the_folder_s_former_curves(faces: Faces, tmp_path: Path) -> None:
    for epochs in (2, 1):
        train(faces, tmp_path, replace(RECIPE, epochs=epochs))
    assert curves.read(tmp_path / "curves.csv")["epoch"] == [1]


def test_a_network_of_one_size_is_trained_at_it_throughout(run: Path) -> None:
    assert from_stored(checkpoint.read(run / "last.npz").recipe).sizes == ((0.0, 48),)


def test_a_network_in_bfloat16_learns_and_keeps_its_weights_in_float32(faces: Faces, tmp_path: Path) -> None:
    last = train(faces, tmp_path, replace(RECIPE, precision="mixed_bfloat16"))
    columns = curves.read(tmp_path / "curves.csv")
    assert columns["loss"][-1] < columns["loss"][0] - 0.2
    assert {array.dtype for array in checkpoint.read(last).averaged} == {np.dtype(np.float32)}
    assert keras.config.dtype_policy().name == "float32"


def test_data_without_a_split_to_measure_by_are_refused(faces: Faces, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no PublicTest face"):
        train(faces.pick(faces.usage == 0), tmp_path, RECIPE)


def test_too_few_faces_for_a_batch_are_refused(faces: Faces, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="less than a batch of 4096"):
        train(faces, tmp_path, replace(RECIPE, batch=4096))


def test_an_interrupted_run_ends_where_an_uninterrupted_one_does(
    faces: Faces, run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(table: Path, _: Path) -> None:
        if len(curves.read(table)["epoch"]) == 2:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(curves, "draw", interrupt)
        train(faces, tmp_path, RECIPE)
    train(faces, tmp_path, RECIPE, resume=tmp_path / "last.npz")
    whole, resumed = (checkpoint.read(folder / "last.npz") for folder in (run, tmp_path))
    assert resumed.epochs_done == 4
    for one, other in zip(whole.averaged, resumed.averaged, strict=True):
        assert other == pytest.approx(one, abs=1e-3)


def test_a_resumed_run_can_be_given_another_end(faces: Faces, run: Path, tmp_path: Path) -> None:
    longer = Recipe(net="tiny", epochs=5, batch=32)
    last = train(faces, tmp_path, longer, resume=run / "last.npz")
    assert checkpoint.read(last).epochs_done == 5
    assert curves.read(tmp_path / "curves.csv")["epoch"] == [5]


def test_a_checkpoint_keeps_its_recipe(run: Path) -> None:
    stored = from_stored(checkpoint.read(run / "last.npz").recipe)
    assert stored == replace(RECIPE, sizes=((0.0, 48),))


def test_a_recipe_from_before_a_knob_stands_at_the_knob_s_default() -> None:
    stored = {"net": "tiny", "epochs": 7, "sizes": [[0.0, 32], [0.5, 48]], "momentum": 0.9}
    assert from_stored(stored) == Recipe(net="tiny", epochs=7, sizes=((0.0, 32), (0.5, 48)))


def test_the_command_goes_on_with_the_recipe_that_the_run_began_with(
    data: Path, run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = f"train --data {data} --out {tmp_path} --resume {run / 'last.npz'} --epochs 5 --patience 3"
    monkeypatch.setattr("sys.argv", words.split())
    main()
    recipe = from_stored(checkpoint.read(tmp_path / "last.npz").recipe)
    assert (recipe.batch, recipe.average, recipe.epochs, recipe.patience) == (32, 0.9, 5, 3)


def test_a_checkpoint_of_another_network_is_refused(run: Path) -> None:
    with pytest.raises(InputError, match="another network"):
        checkpoint.load(run / "last.npz", build(Recipe()))


def test_a_packed_checkpoint_is_small_and_goes_on(faces: Faces, run: Path, tmp_path: Path) -> None:
    packed = tmp_path / "packed.npz"
    checkpoint.pack(run / "last.npz", packed)
    whole, small = (checkpoint.read(path) for path in (run / "last.npz", packed))
    for one, other in zip(whole.averaged, small.averaged, strict=True):
        assert other == pytest.approx(one, abs=2e-3)
    larger = sum(array.nbytes for array in np.load(run / "last.npz").values())
    assert sum(array.nbytes for array in np.load(packed).values()) < 0.2 * larger
    last = train(faces, tmp_path, replace(RECIPE, epochs=5), resume=packed)
    assert checkpoint.read(last).epochs_done == 5


def test_what_is_no_checkpoint_is_refused(data: Path, run: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.npz"
    cut.write_bytes((run / "last.npz").read_bytes()[:-100])
    for path in (data, tmp_path / "missing.npz", cut):
        with pytest.raises(InputError, match="no checkpoint"):
            checkpoint.read(path)


def test_the_exported_model_says_what_the_network_says(data: Path, run: Path, exported: Path) -> None:
    model = tiny()
    model.set_weights(checkpoint.read(run / "last.npz").averaged)
    faces = read(data).pixels[:40]
    said = load_classifier(exported).logits(list(faces))
    meant = model.predict(scaled(faces), verbose=0)
    for name in ("original", "votes"):
        assert np.abs(said[name] - meant[name]).max() < 0.1 * np.ptp(meant[name])  # int8 rounds


def test_the_exported_card_describes_the_run(exported: Path) -> None:
    card = read_card(exported / CARD)
    assert card.outputs["shown"] == "votes"
    assert card.trained_on.endswith("4 epochs")
    assert card.scores["public_test_accuracy"] > 0.5
    assert card.scores["public_test_ferplus_accuracy"] > 0.5


def test_temperatures_fit_what_is_shown_of_the_votes_and_all_of_the_labels(
    faces: Faces, exported: Path
) -> None:
    classifier, check = load_classifier(exported), faces.pick(faces.usage == PUBLIC_TEST)
    logits = classifier.logits(list(check.pixels))
    votes = logits["votes"][:, [VOTES.index(label) for label in ORIGINAL]]
    for name, said in (("original", logits["original"]), ("votes", votes)):
        fitted = fit_temperature(said, check.emotion)  # all votes of these faces are for their label
        assert classifier.card.temperatures[name] == pytest.approx(fitted, abs=1e-4)


def test_a_network_that_saw_no_votes_shows_the_labels_it_learned(
    faces: Faces, run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export(
        Faces(faces.pixels, faces.emotion, faces.usage, None, faces.source),
        run / "last.npz",
        tmp_path,
        "int8",
    )
    classifier, face = load_classifier(tmp_path), list(faces.pixels[:1])
    expected = softmax(classifier.logits(face)["original"], classifier.card.temperatures["original"])
    assert np.array_equal(classifier(face), expected)
    assert capsys.readouterr().out.count("%") == len(KINDS)


def test_the_comparison_names_every_kind(
    faces: Faces, run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export(faces, run / "last.npz", tmp_path, "float32")
    _, _, *lines = capsys.readouterr().out.splitlines()
    assert [line.split(" | ")[0] for line in lines] == [f"| {kind}" for kind in KINDS]
    assert all(line.count("|") == 6 and line.count(" %") == 2 for line in lines)
    assert load_classifier(tmp_path).card.sha256


def evaluated(data: Path, models: Path, capsys: pytest.CaptureFixture[str], *more: str) -> str:
    """What the command prints."""
    evaluate.main(["--data", str(data), "--models", str(models), *more])
    return capsys.readouterr().out


def test_evaluation_prints_the_promised_json(
    data: Path, exported: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = json.loads(evaluated(data, exported, capsys, "--usage", "1", "--json"))
    assert set(figures) >= {
        *("n", "accuracy", "balanced_accuracy", "weighted_f1", "macro_f1", "per_class", "confusion"),
        *("ece", "ece_before_temperature", "ferplus", "by_size", "model"),
    }
    assert list(figures["per_class"]) == list(ORIGINAL)
    assert set(figures["per_class"]["sad"]) == {"precision", "recall", "f1", "support"}
    assert set(figures["ferplus"]) >= {"n", "accuracy", "ece"}
    assert list(figures["by_size"]) == ["20", "24", "32", "48"]
    assert set(figures["model"]) == {"sha256", "bytes", "ms_per_face"}
    assert figures["model"]["sha256"] == read_card(exported / CARD).sha256
    assert figures["model"]["bytes"] == (exported / WEIGHTS).stat().st_size


def test_evaluation_agrees_with_the_card(
    data: Path, exported: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = json.loads(evaluated(data, exported, capsys, "--usage", "1", "--json"))
    faces = read(data)
    assert figures["n"] == np.sum(faces.usage == PUBLIC_TEST) == np.sum(figures["confusion"])
    assert figures["accuracy"] == pytest.approx(
        read_card(exported / CARD).scores["public_test_accuracy"], abs=1e-4
    )
    assert figures["by_size"]["48"] == figures["accuracy"]


def test_evaluation_does_without_votes(
    data: Path, exported: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    faces = read(data)
    bare = tmp_path / "bare.npz"
    np.savez(bare, pixels=faces.pixels[:50], emotion=faces.emotion[:50], usage=faces.usage[:50] * 0 + 2)
    figures = json.loads(evaluated(bare, exported, capsys, "--usage", "2", "--json"))
    assert figures["n"] == 50
    assert "ferplus" not in figures


def test_evaluation_for_readers_draws_the_confusion(
    data: Path, exported: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = tmp_path / "confusion.png"
    text = evaluated(data, exported, capsys, "--confusion", str(picture))
    assert "balanced_accuracy" in text
    assert picture.stat().st_size > 5000


def test_a_split_without_rows_is_refused(data: Path, exported: Path) -> None:
    with pytest.raises(InputError, match="no row with usage 2"):
        evaluate.main(["--data", str(data), "--models", str(exported), "--usage", "2"])
