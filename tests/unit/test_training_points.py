"""The points network: what it is shown, and from labels to a network that production runs."""

from dataclasses import asdict
from functools import partial
from pathlib import Path

import cv2
import numpy as np
import pytest

from meetbot.errors import InputError
from meetbot.faces.points import load_network
from meetbot.faces.pose import pose
from meetbot.types import Box, Image, Point
from tests.portraits import portrait, turned
from training import points, points_export, squares
from training.checkpoint import read as read_checkpoint
from training.points import Knobs, rate, shape_of_errors, train
from training.squares import Batch, Labelled, batches, in_halves, rarity, square
from training.teacher import Labels, Teacher, label, store, stored

FACE = np.array([(14.0, 18.0), (32.0, 18.0), (23.0, 28.0), (16.0, 37.0), (30.0, 37.0)], np.float32)


def labelled(count: int) -> Labelled:
    """Dark pictures with a bright dot at each point, the faces looking ahead or aside."""
    rng = np.random.default_rng(3)
    places = np.rint(FACE + rng.integers(-2, 3, (count, 5, 2))).astype(np.float32)
    pictures = np.full((count, 48, 48), 20, np.uint8)
    for picture, dots in zip(pictures, places.astype(int), strict=True):
        for x, y in dots:
            picture[y - 1 : y + 2, x - 1 : x + 2] = 250
    box = np.tile(np.array([23.5, 24.5, 48.0], np.float32), (count, 1))
    return Labelled.of(pictures, Labels(places, box, np.ones(count, np.float32)))


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Squares without bad light, bad lines and other surroundings."""
    monkeypatch.setattr(squares, "MASKED", 0.0)
    monkeypatch.setattr(squares, "light", lambda picture, *_: picture)


@pytest.mark.usefixtures("plain")
def test_the_points_of_a_square_lie_where_its_picture_shows_them() -> None:
    faces, rng = labelled(8), np.random.default_rng(0)
    shown = [square(faces, number % 8, rng, calls=0) for number in range(60)]
    assert {there for _, _, there in shown} == {True, False}
    for picture, places, there in shown:
        for x, y in places if there else ():
            around = picture[max(0, int(y) - 1) : int(y) + 3, max(0, int(x) - 1) : int(x) + 3]
            assert around.size == 0 or around.max() > 150


@pytest.mark.usefixtures("plain")
def test_squares_are_turned_both_ways_and_the_same_eye_stays_the_first() -> None:
    faces, rng = labelled(8), np.random.default_rng(0)
    seen = [places for _, places, there in (square(faces, 0, rng, calls=0) for _ in range(120)) if there]
    rolls = [pose([Point(*place) for place in places])[2] for places in seen]
    assert min(rolls) < -25
    assert max(rolls) > 25
    for (x, y), (other_x, other_y), (nose_x, nose_y), *_ in seen:  # the nose is below the line of the eyes
        assert (other_x - x) * (nose_y - y) > (other_y - y) * (nose_x - x)


def test_an_epoch_depends_on_its_seed_and_number_alone() -> None:
    faces = labelled(16)
    first, again, other = (next(batches(faces, 8, seed, 0)) for seed in (1, 1, 2))
    assert all(np.array_equal(one, two) for one, two in zip(first, again, strict=True))
    assert not np.array_equal(first.pictures, other.pictures)


def test_a_turned_head_counts_more_and_unsure_labels_not_at_all() -> None:
    aside = FACE + np.array([(0, 0), (0, 0), (5, 0), (0, 0), (0, 0)], np.float32)
    assert rarity(aside) > rarity(FACE) + 0.5
    labels = Labels(
        np.stack([FACE] * 3), np.zeros((3, 3), np.float32), np.array([1.0, 9.0, np.nan], np.float32)
    )
    assert len(Labelled.of(np.zeros((3, 48, 48), np.uint8), labels).pictures) == 1


def test_moving_turning_and_resizing_a_face_is_no_error_of_its_shape() -> None:
    flat = in_halves(FACE[None].astype(float)).reshape(5, 2)
    turned_face = (flat - flat.mean(axis=0)) @ np.array([[0.0, 0.1], [-0.1, 0.0]]) + 0.05
    assert np.abs(turned_face.reshape(-1) @ shape_of_errors()).max() < 0.01
    nose = np.zeros(10)
    nose[4] = 0.1
    assert np.abs(nose @ shape_of_errors()).max() > 0.05


def test_the_rate_rises_and_falls_to_nothing() -> None:
    knobs = Knobs(epochs=10)
    assert rate(knobs, 0.1) < rate(knobs, 0.5)
    assert rate(knobs, 1) > rate(knobs, 5) > rate(knobs, 9.9)
    assert rate(knobs, 10) == pytest.approx(0)


def test_the_teacher_sees_all_of_a_tilt() -> None:
    teach = Teacher()
    box = Box(170, 80, 150, 210)  # of hopper's face

    def roll(picture: Image) -> float:
        seen = teach(picture, (box.x + box.width / 2, box.y + box.height / 2), box.height)
        assert seen is not None
        return pose([Point(*place) for place in seen[0].tolist()])[2]

    upright = portrait("hopper")
    assert roll(turned(upright, 25)) - roll(turned(upright, -25)) == pytest.approx(50, abs=5)
    assert teach(np.full((300, 300), 90, np.uint8), (150, 150), 200) is None


def test_every_second_face_may_be_labelled() -> None:
    face = np.asarray(cv2.resize(portrait("hopper")[80:290, 140:350], (48, 48), interpolation=cv2.INTER_AREA))
    labels = label(np.stack([face.astype(np.uint8)] * 3), every=2)
    assert np.isfinite(labels.spread).tolist() == [True, False, True]
    assert labels.box[0, 2] == pytest.approx(48, abs=12)


def test_labels_are_kept_and_other_files_refused(tmp_path: Path) -> None:
    faces = labelled(4)
    store(tmp_path / "labels.npz", faces.labels, faces.labels)
    learn, check = stored(tmp_path / "labels.npz")
    assert np.array_equal(learn.points, faces.labels.points)
    assert np.array_equal(check.box, faces.labels.box)
    for broken in (b"no labels", b"", (tmp_path / "labels.npz").read_bytes()[:-40]):
        (tmp_path / "other.npz").write_bytes(broken)
        with pytest.raises(InputError, match=r"training\.teacher writes them"):
            stored(tmp_path / "other.npz")


def test_a_run_that_goes_on_ends_as_one_without_a_break_and_is_exported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(points, "network", partial(points.network, (2, 2, 2), 2, 4))
    monkeypatch.setattr(points_export, "network", points.network)
    monkeypatch.setattr(points_export, "KINDS", ("dynamic",))
    monkeypatch.setattr(points_export, "SQUARES", 8)
    faces, knobs = labelled(16), Knobs(epochs=2, batch=8)
    whole = train(faces, faces, tmp_path / "whole", knobs, resume=False)
    parts = tmp_path / "parts"
    with monkeypatch.context() as patch:
        patch.setattr(points, "off_by", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):  # after the first epoch's checkpoint
            train(faces, faces, parts, knobs, resume=False)
    assert read_checkpoint(parts / "last.npz").epochs_done == 1
    train(faces, faces, parts, knobs, resume=True)
    one, other = (read_checkpoint(path / "last.npz") for path in (whole.parent, parts))
    assert all(np.array_equal(a, b) for a, b in zip(one.averaged, other.averaged, strict=True))
    assert one.recipe == asdict(knobs)
    points_export.export(faces, faces, parts, tmp_path / "models", "dynamic")
    said = load_network(tmp_path / "models")(faces.pictures[0])
    assert said["points"].shape == (1, 10)
    assert "2 epochs" in load_network(tmp_path / "models").card.trained_on


def test_what_no_face_is_shown_in_counts_for_no_points() -> None:
    shown: Batch = next(batches(labelled(32), 32, 4, 0))
    assert set(shown.face.tolist()) == {0.0, 1.0}
    assert np.array_equal(shown.weights > 0, shown.face > 0)
