"""What the way through a video costs: FER-2013's faces in recorded galleries, against the same faces direct.

python -m benchmarks.faces --data FILE [--faces 600] [--models FOLDER]

FILE is FER-2013 as an .npz with the arrays pixels (n, 48, 48), emotion, usage (1 for PublicTest) and votes.
The faces are pasted into galleries of 25 people, recorded as H.264, and read as every recording is: found,
looked at again for their points, cut out upright, classified. Exits with 1 where it costs more than the bar.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from math import hypot
from pathlib import Path
from typing import NamedTuple

import av
import numpy as np
import numpy.typing as npt

from benchmarks._bars import at_most, show
from benchmarks._scene import GRID, SIZE, Gallery, gallery
from meetbot.faces.classify import EmotionClassifier, load_classifier
from meetbot.faces.find import FaceFinder
from meetbot.faces.read import FaceReader
from meetbot.gallery.follow import FaceFollower
from meetbot.pipeline import observe
from meetbot.seams import Classifier, Scores
from meetbot.sources import open_source
from meetbot.types import Image, Reading
from training.data import PUBLIC_TEST, Faces, read
from training.measure import ferplus_rows

SIDES = (48, 64, 96)  # pixels of the pasted pictures: FER-2013's own size, and enlarged
QUALITIES = (23, 30)  # CRF of H.264: the usual one, and what small files are made with
MOST_LOST = 0.04  # of the faces: the bar
SEED = 0

Rows = npt.NDArray[np.intp]


class Cost(NamedTuple):
    """Accuracy of one output on the found faces: as they are, and through the recording."""

    direct: float
    chain: float
    doubt: float  # half of the 95 % interval of the difference; the faces are the same, so it is of pairs


class Keeper:
    """The classifier, keeping what it was given: the crops are production's own."""

    def __init__(self, classify: EmotionClassifier) -> None:
        self.card = classify.card
        self.crops: list[Image] = []
        self._classify = classify

    def __call__(self, faces: Sequence[Image]) -> Scores:
        """What the classifier says."""
        self.crops += faces
        return self._classify(faces)


def main() -> None:
    """Print the table, and hold it against the bar."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, metavar="FILE")
    parser.add_argument("--faces", type=int, default=600)
    parser.add_argument("--models", type=Path, help="another folder with a model and its card")
    given = parser.parse_args()
    if given.data is None:
        parser.exit(2, "needs --data FILE: fer2013.npz with the arrays pixels, emotion, usage and votes\n")
    faces, classify = chosen(read(given.data), given.faces), load_classifier(given.models)
    print(f"{len(faces)} faces of FER-2013 PublicTest, model {classify.card.name}; of the found, share right")
    print(f"{'':17} {'`original`, FER-2013 labels':>31}   {'`votes`, FER+ majority':>29}")
    columns = f"{'direct':>8} {'chain':>7} {'difference':>14}"
    print(f"{'CRF':>4} {'px':>4} {'found':>7} {columns}  {columns}")
    worst = 0.0
    for quality in QUALITIES:
        for side in SIDES:
            found, crops = through_video(faces, side, quality, classify)
            costs = list(compare(classify, faces.pick(found), crops))
            worst = max(worst, *(cost.direct - cost.chain for cost in costs))
            print(f"{quality:4} {side:4} {len(found) / len(faces):7.1%} " + "  ".join(map(as_text, costs)))
    lost = "accuracy lost on the way through a video, at most"
    if show([at_most(lost, 100 * max(worst, 0.0), 100 * MOST_LOST, "points", f"{len(faces)} faces")]):
        sys.exit("missed: too much is lost on the way through the video")


def chosen(faces: Faces, count: int) -> Faces:
    """Some of PublicTest's faces, the same at each run, with the labels' own shares but for a rounding."""
    rows = np.flatnonzero(faces.usage == PUBLIC_TEST)
    rows = np.random.default_rng(SEED).permutation(rows)
    rows = rows[np.argsort(faces.emotion[rows], kind="stable")]  # evenly spaced rows are stratified ones
    picked = rows[np.linspace(0, len(rows) - 1, min(count, len(rows))).astype(int)]
    return faces.pick(np.random.default_rng(SEED).permutation(picked))


def through_video(
    faces: Faces, side: int, quality: int, classify: EmotionClassifier
) -> tuple[Rows, list[Image]]:
    """Which of the faces a recording of them shows, and production's crops of those."""
    rng, size = np.random.default_rng(SEED), GRID * GRID
    galleries = [
        gallery(list(faces.pixels[start : start + size]), side, rng) for start in range(0, len(faces), size)
    ]
    with tempfile.TemporaryDirectory() as folder:
        recording = record(Path(folder) / "class.mp4", galleries, quality)
        keeper = Keeper(classify)
        crops: dict[int, Image] = {}
        for reading, crop in zip(readings(recording, keeper), keeper.crops, strict=True):
            number = whose(reading, galleries[round(reading.time)], side)
            if number is not None:
                crops.setdefault(round(reading.time) * size + number, crop)
    return np.array(sorted(crops), np.intp), [crops[row] for row in sorted(crops)]


def record(target: Path, galleries: Sequence[Gallery], quality: int) -> Path:
    """One gallery a second. Each is a cut, so no picture gains from the one before: the hardest case."""
    with av.open(str(target), "w") as container:
        options = {"preset": "veryfast", "crf": str(quality)}
        stream = container.add_stream("libx264", rate=1, options=options)
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
        for one in galleries:
            colours = np.repeat(one.picture[:, :, None], 3, axis=2)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(colours, format="bgr24")))
        container.mux(stream.encode())
    return target


def readings(recording: Path, classify: Classifier) -> list[Reading]:
    """Every face that production reads in the recording, in the order in which they are classified."""
    with open_source(recording, 1.0) as instants:
        seen = observe(
            instants,
            FaceFinder(),
            lambda frame, faces: FaceFollower()(frame, faces),  # a new one: every second shows other people
            FaceReader(classify),
        )
        return [one for one in seen if isinstance(one, Reading) and one.state == "face"]


def whose(reading: Reading, there: Gallery, side: int) -> int | None:
    """The number of the face in the middle of whose picture the reading's box has its own."""
    assert reading.box is not None, "a face that was read has a box"
    x, y = reading.box.x + reading.box.width / 2, reading.box.y + reading.box.height / 2
    near = [hypot(middle.x - x, middle.y - y) for middle in there.middles]
    return int(np.argmin(near)) if min(near) < side / 2 else None


def compare(classify: EmotionClassifier, faces: Faces, crops: Sequence[Image]) -> Iterator[Cost]:
    """`original` against FER-2013's labels, then `votes` against the FER+ majority."""
    direct, chain = classify.logits(list(faces.pixels)), classify.logits(crops)
    every = np.arange(len(faces))
    wanted = [("original", every, faces.emotion.astype(np.intp))]
    if faces.votes is not None:
        wanted.append(("votes", *ferplus_rows(faces.votes)))
    for output, rows, true in wanted:
        before = (direct[output][rows].argmax(axis=1) == true).astype(float)
        after = (chain[output][rows].argmax(axis=1) == true).astype(float)
        doubt = 1.96 * float(np.std(after - before)) / len(rows) ** 0.5
        yield Cost(float(before.mean()), float(after.mean()), doubt)


def as_text(cost: Cost) -> str:
    """Three columns of the table."""
    difference = f"{100 * (cost.chain - cost.direct):+.1f} ±{100 * cost.doubt:.1f}"
    return f"{cost.direct:8.1%} {cost.chain:7.1%} {difference:>14}"


if __name__ == "__main__":
    main()
