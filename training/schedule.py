"""How a run goes along: how far it is, how fast it learns, what its pictures are like, when it stops.

It all follows from the recipe and the table of the epochs so far, so that a resumed run goes on alike.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from training import curves
from training.recipe import Recipe

LOWER = 0.5  # what a plateau makes of the rate
PLATEAU = 4  # epochs without a better accuracy: PublicTest moves by a point from one epoch to the next


@dataclass(frozen=True, slots=True)
class History:
    """The epochs so far: the accuracy after each, and how long all of them took."""

    scores: tuple[float, ...] = ()
    seconds: float = 0.0


def read_history(table: Path, epochs_done: int) -> History:
    """What the table of curves says of the epochs before; nothing where a run goes on in another folder."""
    if not epochs_done or not table.exists():
        return History()
    columns = curves.read(table)
    outputs = [columns[name] for name in ("original", "votes") if name in columns]
    rows = [row for row in zip(columns.get("epoch", []), *outputs, strict=True) if row[0] <= epochs_done]
    lasted = zip(columns.get("epoch", []), columns.get("seconds", []), strict=True)
    return History(
        tuple(sum(scores) / len(scores) for _, *scores in rows),
        sum(seconds for epoch, seconds in lasted if epoch <= epochs_done),
    )


def share_done(recipe: Recipe, epochs_done: float, seconds: float = 0.0) -> float:
    """Of the whole run: by its epochs, or by its minutes where these end it sooner."""
    by_time = seconds / (60 * recipe.minutes) if recipe.minutes else 0.0
    return min(1.0, max(epochs_done / recipe.epochs, by_time))


def rate(recipe: Recipe, epochs_done: float, history: History | None = None) -> float:
    """Linear warm-up; then half a cosine that ends at zero with the run, or steps down at plateaus."""
    history = history or History()
    if epochs_done < recipe.warm_up:
        return recipe.rate * epochs_done / recipe.warm_up
    if recipe.schedule == "plateau":
        return recipe.rate * LOWER ** plateaus(history.scores)
    warmed = min(recipe.warm_up / recipe.epochs, 0.99)
    left = (1 - share_done(recipe, epochs_done, history.seconds)) / (1 - warmed)
    return recipe.rate * 0.5 * (1 - math.cos(math.pi * min(1.0, left)))


def picture_size(recipe: Recipe, done: float) -> int:
    """Small pictures first: they teach the coarse features at half the cost (Tan and Le 2021)."""
    return [size for share, size in recipe.sizes if done >= share][-1]


def strength(recipe: Recipe, done: float) -> float:
    """How much pictures are changed: less towards the end, when the network should see faces as they are."""
    return [value for share, value in recipe.strengths if done >= share][-1]


def plateaus(scores: Sequence[float]) -> int:
    """How often the accuracy stood still for PLATEAU epochs; each of them waits anew."""
    count, best, since = 0, -math.inf, 0
    for score in scores:
        best, since = (score, 0) if score > best else (best, since + 1)
        if since == PLATEAU:
            count, since = count + 1, 0
    return count


def is_best(scores: Sequence[float]) -> bool:
    """Whether the last epoch is better than all before."""
    return bool(scores) and all(scores[-1] > before for before in scores[:-1])


def is_over(recipe: Recipe, epochs_done: int, history: History) -> bool:
    """Whether epochs, minutes or patience have run out."""
    if share_done(recipe, epochs_done, history.seconds) >= 1:
        return True
    scores = history.scores
    best = scores.index(max(scores)) if scores else 0
    return bool(recipe.patience and scores and len(scores) - 1 - best >= recipe.patience)
