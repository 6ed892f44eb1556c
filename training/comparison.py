"""The table that compares networks: ours, measured under one budget, and others' as they are known."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from training.measure import Figures
from training.published import FERPLUS, PUBLISHED, README


class Budget(NamedTuple):
    """What each network gets: pictures seen, and minutes at most."""

    pictures: int
    minutes: float
    precision: str = "float32"
    seed: int = 1


def page(rows: Sequence[Figures], budget: Budget) -> str:
    """The whole page, as Markdown."""
    return "\n".join(
        [
            "# Networks compared",
            "",
            *_ours(rows, budget),
            *_others(),
            *_ferplus(),
        ]
    )


def _ours(rows: Sequence[Figures], budget: Budget) -> list[str]:
    head = (
        *("network", "start", "weights", "pictures seen", "minutes", "accuracy", "weighted F1"),
        *("balanced accuracy", "FER+", "ms a face", "command: `python -m training.compare --data FILE` and"),
    )
    return [
        "## Measured here, on PublicTest",
        "",
        f"One budget for all: {budget.pictures:,} pictures seen, at most {budget.minutes:g} minutes, "
        f"{budget.precision}, seed {budget.seed}, the same augmentation and both label sets. A network that "
        "has seen fewer pictures was stopped by the minutes, so the figures depend on the machine. Ours "
        "takes pictures of any size, and its first ones are smaller and cheaper; the others see 48 pixels "
        "throughout.",
        "",
        "Accuracy, F1 and balanced accuracy are of the output `original` (7 labels), FER+ of `votes` (8 "
        "classes, clear majorities): averaged weights, the float32 Keras network, no test-time tricks. "
        "Milliseconds under LiteRT in float32, one face a call, one core. The augmentation shows what a "
        "video call does to a face, which a short budget pays for in accuracy; the network that ships was "
        "trained longer: [its card](../../models/MODEL_CARD.md).",
        "",
        *_table(head, (_our_row(row, budget) for row in rows)),
    ]


def _our_row(row: Figures, budget: Budget) -> tuple[str, ...]:
    shares = (_percent(row.get(name)) for name in ("accuracy", "weighted_f1", "balanced_accuracy", "ferplus"))
    words = f"--pictures {budget.pictures} --minutes {budget.minutes:g} --nets {row['net']}"
    if budget.precision != "float32":
        words += f" --precision {budget.precision}"
    if budget.seed != 1:
        words += f" --seed {budget.seed}"
    return (
        f"`{row['net']}`",
        "ImageNet" if row["start"] else "scratch",
        f"{row['parameters']:,}",
        f"{row['pictures']:,}",
        f"{row['minutes']}",
        *shares,
        f"{row['ms']:.2f}" if isinstance(row["ms"], float) else "not measured",
        f"`{words}`",
    )


def _others() -> list[str]:
    head = ("who", "accuracy", "weighted F1", "balanced accuracy", "split", "how it is known", "source")
    return [
        "## Published or measured elsewhere",
        "",
        "None of these was run here. Budgets, splits and cleaning differ from ours and from each other, so "
        "the rows show where others stand, not who would win. Where the source does not name the split, it "
        "is called a test split: Kaggle's folder `test` holds PublicTest and PrivateTest together. "
        "PrivateTest holds copies of Training pictures.",
        "",
        *_table(
            head,
            (
                (one.who, *map(_known, one[1:4]), one.split, f"{one.how} elsewhere", one.source)
                for one in PUBLISHED
            ),
        ),
    ]


def _ferplus() -> list[str]:
    rows = [(who, f"{share} %", "published elsewhere", README) for who, share in FERPLUS]
    return [
        "## FER+ majority, published",
        "",
        *_table(("who", "accuracy", "how it is known", "source"), rows),
    ]


def _percent(share: object) -> str:
    return f"{100 * share:.1f} %" if isinstance(share, float) else "no votes"


def _known(share: str) -> str:
    return f"{share} %" if share else "not given"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [head, ["---"] * len(head), *rows]
    return ["| " + " | ".join(line) + " |" for line in lines] + [""]
