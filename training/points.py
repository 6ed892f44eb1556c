"""Train the network that places a face's five points, out of what the teacher found.

python -m training.teacher --data FILE.npz --out runs/points/labels.npz
python -m training.points --data FILE.npz --labels runs/points/labels.npz --out runs/points [--resume]
python -m training.points_export --data FILE.npz --labels runs/points/labels.npz --run runs/points

`last.npz` is written after each epoch; with --resume a run goes on from there, and a longer --epochs moves
the end of the rate's cosine.
"""

import argparse
import os
import time
from dataclasses import asdict, dataclass
from math import cos, pi
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras
import numpy as np
import numpy.typing as npt
from keras import layers, ops

from meetbot.errors import InputError
from meetbot.faces.align import TARGET
from meetbot.faces.points import SIZE
from meetbot.resources import make_folder
from training import checkpoint, curves
from training.blocks import conv_bn
from training.checkpoint import Progress, Weights
from training.command import run_command
from training.data import PUBLIC_TEST, add_data_options, read, training_rows
from training.squares import Labelled, batches, in_halves
from training.teacher import stored

SHAPE_WORTH = 2.0  # weight of what moves points against each other: the head's direction lies in it alone
SMALL = 0.02  # half squares: errors below it count by their square, larger ones by their length
FACE_WORTH = 0.03  # of the loss for whether a face is there


@dataclass(frozen=True, slots=True)
class Knobs:
    """What a run is; it stands in its checkpoint."""

    epochs: int = 40
    batch: int = 128
    rate: float = 2e-3  # Adam's highest
    warm_up: float = 0.5  # epochs
    average: float = 0.998  # of the averaged weights that stays at each step
    seed: int = 1


def network(widths: tuple[int, int, int] = (16, 32, 64), inner: int = 24, dense: int = 64) -> keras.Model:
    """Three halvings, two short cuts, and dense layers over all places: 4 million multiplications."""
    picture = keras.Input((SIZE, SIZE, 1), name="picture")
    x = layers.ReLU()(halved(picture, widths[0], 5))
    x = layers.ReLU()(halved(x, widths[1]))
    x = layers.ReLU()(layers.Add()([x, conv_bn(x, widths[1])]))
    x = layers.ReLU()(halved(x, widths[2]))
    x = layers.ReLU()(layers.Add()([x, conv_bn(x, widths[2])]))
    x = layers.Flatten()(layers.ReLU()(conv_bn(x, inner, 1)))
    x = layers.Dense(dense, use_bias=False)(x)
    x = layers.ReLU()(layers.BatchNormalization(momentum=0.95, epsilon=1e-3)(x))  # without it they all die
    points = layers.Dense(10, kernel_initializer=keras.initializers.RandomNormal(stddev=0.01), name="points")
    face = layers.Dense(1, name="face")
    model = keras.Model(picture, {"points": points(x), "face": face(x)}, name="points")
    points.bias.assign(in_halves(TARGET[None]).reshape(-1))  # it begins at the usual places
    return model


def halved(x: keras.KerasTensor, width: int, size: int = 3) -> keras.KerasTensor:
    """A convolution that looks at every second place."""
    x = layers.Conv2D(width, size, strides=2, padding="same", use_bias=False, kernel_initializer="he_normal")(
        x
    )
    return layers.BatchNormalization(momentum=0.95, epsilon=1e-3)(x)


def shape_of_errors() -> npt.NDArray[np.float32]:
    """Takes out of ten errors what moves, turns and resizes the face as a whole."""
    places = TARGET - TARGET.mean(axis=0)
    whole = [
        np.tile([1.0, 0.0], 5),
        np.tile([0.0, 1.0], 5),
        places.reshape(-1),
        (places[:, ::-1] * (-1, 1)).reshape(-1),
    ]
    basis = np.linalg.qr(np.array(whole).T)[0]
    return np.asarray(np.eye(10) - basis @ basis.T, np.float32)


def distance(true: keras.KerasTensor, said: keras.KerasTensor) -> keras.KerasTensor:
    """How far the points are off, and once more how far their shape is."""
    off = said - true
    shape = ops.matmul(off, ops.convert_to_tensor(shape_of_errors()))
    every = ops.concatenate([off, SHAPE_WORTH * shape], axis=-1)
    return ops.mean(ops.sqrt(every * every + SMALL**2) - SMALL, axis=-1)


