"""What the points network is shown: squares cut out of FER-2013's faces as production cuts them, and worse.

Since the picture itself is moved, turned, bent and mirrored, it is known exactly where its points go: the
network can see more of a tilt than the teacher that found them.
"""

from collections.abc import Iterator
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from meetbot.faces.points import SIZE, first_square, second_square
from meetbot.faces.pose import pose
from meetbot.types import Box, Image, Point
from training.ahead import made_ahead
from training.augment import call, light
from training.blocks import scaled
from training.teacher import MIRRORED, Labels, Matrix, Points

MARGIN = 24  # pixels of other surroundings on each side of the picture
MOST_SPREAD = 2.5  # pixels by which the teacher's looks may differ
SECOND = 0.4  # of the squares are as the second look has them
BOX = (0.06, 0.09, 18.0)  # standard deviations of a found box: place and size of its height; degrees of tilt
MOST_BOX = (0.18, 0.22, 48.0)
AGAIN = (0.025, 0.04, 5.0)  # the same for what the first look leaves
MOST_AGAIN = (0.08, 0.12, 15.0)
BEND = 0.05  # width to height, and slant: faces differ
CALL = 0.5  # of the squares go through a call
MASKED = 0.8  # of the faces stand before other surroundings, so that a picture's edge tells nothing
NOTHING = 0.12  # of the squares show no face, or one that stands too far off to be meant
RARE = ((15.0, 12.0), 4.0)  # degrees of yaw and pitch that count once more; how much a face counts at most


class Batch(NamedTuple):
    """Pictures, points (n x 10, half squares from the middle), whether a face is there, what it counts."""

    pictures: npt.NDArray[np.float32]
    points: npt.NDArray[np.float32]
    face: npt.NDArray[np.float32]
    weights: npt.NDArray[np.float32]


class Labelled(NamedTuple):
    """Faces whose points are known."""

    pictures: Image
    labels: Labels
    weights: npt.NDArray[np.float32]

    @classmethod
    def of(cls, pictures: Image, labels: Labels) -> "Labelled":
        """Those that the teacher is sure of; rare poses count more, or they would be taken for usual ones."""
        rows = np.flatnonzero(labels.spread < MOST_SPREAD)  # NaN is never
        kept = Labels(*(array[rows] for array in labels))
        return cls(pictures[rows], kept, np.array([rarity(points) for points in kept.points], np.float32))


def rarity(points: npt.NDArray[np.float32]) -> float:
    """How much a face counts."""
    (yaw, pitch), most = RARE
    seen = pose([Point(*place) for place in points.tolist()])
    return min(1 + abs(seen[0]) / yaw + abs(seen[1]) / pitch, most)


def batches(faces: Labelled, size: int, seed: int, epoch: int) -> Iterator[Batch]:
    """One epoch, which depends on seed and epoch alone; the next batch is made meanwhile."""
    rng = np.random.default_rng((seed, epoch))
    order = rng.permutation(len(faces.pictures))
    size = min(size, len(order))

    def make(start: int) -> Batch:
        rows = order[start : start + size]
        shown = [square(faces, int(row), rng) for row in rows]
        pictures, points, there = (np.array(column) for column in zip(*shown, strict=True))
        weights = faces.weights[rows] * there
        return Batch(
            scaled(pictures), in_halves(points), there.astype(np.float32), weights.astype(np.float32)
        )

    yield from made_ahead(make, range(0, len(order) - size + 1, size))


def in_halves(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float32]:
    """Places in squares as the network says them."""
    return np.asarray((points - (SIZE - 1) / 2) / (SIZE / 2), np.float32).reshape(len(points), 10)


def square(
    faces: Labelled, row: int, rng: np.random.Generator, second: float = SECOND, calls: float = CALL
) -> tuple[Image, Points, bool]:
    """One square, where its points are, and whether it shows the face."""
    picture = surrounded(faces, row, rng)
    points, box = faces.labels.points[row].astype(float) + MARGIN, faces.labels.box[row].astype(float)
    box[:2] += MARGIN
    if rng.random() < 0.5:
        picture = np.ascontiguousarray(picture[:, ::-1])
        points, box[0] = (points * (-1, 1) + (len(picture) - 1, 0))[MIRRORED], len(picture) - 1 - box[0]
    there = rng.random() >= NOTHING
    matrix = cut(points, box, rng, second) if there else miss(box, rng)
    bend = np.eye(2) + rng.uniform(-BEND, BEND, (2, 2)) * ((1, 1), (1, 0))
    middle = np.full(2, (SIZE - 1) / 2)
    matrix = np.hstack([bend @ matrix[:, :2], (bend @ (matrix[:, 2] - middle) + middle)[:, None]])
    seen = cv2.warpAffine(picture, matrix, (SIZE, SIZE), borderMode=cv2.BORDER_REPLICATE)
    shown = light(np.asarray(seen, np.uint8), rng, 1.0)
    if rng.random() < calls:
        shown = call(shown, rng)
    return shown, points @ matrix[:, :2].T + matrix[:, 2], there


