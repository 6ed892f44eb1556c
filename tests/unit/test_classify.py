"""The shipped network, run as production runs it."""

import hashlib
import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from meetbot.errors import ModelError
from meetbot.faces.align import SIZE
from meetbot.faces.card import read_card
from meetbot.faces.classify import CARD, WEIGHTS, EmotionClassifier, load_classifier, softmax
from meetbot.resources import resource
from meetbot.types import EMOTIONS, Image


@pytest.fixture(scope="module")
def shipped() -> EmotionClassifier:
    return load_classifier()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped model that a test may spoil."""
    for name in (WEIGHTS, CARD):
        shutil.copy(resource("models", name), tmp_path)
    return tmp_path


def pictures(count: int) -> list[Image]:
    """Smooth noise: the same at each call."""
    rng = np.random.default_rng(5)
    coarse = rng.integers(0, 256, (count, SIZE // 8, SIZE // 8)).astype(np.uint8)
    return list(coarse.repeat(8, axis=1).repeat(8, axis=2))


def change(folder: Path, *place: str, to: object) -> None:
    """Change one entry of the card, named by its keys from the outside in."""
    stored = json.loads((folder / CARD).read_text())
    table = stored
    for name in place[:-1]:
        table = table[name]
    table[place[-1]] = to
    (folder / CARD).write_text(json.dumps(stored))


def test_a_face_gets_seven_probabilities_that_sum_to_one(shipped: EmotionClassifier) -> None:
    scores = shipped(pictures(3))
    assert scores.shape == (3, 7)
    assert scores.dtype == np.float32
    assert np.all(scores >= 0)
    assert scores.sum(axis=1) == pytest.approx(1, abs=1e-5)


def test_no_faces_give_no_rows(shipped: EmotionClassifier) -> None:
    assert shipped([]).shape == (0, 7)
    assert {name: array.shape for name, array in shipped.logits([]).items()} == {
        "original": (0, 7),
        "votes": (0, 8),
    }


def test_the_same_faces_give_the_same_bytes_from_another_load(shipped: EmotionClassifier) -> None:
    faces = pictures(4)
    assert shipped(faces).tobytes() == load_classifier()(faces).tobytes()


def test_a_face_is_read_alike_alone_and_among_others(shipped: EmotionClassifier) -> None:
    faces = pictures(4)
    assert np.array_equal(shipped(faces)[2:3], shipped([faces[2]]))


def test_what_is_shown_is_the_votes_without_contempt(shipped: EmotionClassifier) -> None:
    faces = pictures(5)
    votes = softmax(shipped.logits(faces)["votes"], shipped.card.temperature)
    order = shipped.card.outputs["votes"].split()
    expected = votes[:, [order.index(emotion) for emotion in EMOTIONS]]
    assert shipped(faces) == pytest.approx(expected / expected.sum(axis=1, keepdims=True), abs=1e-5)


def test_different_faces_are_told_apart(shipped: EmotionClassifier) -> None:
    scores = shipped(pictures(6))
    assert np.ptp(scores, axis=0).max() > 0.05


def test_a_higher_temperature_is_less_sure_of_the_same_emotion(folder: Path) -> None:
    faces = pictures(4)
    before = load_classifier(folder)(faces)
    change(folder, "temperatures", "votes", to=3.0)
    after = load_classifier(folder)(faces)
    assert np.array_equal(before.argmax(axis=1), after.argmax(axis=1))
    assert np.all(after.max(axis=1) < before.max(axis=1))


def test_the_card_says_which_output_is_shown(folder: Path) -> None:
    faces = pictures(3)
    change(folder, "outputs", "shown", to="original")
    classifier = load_classifier(folder)
    original = softmax(classifier.logits(faces)["original"], classifier.card.temperatures["original"])
    assert classifier(faces) == pytest.approx(original, abs=1e-6)


def test_weights_that_the_card_does_not_describe_are_refused(folder: Path) -> None:
    with (folder / WEIGHTS).open("ab") as file:
        file.write(b"\0")
    with pytest.raises(ModelError, match=r"is not the one that emotion\.json describes"):
        load_classifier(folder)


@pytest.mark.parametrize("name", [WEIGHTS, CARD])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ModelError, match=f"{name} can't be read"):
        load_classifier(folder)


def test_weights_that_are_no_model_are_refused(folder: Path) -> None:
    (folder / WEIGHTS).write_bytes(b"no model at all")
    digest = hashlib.sha256(b"no model at all").hexdigest()
    change(folder, "sha256", to=digest)
    with pytest.raises(ModelError, match="can't be run"):
        load_classifier(folder)


@pytest.mark.parametrize(
    "labels", ["angry happy", "angry disgust fear happy sad surprise neutral contempt x"]
)
def test_a_card_that_names_other_labels_than_the_network_has_is_refused(folder: Path, labels: str) -> None:
    change(folder, "outputs", "original", to=labels)
    with pytest.raises(ModelError, match="original"):
        load_classifier(folder)


@pytest.mark.parametrize(
    "face",
    [np.zeros((47, 48), np.uint8), np.zeros((48, 48, 3), np.uint8), np.zeros((48, 48), np.float32)],
)
def test_a_picture_of_another_kind_is_refused(shipped: EmotionClassifier, face: Image) -> None:
    with pytest.raises(ModelError, match="reads 48x48 grey pictures"):
        shipped([face])


def test_loading_says_nothing_on_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    load_classifier()(pictures(1))
    assert capfd.readouterr() == ("", "")


def test_the_shipped_card_fits_the_crop_and_the_weights() -> None:
    card = read_card(resource("models", CARD))
    weights = resource("models", WEIGHTS).read_bytes()
    assert card.input_size == SIZE
    assert card.labels == EMOTIONS
    assert len(weights) < 5_000_000
    assert card.scores["public_test_accuracy"] > 0.55


def test_softmax_is_the_textbooks() -> None:
    logits = np.log(np.array([[1, 2, 5]], np.float32))
    assert softmax(logits)[0] == pytest.approx([0.125, 0.25, 0.625], abs=1e-6)
    assert softmax(logits, 0.5)[0] == pytest.approx(np.array([1, 4, 25]) / 30, abs=1e-6)


def test_softmax_bears_large_numbers_and_no_rows() -> None:
    assert softmax(np.array([[1000, 0]], np.float32))[0] == pytest.approx([1, 0])
    assert softmax(np.empty((0, 7), np.float32)).shape == (0, 7)


def test_where_the_card_says_so_the_light_changes_nothing(folder: Path) -> None:
    dark = pictures(1)[0] // 4
    lit = dark * 3
    change(folder, "levelled", to=True)
    assert np.allclose(load_classifier(folder)([lit]), load_classifier(folder)([dark]), atol=0.001)
    change(folder, "levelled", to=False)
    assert not np.allclose(load_classifier(folder)([lit]), load_classifier(folder)([dark]), atol=0.01)
