"""Figures of a classifier: accuracy, calibration, confusion, time; arrays in, numbers out."""

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from meetbot.seams import Scores
from meetbot.types import EMOTIONS, Image
from training.data import ORIGINAL, VOTES

if TYPE_CHECKING:  # a machine that only trains needs no LiteRT
    from meetbot.faces.classify import EmotionClassifier

Logits = npt.NDArray[np.float32]
Figures = dict[str, object]
Labels = npt.NDArray[np.integer]
BINS = 15  # of certainty, as in Guo et al. 2017
SURE = 1.96  # standard deviations on either side that hold 95 %
SHOWN_VOTES = [VOTES.index(emotion) for emotion in EMOTIONS]  # the columns of `votes` that production shows


def ferplus_rows(votes: npt.NDArray[np.uint8]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """The rows whose largest vote is unique and an emotion, and that emotion's number in VOTES."""
    ranked = np.sort(votes, axis=1)
    majority = votes.argmax(axis=1)
    rows = np.flatnonzero((ranked[:, -1] > ranked[:, -2]) & (majority < len(VOTES)))
    return rows, majority[rows]


def shown_rows(votes: npt.NDArray[np.uint8]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Of those rows the ones whose emotion can be shown, all but contempt, and its number in EMOTIONS."""
    rows, majority = ferplus_rows(votes)
    kept = np.isin(majority, SHOWN_VOTES)
    return rows[kept], np.array([SHOWN_VOTES.index(one) for one in majority[kept]], np.intp)


def accuracy(said: Logits, true: Labels) -> float:
    """The share of rows whose largest number stands at the true label."""
    return float(np.mean(said.argmax(axis=1) == true))


def interval(share: float, count: int) -> tuple[float, float]:
    """Between which shares the true one lies in 95 of 100 such samples (Wilson 1927)."""
    weight = SURE**2 / count
    middle = (share + weight / 2) / (1 + weight)
    reach = SURE * ((share * (1 - share) + weight / 4) / count) ** 0.5 / (1 + weight)
    return middle - reach, middle + reach


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
    cooled = logits.astype(np.float64) / temperature
    return float(np.mean(np.logaddexp.reduce(cooled, axis=1) - cooled[np.arange(len(true)), true]))


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


def label_figures(said: Labels, true: Labels) -> Figures:
    """What follows from the most probable labels alone."""
    matrix = confusion(said, true, len(ORIGINAL))
    classes = per_class(matrix)
    support = np.array([one["support"] for one in classes])
    f1 = np.array([one["f1"] for one in classes])
    recall = np.array([one["recall"] for one in classes])
    right = float(np.trace(matrix) / len(true))
    return {
        "n": len(true),
        "accuracy": right,
        "accuracy_interval": interval(right, len(true)),
        "balanced_accuracy": float(recall[support > 0].mean()),
        "weighted_f1": float((f1 * support).sum() / len(true)),
        "macro_f1": float(f1[support > 0].mean()),
        "per_class": dict(zip(ORIGINAL, classes, strict=True)),
        "confusion": matrix.tolist(),
    }


def durations(classifier: "EmotionClassifier", faces: Sequence[Image]) -> list[float]:
    """Processor milliseconds of single calls, after a warm-up; waiting for a busy machine costs nothing."""
    classifier(faces[:5])
    times = []
    for face in faces:
        began = time.thread_time()  # LiteRT works in the calling thread
        classifier([face])
        times.append((time.thread_time() - began) * 1000)
    return times


def milliseconds(classifier: "EmotionClassifier", faces: Sequence[Image]) -> float:
    """The median of single calls: what a face costs on one core."""
    return float(np.median(durations(classifier, faces)))
