"""A look at the data: counts, copies, conflicts, and where the two label sets disagree; as Markdown."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from training.data import (
    NOT_A_FACE,
    ORIGINAL,
    PRIVATE_TEST,
    PUBLIC_TEST,
    TRAINING,
    UNCERTAIN_SOURCE,
    VOTES,
    Faces,
    blank,
    copies,
    not_a_face,
    training_rows,
)
from training.measure import ferplus_rows

Rows = npt.NDArray[np.bool_]


def report(faces: Faces) -> str:
    """The whole page."""
    parts = [
        "# The data, counted",
        "",
        "Made by `python -m training.data --data FILE.npz --report`. `--sheet FILE.png` draws a contact "
        "sheet of the faces, for the eyes of whoever has the data; it is never committed.",
        "",
    ]
    parts += [*_classes(faces), *_left_out(faces), *_copies(faces)]
    if faces.votes is not None:
        parts += _agreement(faces, faces.votes)
    return "\n".join(parts) + "\n"


def _classes(faces: Faces) -> list[str]:
    splits = ((TRAINING, "Training"), (PUBLIC_TEST, "PublicTest"), (PRIVATE_TEST, "PrivateTest"))
    here = [(usage, name) for usage, name in splits if usage != PRIVATE_TEST or usage in faces.usage]
    rows = [
        (label, *(_count_and_share(faces.emotion[faces.usage == usage] == number) for usage, _ in here))
        for number, label in enumerate(ORIGINAL)
    ]
    total = ("all", *(int(np.sum(faces.usage == usage)) for usage, _ in here))
    return ["## Faces a label", "", *_table(("label", *(name for _, name in here)), [*rows, total])]


def _count_and_share(mask: Rows) -> str:
    return f"{int(mask.sum())} ({100 * mask.sum() / max(len(mask), 1):.1f} %)"


def _left_out(faces: Faces) -> list[str]:
    training = faces.usage == TRAINING
    reasons: Sequence[tuple[str, Rows]] = (
        ("uncertain row of the source", faces.source == UNCERTAIN_SOURCE),
        ("blank", blank(faces)),
        ("more than half of the votes say: not a face", not_a_face(faces)),
        ("pixel copy of a PublicTest picture", copies(faces, PUBLIC_TEST)),
    )
    rows = [(reason, int(np.sum(mask & training))) for reason, mask in reasons]
    used = len(training_rows(faces))
    return [
        "## Training rows left out",
        "",
        *_table(("reason", "rows"), [*rows, ("learned from", used)]),
        "A row can have several reasons. PrivateTest still holds copies of Training pictures, as in "
        f"everyone's published figures{_private_copies(faces)}.",
        "",
    ]


def _private_copies(faces: Faces) -> str:
    private = faces.usage == PRIVATE_TEST
    if not private.any():
        return " (that split is not in this file, so they are not counted here)"
    return f": {int(np.sum(copies(faces, TRAINING) & private))} of its {int(private.sum())} rows"


def _copies(faces: Faces) -> list[str]:
    groups: dict[bytes, list[int]] = defaultdict(list)
    for row, picture in enumerate(faces.pixels):
        groups[picture.tobytes()].append(row)
    several = [rows for rows in groups.values() if len(rows) > 1]
    conflicts = sum(len(set(faces.emotion[rows].tolist())) > 1 for rows in several)
    across = sum(len(set(faces.usage[rows].tolist())) > 1 for rows in several)
    return [
        "## Copies and conflicting labels",
        "",
        f"{len(several)} pictures stand in the data more than once ({sum(map(len, several))} rows), "
        f"{across} of them in more than one split; {conflicts} of them carry different labels.",
        "",
    ]


def _agreement(faces: Faces, votes: npt.NDArray[np.uint8]) -> list[str]:
    rows, majority = ferplus_rows(votes)
    matrix = np.zeros((len(ORIGINAL), len(VOTES)), int)
    np.add.at(matrix, (faces.emotion[rows], majority), 1)
    agreed = [int(matrix[number, VOTES.index(label)]) for number, label in enumerate(ORIGINAL)]
    table = [
        (label, *counts, f"{100 * same / max(sum(counts), 1):.0f} %")
        for label, counts, same in zip(ORIGINAL, matrix.tolist(), agreed, strict=True)
    ]
    return [
        "## FER-2013's labels (rows) against the FER+ majority (columns)",
        "",
        *_table(("label", *VOTES, "agreed"), table),
        f"{len(rows)} of {len(faces)} rows have one emotion with the most votes; on "
        f"{100 * sum(agreed) / len(rows):.1f} % of these both label sets agree "
        f"({100 * sum(agreed) / len(faces):.1f} % of all rows). "
        f"{int(np.sum(votes[:, NOT_A_FACE] >= 5))} rows have at least five votes for: not a face.",
    ]


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return ["| " + " | ".join(str(cell) for cell in line) + " |" for line in lines] + [""]
