"""The composed galleries show the very faces, and the benchmark pairs and counts them rightly."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import cv2
import numpy as np
import pytest

from benchmarks._scene import GAP, PITCH, SIZE, TILE, gallery
from benchmarks.faces import Cost, as_text, chosen, compare, readings, record, whose
from meetbot.faces.align import crop
from meetbot.faces.classify import EmotionClassifier, Logits
from meetbot.faces.find import FaceFinder
from meetbot.seams import Scores
from meetbot.types import EMOTIONS, Box, Image, Reading
from tests.lessons import card
from tests.portraits import frame, portrait
from training.data import Faces


def rng() -> np.random.Generator:
    return np.random.default_rng(3)


def tight() -> Image:
    """A portrait's face as FER-2013 has its faces: 48 pixels of grey, hardly any hair."""
    picture = portrait("collins")
    return crop(picture, FaceFinder()(frame(picture))[0].points)


class Counting:
    """A classifier that is never sure, and keeps what it was given."""

    card = card()

    def __init__(self) -> None:
        self.crops: list[Image] = []

    def __call__(self, faces: Sequence[Image]) -> Scores:
        self.crops += faces
        return np.full((len(faces), len(EMOTIONS)), 1 / len(EMOTIONS), np.float32)


@pytest.mark.parametrize("side", [48, 96])
def test_a_pasted_face_is_changed_in_nothing_but_its_size(side: int) -> None:
    face = np.random.default_rng(0).integers(0, 256, (48, 48)).astype(np.uint8)
    shown = gallery([face] * 25, side, rng())
    assert shown.picture.shape == (SIZE[1], SIZE[0])
    assert len(shown.middles) == 25
    for x, y in shown.middles:
        left, top = int(x) - side // 2, int(y) - side // 2
        there = shown.picture[top : top + side, left : left + side]
        assert np.array_equal(
            there, face if side == 48 else cv2.resize(face, (side, side), interpolation=cv2.INTER_CUBIC)
        )


def test_every_face_stands_in_its_own_tile_and_others_stay_empty() -> None:
    shown = gallery([tight()] * 7, 64, rng())
    for number, (x, y) in enumerate(shown.middles):
        left, top = GAP + number % 5 * PITCH[0], GAP + number // 5 * PITCH[1]
        assert left < x < left + TILE[0] and top < y < top + TILE[1]
    assert len(np.unique(shown.picture[2 * PITCH[1] :])) == 1


def test_the_same_seed_composes_the_same_gallery() -> None:
    one, other = (gallery([tight()] * 3, 64, rng()).picture for _ in range(2))
    assert np.array_equal(one, other)


def test_a_recorded_face_is_read_where_it_was_pasted_and_cut_as_it_was(tmp_path: Path) -> None:
    shown = [gallery([tight()] * 2, 96, rng()), gallery([tight()], 96, rng())]
    classify = Counting()
    seen = readings(record(tmp_path / "class.mp4", shown, 23), classify)
    assert [(one.time, whose(one, shown[int(one.time)], 96)) for one in seen] == [(0, 0), (0, 1), (1, 0)]
    assert len(classify.crops) == 3
    for face in classify.crops:
        assert np.corrcoef(face.ravel(), tight().ravel())[0, 1] > 0.8


def test_a_reading_far_from_every_face_is_nobodys() -> None:
    shown = gallery([tight()], 64, rng())
    x, y = shown.middles[0]
    assert whose(Reading(0, 1, "face", Box(x - 20, y - 20, 40, 40)), shown, 64) == 0
    assert whose(Reading(0, 1, "face", Box(x + 100, y, 40, 40)), shown, 64) is None


def test_the_chosen_faces_have_the_labels_shares_and_are_always_the_same() -> None:
    emotion = np.repeat(np.arange(7), [70, 10, 80, 200, 90, 60, 90]).astype(np.uint8)
    count = len(emotion)
    pixels = np.zeros((count, 48, 48), np.uint8)
    usage = np.ones(count, np.uint8)
    usage[::2] = 0
    faces = Faces(pixels, emotion, usage, None, np.arange(count).astype(np.uint8))
    first, second = chosen(faces, 60), chosen(faces, 60)
    assert np.array_equal(first.source, second.source)
    assert (first.usage == 1).all()
    shares = np.bincount(first.emotion, minlength=7) / 60
    assert shares == pytest.approx(np.bincount(emotion) / count, abs=0.02)


class Level(EmotionClassifier):
    """Says of both outputs the number that a flat picture has as its grey level."""

    def __init__(self) -> None:
        self.card = card()

    def logits(self, faces: Sequence[Image]) -> Mapping[str, Logits]:
        said = np.eye(8, dtype=np.float32)[[int(face[0, 0]) for face in faces]]
        return {"original": said[:, :7], "votes": said}


def flat(levels: Sequence[int]) -> Image:
    return np.repeat(np.array(levels, np.uint8), 48 * 48).reshape(-1, 48, 48)


def test_each_output_is_counted_before_and_after_on_its_own_faces() -> None:
    votes = np.zeros((4, 10), np.uint8)
    votes[[0, 1, 2], [0, 1, 7]] = 10  # the fourth face has no majority
    label = np.array([0, 1, 2, 3], np.uint8)
    faces = Faces(flat([0, 1, 2, 3]), label, label, votes, label)
    original, majority = compare(Level(), faces, list(flat([0, 1, 2, 6])))
    assert (original.direct, original.chain) == (1, 0.75)
    assert original.doubt == pytest.approx(1.96 * np.std([0, 0, 0, -1]) / 2)
    assert (majority.direct, majority.chain) == pytest.approx((2 / 3, 2 / 3))
    assert majority.doubt == 0


def test_what_is_lost_is_told_in_points_with_its_doubt() -> None:
    assert as_text(Cost(0.65, 0.62, 0.029)).split() == ["65.0%", "62.0%", "-3.0", "±2.9"]
