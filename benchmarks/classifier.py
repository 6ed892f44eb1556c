"""Milliseconds a face takes in the shipped emotion network, on one core.

python -m benchmarks.classifier [--faces 400] [--models models]

The pictures are noise: how long a convolution takes does not depend on what it sees.
"""

import argparse
from pathlib import Path

import numpy as np

from meetbot.faces.classify import WEIGHTS, load_classifier
from meetbot.resources import resource
from training.measure import durations

SEED = 0


def main() -> None:
    """Time single calls, and print their median and spread."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--faces", type=int, default=400)
    parser.add_argument("--models", type=Path, help="another folder with a model and its card")
    given = parser.parse_args()
    classifier = load_classifier(given.models)
    size = classifier.card.input_size
    faces = np.random.default_rng(SEED).integers(0, 256, (given.faces, size, size)).astype(np.uint8)
    times = durations(classifier, list(faces))
    weights = (given.models / WEIGHTS) if given.models else resource("models", WEIGHTS)
    print(f"{classifier.card.name}, {weights.stat().st_size / 1e6:.2f} MB, LiteRT on one thread")
    for name, share in (("fastest tenth", 10), ("median", 50), ("slowest tenth", 90)):
        print(f"{name:14}{np.percentile(times, share):6.2f} ms a face")


if __name__ == "__main__":
    main()
