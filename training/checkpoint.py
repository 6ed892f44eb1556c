"""Where a run stands, in one file: weights, averaged weights, momenta, epochs done and the recipe.

python -m training.checkpoint runs/small/last.npz training/results/small_residual.npz  # a sixth of the bytes
"""

import argparse
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import keras
import numpy as np
import numpy.typing as npt

from meetbot.errors import InputError
from training.command import run_command

Weights = list[npt.NDArray[np.float32]]
Arrays = dict[str, npt.NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Progress:
    """What a run needs besides the network itself."""

    averaged: Weights
    epochs_done: int
    recipe: Mapping[str, object]


def save(path: Path, model: keras.Model, progress: Progress) -> None:
    """Writes beside the target and renames, so that a kill leaves the former checkpoint whole."""
    arrays = {
        **_named("weight", model.get_weights()),
        **_named("averaged", progress.averaged),
        **_named("optimiser", [np.asarray(variable) for variable in model.optimizer.variables]),
    }
    about = json.dumps({"epochs_done": progress.epochs_done, "recipe": dict(progress.recipe)})
    _write(path, {"about": np.array(about), **arrays})


def load(path: Path, model: keras.Model) -> Progress:
    """Sets the model and its optimiser back to where the checkpoint was written."""
    arrays = _arrays(path)
    try:
        model.set_weights(_group("weight", arrays) or _group("averaged", arrays))
        model.optimizer.build(model.trainable_variables)
        momenta = _group("optimiser", arrays)  # a packed checkpoint has none
        for variable, value in zip(model.optimizer.variables, momenta, strict=bool(momenta)):
            variable.assign(value)
    except ValueError as error:
        raise InputError(
            f"{path} is of another network ({error}); give the --net that it was made with."
        ) from error
    return _progress(arrays)


def read(path: Path) -> Progress:
    """The averaged weights, and what the run was."""
    return _progress(_arrays(path))


def pack(source: Path, target: Path) -> None:
    """The averaged weights alone, in float16: exact enough to go on from, small enough to keep."""
    kept = {name: array for name, array in _arrays(source).items() if name.startswith(("about", "averaged"))}
    halved = {
        name: array.astype(np.float16) if array.dtype.kind == "f" else array for name, array in kept.items()
    }
    _write(target, halved)


def _write(path: Path, arrays: Arrays) -> None:
    fresh = path.with_name(path.stem + ".part.npz")
    np.savez(fresh, allow_pickle=False, **arrays)
    fresh.replace(path)


def _arrays(path: Path) -> Arrays:
    try:
        with path.open("rb") as file, np.load(file) as stored:
            arrays: Arrays = {name: stored[name] for name in stored.files}
        json.loads(str(arrays["about"]))
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        raise InputError(
            f"{path} is no checkpoint of a run ({error}); give one that training.train wrote."
        ) from error
    return arrays


def _progress(arrays: Arrays) -> Progress:
    about = json.loads(str(arrays["about"]))
    return Progress(_group("averaged", arrays), about["epochs_done"], about["recipe"])


def _named(kind: str, arrays: list[npt.NDArray[np.float32]]) -> dict[str, npt.NDArray[np.float32]]:
    return {f"{kind}{number:04}": array for number, array in enumerate(arrays)}


def _group(kind: str, arrays: Mapping[str, npt.NDArray[Any]]) -> Weights:
    chosen = [arrays[name] for name in sorted(arrays) if name.startswith(kind)]
    return [array.astype(np.float32) if array.dtype.kind == "f" else array for array in chosen]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    given = parser.parse_args()
    pack(given.source, given.target)


if __name__ == "__main__":
    run_command(main)
