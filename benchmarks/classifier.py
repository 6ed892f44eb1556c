"""The bars of the shipped emotion network: size, time on one core, accuracy, calibration, small faces.

python -m benchmarks.classifier [--data FILE] [--faces 400] [--models models]

FILE is FER-2013 as training.evaluate takes it; without it size and time alone are measured. The pictures for
the time are noise: how long a convolution takes does not depend on what it sees. Exits with 1 when a bar is
missed.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks._bars import Bar, at_least, at_most, show
from meetbot.faces.classify import WEIGHTS, EmotionClassifier, load_classifier
from meetbot.resources import resource
from training.data import PUBLIC_TEST, Faces, read
from training.evaluate import evaluate
from training.measure import Figures, durations

SEED = 0
MOST_BYTES = 5e6
MOST_MILLISECONDS = 1.0  # a face, the median
LEAST_ACCURACY, LEAST_FERPLUS = 71.0, 86.0  # % of PublicTest
MOST_CALIBRATION = 3.0  # % by which certainty may be off
MOST_LOST = 4.0  # points between faces of 48 and of 32 pixels


def main() -> None:
    """Print each figure with its bar."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, metavar="FILE")
    parser.add_argument("--faces", type=int, default=400, help="single calls that are timed")
    parser.add_argument("--models", type=Path, help="another folder with a model and its card")
    given = parser.parse_args()
    classifier = load_classifier(given.models)
    weights = (given.models / WEIGHTS) if given.models else resource("models", WEIGHTS)
    print(f"{classifier.card.name}, LiteRT on one thread")
    bars = [at_most("the network's size", weights.stat().st_size / 1e6, MOST_BYTES / 1e6, "MB")]
    took = timed(classifier, given.faces)
    bars.append(at_most("a face on one core, median", took, MOST_MILLISECONDS, "ms"))
    if given.data:
        faces = read(given.data)
        bars += right(classifier, faces.pick(faces.usage == PUBLIC_TEST))
    if missed := show(bars):
        sys.exit(f"missed: {', '.join(missed)}")


def timed(classifier: EmotionClassifier, count: int) -> float:
    """The median of single calls in milliseconds; prints how they spread."""
    size = classifier.card.input_size
    faces = np.random.default_rng(SEED).integers(0, 256, (count, size, size)).astype(np.uint8)
    times = durations(classifier, list(faces))
    fast, middle, slow = np.percentile(times, (10, 50, 90))
    print(f"fastest tenth {fast:.2f}, median {middle:.2f}, slowest tenth {slow:.2f} ms a face")
    return float(middle)


def right(classifier: EmotionClassifier, faces: Faces) -> Iterator[Bar]:
    """How right it is, and how well it knows."""
    figures = evaluate(classifier, faces)
    yield at_least("accuracy, `original`", percent(figures, "accuracy"), LEAST_ACCURACY, "%")
    yield at_most("calibration error, `original`", percent(figures, "ece"), MOST_CALIBRATION, "%")
    lost = percent(figures, "by_size", "48") - percent(figures, "by_size", "32")
    yield at_most("accuracy lost from 48 to 32 pixels", lost, MOST_LOST, "points")
    if faces.votes is not None:
        ferplus = percent(figures, "ferplus", "accuracy")
        yield at_least("accuracy, `votes`, FER+ majority", ferplus, LEAST_FERPLUS, "%")
        error = percent(figures, "ferplus", "ece")
        yield at_most("calibration error, `votes`", error, MOST_CALIBRATION, "%")
        shown = percent(figures, "ferplus", "without_contempt", "ece")
        yield at_most("calibration error of what is shown", shown, MOST_CALIBRATION, "%")


def percent(figures: Figures, *path: str) -> float:
    """A share out of nested figures, as %."""
    value: object = figures
    for name in path:
        assert isinstance(value, dict), f"{path} is no share"
        value = value[name]
    assert isinstance(value, float), f"{path} is no share"
    return 100 * value


if __name__ == "__main__":
    main()
