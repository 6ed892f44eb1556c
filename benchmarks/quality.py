"""How accuracy falls with size, light, contrast and blur: where settings.QUALITY_* come from.

python -m benchmarks.quality --data FILE [--model FOLDER]

FILE is FER-2013 as an .npz with the arrays pixels (n, 48, 48), emotion and usage (1 for PublicTest). The
pictures are PublicTest's, made worse by a known amount; "kept" is accuracy over that of the pictures as they
are. Turned heads are not in the table: nobody has labelled them.
"""

import argparse
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np

from benchmarks._bars import NOT_GIVEN, show, told
from meetbot.faces.align import SIZE
from meetbot.faces.classify import load_classifier
from meetbot.faces.quality import sharpness
from meetbot.seams import Classifier
from meetbot.types import Image
from training.augment import dim, grainy

COUNT = 1200
SEED = 0
PUBLIC_TEST = 1

Worsen = Callable[[Image], Image]


class Fault(NamedTuple):
    """One way and degree of making a picture worse."""

    name: str
    amount: float
    worsen: Worsen


def main() -> None:
    """Spoil the pictures by degrees, classify, show."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, metavar="FILE")
    parser.add_argument("--model", type=Path, help="folder of the model, instead of the shipped one")
    arguments = parser.parse_args()
    if arguments.data is None:
        parser.exit(NOT_GIVEN, "needs --data FILE: fer2013.npz with the arrays pixels, emotion and usage\n")
    classify = load_classifier(arguments.model)
    with np.load(arguments.data) as data:
        rows = np.flatnonzero(data["usage"] == PUBLIC_TEST)
        rows = np.sort(np.random.default_rng(SEED).permutation(rows)[:COUNT])
        pictures, truth = list(data["pixels"][rows]), data["emotion"][rows]
    print(f"FER-2013 PublicTest, {len(pictures)} pictures, model {classify.card.name}")
    print(
        f"{'fault':10} {'amount':>7} {'accuracy':>9} {'kept':>6} "
        f"{'light':>6} {'contrast':>9} {'sharpness':>10}"
    )
    clean, kept = 0.0, dict[str, list[str]]()
    for fault in faults():
        worse = [fault.worsen(picture) for picture in pictures]
        right = accuracy(classify, worse, truth)
        clean = clean or right
        kept.setdefault(fault.name, []).append(f"{right / clean:.3f} at {fault.amount:g}")
        print(
            f"{fault.name:10} {fault.amount:7.2f} {right:9.3f} {right / clean:6.3f} "
            f"{np.median([face.mean() for face in worse]):6.0f} "
            f"{np.median([face.std() for face in worse]):9.1f} "
            f"{np.median([sharpness(face) for face in worse]):10.3f}"
        )
    of = f"of {len(pictures)} pictures"
    spoiled = {name: shares for name, shares in kept.items() if len(shares) > 1}
    show(told(f"accuracy kept, {name}", f"{', '.join(shares)}; {of}") for name, shares in spoiled.items())


def accuracy(classify: Classifier, faces: Sequence[Image], truth: Image) -> float:
    """Share of the faces whose most likely emotion is the labelled one."""
    scores = np.vstack([classify(faces[start : start + 64]) for start in range(0, len(faces), 64)])
    return float(np.mean(scores.argmax(axis=1) == truth))


def faults() -> Iterator[Fault]:
    """As they are first, then every fault by degrees."""
    yield Fault("none", 0, lambda face: face)
    for side in (40, 32, 28, 24, 20, 16, 12):
        yield Fault("small", side, partial(small, side=side))
    for share in (0.6, 0.4, 0.3, 0.2, 0.1, 0.05):
        yield Fault("dark", share, partial(dim, share=share))
    for share in (0.6, 0.4, 0.2, 0.1, 0.05):
        yield Fault("flat", share, partial(flat, share=share))
    for sigma in (0.5, 1.0, 1.5, 2.0, 3.0, 4.0):
        yield Fault("blurred", sigma, partial(blurred, sigma=sigma))


def small(face: Image, side: int) -> Image:
    """The face as if it had been this many pixels of the crop wide, and enlarged."""
    little = cv2.resize(face, (side, side), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.resize(little, (SIZE, SIZE), interpolation=cv2.INTER_LINEAR), np.uint8)


def flat(face: Image, share: float) -> Image:
    """The face with this share of its contrast."""
    return grainy(128 + (face - np.float64(128)) * share)


def blurred(face: Image, sigma: float) -> Image:
    """The face out of focus."""
    return np.asarray(cv2.GaussianBlur(face, (0, 0), sigma), np.uint8)


if __name__ == "__main__":
    main()
