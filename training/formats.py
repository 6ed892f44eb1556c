"""The forms in which FER-2013 is handed around: our npz, Kaggle's csv, Kaggle's folders; and the FER+ csv.

npz      `pixels`, `emotion`, `usage`, and `votes`, `source`, `row` where it has them
csv      `fer2013.csv` (emotion, pixels, Usage) or `icml_face_data.csv` (emotion, Usage, pixels, with blanks)
folder   `train/angry/*.jpg` is Training; `test/angry/*.jpg` is PublicTest, except for files whose name
         starts with PrivateTest. Kaggle's `test` holds both: where names don't tell, it is all PublicTest.
"""

import csv
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import cv2
import numpy as np
import numpy.typing as npt

from meetbot.errors import InputError
from meetbot.types import EMOTIONS, Image

SIDE = 48  # pixels
USAGES = ("Training", "PublicTest", "PrivateTest")
FOLDERS = {"train": "Training", "test": "PublicTest"}
PICTURES = (".jpg", ".jpeg", ".png")
# The columns of fer2013new.csv, in the order of our votes.
VOTE_COLUMNS = (
    *("neutral", "happiness", "surprise", "sadness", "anger", "disgust", "fear", "contempt"),
    *("unknown", "NF"),
)

Arrays = dict[str, npt.NDArray[Any]]


def arrays(path: Path, votes: Path | None = None) -> Arrays:
    """What stands at `path`, whichever form it has; `votes` is a FER+ csv in the order of fer2013.csv."""
    found = reader_of(path)(path)
    if not len(found["pixels"]):
        raise InputError(f"{path} holds no face; give FER-2013 as npz, csv or folder.")
    if votes is not None:
        if path.is_dir():
            raise InputError(
                f"{votes} counts rows of fer2013.csv, and the folder {path} has lost their order; "
                "give fer2013.csv as --data."
            )
        found["votes"] = aligned(votes_from_csv(votes), found, votes)
    return found


def reader_of(path: Path) -> Callable[[Path], Arrays]:
    """By what the path is."""
    if path.is_dir():
        return from_folder
    return from_csv if path.suffix.lower() == ".csv" else from_npz


def from_npz(path: Path) -> Arrays:
    """The arrays as they are, once their lengths fit together."""
    try:
        with path.open("rb") as file, np.load(file) as stored:
            found = {name: stored[name] for name in stored.files}
        check(found)
    except (OSError, ValueError, KeyError, EOFError, TypeError, BadZipFile, zlib.error) as error:
        raise InputError(
            f"{path} is no face data set ({error}); give an npz with pixels, emotion, usage."
        ) from error
    return found


def check(found: Arrays) -> None:
    """Raises ValueError, or KeyError, where arrays are missing, don't fit, or hold what no label is."""
    count = len(found["pixels"])
    named = [found[name] for name in ("emotion", "usage", "votes", "source") if name in found]
    fits = found["pixels"].shape == (count, SIDE, SIDE) and all(len(one) == count for one in named)
    if not fits or not {"emotion", "usage"} <= found.keys():
        raise ValueError("its arrays don't fit together")
    if not np.isin(found["emotion"], range(len(EMOTIONS))).all():
        raise ValueError(f"an emotion is none of 0 to {len(EMOTIONS) - 1}")
    if "votes" in found and found["votes"].shape[1:] != (len(VOTE_COLUMNS),):
        raise ValueError(f"its votes are not of {len(VOTE_COLUMNS)} kinds")


def from_csv(path: Path) -> Arrays:
    """Kaggle's table, one face a row."""
    emotion, usage, pixels = [], [], []
    for place, row in rows(path, ("emotion", "pixels", "Usage")):
        emotion.append(number_below(len(EMOTIONS), row["emotion"], place))
        usage.append(USAGES.index(known(row["Usage"], USAGES, place)))
        pixels.append(picture_in(row["pixels"], place))
    faces = np.frombuffer(b"".join(pixels), np.uint8).reshape(-1, SIDE, SIDE)
    return labelled(faces, emotion, usage)


