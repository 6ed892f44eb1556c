"""The figures are the textbooks'."""

import numpy as np
import pytest

from meetbot.faces.classify import softmax
from training.measure import (
    accuracy,
    calibration_error,
    confusion,
    ferplus_rows,
    fit_temperature,
    interval,
    label_figures,
    per_class,
    shown_rows,
)


def test_ferplus_counts_clear_emotions_alone() -> None:
    votes = np.array(
        [
            [9, 1, 0, 0, 0, 0, 0, 0, 0, 0],  # neutral
            [5, 5, 0, 0, 0, 0, 0, 0, 0, 0],  # a tie
            [0, 0, 0, 0, 0, 0, 0, 6, 4, 0],  # contempt
            [2, 0, 0, 0, 0, 0, 0, 0, 8, 0],  # unknown
            [3, 0, 0, 0, 0, 0, 0, 0, 0, 7],  # not a face
        ],
        np.uint8,
    )
    rows, majority = ferplus_rows(votes)
    assert rows.tolist() == [0, 2]
    assert majority.tolist() == [0, 7]


def test_what_is_shown_leaves_contempt_out_and_counts_as_the_labels_do() -> None:
    votes = np.zeros((3, 10), np.uint8)
    votes[[0, 1, 2], [0, 7, 4]] = 10  # neutral, contempt, angry
    rows, emotion = shown_rows(votes)
    assert rows.tolist() == [0, 2]
    assert emotion.tolist() == [6, 0]


def test_the_interval_is_wilsons() -> None:
    assert interval(0.5, 100) == pytest.approx((0.4038, 0.5962), abs=1e-4)
    assert interval(1.0, 10) == pytest.approx((0.7225, 1.0), abs=1e-4)
    assert interval(0.0, 10) == pytest.approx((0.0, 0.2775), abs=1e-4)


def test_accuracy_is_the_share_of_right_rows() -> None:
    logits = np.array([[2, 1], [0, 3], [5, 4], [1, 2]], np.float32)
    assert accuracy(logits, np.array([0, 1, 1, 1])) == 0.75


def test_rows_of_the_confusion_are_the_true_labels() -> None:
    matrix = confusion(np.array([0, 1, 1, 2]), np.array([0, 0, 1, 2]), 3)
    assert matrix.tolist() == [[1, 1, 0], [0, 1, 0], [0, 0, 1]]


def test_precision_recall_and_f1_by_hand() -> None:
    first, second, third = per_class(np.array([[8, 2, 0], [4, 6, 0], [0, 0, 0]]))
    assert first == pytest.approx({"precision": 8 / 12, "recall": 0.8, "f1": 16 / 22, "support": 10})
    assert second == pytest.approx({"precision": 0.75, "recall": 0.6, "f1": 12 / 18, "support": 10})
    assert third == {"precision": 0, "recall": 0, "f1": 0, "support": 0}


def test_averages_weigh_classes_as_their_names_say() -> None:
    true = np.array([0] * 6 + [1] * 2)
    said = np.array([0] * 6 + [1, 0])
    figures = label_figures(said, true)
    f1 = (12 / 13, 2 / 3)
    assert figures["accuracy"] == pytest.approx(7 / 8)
    assert figures["balanced_accuracy"] == pytest.approx((1 + 0.5) / 2)
    assert figures["weighted_f1"] == pytest.approx((6 * f1[0] + 2 * f1[1]) / 8)
    assert figures["macro_f1"] == pytest.approx(sum(f1) / 2)


def test_certainty_that_comes_true_has_no_calibration_error() -> None:
    probabilities = np.tile(np.array([[0.75, 0.25]], np.float32), (8, 1))
    assert calibration_error(probabilities, np.array([0] * 6 + [1] * 2)) == pytest.approx(0, abs=1e-6)


def test_certainty_that_is_always_wrong_is_all_error() -> None:
    probabilities = np.array([[1.0, 0.0], [1.0, 0.0]], np.float32)
    assert calibration_error(probabilities, np.array([1, 1])) == pytest.approx(1)


def test_temperature_undoes_overconfidence() -> None:
    rng = np.random.default_rng(0)
    honest = rng.normal(0, 1.5, (4000, 7)).astype(np.float32)
    true = np.array([rng.choice(7, p=row / row.sum()) for row in softmax(honest).astype(float)])
    assert fit_temperature(honest, true) == pytest.approx(1, abs=0.08)
    assert fit_temperature(honest * 2, true) == pytest.approx(2, abs=0.16)
    overdone = calibration_error(softmax(honest * 2), true)
    assert calibration_error(softmax(honest * 2, fit_temperature(honest * 2, true)), true) < overdone / 3
