"""The package `fer` with its own settings.

python -m benchmarks.rivals.fer_package RECORDING EVERY COUNT
"""

import sys

from fer.fer import FER

from benchmarks.rivals.meter import Pixels, measure

detector = FER()


def look(picture: Pixels) -> int:
    """One sampled picture."""
    return len(detector.detect_emotions(picture))


if __name__ == "__main__":
    measure(sys.argv[1], float(sys.argv[2]), int(sys.argv[3]), look)
