"""Train an emotion network.

python -m training.train --data FILE.npz --out runs/small --epochs 27 [--resume runs/small/last.npz]
KERAS_BACKEND=torch python -m training.train ...            # where a GPU is torch's or JAX's alone

`last.npz` is written after each epoch: to go on from, with the recipe that the run began with. `best.npz`
is the epoch whose averaged weights were best on PublicTest. Resuming with another `--epochs` moves the end of
the learning rate's cosine, so that a run on a busy machine can be brought to its end in time.
"""

import argparse
import os
import shutil
import time
from dataclasses import asdict, replace
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras
import numpy as np

from meetbot.errors import InputError
from meetbot.resources import make_folder
from training import checkpoint, curves, transfer
from training.batches import batches
from training.blocks import scaled
from training.checkpoint import Progress, Weights
from training.command import run_command
from training.data import PUBLIC_TEST, Faces, add_data_options, read, training_rows
from training.measure import accuracy, ferplus_rows
from training.nets import NETS
from training.recipe import Recipe, add_knobs, from_stored, turned
from training.schedule import (
    History,
    is_best,
    is_over,
    picture_size,
    rate,
    read_history,
    share_done,
    strength,
)

MOMENTUM = 0.9


def build(recipe: Recipe) -> keras.Model:
    """The network as the recipe wants it, ready to learn."""
    keras.utils.set_random_seed(recipe.seed)
    usual = keras.config.dtype_policy()
    keras.config.set_dtype_policy(recipe.precision)
    try:
        model = NETS[recipe.net]()
    finally:
        keras.config.set_dtype_policy(usual)
    prepare(model, recipe)
    return model


def prepare(model: keras.Model, recipe: Recipe) -> None:
    """Give the network an optimiser, without momentum so far, and losses."""
    optimiser = keras.optimizers.SGD(
        recipe.rate, momentum=MOMENTUM, nesterov=True, weight_decay=recipe.weight_decay
    )
    optimiser.exclude_from_weight_decay(var_names=["bias", "beta", "gamma"])
    model.compile(
        optimizer=optimiser,
        loss={name: keras.losses.CategoricalCrossentropy(from_logits=True) for name in ("original", "votes")},
        loss_weights={"original": 1.0, "votes": recipe.vote_weight},
        jit_compile=keras.backend.backend() == "jax",  # JAX is slow without; TensorFlow compiles for minutes
    )


def begin(recipe: Recipe) -> tuple[keras.Model, Recipe, Progress]:
    """A fresh run: its network, the recipe as this network and machine can follow it, and no progress."""
    model = build(recipe)
    begun = transfer.begin(model, recipe)
    if recipe.start and not begun.start:
        print(f"ImageNet's weights can't be had here: {recipe.net} starts from scratch.", flush=True)
    return model, fitting(begun, model), Progress(model.get_weights(), 0, {})


def go_on(recipe: Recipe, path: Path) -> tuple[keras.Model, Recipe, Progress]:
    """The run of a checkpoint, from where it stood."""
    model = build(recipe)
    transfer.hold(model, bool(checkpoint.read(path).recipe.get("held")))
    prepare(model, recipe)
    return model, fitting(recipe, model), checkpoint.load(path, model)


def fitting(recipe: Recipe, model: keras.Model) -> Recipe:
    """The recipe with pictures of the network's size: a dense layer over all places takes one size alone."""
    side = model.input_shape[1]
    return recipe if side is None else replace(recipe, sizes=((0.0, side),))


