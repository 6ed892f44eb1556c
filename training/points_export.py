"""Turn a run of training.points into the shipped network and its card.

python -m training.points_export --data FILE.npz --labels runs/points/labels.npz --run runs/points

Prints, for each kind of weights, how far points are off on PublicTest and the milliseconds a square takes on
one core, by production's own runner, and writes the kind named by --kind.
"""

import argparse
import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from time import perf_counter

import keras
import numpy as np

from meetbot.faces.card import SHOWN
from meetbot.faces.network import Network
from meetbot.faces.points import CARD, SIZE, WEIGHTS
from meetbot.faces.pose import OUT_OF_PLANE
from meetbot.resources import make_folder
from meetbot.types import Image, ModelCard
from training import checkpoint
from training.blocks import MEAN, SCALE, scaled
from training.command import run_command
from training.data import add_data_options
from training.export import convert
from training.points import data, network
from training.squares import CALL, SECOND, Labelled, in_halves, square
from training.teacher import Points

KINDS = ("float32", "float16", "dynamic", "int8")
PLACES = ("eye", "other_eye", "nose", "mouth", "other_mouth")
OUTPUTS = {
    "points": " ".join(f"{place}_{axis}" for place in PLACES for axis in "xy"),
    "face": "face",
    SHOWN: "points",
}
SQUARES = 4000  # of PublicTest, by which the kinds are measured
EXAMPLES, TIMED = 500, 400


def describe(weights: bytes, count: int, epochs: int) -> ModelCard:
    """The card of these weights, still without scores."""
    return ModelCard(
        name="meetbot points",
        labels=PLACES,
        outputs=OUTPUTS,
        input_size=SIZE,
        mean=MEAN,
        scale=SCALE,
        temperature=1.0,
        sha256=hashlib.sha256(weights).hexdigest(),
        trained_on=f"FER-2013 Training, points of YuNet: {count} faces, {epochs} epochs",
        temperatures={"points": 1.0, "face": 1.0},
        levelled=True,
    )


def squares(
    faces: Labelled, count: int, second: float = SECOND, calls: float = CALL
) -> Iterator[tuple[Image, Points, bool]]:
    """Squares of these faces, the same at each call."""
    rng = np.random.default_rng(0)
    for row in rng.integers(0, len(faces.pictures), count):
        yield square(faces, int(row), rng, second, calls)


def calibrate(model: keras.Model, check: Labelled) -> tuple[float, float]:
    """Makes yaw and pitch as large as the teacher has them; by how much they had to grow.

    A network that is unsure says too little. Which way the nose stands out of the face's plane is one sum
    over the points' x and one over their y, in which place, size and tilt have no part: these two are
    stretched about their means, in the last layer's own weights.
    """
    shown = [(picture, points) for picture, points, there in squares(check, SQUARES, 1.0, 0.0) if there]
    pictures, points = (np.array(column) for column in zip(*shown, strict=True))
    layer, grown = model.get_layer("points"), []
    for axis in (0, 1):
        kernel, bias = layer.get_weights()
        sum_ = np.zeros(10)
        sum_[axis::2] = OUT_OF_PLANE
        said = model.predict(scaled(pictures), batch_size=256, verbose=0)["points"] @ sum_
        gain = 1 / float(np.polyfit(in_halves(points) @ sum_, said, 1)[0])
        along = (gain - 1) * sum_ / (sum_ @ sum_)
        layer.set_weights(
            [kernel + np.outer(kernel @ sum_, along), bias + (bias @ sum_ - said.mean()) * along]
        )
        grown.append(gain)
    return grown[0], grown[1]


def measure(run: Network, shown: list[tuple[Image, Points, bool]]) -> tuple[dict[str, float], float]:
    """How far points are off, in pixels of the square, faces told right, and milliseconds a square."""
    gaps, right, times = [], [], []
    for picture, points, there in shown:
        start = perf_counter()
        said = run(picture)
        times.append(perf_counter() - start)
        right.append((said["face"][0, 0] > 0) == there)
        if there:
            places = (said["points"].reshape(5, 2) + 1) * (SIZE / 2) - 0.5
            gaps.append(float(np.hypot(*(places - points).T).mean()))
    scores = {"public_test_pixels_off": float(np.mean(gaps)), "public_test_faces_told": float(np.mean(right))}
    return {name: round(score, 4) for name, score in scores.items()}, float(np.median(times)) * 1e3


def write(folder: Path, weights: bytes, card: ModelCard) -> None:
    """Weights and card together; the card last, so that a half-written pair is refused, not believed."""
    make_folder(folder)
    kept = {name: value for name, value in asdict(card).items() if name != "temperature"}
    (folder / WEIGHTS).write_bytes(weights)
    (folder / CARD).write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")


def export(learn: Labelled, check: Labelled, run: Path, out: Path, shipped: str) -> None:
    """Convert in all kinds, and write the one that ships."""
    about = checkpoint.read(run / "last.npz")
    model = network()
    model.set_weights(about.averaged)
    yaw, pitch = calibrate(model, check)
    print(f"yaw was stretched by {yaw:.2f}, pitch by {pitch:.2f}")
    shown = list(squares(check, SQUARES))
    examples = np.stack([picture for picture, _, _ in squares(learn, EXAMPLES)])
    print("| kind | MB | ms a square | px off, of 48 | faces told |\n|---|---:|---:|---:|---:|")
    for kind in KINDS:
        weights = convert(model, kind, examples)
        card = describe(weights, len(learn.pictures), about.epochs_done)
        scores, duration = measure(Network(weights, card), shown)
        off, told = scores.values()
        print(f"| {kind} | {len(weights) / 1e6:.2f} | {duration:.3f} | {off:.3f} | {told:.1%} |", flush=True)
        if kind == shipped:
            write(out, weights, replace(card, scores=scores))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_data_options(parser)
    parser.add_argument("--labels", type=Path, required=True)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("models"))
    parser.add_argument("--kind", choices=KINDS, default="dynamic", help="what is written")
    given = parser.parse_args()
    learn, check = data(given)
    export(learn, check, given.run, given.out, given.kind)


if __name__ == "__main__":
    run_command(main)
