"""Every knob of a run. It is stored in the checkpoint, so that a run goes on as it began."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace

CHOICES = {"precision": ("float32", "mixed_bfloat16"), "schedule": ("cosine", "plateau")}


@dataclass(frozen=True, slots=True)
class Recipe:
    """What is trained, for how long, and how; an epoch shows every face once, or `round` of them."""

    net: str = "small_residual"
    epochs: int = 60
    sizes: tuple[tuple[float, int], ...] = ((0.0, 32), (0.5, 40), (0.8, 48))  # from which share on, pixels
    strengths: tuple[tuple[float, float], ...] = ((0.0, 0.6), (0.6, 0.3))  # of the changes, likewise
    round: int = 0  # faces in an epoch, drawn anew for each; 0: all
    minutes: float = 0.0  # the schedule ends after these where that comes before the epochs' end; 0: never
    batch: int = 128
    rate: float = 0.08  # the highest learning rate, at batch 128
    schedule: str = "cosine"  # to zero; or "plateau": halved where the accuracy stands still
    warm_up: float = 1.0  # epochs
    patience: int = 0  # epochs without a better accuracy after which a run stops; 0: never
    weight_decay: float = 1e-3  # shrinks weights by rate x this at each step, biases and norms excepted
    smoothing: float = 0.05  # of the FER-2013 labels; the votes are soft by themselves
    balance: float = 0.0  # faces count by their label's rarity to this power; 1: every label counts the same
    vote_weight: float = 1.0  # of the loss on the FER+ votes
    average: float = 0.998  # of the averaged weights that stays at each step: about 500 steps, two epochs
    precision: str = "float32"
    start: str = ""  # of VGG-16 and ResNet-50: "imagenet", a file of such weights, or nothing
    seed: int = 1


def _steps(kind: Callable[[str], float]) -> Callable[[str], tuple[tuple[float, float], ...]]:
    """Reads "0:32,0.5:48": from which share of the run on, which value."""

    def read(words: str) -> tuple[tuple[float, float], ...]:
        pairs = [word.split(":") for word in words.split(",")]
        steps = tuple((float(share), kind(value)) for share, value in pairs)
        if steps[0][0] != 0 or list(steps) != sorted(steps):
            raise ValueError("the shares start at 0 and rise")
        return steps

    return read


STEPS = {"sizes": _steps(int), "strengths": _steps(float)}


def from_stored(stored: Mapping[str, object]) -> Recipe:
    """The recipe in a checkpoint; knobs that came later stand at their defaults."""
    kept = {knob.name: stored[knob.name] for knob in fields(Recipe) if knob.name in stored}
    recipe = replace(Recipe(), **kept)  # type: ignore[arg-type]
    return replace(
        recipe,
        sizes=tuple((float(share), int(size)) for share, size in recipe.sizes),
        strengths=tuple((float(share), float(value)) for share, value in recipe.strengths),
    )


def add_knobs(parser: argparse.ArgumentParser, nets: Sequence[str]) -> None:
    """An option for each knob; what is not given is left out of the result."""
    choices = {**CHOICES, "net": nets}
    for knob in fields(Recipe):
        usual = getattr(Recipe(), knob.name)
        shown = ",".join(f"{share:g}:{value:g}" for share, value in usual) if knob.name in STEPS else usual
        parser.add_argument(
            f"--{knob.name.replace('_', '-')}",
            type=STEPS.get(knob.name, type(usual)),
            choices=choices.get(knob.name),
            default=argparse.SUPPRESS,
            help=f"usually {shown}" if shown != "" else "usually none",
        )


def turned(recipe: Recipe, given: argparse.Namespace) -> Recipe:
    """The recipe with the knobs that were turned on the command line."""
    return replace(
        recipe, **{knob.name: vars(given)[knob.name] for knob in fields(Recipe) if knob.name in given}
    )