def from_folder(path: Path) -> Arrays:
    """One folder a split, in it one a label; files in the order of their names."""
    emotion, usage, pixels = [], [], []
    for split in (path / name for name in FOLDERS):
        if not split.is_dir():
            raise InputError(f"{path} has no folder {split.name}; give the one that holds train and test.")
        for folder in sorted(one for one in split.iterdir() if one.is_dir()):
            label = EMOTIONS.index(known(folder.name.lower(), EMOTIONS, str(folder)))
            for file in sorted(one for one in folder.iterdir() if one.suffix.lower() in PICTURES):
                emotion.append(label)
                usage.append(USAGES.index(usage_of(file, split.name)))
                pixels.append(picture_at(file))
    return labelled(np.array(pixels, np.uint8).reshape(-1, SIDE, SIDE), emotion, usage)


def usage_of(file: Path, split: str) -> str:
    """The split that the file's name tells (`PrivateTest_88305.jpg`), else its folder's."""
    told = file.name.split("_")[0]
    return told if split == "test" and told in USAGES else FOLDERS[split]


def votes_from_csv(path: Path) -> npt.NDArray[np.uint8]:
    """The ten counts of every row of fer2013new.csv."""
    counts = [
        [number_below(256, row[name], place) for name in VOTE_COLUMNS]
        for place, row in rows(path, VOTE_COLUMNS)
    ]
    return np.array(counts, np.uint8).reshape(-1, len(VOTE_COLUMNS))


def aligned(votes: npt.NDArray[np.uint8], found: Arrays, path: Path) -> npt.NDArray[np.uint8]:
    """The votes of the rows that we have: an npz may hold some only, and says which in `row`."""
    count = len(found["pixels"])
    wanted = found.get("row", np.arange(count))
    whole = "row" in found or len(votes) == count
    if not whole or len(votes) <= int(wanted.max()):
        raise InputError(
            f"{path} has votes for {len(votes)} rows, the faces are {count}; give the csv of the same rows."
        )
    return votes[wanted]


def rows(path: Path, wanted: tuple[str, ...]) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Each row with its place for messages; blanks around column names, as Kaggle has them, don't count."""
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            table = csv.reader(file)
            names = [name.strip() for name in next(table, [])]
            if missing := [name for name in wanted if name not in names]:
                raise InputError(f"{path} has no column {missing[0]}; its first line must name {wanted}.")
            for cells in table:
                place = f"{path}, line {table.line_num}"
                if len(cells) != len(names):
                    raise InputError(f"{place} has {len(cells)} cells instead of {len(names)}; mend it.")
                yield place, dict(zip(names, cells, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path} can't be read as a table ({error}); give a csv file.") from error


def picture_in(text: str, place: str) -> bytes:
    """The bytes of one picture, written as numbers."""
    try:
        pixels = bytes(map(int, text.split()))
    except ValueError as error:
        raise InputError(f"{place} has pixels that are no numbers from 0 to 255; mend it.") from error
    if len(pixels) != SIDE * SIDE:
        raise InputError(f"{place} has {len(pixels)} pixels instead of {SIDE * SIDE}; mend it.")
    return pixels


def picture_at(file: Path) -> Image:
    """A picture file in grey."""
    try:
        packed = np.frombuffer(file.read_bytes(), np.uint8)
    except OSError as error:
        raise InputError(f"{file} can't be read ({error.strerror}); look at its rights.") from error
    picture = cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE) if len(packed) else None
    if picture is None:
        raise InputError(f"{file} is no picture; take it away or put a whole one there.")
    if picture.shape != (SIDE, SIDE):
        raise InputError(f"{file} is {picture.shape[1]}x{picture.shape[0]}, not {SIDE}x{SIDE}; resize it.")
    return np.asarray(picture, np.uint8)


def labelled(pixels: Image, emotion: list[int], usage: list[int]) -> Arrays:
    return {"pixels": pixels, "emotion": np.array(emotion, np.uint8), "usage": np.array(usage, np.uint8)}


def number_below(end: int, text: str, place: str) -> int:
    if not (text.strip().isdecimal() and int(text) < end):
        raise InputError(f"{place} has {text!r} where a number from 0 to {end - 1} belongs; mend it.")
    return int(text)


def known(name: str, names: tuple[str, ...], place: str) -> str:
    if name.strip() not in names:
        raise InputError(f"{place}: {name!r} is none of {', '.join(names)}; rename it.")
    return name.strip()
