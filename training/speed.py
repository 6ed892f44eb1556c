"""How many pictures a second each network learns from on this machine: what a budget can be.

A second of the clock is worth less on a busy machine; a second of a core's time is worth the same.

python -m training.speed [--batches 3] [--nets NET...] [--precision mixed_bfloat16]
"""

import argparse
import os
import time
from collections.abc import Sequence
from typing import NamedTuple

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import numpy as np

from training.blocks import scaled
from training.command import run_command
from training.data import ORIGINAL, VOTES
from training.nets import NETS
from training.recipe import CHOICES, Recipe
from training.train import build


class Speed(NamedTuple):
    """Pictures in a second of the clock, and in a second of one core's time."""

    by_clock: float
    by_core: float


def measure(recipe: Recipe, batches: int, size: int = 48) -> Speed:
    """Over some steps after a first one, which compiles; the pictures are noise, made before."""
    model = build(recipe)
    rng = np.random.default_rng(0)
    pictures = scaled(rng.integers(0, 256, (recipe.batch, size, size)).astype(np.uint8))
    wanted = {
        name: np.eye(count, dtype=np.float32)[rng.integers(0, count, recipe.batch)]
        for name, count in (("original", len(ORIGINAL)), ("votes", len(VOTES)))
    }
    model.train_on_batch(pictures, wanted)
    clock, core = time.monotonic(), time.process_time()
    for _ in range(batches):
        model.train_on_batch(pictures, wanted)
    shown = batches * recipe.batch
    return Speed(shown / (time.monotonic() - clock), shown / (time.process_time() - core))


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--batches", type=int, default=3)
    parser.add_argument("--batch", type=int, default=Recipe().batch)
    parser.add_argument("--nets", nargs="+", choices=NETS, default=list(NETS), metavar="NET")
    parser.add_argument("--precision", choices=CHOICES["precision"], default="float32")
    given = parser.parse_args(arguments)
    for net in given.nets:
        recipe = Recipe(net=net, batch=given.batch, precision=given.precision)
        speed = measure(recipe, given.batches)
        print(f"{net:20}{speed.by_clock:8.1f} a second  {speed.by_core:8.1f} a core's second", flush=True)


if __name__ == "__main__":
    run_command(main)
