"""Faces found in clips of real people, in a clip without any, and when a person leaves.

python -m benchmarks.clips --media ../shared/media
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

from meetbot.faces.find import FaceFinder
from meetbot.sources import open_source

EVERY = 0.2  # seconds between two sampled frames
LEFT_AT = 2.4  # seconds: the first picture of face_noface.mov without the person, looked up frame by frame


def main() -> None:
    """Print the table. In every frame of faces/ and talking/ somebody's face can be seen."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--media", type=Path, default=Path("../shared/media"))
    media = parser.parse_args().media
    print(f"{'clip':22} {'frames':>6} {'with a face':>12} {'more than one':>14}")
    everyone: list[int] = []
    for clip in sorted([*media.glob("faces/*.mp4"), *media.glob("talking/*.mpg")]):
        counts = [count for _, count in faces(clip)]
        show(f"{clip.parent.name}/{clip.name}", counts)
        everyone += counts
    show("all", everyone)
    show("no_face.mp4", [count for _, count in faces(media / "no_face.mp4")])
    leaving(list(faces(media / "face_noface.mov")))


def faces(clip: Path) -> Iterator[tuple[float, int]]:
    """Time and number of faces of each sampled frame."""
    find = FaceFinder()
    with open_source(clip, every=EVERY) as instants:
        for instant in instants:
            for frame in instant.frames:
                yield frame.time, len(find(frame))


def show(name: str, counts: list[int]) -> None:
    """One line of the table."""
    seen = sum(count > 0 for count in counts) / len(counts)
    print(f"{name:22} {len(counts):6} {seen:12.1%} {sum(count > 1 for count in counts):14}")


def leaving(counts: list[tuple[float, int]]) -> None:
    """When the person was last seen, and first not seen, against the truth."""
    last = max(time for time, count in counts if count)
    gone = min(time for time, count in counts if time > last)
    missed = sum(not count for time, count in counts if time < LEFT_AT)
    print(
        f"face_noface.mov: last seen at {last:.2f} s, gone at {gone:.2f} s, truly gone at {LEFT_AT:.2f} s; "
        f"{missed} misses before"
    )


if __name__ == "__main__":
    main()
