"""What the shipped model scores, through the code that production runs.

python -m training.evaluate --data FILE.npz --usage 1 [--json] [--models models] [--confusion FILE.png]
"""

import argparse
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from matplotlib.figure import Figure

from meetbot.errors import InputError
from meetbot.faces.card import SHOWN
from meetbot.faces.classify import CARD, WEIGHTS, EmotionClassifier, Logits, load_classifier, softmax
from meetbot.resources import resource
from meetbot.seams import Scores
from meetbot.types import Image
from training.augment import dim, shrink
from training.command import run_command
from training.data import ORIGINAL, Faces, add_data_options, read
from training.measure import (
    Figures,
    Labels,
    accuracy,
    calibration_error,
    ferplus_rows,
    interval,
    label_figures,
    milliseconds,
    shown_rows,
)

SIZES = (20, 24, 32, 48)  # pixels: the faces are shrunk to these and enlarged again
LIGHTS = (1.0, 0.4, 0.2, 0.1, 0.05)  # shares of the light that the pictures came with
TIMED = 200  # single calls
TABLES = ("accuracy_interval", "shown", "ferplus", "by_size", "by_light", "model")  # for readers

Amount = TypeVar("Amount", int, float)


def evaluate(classifier: EmotionClassifier, faces: Faces) -> Figures:
    """Every figure; `accuracy` to `ece` are of the output `original` against FER-2013's labels."""
    logits, true = classifier.logits(list(faces.pixels)), faces.emotion
    said = logits["original"]
    figures = label_figures(said.argmax(axis=1), true)
    figures["ece"] = calibration_error(softmax(said, classifier.card.temperatures["original"]), true)
    figures["ece_before_temperature"] = calibration_error(softmax(said), true)
    shown = classifier.shown(logits)
    figures["shown"] = {"output": classifier.card.outputs[SHOWN], **likely_figures(shown, true)}
    if faces.votes is not None:
        figures["ferplus"] = ferplus_figures(classifier, logits, faces.votes)
    figures["by_size"] = {str(size): accuracy_of(classifier, faces, shrink, size) for size in SIZES}
    figures["by_light"] = {str(share): accuracy_of(classifier, faces, dim, share) for share in LIGHTS}
    return figures


def likely_figures(probabilities: Scores, true: Labels) -> Figures:
    """What a row of probabilities is worth against some labels."""
    right = accuracy(probabilities, true)
    return {
        "n": len(true),
        "accuracy": right,
        "accuracy_interval": interval(right, len(true)),
        "ece": calibration_error(probabilities, true),
    }


def ferplus_figures(
    classifier: EmotionClassifier, logits: Mapping[str, Logits], votes: npt.NDArray[np.uint8]
) -> Figures:
    """`votes` against the clear majorities of FER+; and what is shown, where contempt has no place."""
    rows, majority = ferplus_rows(votes)
    figures = likely_figures(softmax(logits["votes"][rows], classifier.card.temperatures["votes"]), majority)
    rows, emotion = shown_rows(votes)
    shown = classifier.shown(logits)[rows]
    figures["without_contempt"] = {
        **label_figures(shown.argmax(axis=1), emotion),
        "ece": calibration_error(shown, emotion),
        "accuracy_of_original": accuracy(logits["original"][rows], emotion),
    }
    return figures


def accuracy_of(
    classifier: EmotionClassifier, faces: Faces, worsen: Callable[[Image, Amount], Image], amount: Amount
) -> float:
    """How often `original` is right on faces that were made worse by this much."""
    worse = [worsen(face, amount) for face in faces.pixels]
    return accuracy(classifier.logits(worse)["original"], faces.emotion)


def about_model(classifier: EmotionClassifier, weights: Path, faces: Faces) -> Figures:
    """Which model it is, its size, and what a face costs on one core."""
    return {
        "sha256": classifier.card.sha256,
        "bytes": weights.stat().st_size,
        "ms_per_face": milliseconds(classifier, list(faces.pixels[:TIMED])),
    }


def draw_confusion(matrix: npt.NDArray[np.integer], picture: Path) -> None:
    """Rows are the true labels, each summing to 100 %."""
    shares = 100 * matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)
    figure = Figure(figsize=(5.5, 5), layout="constrained")
    axes = figure.subplots()
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=100)
    axes.set(xlabel="said", ylabel="labelled", title="output `original`, % of each row")
    axes.set_xticks(range(len(ORIGINAL)), ORIGINAL, rotation=45)
    axes.set_yticks(range(len(ORIGINAL)), ORIGINAL)
    for (row, column), share in np.ndenumerate(shares):
        colour = "white" if share > 50 else "black"
        axes.text(column, row, f"{share:.0f}", ha="center", va="center", color=colour)
    figure.savefig(picture, dpi=110)


def as_text(figures: Figures) -> str:
    """The figures for a reader: the plain numbers one a line, the tables as they are."""
    plain = [f"{name:24}{value:.4f}" for name, value in figures.items() if isinstance(value, float)]
    tables = [f"{name} {figures[name]}" for name in TABLES if name in figures]
    return "\n".join([f"{figures['n']} faces", *plain, *tables])


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_data_options(parser)
    parser.add_argument("--usage", type=int, default=1, help="0 Training, 1 PublicTest, 2 PrivateTest")
    parser.add_argument("--models", type=Path, help="another folder with a model and its card")
    parser.add_argument("--confusion", type=Path, help="where to draw the confusion matrix")
    parser.add_argument("--json", action="store_true", help="one JSON document and nothing else")
    given = parser.parse_args(arguments)
    faces = read(given.data, given.votes)
    faces = faces.pick(faces.usage == given.usage)
    if not len(faces):
        raise InputError(f"{given.data} has no row with usage {given.usage}; give another --usage.")
    classifier = load_classifier(given.models)
    weights = (given.models or resource("models", CARD).parent) / WEIGHTS
    figures = {**evaluate(classifier, faces), "model": about_model(classifier, weights, faces)}
    if given.confusion:
        draw_confusion(np.array(figures["confusion"]), given.confusion)
    print(json.dumps(figures, indent=2) if given.json else as_text(figures))


if __name__ == "__main__":
    run_command(main)
