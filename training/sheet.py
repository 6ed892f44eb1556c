"""A contact sheet: faces of each label, faces that are left out, and pairs that carry two labels.

It shows people who were never asked: it is drawn for whoever has the data, and is never committed.
"""

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from meetbot.types import Image
from training.data import ORIGINAL, UNCERTAIN_SOURCE, Faces, blank, not_a_face
from training.formats import SIDE

ACROSS = 20  # faces in a row
MARGIN = 170  # pixels for the row's name
PAPER, INK = 255, 0


def sheet(faces: Faces) -> bytes:
    """The picture, as PNG."""
    strips = [strip(name, faces, rows) for name, rows in shown(faces).items()]
    _, packed = cv2.imencode(".png", np.concatenate(strips))
    return packed.tobytes()


def shown(faces: Faces) -> dict[str, npt.NDArray[np.intp]]:
    """Which faces stand in which row, spread over the whole set."""
    found = {label: faces.emotion == number for number, label in enumerate(ORIGINAL)}
    found |= {"not a face": not_a_face(faces), "blank": blank(faces)}
    found["uncertain row"] = faces.source == UNCERTAIN_SOURCE
    rows = {name: spread(np.flatnonzero(mask)) for name, mask in found.items()}
    pairs = [row for group in conflicts(faces) for row in group[:2]]
    return {**rows, "same, two labels": np.array(pairs[:ACROSS], np.intp)}


def spread(rows: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """At most one strip of them, from the first to the last."""
    count = min(ACROSS, len(rows))
    return rows[np.linspace(0, len(rows) - 1, count).astype(int)] if count else rows


def strip(name: str, faces: Faces, rows: Sequence[int] | npt.NDArray[np.intp]) -> Image:
    """One row of the sheet: its name, its faces, and under each face of a pair what it was called."""
    height = SIDE + 12
    picture = np.full((height, MARGIN + ACROSS * SIDE), PAPER, np.uint8)
    cv2.putText(picture, name, (6, SIDE // 2 + 4), cv2.FONT_HERSHEY_SIMPLEX, 0.5, INK, 1, cv2.LINE_AA)
    for place, row in enumerate(rows):
        left = MARGIN + place * SIDE
        picture[:SIDE, left : left + SIDE] = faces.pixels[row]
        if name not in ORIGINAL:
            label, at = ORIGINAL[int(faces.emotion[row])], (left + 2, height - 3)
            cv2.putText(picture, label, at, cv2.FONT_HERSHEY_PLAIN, 0.6, INK, 1, cv2.LINE_AA)
    return picture


def conflicts(faces: Faces) -> list[list[int]]:
    """Rows with the same pixels and different labels, a group a picture, ordered so that two differ first."""
    groups: dict[bytes, dict[int, int]] = {}
    for row, picture in enumerate(faces.pixels):
        groups.setdefault(picture.tobytes(), {}).setdefault(int(faces.emotion[row]), row)
    return [list(group.values()) for group in groups.values() if len(group) > 1]
