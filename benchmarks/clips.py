"""Faces found in clips of real people, in a clip without any, and when a person leaves.

python -m benchmarks.clips --media DIR

DIR holds faces/*.mp4 and talking/*.mpg, in each of whose frames somebody's face can be seen, no_face.mp4, and
face_noface.mov, which a person leaves. Exits with 1 when a bar is missed.
"""

import argparse
import sys
from collections.abc import Iterator
from math import inf
from pathlib import Path

from benchmarks._bars import NOT_GIVEN, at_most, share_at_least
from benchmarks._bars import show as show_bars
from meetbot.faces.find import FaceFinder
from meetbot.sources import open_source

EVERY = 0.2  # seconds between two sampled frames
LEFT_AT = 2.4  # seconds: the first picture of face_noface.mov without the person, looked up frame by frame
LEAST_SEEN = 0.97  # of the frames that show a face


def main() -> None:
    """Print the table, and hold it against the bars."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--media", type=Path, metavar="DIR")
    media = parser.parse_args().media
    if media is None:
        parser.exit(
            NOT_GIVEN, "needs --media DIR: faces/*.mp4, talking/*.mpg, no_face.mp4 and face_noface.mov\n"
        )
    print(f"{'clip':22} {'frames':>6} {'with a face':>12} {'more than one':>14}")
    everyone: list[int] = []
    for clip in sorted([*media.glob("faces/*.mp4"), *media.glob("talking/*.mpg")]):
        counts = [count for _, count in faces(clip)]
        show(f"{clip.parent.name}/{clip.name}", counts)
        everyone += counts
    seen = show("all", everyone)
    imagined = show("no_face.mp4", [count for _, count in faces(media / "no_face.mp4")])
    late = leaving(list(faces(media / "face_noface.mov")))
    bars = [
        share_at_least("a face found where there is one", seen, LEAST_SEEN, len(everyone)),
        at_most("a face found where there is none", 100 * imagined, 0, "% of the frames"),
        at_most("the moment of leaving, off by", round(late, 3), EVERY, "s", f"looking every {EVERY} s"),
    ]
    if missed := show_bars(bars):
        sys.exit(f"missed: {', '.join(missed)}")


def faces(clip: Path) -> Iterator[tuple[float, int]]:
    """Time and number of faces of each sampled frame."""
    find = FaceFinder()
    with open_source(clip, every=EVERY) as instants:
        for instant in instants:
            for frame in instant.frames:
                yield frame.time, len(find(frame))


def show(name: str, counts: list[int]) -> float:
    """One line of the table; the share of the frames with a face."""
    seen = sum(count > 0 for count in counts) / len(counts)
    print(f"{name:22} {len(counts):6} {seen:12.1%} {sum(count > 1 for count in counts):14}")
    return seen


def leaving(counts: list[tuple[float, int]]) -> float:
    """When the person was last seen, and first not seen, against the truth; seconds between the two."""
    last = max(time for time, count in counts if count)
    gone = min((time for time, _ in counts if time > last), default=inf)
    missed = sum(not count for time, count in counts if time < LEFT_AT)
    print(
        f"face_noface.mov: last seen at {last:.2f} s, gone at {gone:.2f} s, truly gone at {LEFT_AT:.2f} s; "
        f"{missed} misses before"
    )
    return abs(gone - LEFT_AT)


if __name__ == "__main__":
    main()