def prepare(model: keras.Model, knobs: Knobs) -> None:
    """Give the network an optimiser and its losses."""
    model.compile(
        optimizer=keras.optimizers.AdamW(knobs.rate, weight_decay=1e-4),
        loss={"points": distance, "face": keras.losses.BinaryCrossentropy(from_logits=True)},
        loss_weights={"points": 1.0, "face": FACE_WORTH},
        jit_compile=False,
    )


def rate(knobs: Knobs, epoch: float) -> float:
    """Up to the highest rate, then along a cosine to zero."""
    return knobs.rate * min(1.0, epoch / knobs.warm_up) * (1 + cos(pi * min(1.0, epoch / knobs.epochs))) / 2


def run_epoch(model: keras.Model, faces: Labelled, knobs: Knobs, epoch: int, averaged: Weights) -> float:
    """One epoch; moves `averaged` along. The mean loss."""
    steps, losses = len(faces.pictures) // knobs.batch, []
    for step, batch in enumerate(batches(faces, knobs.batch, knobs.seed, epoch)):
        model.optimizer.learning_rate = rate(knobs, epoch + (step + 1) / steps)
        losses.append(
            model.train_on_batch(
                batch.pictures,
                {"points": batch.points, "face": batch.face[:, None]},
                {"points": batch.weights, "face": np.ones_like(batch.face)},
                return_dict=True,
            )["loss"]
        )
        done = epoch * steps + step
        keep = np.float32(min(knobs.average, (1 + done) / (10 + done)))
        for mean, weight in zip(averaged, model.get_weights(), strict=True):
            mean *= keep
            mean += (1 - keep) * weight
    return float(np.mean([float(loss) for loss in losses]))


def off_by(model: keras.Model, weights: Weights, check: Labelled) -> dict[str, float]:
    """Of PublicTest's squares: how far points are off, in hundredths of the square, and faces told right."""
    own = model.get_weights()
    model.set_weights(weights)
    away, right = [], []
    for batch in batches(check, 128, 0, 0):
        said = model.predict(batch.pictures, batch_size=128, verbose=0)
        gaps = np.hypot(*(said["points"] - batch.points).reshape(-1, 5, 2).transpose(2, 0, 1)).mean(axis=1)
        away.append(gaps[batch.face > 0])
        right.append((said["face"][:, 0] > 0) == (batch.face > 0))
    model.set_weights(own)
    return {
        "off": 50 * float(np.mean(np.concatenate(away))),
        "told": float(np.mean(np.concatenate(right))),
    }


def train(learn: Labelled, check: Labelled, out: Path, knobs: Knobs, resume: bool) -> Path:
    """Train to the end; gives the last checkpoint."""
    last, table = make_folder(out) / "last.npz", out / "curves.csv"
    keras.utils.set_random_seed(knobs.seed)
    model = network()
    prepare(model, knobs)
    progress = checkpoint.load(last, model) if resume else Progress(model.get_weights(), 0, {})
    if not resume:
        table.unlink(missing_ok=True)
    averaged = progress.averaged
    for epoch in range(progress.epochs_done, knobs.epochs):
        began = time.monotonic()
        loss = run_epoch(model, learn, knobs, epoch, averaged)
        checkpoint.save(last, model, Progress(averaged, epoch + 1, asdict(knobs)))
        figures = {"epoch": epoch + 1, "loss": loss, **off_by(model, averaged, check)}
        print(curves.add(table, {**figures, "seconds": time.monotonic() - began}), flush=True)
    return last


def data(given: argparse.Namespace) -> tuple[Labelled, Labelled]:
    """The faces with their labels: those to learn from, and PublicTest's."""
    faces, (learn, check) = read(given.data, given.votes), stored(given.labels)
    pictures = training_rows(faces).pixels, faces.pixels[faces.usage == PUBLIC_TEST]
    for shown, labels in zip(pictures, (learn, check), strict=True):
        if len(shown) != len(labels.spread):
            raise InputError(f"{given.labels} belongs to other data; run training.teacher again.")
    return Labelled.of(pictures[0], learn), Labelled.of(pictures[1], check)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_data_options(parser)
    parser.add_argument("--labels", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=Knobs().epochs)
    parser.add_argument("--resume", action="store_true")
    given = parser.parse_args()
    learn, check = data(given)
    print(f"{len(learn.pictures)} faces to learn from, {len(check.pictures)} to measure by", flush=True)
    train(learn, check, given.out, Knobs(epochs=given.epochs), given.resume)


if __name__ == "__main__":
    run_command(main)
