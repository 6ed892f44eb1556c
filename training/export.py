"""Turn a checkpoint into the shipped model and its card.

python -m training.export --data FILE.npz --checkpoint runs/small/last.npz [--out models] [--kind int8]

Prints, for float32, float16 and int8, the accuracy on PublicTest and the milliseconds a face takes on one
core, through production's own code, and writes the one named by `--kind`; with `--table FILE.md` the
comparison too.
"""

import argparse
import hashlib
import json
import os
from dataclasses import asdict, replace
from pathlib import Path

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras
import numpy as np
import numpy.typing as npt
import tensorflow as tf
from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

from meetbot.faces.align import SIZE
from meetbot.faces.card import SHOWN
from meetbot.faces.classify import CARD, WEIGHTS, EmotionClassifier
from meetbot.types import EMOTIONS, Image, ModelCard
from training import checkpoint
from training.blocks import MEAN, SCALE, scaled
from training.command import run_command
from training.data import ORIGINAL, PUBLIC_TEST, VOTES, Faces, add_data_options, read, training_rows
from training.data import write as keep
from training.measure import SHOWN_VOTES, accuracy, ferplus_rows, fit_temperature, milliseconds, shown_rows
from training.nets import NETS
from training.pooled import pools_as_convolutions

KINDS = ("float32", "float16", "int8")
SCORES = ("public_test_accuracy", "public_test_ferplus_accuracy")
HEADER = ("| kind | MB | ms a face | PublicTest, `original` | FER+, `votes` |", "|---|---:|---:|---:|---:|")
TIMED = 300  # single calls
REPRESENTATIVE = 500  # training faces that set the ranges of int8


def convert(model: keras.Model, kind: str, examples: Image) -> bytes:
    """The network as TFLite with one signature: `picture` in, each output's logits out by name."""
    picture = tf.TensorSpec((1, SIZE, SIZE, 1), tf.float32, name="picture")
    run = tf.function(lambda picture: model(picture, training=False), input_signature=[picture])
    concrete = run.get_concrete_function()
    # Constants first: int8's calibration can't read the variables that Keras leaves in the graph. Freezing
    # forgets the outputs' names, so they are put back in the order of the flattened dictionary.
    frozen = convert_variables_to_constants_v2(concrete)
    names = sorted(concrete.structured_outputs)
    named = tf.function(
        lambda picture: dict(zip(names, frozen(picture), strict=True)), input_signature=[picture]
    )
    converter = tf.lite.TFLiteConverter.from_concrete_functions([named.get_concrete_function()], tf.Module())
    if kind != "float32":
        converter.optimizations = [tf.lite.Optimize.DEFAULT]
    if kind == "float16":
        converter.target_spec.supported_types = [tf.float16]
    if kind == "int8":
        converter.representative_dataset = lambda: ([face[None]] for face in scaled(examples))
    return pools_as_convolutions(bytes(converter.convert()))


def describe(weights: bytes, about: checkpoint.Progress, rows: int) -> ModelCard:
    """The card of these weights, still without temperatures and scores."""
    return ModelCard(
        name=f"meetbot {about.recipe['net']}",
        labels=EMOTIONS,
        outputs={"original": " ".join(ORIGINAL), "votes": " ".join(VOTES), SHOWN: "votes"},
        input_size=SIZE,
        mean=MEAN,
        scale=SCALE,
        temperature=1.0,
        sha256=hashlib.sha256(weights).hexdigest(),
        trained_on=f"FER-2013 Training with FER+ votes: {rows} faces, {about.epochs_done} epochs",
        temperatures={"original": 1.0, "votes": 1.0},
        levelled=True,
    )


def calibrate(weights: bytes, card: ModelCard, check: Faces) -> ModelCard:
    """The card with the temperature of each output, and what the network scores on PublicTest.

    Without votes nothing is known of the output `votes`, so `original` is shown.
    """
    classifier = EmotionClassifier(weights, card)
    logits = classifier.logits(list(check.pixels))
    temperatures = {"original": fit_temperature(logits["original"], check.emotion)}
    scores = {SCORES[0]: accuracy(logits["original"], check.emotion)}
    if check.votes is not None:
        rows, emotion = shown_rows(check.votes)  # right for what is shown: seven emotions, no contempt
        temperatures["votes"] = fit_temperature(logits["votes"][rows][:, SHOWN_VOTES], emotion)
        rows, majority = ferplus_rows(check.votes)
        scores[SCORES[1]] = accuracy(logits["votes"][rows], majority)
    return replace(
        card,
        outputs=card.outputs if check.votes is not None else {**card.outputs, SHOWN: "original"},
        temperatures={name: round(temperatures.get(name, 1.0), 4) for name in card.temperatures},
        scores={name: round(value, 4) for name, value in scores.items()},
    )


def write(folder: Path, weights: bytes, card: ModelCard) -> None:
    """Weights and card together; the card last, so that a half-written pair is refused, not believed."""
    folder.mkdir(parents=True, exist_ok=True)
    stored = {name: value for name, value in asdict(card).items() if name != "temperature"}
    (folder / WEIGHTS).write_bytes(weights)
    (folder / CARD).write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")


def export(faces: Faces, source: Path, out: Path, shipped: str) -> list[str]:
    """Convert in all kinds and write the one that ships; gives the comparison, and prints it as it grows."""
    learn, check = training_rows(faces), faces.pick(faces.usage == PUBLIC_TEST)
    about = checkpoint.read(source)
    keras.config.set_dtype_policy("float32")  # whatever it was trained in
    model = NETS[str(about.recipe["net"])]()
    model.set_weights(about.averaged)
    table = list(HEADER)
    print("\n".join(table), flush=True)
    for kind in KINDS:
        weights = convert(model, kind, examples(learn))
        card = calibrate(weights, describe(weights, about, len(learn)), check)
        table.append(row(kind, weights, card, check))
        print(table[-1], flush=True)
        if kind == shipped:
            write(out, weights, card)
    return table


def row(kind: str, weights: bytes, card: ModelCard, check: Faces) -> str:
    """One line of the comparison."""
    duration = milliseconds(EmotionClassifier(weights, card), list(check.pixels[:TIMED]))
    shares = [f"{100 * card.scores[name]:.1f} %" if name in card.scores else "" for name in SCORES]
    return f"| {kind} | {len(weights) / 1e6:.2f} | {duration:.2f} | {' | '.join(shares)} |"


def examples(learn: Faces) -> Image:
    """Faces spread over the training rows, the same at each export."""
    rows: npt.NDArray[np.intp] = np.linspace(0, len(learn) - 1, min(REPRESENTATIVE, len(learn))).astype(
        np.intp
    )
    return learn.pixels[rows]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_data_options(parser)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("models"))
    parser.add_argument("--kind", choices=KINDS, default="int8", help="what is written")
    parser.add_argument("--table", type=Path, metavar="FILE.md", help="where the comparison is kept")
    given = parser.parse_args()
    table = export(read(given.data, given.votes), given.checkpoint, given.out, given.kind)
    if given.table:
        keep(given.table, "\n".join([*table, ""]).encode())


if __name__ == "__main__":
    run_command(main)
