"""FER-2013 with the FER+ votes: reading, and which rows may be learned from.

python -m training.data --data FILE.npz --report                         # writes training/results/data.md
python -m training.data --data fer2013.csv --votes fer2013new.csv        # prints the same page
python -m training.data --data FILE.npz --sheet out/sheet.png            # draws a contact sheet; see below

FILE is our npz, Kaggle's fer2013.csv or icml_face_data.csv, or Kaggle's folder with `train` and `test` in it
(`test` counts as PublicTest, except for files named PrivateTest_...). The contact sheet shows faces whose
rights are their photographers': look at it and never commit or pass it on.
"""

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from meetbot.errors import OutputError
from meetbot.types import EMOTIONS, Image
from training import formats
from training.command import run_command

ORIGINAL = EMOTIONS
VOTES = ("neutral", "happy", "surprise", "sad", "angry", "disgust", "fear", "contempt")
UNKNOWN, NOT_A_FACE = 8, 9  # the two columns of FER+ that stand after its eight emotions
TRAINING, PUBLIC_TEST, PRIVATE_TEST = 0, 1, 2
UNCERTAIN_SOURCE = 2
REPORT = Path(__file__).parent / "results" / "data.md"
BLANK_BELOW = 2.0  # standard deviation of the pixels; 13 pictures of one grey, the next lies above 5


@dataclass(frozen=True, slots=True)
class Faces:
    """Pictures and what people said of them; `votes` is None where FER+ is not at hand."""

    pixels: Image  # n x 48 x 48
    emotion: npt.NDArray[np.uint8]
    usage: npt.NDArray[np.uint8]
    votes: npt.NDArray[np.uint8] | None
    source: npt.NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.pixels)

    def pick(self, rows: npt.NDArray[np.bool_] | npt.NDArray[np.intp]) -> "Faces":
        """The given rows alone."""
        votes = None if self.votes is None else self.votes[rows]
        return Faces(self.pixels[rows], self.emotion[rows], self.usage[rows], votes, self.source[rows])


def read(path: Path, votes: Path | None = None) -> Faces:
    """The faces at `path`, an npz, a csv or a folder (training/formats.py), with the votes of a FER+ csv."""
    arrays = formats.arrays(path, votes)
    source = arrays.get("source", np.zeros(len(arrays["pixels"]), np.uint8))
    return Faces(arrays["pixels"], arrays["emotion"], arrays["usage"], arrays.get("votes"), source)


def add_data_options(parser: argparse.ArgumentParser) -> None:
    """The options that every command over faces takes."""
    parser.add_argument(
        "--data", type=Path, required=True, metavar="FILE", help="npz, fer2013.csv, or the folder over train"
    )
    parser.add_argument(
        "--votes", type=Path, metavar="FILE", help="fer2013new.csv of FER+, in the order of fer2013.csv"
    )


def copies(faces: Faces, of_usage: int) -> npt.NDArray[np.bool_]:
    """Which rows show, pixel by pixel, a picture of the given split."""
    seen = {picture.tobytes() for picture in faces.pixels[faces.usage == of_usage]}
    return np.array([picture.tobytes() in seen for picture in faces.pixels], bool)


def blank(faces: Faces) -> npt.NDArray[np.bool_]:
    """Which pictures show nothing."""
    return np.asarray(faces.pixels.reshape(len(faces), -1).std(axis=1) < BLANK_BELOW)


def not_a_face(faces: Faces) -> npt.NDArray[np.bool_]:
    """Which pictures more than half of the voters saw no face in."""
    if faces.votes is None:
        return np.zeros(len(faces), bool)
    return np.asarray(faces.votes[:, NOT_A_FACE] * 2 > faces.votes.sum(axis=1))


def training_rows(faces: Faces) -> Faces:
    """What may be learned from: Training without uncertain, blank or faceless rows or PublicTest's copies."""
    left_out = (
        (faces.source == UNCERTAIN_SOURCE) | blank(faces) | not_a_face(faces) | copies(faces, PUBLIC_TEST)
    )
    return faces.pick((faces.usage == TRAINING) & ~left_out)


def vote_shares(votes: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    """The votes for the eight emotions as shares; a row without any such vote stays zero."""
    counts = votes[:, : len(VOTES)].astype(np.float32)
    return np.asarray(counts / np.maximum(counts.sum(axis=1, keepdims=True), 1), np.float32)


def main() -> None:
    """The command line."""
    from training.census import report  # above this module: they count and draw what is read here
    from training.sheet import sheet

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_data_options(parser)
    parser.add_argument("--report", action="store_true", help="write the counts to training/results/data.md")
    parser.add_argument("--sheet", type=Path, metavar="FILE.png", help="draw a contact sheet, for your eyes")
    given = parser.parse_args()
    faces = read(given.data, given.votes)
    if given.sheet:
        write(given.sheet, sheet(faces))
    if given.report:
        write(REPORT, report(faces).encode())
    elif not given.sheet:
        print(report(faces), end="")


def write(path: Path, content: bytes) -> None:
    """A file where the user wants it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise OutputError(f"{path} can't be written ({error.strerror}); name another place.") from error


if __name__ == "__main__":
    run_command(main)
