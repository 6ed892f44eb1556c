"""What a network is shown: every face once an epoch, in balance, with what people said of it."""

from dataclasses import replace

import numpy as np
import pytest

from tests.toys import toy_faces
from training.batches import batches, row_weights, targets
from training.blocks import scaled
from training.data import Faces, read
from training.recipe import Recipe

RECIPE = Recipe(batch=32)


@pytest.fixture(scope="module")
def faces(tmp_path_factory: pytest.TempPathFactory) -> Faces:
    """Made-up ones."""
    return read(toy_faces(tmp_path_factory.mktemp("data") / "faces.npz"))


def test_pixels_are_scaled_around_the_middle_whatever_the_light() -> None:
    pictures = np.array([[[20, 60], [60, 20]], [[100, 200], [200, 100]]], np.uint8)
    read = 54 / 64  # the spread that a face is brought to, in units of the scale
    assert np.allclose(scaled(pictures)[..., 0], read * np.array([[-1, 1], [1, -1]]))


def test_rows_without_votes_count_for_the_labels_alone(faces: Faces) -> None:
    faces = faces.pick(np.arange(3))
    assert faces.votes is not None
    faces.votes[1] = 0
    wanted, weights = targets(faces, 0.07)
    assert weights["votes"].tolist() == [1, 0, 1]
    assert weights["original"].tolist() == [1, 1, 1]
    assert wanted["original"][2] == pytest.approx([0.01, 0.01, 0.94, 0.01, 0.01, 0.01, 0.01])


def test_an_epoch_shows_every_face_once_and_the_same_at_each_call(faces: Faces) -> None:
    first, second = (list(batches(faces, RECIPE, 3)) for _ in range(2))
    assert len(first) == len(faces) // RECIPE.batch
    assert all(np.array_equal(one[0], other[0]) for one, other in zip(first, second, strict=True))
    shown = sum(batch[1]["original"].sum(axis=0) for batch in first)
    assert shown.sum() == pytest.approx(len(first) * RECIPE.batch, rel=1e-5)


def test_a_round_shows_as_many_faces_as_it_says(faces: Faces) -> None:
    shown = list(batches(faces, replace(RECIPE, round=70), 0))
    assert [len(pictures) for pictures, _, _ in shown] == [32, 32]


def test_an_epoch_can_be_of_smaller_pictures(faces: Faces) -> None:
    assert next(batches(faces, RECIPE, 0, 40))[0].shape == (32, 40, 40, 1)


def test_without_balance_every_row_counts_one() -> None:
    assert row_weights(np.eye(3, dtype=np.float32)[[0, 0, 0, 1, 2]], 0).tolist() == [1] * 5


def test_in_full_balance_every_label_counts_the_same() -> None:
    shares = np.eye(3, dtype=np.float32)[[0, 0, 0, 0, 1, 1, 2]]
    weights = row_weights(shares, 1)
    assert (weights @ shares).tolist() == pytest.approx([7 / 3] * 3)
    half = row_weights(shares, 0.5)
    assert half[6] / half[0] == pytest.approx(2)
    assert half.sum() == pytest.approx(7)


def test_balance_leaves_rows_without_votes_at_nothing() -> None:
    shares = np.array([[0.5, 0.5], [0, 0], [1, 0]], np.float32)
    weights = row_weights(shares, 1)
    assert weights[1] == 0
    assert weights[0] > weights[2]


def test_another_epoch_shows_other_changes(faces: Faces) -> None:
    one, other = (next(batches(faces, RECIPE, epoch))[0] for epoch in (0, 1))
    assert not np.array_equal(one, other)
