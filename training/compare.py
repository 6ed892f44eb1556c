"""Train every network under one budget, and write the table beside others' figures.

python -m training.compare --data FILE.npz --out runs/compare --pictures 300000 [--minutes 20]

A network stops at whichever ends first, and its learning rate reaches zero there. Finished networks are
skipped and an interrupted one goes on, so the same command can be given until all are done. VGG-16 and
ResNet-50 start from ImageNet's weights where Keras can fetch them or a file is given, else from scratch: the
table says which. `python -m training.speed` tells how fast each network learns on a machine.
"""

import argparse
import json
import math
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras

from meetbot.errors import InputError, UsageError
from training import checkpoint, curves, transfer
from training.blocks import scaled
from training.command import run_command
from training.comparison import Budget, page
from training.data import PUBLIC_TEST, Faces, add_data_options, read, training_rows, write
from training.measure import Figures, accuracy, ferplus_rows, label_figures
from training.nets import NETS
from training.recipe import CHOICES, Recipe, from_stored
from training.train import train

REPORT = Path(__file__).parent / "results" / "compare.md"
ROUND = 8192  # pictures between two checkpoints
TIMED = 100  # single calls


class Entry(NamedTuple):
    """A network and the learning rate that suits it: without normalisation it must be small."""

    net: str
    rate: float
    start: str = ""


ENTRIES = (
    Entry("small_residual", 0.08),
    Entry("generic_convnet", 0.05),
    Entry("plain_sequential", 0.01),
    Entry("vgg_blocks", 0.05),
    Entry("inception_blocks", 0.05),
    Entry("vgg16", 0.01, transfer.IMAGENET),
    Entry("resnet50", 0.02, transfer.IMAGENET),
)


def plan(entry: Entry, budget: Budget, rows: int) -> Recipe:
    """The recipe that spends the budget, in rounds of about ROUND pictures."""
    usual = Recipe()
    batch = min(usual.batch, budget.pictures, rows)
    rounds = math.ceil(budget.pictures / min(ROUND, rows))
    return Recipe(
        net=entry.net,
        epochs=rounds,
        round=max(1, budget.pictures // rounds // batch) * batch,
        minutes=budget.minutes,
        batch=batch,
        rate=entry.rate,
        precision=budget.precision,
        start=entry.start,
        seed=budget.seed,
    )


def run(faces: Faces, folder: Path, recipe: Recipe) -> None:
    """Train one network and write its figures; do what is left of it, or nothing."""
    last, done = folder / "last.npz", folder / "figures.json"
    resume = last if last.exists() else None
    if resume:
        stored = from_stored(checkpoint.read(last).recipe)
        if replace(stored, start=recipe.start, sizes=recipe.sizes) != recipe:
            raise UsageError(f"{folder} holds a run of another budget; give another --out, or remove it.")
        recipe = stored
    if not done.exists():
        train(faces, folder, recipe, resume)
        write(done, json.dumps(figures_of(faces, folder), indent=2).encode())


def figures_of(faces: Faces, folder: Path) -> Figures:
    """What a trained network scores on PublicTest, as Keras runs it in float32, and what it costs."""
    progress = checkpoint.read(folder / "last.npz")
    recipe, columns = from_stored(progress.recipe), curves.read(folder / "curves.csv")
    model = NETS[recipe.net]()
    model.set_weights(progress.averaged)
    check = faces.pick(faces.usage == PUBLIC_TEST)
    said = model.predict(scaled(check.pixels), batch_size=256, verbose=0)
    labels = label_figures(said["original"].argmax(axis=1), check.emotion)
    figures: Figures = {name: labels[name] for name in ("n", "accuracy", "weighted_f1", "balanced_accuracy")}
    if check.votes is not None:
        rows, majority = ferplus_rows(check.votes)
        figures["ferplus"] = accuracy(said["votes"][rows], majority)
    return {
        "net": recipe.net,
        "start": recipe.start,
        "parameters": model.count_params(),
        "pictures": int(sum(columns["pictures"])),
        "minutes": round(sum(columns["seconds"]) / 60, 1),
        **figures,
        "ms": milliseconds_a_face(model, progress, check),
        "backend": keras.backend.backend(),
    }


def milliseconds_a_face(model: keras.Model, about: checkpoint.Progress, check: Faces) -> float | None:
    """One face at a time under LiteRT in float32, on one core; only TensorFlow can convert for it."""
    if keras.backend.backend() != "tensorflow":
        return None
    from meetbot.faces.classify import EmotionClassifier
    from training.export import convert, describe
    from training.measure import milliseconds

    weights = convert(model, "float32", check.pixels[:1])
    classifier = EmotionClassifier(weights, describe(weights, about, 0))
    return milliseconds(classifier, list(check.pixels[:TIMED]))


def finished(out: Path, entries: Sequence[Entry]) -> list[Figures]:
    """The figures of the networks that are done, in the order of the entries."""
    files = [out / entry.net / "figures.json" for entry in entries]
    return [json.loads(file.read_text(encoding="utf-8")) for file in files if file.exists()]


def compare(faces: Faces, out: Path, budget: Budget, entries: Sequence[Entry], report: Path) -> None:
    """Train what is left of the entries; the table is written anew after each."""
    rows = len(training_rows(faces))
    if not rows:
        raise InputError("There is no face to learn from; give data with Training rows.")
    for entry in entries:
        run(faces, out / entry.net, plan(entry, budget, rows))
        write(report, page(finished(out, ENTRIES), budget).encode())


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_data_options(parser)
    parser.add_argument("--out", type=Path, default=Path("runs/compare"), help="where the runs stand")
    parser.add_argument(
        "--pictures", type=int, required=True, help="the budget: pictures seen by each network"
    )
    parser.add_argument("--minutes", type=float, default=20.0, help="at most, for each network")
    parser.add_argument("--nets", nargs="+", choices=[entry.net for entry in ENTRIES], metavar="NET")
    parser.add_argument("--precision", choices=CHOICES["precision"], default="float32")
    parser.add_argument("--seed", type=int, default=1)
    for net in transfer.APPLICATIONS:
        parser.add_argument(f"--{net}", metavar="FILE", help="ImageNet's weights for it, without top layers")
    parser.add_argument("--report", type=Path, default=REPORT, help=f"usually {REPORT.name} in the results")
    given = parser.parse_args(arguments)
    chosen = [
        entry._replace(start=getattr(given, entry.net, None) or entry.start)
        for entry in ENTRIES
        if entry.net in (given.nets or NETS)
    ]
    if given.pictures < 1 or given.minutes <= 0:
        raise UsageError("A budget of nothing trains nothing; give --pictures and --minutes above zero.")
    budget = Budget(given.pictures, given.minutes, given.precision, given.seed)
    compare(read(given.data, given.votes), given.out, budget, chosen, given.report)


if __name__ == "__main__":
    run_command(main)
