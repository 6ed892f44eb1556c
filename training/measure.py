"""Figures of a classifier: accuracy, calibration, confusion, time; arrays in, numbers out."""

import time
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from meetbot.faces.classify import EmotionClassifier, Logits, softmax
from meetbot.types import Image, Scores
from training.data import VOTES

Labels = npt.NDArray[np.integer]
BINS = 15  # of certainty, as in Guo et al. 2017


def ferplus_rows(votes: npt.NDArray[np.uint8]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """The rows whose largest vote is unique and an emotion, and that emotion's number in VOTES."""
    ranked = np.sort(votes, axis=1)
    majority = votes.argmax(axis=1)
    rows = np.flatnonzero((ranked[:, -1] > ranked[:, -2]) & (majority < len(VOTES)))
    return rows, majority[rows]


def accuracy(said: Logits, true: Labels) -> float:
    """The share of rows whose largest number stands at the true label."""
    return float(np.mean(said.argmax(axis=1) == true))


def calibration_error(probabilities: Scores, true: Labels) -> float:
    """Mean gap between how sure and how right it is, over bins of certainty, weighted by their faces."""
    certainty = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == true
    bins = np.minimum((certainty * BINS).astype(int), BINS - 1)
    gaps = [abs(float(np.sum(right[bins == one]) - np.sum(certainty[bins == one]))) for one in range(BINS)]
    return sum(gaps) / len(true)


def fit_temperature(logits: Logits, true: Labels) -> float:
    """The temperature under which the true labels are likeliest, by golden-section search."""
    low, high = np.log(0.2), np.log(5.0)
    golden = (np.sqrt(5) - 1) / 2
    while high - low > 1e-4:
        left, right = high - golden * (high - low), low + golden * (high - low)
        if _surprise(logits, true, np.exp(left)) < _surprise(logits, true, np.exp(right)):
            high = right
        else:
            low = left
    return float(np.exp((low + high) / 2))


def _surprise(logits: Logits, true: Labels, temperature: float) -> float:
    likely = softmax(logits, temperature)[np.arange(len(true)), true]
    return float(-np.mean(np.log(np.maximum(likely, 1e-12))))


def confusion(said: Labels, true: Labels, count: int) -> npt.NDArray[np.intp]:
    """How often each label (row) was called what (column)."""
    matrix = np.zeros((count, count), np.intp)
    np.add.at(matrix, (true, said), 1)
    return matrix


def per_class(matrix: npt.NDArray[np.intp]) -> list[dict[str, float]]:
    """Precision, recall, F1 and support of each label; what was never said or never true counts zero."""
    figures = []
    for label, row in enumerate(matrix):
        hits, said, support = float(matrix[label, label]), float(matrix[:, label].sum()), int(row.sum())
        precision, recall = hits / max(said, 1), hits / max(support, 1)
        f1 = 2 * hits / max(said + support, 1)
        figures.append({"precision": precision, "recall": recall, "f1": f1, "support": support})
    return figures


def durations(classifier: EmotionClassifier, faces: Sequence[Image]) -> list[float]:
    """Milliseconds of single calls, after a warm-up."""
    classifier(faces[:5])
    times = []
    for face in faces:
        began = time.perf_counter()
        classifier([face])
        times.append((time.perf_counter() - began) * 1000)
    return times


def milliseconds(classifier: EmotionClassifier, faces: Sequence[Image]) -> float:
    """The median of single calls: what a face costs, whatever else the machine does for a moment."""
    return float(np.median(durations(classifier, faces)))
