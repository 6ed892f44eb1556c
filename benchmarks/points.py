"""How well the five points follow a head: of its tilt, and of yaw and pitch against a far dearer look.

python -m benchmarks.points [--media DIR] [--data FILE]

Two portraits, and stills of DIR's faces/*.mp4 and talking/*.mpg, are turned by 20 degrees to either side and
shrunk. Frames of these clips, and FER-2013's PublicTest pictures (FILE, an npz), are looked at by the teacher
of the network too: the detector at 224 pixels, seven times a face, turned upright. A missed bar exits with 1.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from time import thread_time
from typing import NamedTuple

import av
import cv2
import numpy as np
import numpy.typing as npt

from benchmarks._bars import Bar, at_least, at_most, show
from benchmarks.finder import Still, boxes, read_stills
from meetbot.faces.detector import Detector
from meetbot.faces.find import FaceFinder
from meetbot.faces.points import PointFinder, Points
from meetbot.faces.pose import pose
from meetbot.settings import FIND_SCORE
from meetbot.types import Box, Face, Frame, Image, Picture, Point
from training.data import PUBLIC_TEST, read
from training.teacher import FIRST, HEIGHT, SIDE, Teacher

HEIGHTS = (30, 40, 60, 80, 110, 150, 200, 260)  # pixels of the face
TILT = 20.0  # degrees
REPEATED = 5  # looks that are timed, of which the quickest counts: other work shares the processor's memory
EVERY_STILL = 3  # of the stills: neighbours of one clip look alike
SIZES = (40, 60, 80, 110)  # pixels of the clips' faces, shrunk
EVERY_FRAME = 8  # of the clips
FACES, MARGIN, SEED = 600, 24, 0  # of PublicTest; pixels of its edge around each
LEAST_TILT, SLOPE, MOST_OFF, MOST_COST = 0.8, (0.9, 1.1), 3.0, 0.25  # the bars: shares, degrees, ms

YAW_PITCH = ("yaw", "pitch")
Angles = tuple[float, float, float]  # yaw, pitch, roll


Pairs = Sequence[tuple[Angles, Angles]]  # what the teacher sees and what production sees, of each face


class Agreement(NamedTuple):
    """How one angle of many faces agrees with the teacher's."""

    correlation: float
    slope: float
    off: float  # degrees, median

    @classmethod
    def of(cls, true: npt.NDArray[np.float64], said: npt.NDArray[np.float64]) -> "Agreement":
        """Of two columns."""
        slope = float(np.polyfit(true, said, 1)[0])
        return cls(float(np.corrcoef(true, said)[0, 1]), slope, float(np.median(np.abs(said - true))))

    def bars(self, what: str) -> list[Bar]:
        """What is promised of it."""
        held = SLOPE[0] <= self.slope <= SLOPE[1]
        promised = f"{SLOPE[0]} to {SLOPE[1]}"
        more = f"r {self.correlation:.2f}"
        return [
            Bar(f"{what}, slope against the teacher", f"{self.slope:.2f}; {more}", promised, held),
            at_most(f"{what}, median distance from the teacher", self.off, MOST_OFF, "degrees"),
        ]


def main() -> None:
    """Print the tables, and hold them against the bars."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--media", type=Path, metavar="DIR")
    parser.add_argument("--data", type=Path, metavar="FILE")
    given = parser.parse_args()
    bars = tilts(list(read_stills(given.media))[:: EVERY_STILL if given.media else 1])
    if given.media:
        bars += agreed("clips of 40 to 110 px", in_clips(given.media))
    if given.data:
        bars += agreed("FER-2013 PublicTest", list(pictured(given.data)))
    if missed := show(bars):
        sys.exit(f"missed: {', '.join(missed)}")


def tilts(stills: Sequence[Still]) -> list[Bar]:
    """Prints how much of a tilt is seen at each size; gives the smallest share, and the time of a face."""
    print(f"{len(stills)} stills; share of the tilt that is seen, mean and standard deviation")
    print(f"{'face px':>8} {'as found':>14} {'from near':>14} {'CPU ms':>7}")
    look, table = Look(), []
    for height in HEIGHTS:
        rows = np.array([row for still in stills if (row := look(still, height))])
        mean, spread = rows.mean(axis=0), rows.std(axis=0)
        print(f"{height:8} {mean[0]:7.2f} ±{spread[0]:5.2f} {mean[1]:7.2f} ±{spread[1]:5.2f} {mean[2]:7.2f}")
        table.append(mean)
    least = float(min(row[1] for row in table))
    cost = float(np.median([row[2] for row in table]))
    return [
        at_least(f"tilt of {TILT:g} degrees that is seen, the worst size", least, LEAST_TILT, "of it"),
        at_most("points of a face", cost, MOST_COST, "CPU ms"),
    ]


class Look:
    """One still at one size in, how much of its tilt is seen out."""

    def __init__(self) -> None:
        self._find, self._place, self._detect = FaceFinder(), PointFinder(), Detector(FIND_SCORE)

    def __call__(self, still: Still, height: int) -> tuple[float, float, float] | None:
        """Share seen as found and from near, and milliseconds of one look; None when no face was found."""
        far, near, times = [], [], []
        for tilt in (-TILT, TILT):
            luma = turned(still, height, tilt)
            found = self._find(Frame(0.0, Picture(luma)))
            if not found:
                return None
            for _ in range(REPEATED):
                start = thread_time()
                points = from_near(self._place, luma, found[0])
                times.append(thread_time() - start)
            far.append(pose(self._detect(luma)[0].points)[2])
            near.append(pose(points)[2])
        return (far[1] - far[0]) / (2 * TILT), (near[1] - near[0]) / (2 * TILT), min(times) * 1e3


def from_near(place: PointFinder, luma: Image, face: Face) -> Points:
    """The points after both looks."""
    seen = place.first(luma, face.box)
    return place.upright(luma, replace(face, points=seen.points) if seen else face)


def turned(still: Still, height: int, tilt: float) -> Image:
    """The still's brightness, turned clockwise, with a face of this height in the middle."""
    scale, side = height / still.face.height, 3 * height
    x, y = still.face.x + still.face.width / 2, still.face.y + still.face.height / 2
    matrix = np.asarray(cv2.getRotationMatrix2D((x, y), -tilt, scale))
    matrix[:, 2] += np.array((side / 2 - x, side / 2 - y))
    luma = cv2.cvtColor(still.picture, cv2.COLOR_BGR2GRAY)
    if scale < 1:  # as a camera does; warping alone would alias
        luma = cv2.GaussianBlur(luma, (0, 0), 0.4 / scale)
    return np.asarray(cv2.warpAffine(luma, matrix, (side, side), borderMode=cv2.BORDER_REPLICATE), np.uint8)


