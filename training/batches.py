"""What an epoch shows the network: changed pictures, what it should say of each, and how much each counts."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from training.ahead import made_ahead
from training.augment import augment
from training.blocks import scaled
from training.data import ORIGINAL, Faces, vote_shares
from training.recipe import Recipe

Arrays = dict[str, npt.NDArray[np.float32]]


def targets(faces: Faces, smoothing: float, balance: float = 0.0) -> tuple[Arrays, Arrays]:
    """What each output should say, and how much each row counts for it."""
    labels = np.eye(len(ORIGINAL), dtype=np.float32)[faces.emotion]
    votes = faces.votes if faces.votes is not None else np.zeros((len(faces), 10), np.uint8)
    shares = {"original": labels, "votes": vote_shares(votes)}
    weights = {name: row_weights(share, balance) for name, share in shares.items()}
    smoothed = labels * np.float32(1 - smoothing) + np.float32(smoothing / len(ORIGINAL))
    return {**shares, "original": smoothed}, weights


def row_weights(shares: npt.NDArray[np.float32], balance: float) -> npt.NDArray[np.float32]:
    """More where a label is rare, and on average 1; a row without shares counts nothing."""
    counted = shares.sum(axis=1)
    often = np.maximum(shares.sum(axis=0), 1)
    weights = shares @ (often.max() / often) ** balance
    return np.asarray(weights * counted.sum() / max(weights.sum(), 1e-9), np.float32)


def batches(
    faces: Faces, recipe: Recipe, epoch: int, size: int | None = None, strength: float = 1.0
) -> Iterator[tuple[npt.NDArray[np.float32], Arrays, Arrays]]:
    """One epoch; order and changes depend on seed and epoch alone. The next batch is made meanwhile."""
    rng = np.random.default_rng((recipe.seed, epoch))
    order = rng.permutation(len(faces))[: recipe.round or None]
    wanted, weights = targets(faces, recipe.smoothing, recipe.balance)

    def make(start: int) -> tuple[npt.NDArray[np.float32], Arrays, Arrays]:
        rows = order[start : start + recipe.batch]
        pictures = np.stack([augment(faces.pixels[row], rng, size, strength) for row in rows])
        return (
            scaled(pictures),
            {name: array[rows] for name, array in wanted.items()},
            {name: array[rows] for name, array in weights.items()},
        )

    yield from made_ahead(make, range(0, len(order) - recipe.batch + 1, recipe.batch))
