"""Train the emotion network.

python -m training.train --data FILE.npz --out runs/small --epochs 27 [--resume runs/small/last.npz]

Resuming with another `--epochs` moves the end of the learning rate's cosine, so that a run on a
busy machine can be brought to its end in time.
"""

import argparse
import math
import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras
import numpy as np
import numpy.typing as npt

from meetbot.errors import InputError
from training import checkpoint, curves
from training.augment import augment
from training.checkpoint import Progress
from training.data import ORIGINAL, PUBLIC_TEST, Faces, read, training_rows, vote_shares
from training.measure import accuracy, ferplus_rows
from training.nets import NETS

MEAN, SCALE = 128.0, 64.0  # the network reads (pixel - MEAN) / SCALE; powers of two stay exact in int8

Arrays = dict[str, npt.NDArray[np.float32]]
Weights = list[npt.NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Recipe:
    """Every knob of a run; it is stored in the checkpoint."""

    net: str = "small_residual"
    epochs: int = 60
    sizes: tuple[tuple[float, int], ...] = ((0.0, 32), (0.5, 40), (0.8, 48))  # from which share on, pixels
    batch: int = 128
    rate: float = 0.08  # the highest learning rate, at batch 128
    warm_up: float = 1.0  # epochs
    momentum: float = 0.9
    weight_decay: float = 1e-3  # shrinks weights by rate x this at each step, biases and norms excepted
    smoothing: float = 0.05  # of the FER-2013 labels; the votes are soft by themselves
    vote_weight: float = 1.0  # of the loss on the FER+ votes
    average: float = 0.998  # of the averaged weights that stays at each step: about 500 steps, two epochs
    seed: int = 1


def scaled(pixels: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    """Pictures as the network reads them."""
    return ((pixels.astype(np.float32) - MEAN) / SCALE)[..., None]


def targets(faces: Faces, smoothing: float) -> tuple[Arrays, Arrays]:
    """What each output should say, and how much each row counts for it."""
    original = np.eye(len(ORIGINAL), dtype=np.float32)[faces.emotion]
    original = original * np.float32(1 - smoothing) + np.float32(smoothing / len(ORIGINAL))
    votes = faces.votes if faces.votes is not None else np.zeros((len(faces), 10), np.uint8)
    shares = vote_shares(votes)
    weights = {"original": np.ones(len(faces), np.float32), "votes": shares.sum(axis=1)}
    return {"original": original, "votes": shares}, weights


def batches(
    faces: Faces, recipe: Recipe, epoch: int
) -> Iterator[tuple[npt.NDArray[np.float32], Arrays, Arrays]]:
    """One epoch; order and changes depend on seed and epoch alone. The next batch is made meanwhile."""
    rng = np.random.default_rng((recipe.seed, epoch))
    order = rng.permutation(len(faces))
    wanted, weights = targets(faces, recipe.smoothing)
    size = picture_size(recipe, epoch)

    def make(start: int) -> tuple[npt.NDArray[np.float32], Arrays, Arrays]:
        rows = order[start : start + recipe.batch]
        pictures = np.stack([augment(faces.pixels[row], rng, size) for row in rows])
        return (
            scaled(pictures),
            {name: array[rows] for name, array in wanted.items()},
            {name: array[rows] for name, array in weights.items()},
        )

    starts = range(0, len(faces) - recipe.batch + 1, recipe.batch)
    with ThreadPoolExecutor(1) as maker:
        coming = maker.submit(make, starts[0])
        for start in starts[1:]:
            ready, coming = coming.result(), maker.submit(make, start)
            yield ready
        yield coming.result()


def picture_size(recipe: Recipe, epoch: int) -> int:
    """Small pictures first: they teach the coarse features at half the cost (Tan and Le 2021)."""
    return [size for share, size in recipe.sizes if epoch >= share * recipe.epochs][-1]


def rate(recipe: Recipe, epochs_done: float) -> float:
    """Linear warm-up, then half a cosine that ends at zero with the last epoch."""
    if epochs_done < recipe.warm_up:
        return recipe.rate * epochs_done / recipe.warm_up
    left = (recipe.epochs - epochs_done) / (recipe.epochs - recipe.warm_up)
    return recipe.rate * 0.5 * (1 - math.cos(math.pi * max(0.0, left)))


def build(recipe: Recipe) -> keras.Model:
    """The network with its optimiser and losses."""
    keras.utils.set_random_seed(recipe.seed)
    model = NETS[recipe.net]()
    optimiser = keras.optimizers.SGD(
        recipe.rate, momentum=recipe.momentum, nesterov=True, weight_decay=recipe.weight_decay
    )
    optimiser.exclude_from_weight_decay(var_names=["bias", "beta", "gamma"])
    model.compile(
        optimizer=optimiser,
        loss={name: keras.losses.CategoricalCrossentropy(from_logits=True) for name in ("original", "votes")},
        loss_weights={"original": 1.0, "votes": recipe.vote_weight},
        jit_compile=False,
    )
    return model


def run_epoch(model: keras.Model, faces: Faces, recipe: Recipe, epoch: int, averaged: Weights) -> float:
    """One pass over the faces; moves `averaged` towards the weights, and gives the mean loss."""
    steps = len(faces) // recipe.batch
    losses = []
    for step, (pictures, wanted, weights) in enumerate(batches(faces, recipe, epoch)):
        model.optimizer.learning_rate = rate(recipe, epoch + (step + 1) / steps)
        losses.append(float(model.train_on_batch(pictures, wanted, weights, return_dict=True)["loss"]))
        done = epoch * steps + step
        keep = np.float32(min(recipe.average, (1 + done) / (10 + done)))  # the first steps are soon forgotten
        for mean, now in zip(averaged, model.get_weights(), strict=True):
            mean *= keep
            mean += (1 - keep) * now
    return float(np.mean(losses))


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


def train(data: Path, out: Path, recipe: Recipe, resume: Path | None = None) -> Path:
    """Train for the recipe's epochs; writes `last.npz` (to resume) and the curves after each."""
    faces = read(data)
    learn, check = training_rows(faces), faces.pick(faces.usage == PUBLIC_TEST)
    if len(learn) < recipe.batch:
        raise InputError(f"{data} has {len(learn)} faces to learn from, less than a batch of {recipe.batch}.")
    out.mkdir(parents=True, exist_ok=True)
    model = build(recipe)
    averaged, first = [weight.copy() for weight in model.get_weights()], 0
    if resume is not None:
        progress = checkpoint.load(resume, model)
        averaged, first = progress.averaged, progress.epochs_done
    last = out / "last.npz"
    for epoch in range(first, recipe.epochs):
        began = time.monotonic()
        loss = run_epoch(model, learn, recipe, epoch, averaged)
        seconds = time.monotonic() - began
        checkpoint.save(last, model, Progress(averaged, epoch + 1, asdict(recipe)))
        row = {"epoch": epoch + 1, "loss": loss, **accuracies(model, averaged, check), "seconds": seconds}
        print(curves.add(out / "curves.csv", row), flush=True)
        curves.draw(out / "curves.csv", out / "curves.png")
    return last


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    usual = Recipe()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--net", choices=NETS, default=usual.net)
    parser.add_argument("--epochs", type=int, default=usual.epochs)
    parser.add_argument("--seed", type=int, default=usual.seed)
    parser.add_argument("--resume", type=Path, help="a checkpoint to go on from")
    given = parser.parse_args()
    recipe = Recipe(net=given.net, epochs=given.epochs, seed=given.seed)
    train(given.data, given.out, recipe, given.resume)


if __name__ == "__main__":
    main()