def cut(points: Points, box: npt.NDArray[np.float64], rng: np.random.Generator, second: float) -> Matrix:
    """A square about the face, off as a found box is, or as little as the first look leaves it."""
    places = [Point(*place) for place in points.tolist()]
    if rng.random() < second:
        return off(second_square(places), AGAIN, MOST_AGAIN, rng)
    x, y, height = box.tolist()
    upright = off(first_square(Box(x - height / 2, y - height / 2, height, height)), BOX, MOST_BOX, rng)
    turn = np.radians(pose(places)[2])
    return about(
        upright, np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]]), np.zeros(2)
    )


def off(
    matrix: Matrix,
    usual: tuple[float, float, float],
    most: tuple[float, float, float],
    rng: np.random.Generator,
) -> Matrix:
    """That square moved, resized and turned by chance."""
    x, y, size, turn = (
        float(np.clip(rng.normal(0, one), -end, end))
        for one, end in zip((usual[0], *usual), (most[0], *most), strict=True)
    )
    factor = np.exp(size + 1j * np.radians(turn))
    return about(
        matrix,
        np.array([[factor.real, -factor.imag], [factor.imag, factor.real]]),
        np.array([x, y]) * SIZE,
    )


def about(matrix: Matrix, change: npt.NDArray[np.float64], shift: npt.NDArray[np.float64]) -> Matrix:
    """The square changed about its own middle, then shifted."""
    middle = np.full(2, (SIZE - 1) / 2)
    return np.hstack([change @ matrix[:, :2], (change @ (matrix[:, 2] - middle) + middle + shift)[:, None]])


def miss(box: npt.NDArray[np.float64], rng: np.random.Generator) -> Matrix:
    """A square beside the face, or far too small or large for it, or upside down."""
    x, y, height = box.tolist()
    matrix = first_square(Box(x - height / 2, y - height / 2, height, height))
    way, kind = rng.uniform(0, 2 * np.pi), rng.integers(4)
    shift = np.array([np.cos(way), np.sin(way)]) * SIZE * (rng.uniform(0.5, 1.1) if kind < 2 else 0)
    size = float(rng.choice([rng.uniform(0.3, 0.5), rng.uniform(2.2, 4)])) if kind == 2 else 1.0
    turn = float(rng.uniform(120, 240)) if kind == 3 else float(rng.uniform(-40, 40))
    factor = size * np.exp(1j * np.radians(turn))
    return about(matrix, np.array([[factor.real, -factor.imag], [factor.imag, factor.real]]), shift)


def surrounded(faces: Labelled, row: int, rng: np.random.Generator) -> Image:
    """The picture with something around it: its own edge, or behind a soft outline another scene."""
    picture = faces.pictures[row]
    edge = cv2.BORDER_REPLICATE if rng.random() < 0.7 else cv2.BORDER_REFLECT_101
    whole = cv2.copyMakeBorder(picture, MARGIN, MARGIN, MARGIN, MARGIN, edge)
    if rng.random() >= MASKED:
        return np.asarray(whole, np.uint8)
    behind = scene(faces.pictures[rng.integers(len(faces.pictures))], len(whole), rng)
    mask = np.zeros(whole.shape, np.float32)
    middle = faces.labels.box[row, :2] + MARGIN + rng.uniform(-1.5, 1.5, 2)
    axes, turn = rng.uniform(19, 26, 2), float(rng.uniform(0, 180))
    cv2.ellipse(mask, (middle.tolist(), (2 * axes).tolist(), turn), 1.0, -1)
    mask = np.asarray(cv2.GaussianBlur(mask, (0, 0), float(rng.uniform(0.7, 2.5))), np.float32)
    return np.asarray(np.rint(behind + mask * (whole.astype(np.float32) - behind)), np.uint8)


def scene(picture: Image, side: int, rng: np.random.Generator) -> npt.NDArray[np.float32]:
    """A wall, or a piece of another picture much enlarged, as dark or bright as may be."""
    if rng.random() < 0.4:
        ends = rng.uniform(0, 255, 2)
        wall = np.linspace(ends[0], ends[1], side)[None].repeat(side, 0).astype(np.float32)
        return np.asarray(wall.T if rng.random() < 0.5 else wall)
    size = int(rng.integers(12, 40))
    top, left = rng.integers(0, len(picture) - size, 2)
    piece = cv2.resize(picture[top : top + size, left : left + size], (side, side))
    piece = cv2.GaussianBlur(piece, (0, 0), float(rng.uniform(0.5, 3)))
    levels = (piece.astype(np.float32) - 128) * np.float32(rng.uniform(0.4, 1.3)) + np.float32(
        rng.uniform(60, 190)
    )
    return np.asarray(np.clip(levels, 0, 255), np.float32)