def in_clips(media: Path) -> Pairs:
    """Faces of the clips at all sizes; prints how each size agrees."""
    seen, pairs = list(watched(media)), []
    print(f"\n{'clips':>8} {'faces':>6} {'yaw: slope, off':>16} {'pitch: slope, off':>18}")
    for height in SIZES:
        some = list(shrunken(seen, height))
        yaw, pitch = (compared(angle, some) for angle in YAW_PITCH)
        print(
            f"{height:8} {len(some):6} {yaw.slope:9.2f} {yaw.off:6.1f} {pitch.slope:11.2f} {pitch.off:6.1f}"
        )
        pairs += some
    return pairs


def watched(media: Path) -> Iterator[tuple[Still, Angles]]:
    """Frames of the clips, and the angles that the teacher sees in each."""
    teach = Teacher()
    for clip in sorted([*media.glob("faces/*.mp4"), *media.glob("talking/*.mpg")]):
        with av.open(str(clip)) as container:
            for number, frame in enumerate(container.decode(video=0)):
                if number % EVERY_FRAME:
                    continue
                picture = np.asarray(frame.to_ndarray(format="bgr24"), np.uint8)
                found = boxes(FaceFinder(), picture, 0.0)
                luma = np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)
                angles = taught(teach, luma, found[0]) if len(found) == 1 else None
                if angles:
                    yield Still(picture, found[0]), angles


def taught(teach: Teacher, luma: Image, box: Box) -> Angles | None:
    """The angles that the teacher sees."""
    seen = teach(luma, (box.x + box.width / 2, box.y + box.height / 2), box.height)
    return pose([Point(*place) for place in seen[0].tolist()]) if seen else None


def shrunken(seen: Iterable[tuple[Still, Angles]], height: int) -> Iterator[tuple[Angles, Angles]]:
    """The teacher's angles of a face, and those that production sees in it when it is small."""
    find, place = FaceFinder(), PointFinder()
    for still, angles in seen:
        luma = turned(still, height, 0)
        found = find(Frame(0.0, Picture(luma)))
        if found:
            yield angles, pose(place.upright(luma, found[0]))


def pictured(data: Path) -> Iterator[tuple[Angles, Angles]]:
    """The same of PublicTest's pictures, in boxes as far off as found ones may be."""
    faces, rng = read(data), np.random.default_rng(SEED)
    teach, place = Teacher(), PointFinder()
    rows = rng.permutation(np.flatnonzero(faces.usage == PUBLIC_TEST))[:FACES]
    for picture in faces.pixels[rows]:
        luma = np.asarray(np.pad(picture, MARGIN, mode="edge"), np.uint8)
        seen = teach(luma, [(len(luma) - 1) / 2] * 2, FIRST * HEIGHT / SIDE)
        if seen is None:
            continue
        x, y, high = seen[1] * (1, 1, rng.uniform(0.9, 1.1)) + rng.uniform(-0.08, 0.08, 3) * seen[1][2] * (
            1,
            1,
            0,
        )
        points = [Point(*one) for one in seen[0].tolist()]
        eye, other_eye, nose, mouth, other_mouth = points
        box = Box(x - high / 2, y - high / 2, high, high)
        face = Face(box, (eye, other_eye, nose, mouth, other_mouth), 1.0)
        yield pose(points), pose(from_near(place, luma, face))


def agreed(name: str, pairs: Pairs) -> list[Bar]:
    """How well yaw and pitch of these faces agree."""
    return [bar for angle in YAW_PITCH for bar in compared(angle, pairs).bars(f"{angle} in {name}")]


def compared(angle: str, pairs: Pairs) -> Agreement:
    """One angle of these faces."""
    true, said = (np.array(column)[:, YAW_PITCH.index(angle)] for column in zip(*pairs, strict=True))
    return Agreement.of(true, said)


if __name__ == "__main__":
    main()
