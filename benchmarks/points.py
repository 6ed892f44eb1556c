"""How much of a head's tilt the five points show, by size of the face: as found, and looked at from near.

python -m benchmarks.points [--media DIR]

Two portraits, and stills of DIR's faces/*.mp4 and talking/*.mpg, are turned by 20 degrees to either side.
"""

import argparse
from pathlib import Path
from time import perf_counter

import cv2
import numpy as np

from benchmarks.finder import Still, read_stills
from meetbot.faces.find import FaceFinder
from meetbot.faces.points import PointFinder
from meetbot.faces.pose import pose
from meetbot.types import Frame, Image, Picture

HEIGHTS = (30, 40, 60, 80, 110, 150, 200, 260)  # pixels of the face
TILT = 20.0  # degrees
EVERY_STILL = 3  # of the stills: neighbours of one clip look alike


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--media", type=Path, metavar="DIR")
    media = parser.parse_args().media
    stills = list(read_stills(media))[:: EVERY_STILL if media else 1]
    print(f"{len(stills)} stills; share of the tilt that is seen, mean and standard deviation")
    print(f"{'face px':>8} {'as found':>14} {'from near':>14} {'ms':>6}")
    look = Look()
    for height in HEIGHTS:
        rows = np.array([row for still in stills if (row := look(still, height))])
        mean, spread = rows.mean(axis=0), rows.std(axis=0)
        print(f"{height:8} {mean[0]:7.2f} ±{spread[0]:5.2f} {mean[1]:7.2f} ±{spread[1]:5.2f} {mean[2]:6.1f}")


class Look:
    """One still at one size in, how much of its tilt is seen out."""

    def __init__(self) -> None:
        self._find, self._place = FaceFinder(), PointFinder()

    def __call__(self, still: Still, height: int) -> tuple[float, float, float] | None:
        """Share seen as found and from near, and milliseconds of one look; None when no face was found."""
        far, near, times = [], [], []
        for tilt in (-TILT, TILT):
            luma = turned(still, height, tilt)
            found = self._find(Frame(0.0, Picture(luma)))
            if not found:
                return None
            start = perf_counter()
            points = self._place(luma, found[0])
            times.append(perf_counter() - start)
            far.append(pose(found[0].points)[2])
            near.append(pose(points)[2])
        return (far[1] - far[0]) / (2 * TILT), (near[1] - near[0]) / (2 * TILT), min(times) * 1e3


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


if __name__ == "__main__":
    main()
