"""Where the five points lie in FER-2013's faces: YuNet, looking at each face from near and several times.

python -m training.teacher --data FILE.npz --out runs/points/labels.npz [--every 2]   # 15 CPU minutes; 7

One look sees four fifths of a tilt and is off by a pixel either way. So each face is first turned upright,
then looked at as it is, mirrored, and turned to both sides, and the places are averaged.
"""

import argparse
from collections.abc import Iterator, Sequence
from math import radians
from pathlib import Path
from typing import NamedTuple
from zipfile import BadZipFile

import cv2
import numpy as np
import numpy.typing as npt

from meetbot.errors import InputError
from meetbot.faces.detector import Detector, one_thread
from meetbot.faces.pose import pose
from meetbot.resources import make_folder
from meetbot.types import Face, Image, Point
from training.command import run_command
from training.data import PUBLIC_TEST, add_data_options, read, training_rows

SIDE = 224  # pixels of the square that YuNet looks at
FIRST = 72  # pixels of the picture, with a margin of its edge, that the first look sees
HEIGHT = 215  # pixels of the face in the looks from near
SCORE = 0.3  # detector score: a face is known to be there
# Degrees off upright, size and mirror of each look; what one says too little of, its opposite says too much.
LOOKS = ((0.0, 1.0, False), (0.0, 0.96, True), (8.0, 0.92, False), (-8.0, 0.92, True))
SPLITS = ("learn", "check")  # Training's rows that may be learned from, and PublicTest's
MIRRORED = [1, 0, 2, 4, 3]  # which point becomes which in the mirror

Points = npt.NDArray[np.float64]  # 5 x 2
Matrix = npt.NDArray[np.float64]  # 2 x 3


class Labels(NamedTuple):
    """Of each picture, in its pixels; nothing but NaN where no face was found."""

    points: npt.NDArray[np.float32]  # n x 5 x 2
    box: npt.NDArray[np.float32]  # n x 3: middle and height of the detector's box, by the upright look
    spread: npt.NDArray[np.float32]  # n: mean distance of a look's points from the average


def square(middle: Sequence[float], side: float, turn: float, mirrored: bool, size: int = SIDE) -> Matrix:
    """The matrix from a picture to a square about `middle`, `side` pixels wide, turned by `turn` degrees."""
    factor = size / side * np.exp(1j * radians(turn))
    flip = np.diag([-1.0 if mirrored else 1.0, 1.0])
    matrix = flip @ np.array([[factor.real, -factor.imag], [factor.imag, factor.real]])
    shift = np.full(2, (size - 1) / 2) - matrix @ np.asarray(middle, float)
    return np.hstack([matrix, shift[:, None]])


def back(matrix: Matrix, points: Points) -> Points:
    """Places in a square, in the picture that it was cut from."""
    return (points - matrix[:, 2]) @ np.linalg.inv(matrix[:, :2]).T


class Teacher:
    """A picture and about where its face is in, the points, the box and the spread out."""

    def __init__(self) -> None:
        self._detect = Detector(SCORE)

    def __call__(
        self, picture: Image, middle: Sequence[float], height: float
    ) -> tuple[Points, Points, float] | None:
        """None where a look sees no face."""
        first = self._look(picture, square(middle, height * SIDE / HEIGHT, 0, False))
        if first is None:
            return None
        turn, middle, height = 0.0, first[1].tolist(), first[2]
        for _ in range(2):  # upright: a look sees most of the tilt, and the next most of what is left
            seen = self._look(picture, square(middle, height * SIDE / HEIGHT, turn, False))
            if seen is None:
                return None
            turn = -pose([Point(*place) for place in seen[0]])[2]
        said = list(self._looks(picture, middle, height, turn))
        if len(said) < len(LOOKS):
            return None
        points = np.mean([places for places, _, _ in said], axis=0)
        spread = float(np.mean([np.hypot(*(places - points).T).mean() for places, _, _ in said]))
        return points, np.array([*said[0][1], said[0][2]]), spread

    def _looks(
        self, picture: Image, middle: Sequence[float], height: float, turn: float
    ) -> Iterator[tuple[Points, Points, float]]:
        for more, size, mirrored in LOOKS:
            matrix = square(middle, height * SIDE / HEIGHT / size, turn + more, mirrored)
            seen = self._look(picture, matrix)
            if seen is not None:
                yield (seen[0][MIRRORED] if mirrored else seen[0]), seen[1], seen[2]

    def _look(self, picture: Image, matrix: Matrix) -> tuple[Points, Points, float] | None:
        """Points, middle of the box, and its height, in the picture's own pixels."""
        seen = cv2.warpAffine(picture, matrix, (SIDE, SIDE), borderMode=cv2.BORDER_REPLICATE)
        faces = self._detect(np.asarray(seen, np.uint8))
        if not faces:
            return None
        face = max(faces, key=lambda one: one.box.height)
        scale = float(np.sqrt(abs(np.linalg.det(matrix[:, :2]))))
        return back(matrix, np.array(face.points)), back(matrix, _middle(face)), face.box.height / scale


def _middle(face: Face) -> Points:
    return np.array([face.box.x + face.box.width / 2, face.box.y + face.box.height / 2])


def label(pictures: Image, every: int = 1) -> Labels:
    """The labels of all pictures, or of every second, third, ... of them."""
    teach, count = Teacher(), len(pictures)
    labels = Labels(*(np.full((count, *shape), np.nan, np.float32) for shape in ((5, 2), (3,), ())))
    with one_thread():
        for row in range(0, count, every):
            picture = pictures[row]
            said = teach(picture, [(len(picture) - 1) / 2] * 2, FIRST * HEIGHT / SIDE)
            if said is not None:
                labels.points[row], labels.box[row], labels.spread[row] = said
            if row % 1000 == 0:
                print(f"{row} of {count}", flush=True)
    return labels


def store(path: Path, learn: Labels, check: Labels) -> None:
    """Both splits' labels in one file."""
    parts = zip(SPLITS, (learn, check), strict=True)
    arrays = {f"{name}_{kind}": array for name, part in parts for kind, array in part._asdict().items()}
    make_folder(path.parent)
    np.savez(path, allow_pickle=False, **arrays)


def stored(path: Path) -> tuple[Labels, Labels]:
    """The labels of Training's rows that may be learned from, and of PublicTest's."""
    try:
        with path.open("rb") as file, np.load(file) as arrays:
            learn, check = (Labels(*(arrays[f"{name}_{kind}"] for kind in Labels._fields)) for name in SPLITS)
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        raise InputError(f"{path} holds no points ({error}); training.teacher writes them.") from error
    return learn, check


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_data_options(parser)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--every", type=int, default=1, help="of the faces; usually 1, all")
    given = parser.parse_args()
    faces = read(given.data, given.votes)
    learn, check = (
        label(pictures, given.every)
        for pictures in (training_rows(faces).pixels, faces.pixels[faces.usage == PUBLIC_TEST])
    )
    store(given.out, learn, check)
    found = np.isfinite(learn.spread)
    print(f"{found.sum()} faces to learn from; the looks differ by {learn.spread[found].mean():.2f} px")


if __name__ == "__main__":
    run_command(main)