def run_epoch(
    model: keras.Model, faces: Faces, recipe: Recipe, epoch: int, averaged: Weights, history: History
) -> tuple[float, int]:
    """One epoch, or less where the minutes end; moves `averaged` along. The mean loss, and pictures seen."""
    steps = (min(recipe.round, len(faces)) or len(faces)) // recipe.batch
    share = share_done(recipe, epoch, history.seconds)
    began, losses = time.monotonic(), []
    reseed(model, recipe, epoch)
    shown = batches(faces, recipe, epoch, picture_size(recipe, share), strength(recipe, share))
    for step, (pictures, wanted, weights) in enumerate(shown):
        now = replace(history, seconds=history.seconds + time.monotonic() - began)
        model.optimizer.learning_rate = rate(recipe, epoch + (step + 1) / steps, now)
        losses.append(float(model.train_on_batch(pictures, wanted, weights, return_dict=True)["loss"]))
        done = epoch * steps + step
        keep = np.float32(min(recipe.average, (1 + done) / (10 + done)))  # the first steps are soon forgotten
        for mean, weight in zip(averaged, model.get_weights(), strict=True):
            mean *= keep
            mean += (1 - keep) * weight
        if recipe.minutes and share_done(recipe, epoch, now.seconds) >= 1:
            break
    return float(np.mean(losses)), len(losses) * recipe.batch


def reseed(model: keras.Model, recipe: Recipe, epoch: int) -> None:
    """What dropout draws in an epoch depends on seed and epoch alone, so a resumed run draws it too."""
    for number, variable in enumerate(model.variables):
        if "seed_generator_state" in variable.path:
            variable.assign(np.random.default_rng((recipe.seed, epoch, number)).integers(2**31, size=2))


def accuracies(model: keras.Model, weights: Weights, faces: Faces) -> dict[str, float]:
    """How often each output is right with the given weights; the model's own are put back."""
    own = model.get_weights()
    model.set_weights(weights)
    said = model.predict(scaled(faces.pixels), batch_size=256, verbose=0)
    model.set_weights(own)
    result = {"original": accuracy(said["original"], faces.emotion)}
    if faces.votes is not None:
        rows, majority = ferplus_rows(faces.votes)
        result["votes"] = accuracy(said["votes"][rows], majority)
    return result


def train(faces: Faces, out: Path, recipe: Recipe, resume: Path | None = None) -> Path:
    """Train to the recipe's end; with `patience` the best epoch's checkpoint comes back, else the last's."""
    learn, check = training_rows(faces), faces.pick(faces.usage == PUBLIC_TEST)
    if min(len(learn), recipe.round or len(learn)) < recipe.batch:
        raise InputError(f"There are {len(learn)} faces to learn from, less than a batch of {recipe.batch}.")
    if not len(check):
        raise InputError("There is no PublicTest face to measure by; give data that has this split too.")
    last, best, table = (make_folder(out) / name for name in ("last.npz", "best.npz", "curves.csv"))
    model, recipe, progress = begin(recipe) if resume is None else go_on(recipe, resume)
    if resume is None:
        table.unlink(missing_ok=True)
    epoch, averaged = progress.epochs_done, progress.averaged
    while not is_over(recipe, epoch, history := read_history(table, epoch)):
        began = time.monotonic()
        hold_if_wanted(model, recipe, share_done(recipe, epoch, history.seconds))
        loss, pictures = run_epoch(model, learn, recipe, epoch, averaged, history)
        epoch += 1
        figures = {"epoch": epoch, "loss": loss, **accuracies(model, averaged, check)}
        line = curves.add(table, {**figures, "seconds": time.monotonic() - began, "pictures": pictures})
        stored = {**asdict(recipe), "held": transfer.is_held(model)}
        checkpoint.save(last, model, Progress(averaged, epoch, stored))
        if is_best(read_history(table, epoch).scores):
            shutil.copyfile(last, best)
        print(line, flush=True)
        curves.draw(table, out / "curves.png")
    return best if recipe.patience and best.exists() else last


def hold_if_wanted(model: keras.Model, recipe: Recipe, done: float) -> None:
    """Hold or let go a transferred network's earlier layers; what learns then starts without momentum."""
    wanted = transfer.wants_hold(recipe, done)
    if wanted != transfer.is_held(model):
        transfer.hold(model, wanted)
        prepare(model, recipe)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_data_options(parser)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--resume", type=Path, help="a checkpoint to go on from")
    add_knobs(parser, tuple(NETS))
    given = parser.parse_args()
    recipe = from_stored(checkpoint.read(given.resume).recipe) if given.resume else Recipe()
    train(read(given.data, given.votes), given.out, turned(recipe, given), given.resume)


if __name__ == "__main__":
    run_command(main)
