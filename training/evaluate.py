"""What the shipped model scores, through the code that production runs.

python -m training.evaluate --data FILE.npz --usage 1 [--json] [--models models] [--confusion FILE.png]
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from matplotlib.figure import Figure

from meetbot.errors import InputError
from meetbot.faces.classify import CARD, WEIGHTS, EmotionClassifier, load_classifier, softmax
from meetbot.resources import resource
from training.augment import shrink
from training.data import ORIGINAL, Faces, read
from training.measure import (
    Labels,
    accuracy,
    calibration_error,
    confusion,
    ferplus_rows,
    milliseconds,
    per_class,
)

SIZES = (20, 24, 32, 48)  # pixels: the faces are shrunk to these and enlarged again
TIMED = 200  # single calls

Json = dict[str, object]


def evaluate(classifier: EmotionClassifier, faces: Faces) -> Json:
    """Every figure; `accuracy` to `ece` are of the output `original` against FER-2013's labels."""
    logits = classifier.logits(list(faces.pixels))
    said, true = logits["original"], faces.emotion
    temperatures = classifier.card.temperatures
    figures = label_figures(said.argmax(axis=1), true)
    figures["ece"] = calibration_error(softmax(said, temperatures["original"]), true)
    figures["ece_before_temperature"] = calibration_error(softmax(said), true)
    if faces.votes is not None:
        rows, majority = ferplus_rows(faces.votes)
        shares = softmax(logits["votes"][rows], temperatures["votes"])
        figures["ferplus"] = {
            "n": len(rows),
            "accuracy": accuracy(shares, majority),
            "ece": calibration_error(shares, majority),
        }
    figures["by_size"] = {str(size): accuracy_at(classifier, faces, size) for size in SIZES}
    return figures


def label_figures(said: Labels, true: Labels) -> Json:
    """What follows from the most probable labels alone."""
    matrix = confusion(said, true, len(ORIGINAL))
    classes = per_class(matrix)
    support = np.array([one["support"] for one in classes])
    f1 = np.array([one["f1"] for one in classes])
    recall = np.array([one["recall"] for one in classes])
    return {
        "n": len(true),
        "accuracy": float(np.trace(matrix) / len(true)),
        "balanced_accuracy": float(recall[support > 0].mean()),
        "weighted_f1": float((f1 * support).sum() / len(true)),
        "macro_f1": float(f1[support > 0].mean()),
        "per_class": dict(zip(ORIGINAL, classes, strict=True)),
        "confusion": matrix.tolist(),
    }


def accuracy_at(classifier: EmotionClassifier, faces: Faces, size: int) -> float:
    """How often `original` is right on faces that were `size` pixels wide."""
    shrunk = [shrink(face, size) for face in faces.pixels]
    return accuracy(classifier.logits(shrunk)["original"], faces.emotion)


def about_model(classifier: EmotionClassifier, weights: Path, faces: Faces) -> Json:
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


def as_text(figures: Json) -> str:
    """The figures for a reader."""
    model, sizes, ferplus = figures["model"], figures["by_size"], figures.get("ferplus")
    lines = [
        f"{name:24}{figures[name]:.4f}"
        for name in (
            "accuracy",
            "balanced_accuracy",
            "weighted_f1",
            "macro_f1",
            "ece",
            "ece_before_temperature",
        )
    ]
    return "\n".join(
        [f"{figures['n']} faces", *lines, f"FER+ {ferplus}", f"by size {sizes}", f"model {model}"]
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--usage", type=int, default=1, help="0 Training, 1 PublicTest, 2 PrivateTest")
    parser.add_argument("--models", type=Path, help="another folder with a model and its card")
    parser.add_argument("--confusion", type=Path, help="where to draw the confusion matrix")
    parser.add_argument("--json", action="store_true", help="one JSON document and nothing else")
    given = parser.parse_args(arguments)
    faces = read(given.data)
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
    main()
