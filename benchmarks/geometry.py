"""Where the five points lie in FER-2013's pictures, and in production's crops of the same faces.

python -m benchmarks.geometry --data FILE [--count 3000]

FILE is FER-2013 as an .npz with the arrays pixels (n, 48, 48) and usage (0 for Training).
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from benchmarks._bars import NOT_GIVEN, figure, show, told
from meetbot.faces.align import TARGET, crop
from meetbot.faces.find import FaceFinder
from meetbot.faces.points import PointFinder
from meetbot.types import Frame, Image, Picture, Point

ZOOM = 5  # FER-2013's faces fill 48 px; the detector was trained on whole scenes with larger ones
MARGIN = 12  # pixels of repeated edge around the 48, because many pictures cut chin or forehead off
SEED = 0
NAMES = ("right eye", "left eye", "nose", "right mouth corner", "left mouth corner")

Points = npt.NDArray[np.float64]


def main() -> None:
    """Look at the pictures, align, look again, show."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, metavar="FILE")
    parser.add_argument("--count", type=int, default=3000)
    arguments = parser.parse_args()
    if arguments.data is None:
        parser.exit(NOT_GIVEN, "needs --data FILE: fer2013.npz with the arrays pixels and usage\n")
    with np.load(arguments.data) as data:
        pictures = data["pixels"][data["usage"] == 0]
    chosen = np.random.default_rng(SEED).permutation(len(pictures))[: arguments.count]
    finder, place = FaceFinder(), PointFinder()
    before, after = [], []
    for picture in pictures[np.sort(chosen)]:
        points = find(finder, place, picture)
        if points is None:
            continue
        again = find(finder, place, crop(picture, [Point(*point) for point in points]))
        if again is not None:
            before.append(points)
            after.append(again)
    print(f"FER-2013 Training, {len(chosen)} pictures, {len(before)} with a face before and after aligning")
    print(f"{'48x48 coordinates':20} {'as they are':>23} {'aligned':>23} {'target':>14}")
    wild, tame = spread(before), spread(after)
    for row in zip(NAMES, wild, tame, TARGET, strict=True):
        name, (x, y, dx, dy), (ax, ay, adx, ady), (tx, ty) = row
        print(
            f"{name:20} {x:5.2f},{y:5.2f} ±{dx:4.2f},{dy:4.2f} "
            f"{ax:5.2f},{ay:5.2f} ±{adx:4.2f},{ady:4.2f}  {tx:5.2f},{ty:5.2f}"
        )
    of = f"px of 48, of {len(before)} faces"
    apart = np.abs(tame[:, :2] - np.asarray(TARGET)).max()
    show(
        [
            told("points of a face around their means, as the pictures come", f"{_scatter(wild)} {of}"),
            told("points of a face around their means, after alignment", f"{_scatter(tame)} {of}"),
            told("means after alignment, at most beside where they should be", f"{figure(apart)} px"),
        ]
    )


def find(finder: FaceFinder, place: PointFinder, picture: Image) -> Points | None:
    """The points of the largest face in a 48x48 picture, in its own pixels."""
    padded = np.pad(picture, MARGIN, mode="edge")
    side = padded.shape[0] * ZOOM
    large = np.asarray(cv2.resize(padded, (side, side), interpolation=cv2.INTER_CUBIC), np.uint8)
    faces = finder(Frame(0.0, Picture(large)))
    if not faces:
        return None
    points = place.upright(large, max(faces, key=lambda face: face.box.height))
    return (np.array(points) + 0.5) / ZOOM - 0.5 - MARGIN


def spread(points: Sequence[Points]) -> Points:
    """For each of the five points: mean x and y, standard deviation of x and y."""
    stack = np.array(points)
    return np.hstack([stack.mean(axis=0), stack.std(axis=0)])


def _scatter(points: Points) -> str:
    """Both standard deviations as one distance, over all five points."""
    return figure(float(np.sqrt((points[:, 2:] ** 2).sum(axis=1).mean())))


if __name__ == "__main__":
    main()
