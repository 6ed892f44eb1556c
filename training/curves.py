"""Loss and accuracy after each epoch, as CSV and as a picture."""

import csv
from collections.abc import Mapping
from pathlib import Path

from matplotlib.figure import Figure


def add(path: Path, row: Mapping[str, float]) -> str:
    """Adds a line to the table, in the columns that it began with, and gives it as one line of text."""
    rounded = {name: round(value, 4) for name, value in row.items()}
    began = path.exists()
    columns = path.read_text().split("\n", 1)[0].strip().split(",") if began else list(rounded)
    with path.open("a", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore")
        if not began:
            writer.writeheader()
        writer.writerow(rounded)
    return "  ".join(f"{name} {value}" for name, value in rounded.items())


def read(path: Path) -> dict[str, list[float]]:
    """The table's columns; an epoch that was run again after a resume counts as the later line says."""
    with path.open(newline="") as file:
        rows = {row["epoch"]: row for row in csv.DictReader(file)}
    ordered = sorted(rows.values(), key=lambda row: float(row["epoch"]))
    return {name: [float(row[name]) for row in ordered] for name in (ordered[0] if ordered else ())}


def draw(table: Path, picture: Path) -> None:
    """Loss on the left, accuracy on PublicTest on the right."""
    columns = read(table)
    figure = Figure(figsize=(9, 3.5), layout="constrained")
    left, right = figure.subplots(1, 2)
    left.plot(columns["epoch"], columns["loss"], color="black")
    left.set(xlabel="epoch", ylabel="training loss (both outputs)")
    for name, label in (("original", "FER-2013 labels"), ("votes", "FER+ majority")):
        if name in columns:
            right.plot(columns["epoch"], columns[name], label=label)
    right.set(xlabel="epoch", ylabel="accuracy on PublicTest, averaged weights")
    right.legend()
    figure.savefig(picture, dpi=110)
