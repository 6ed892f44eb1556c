"""Puts the measured figures into the model card, between its two marks.

python -m training.modelcard --run training/results/small_residual [--models models]

The run's folder holds `public_test.json`, as `python -m training.evaluate --json` prints it for the model in
`models`, and `export.md`, as `python -m training.export --table` writes it. Figures of another model are
refused.
"""

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from meetbot.errors import InputError
from meetbot.faces.card import read_card
from meetbot.faces.classify import CARD
from meetbot.types import ModelCard
from training.command import run_command
from training.data import ORIGINAL, write

PAGE, FIGURES, COMPARISON = "MODEL_CARD.md", "public_test.json", "export.md"
BEGIN = "<!-- figures, written by python -m training.modelcard -->"
END = "<!-- end of the figures -->"
CONFUSED = 0.10  # of a class's faces that must be called the same other thing for it to be named

Figures = Mapping[str, Any]  # training.evaluate's, out of JSON


def section(figures: Figures, card: ModelCard, comparison: str) -> str:
    """The part of the page that follows from measurements."""
    about = (
        f"{card.trained_on}; {figures['model']['bytes'] / 1e6:.2f} MB; sha256 begins with "
        f"`{card.sha256[:12]}`."
    )
    parts = [
        about,
        table(["FER-2013 PublicTest", f"{figures['n']:,} faces"], results(figures)),
        "### Which output is shown",
        table(["right on", "`original`", "`votes` without contempt"], choice(figures)),
        "### Where it fails",
        table(["labelled", "`original`, FER-2013's labels", "as shown, FER+ majority"], confused(figures)),
        degrees("width of the face, pixels", figures["by_size"]),
        degrees("share of the light left", figures["by_light"]),
        "### float32, float16, int8",
        comparison.strip(),
    ]
    return "\n\n".join(parts)


def results(figures: Figures) -> Iterator[Sequence[str]]:
    """The headline figures."""
    votes = figures["ferplus"]
    shown = votes["without_contempt"]
    yield "accuracy, FER-2013's labels (`original`); 95 % interval", with_interval(figures)
    yield "balanced accuracy", percent(figures["balanced_accuracy"])
    yield "weighted F1, macro F1", f"{figures['weighted_f1']:.3f}, {figures['macro_f1']:.3f}"
    before = percent(figures["ece_before_temperature"])
    yield "calibration error (before temperature)", f"{percent(figures['ece'])} ({before})"
    yield f"accuracy, FER+ majority (`votes`, {votes['n']:,} faces)", with_interval(votes)
    yield "calibration error of `votes`", percent(votes["ece"])
    yield f"accuracy of what is shown, without contempt ({shown['n']:,} faces)", with_interval(shown)
    yield "its balanced accuracy", percent(shown["balanced_accuracy"])
    yield "its calibration error", percent(shown["ece"])
    yield "the same against FER-2013's labels, of all faces", percent(figures["shown"]["ece"])
    yield "time a face, one core", f"{figures['model']['ms_per_face']:.2f} ms"


def choice(figures: Figures) -> Iterator[Sequence[str]]:
    """Each output against each of the two label sets."""
    shown = figures["ferplus"]["without_contempt"]
    labels = percent(figures["accuracy"]), percent(figures["shown"]["accuracy"])
    majority = percent(shown["accuracy_of_original"]), percent(shown["accuracy"])
    yield f"FER-2013's labels ({figures['n']:,} faces)", *labels
    yield f"clear majorities of FER+ ({shown['n']:,} faces)", *majority


def confused(figures: Figures) -> Iterator[Sequence[str]]:
    """What each emotion is taken for."""
    tables = figures["confusion"], figures["ferplus"]["without_contempt"]["confusion"]
    for number, emotion in enumerate(ORIGINAL):
        yield emotion, *(taken_for(matrix[number], number) for matrix in tables)


def taken_for(row: Sequence[int], true: int) -> str:
    """How often an emotion is found, and what it is called otherwise, the most frequent first."""
    count = sum(row)
    if not count:
        return "none"
    others = [
        (hits / count, name) for name, hits in zip(ORIGINAL, row, strict=True) if name != ORIGINAL[true]
    ]
    named = [
        f"{name} {100 * share:.0f} %" for share, name in sorted(others, reverse=True) if share >= CONFUSED
    ]
    return "; ".join([f"found in {100 * row[true] / count:.0f} % of {count}", *named])


def degrees(what: str, accuracies: Mapping[str, float]) -> str:
    """How the accuracy of `original` falls, the mildest case first."""
    cases = sorted(accuracies, key=float, reverse=True)
    rows = [["accuracy of `original`", *(percent(accuracies[case]) for case in cases)]]
    return table([what, *cases], rows)


def table(head: Sequence[str], rows: Iterator[Sequence[str]] | Sequence[Sequence[str]]) -> str:
    """Markdown: words at the left, the rest at the right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def percent(share: float) -> str:
    """A share as readers know it."""
    return f"{share:.1%}".replace("%", " %")


def with_interval(figures: Figures) -> str:
    """An accuracy, and between what it lies."""
    low, high = figures["accuracy_interval"]
    return f"{percent(figures['accuracy'])} ({100 * low:.1f} to {100 * high:.1f})"


def fill(page: str, text: str) -> str:
    """The page with this text between its marks."""
    head, begin, rest = page.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not (begin and end):
        raise InputError(f"The model card lacks the marks {BEGIN} and {END}; put them back.")
    return f"{head}{BEGIN}\n{text}\n{END}{tail}"


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--run", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--models", type=Path, default=Path("models"))
    given = parser.parse_args(arguments)
    card, page = read_card(given.models / CARD), given.models / PAGE
    try:
        figures = json.loads((given.run / FIGURES).read_text(encoding="utf-8"))
        comparison = (given.run / COMPARISON).read_text(encoding="utf-8")
        before = page.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise InputError(f"The model card can't be filled ({error}); export and evaluate first.") from error
    if figures["model"]["sha256"] != card.sha256:
        raise InputError(f"{given.run / FIGURES} is of another model than {card.name}; evaluate this one.")
    if "ferplus" not in figures:
        raise InputError(f"{given.run / FIGURES} was measured without FER+ votes; evaluate with them.")
    write(page, fill(before, section(figures, card, comparison)).encode())


if __name__ == "__main__":
    run_command(main)
