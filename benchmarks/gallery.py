"""How well galleries are taken apart, followed and named, on made-up ones or on other people's.

python -m benchmarks.gallery [--seeds 0-59] [--lessons 0-3] [--names 0-19] [--keep FILE]
python -m benchmarks.gallery --data DIR

Made-up galleries come from tests.galleries, through H.264; seeds from 5000 on are kept for scoring. DIR holds
recordings or pictures, each with its truth beside it, NAME.json in the shape of `meetbot tiles --json`: of
recordings it is also told how well re-flows are noticed, and how many readings are on the wrong person.
A part whose seeds are an empty word is left out. Exits with 1 when a bar is missed. With --keep each seed's
score is written to a file as soon as it is known, and the same command goes on from there after a stop.
"""

import argparse
import sys
from pathlib import Path

from benchmarks._bars import NOT_GIVEN, Bar, show
from benchmarks.galleries import foreign, labels, lessons, stills
from benchmarks.galleries.kept import Kept
from benchmarks.galleries.labels import Named
from benchmarks.galleries.lessons import Lesson
from benchmarks.galleries.stills import Still
from meetbot.gallery.labels import labels_available
from tests.galleries.__main__ import seeds_of
from tests.galleries.alarms import Alarms
from tests.galleries.score import Tally
from tests.galleries.seating import Seating


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seeds", default="0-59", metavar="FROM-TO", help="single pictures")
    parser.add_argument("--lessons", default="0-3", metavar="FROM-TO", help="recordings of ten minutes")
    parser.add_argument("--names", default="0-19", metavar="FROM-TO", help="pictures whose labels are read")
    parser.add_argument("--data", type=Path, metavar="DIR", help="only what lies in this folder")
    parser.add_argument(
        "--keep", type=Path, metavar="FILE", help="scores by seed, to go on from after a stop"
    )
    options = parser.parse_args()
    if options.data:
        show_foreign(options.data)
        return
    parts = {show_stills: options.seeds, show_lessons: options.lessons, show_names: options.names}
    kept = Kept(options.keep)
    if kept.left_aside:
        print(f"{kept.left_aside} lines of {options.keep} are of other sources and not used")
    bars = [bar for part, seeds in parts.items() if seeds for bar in part(seeds, kept)]
    print(f"\n{kept.seconds / 60:.1f} CPU minutes in all")
    if missed := show(bars):
        sys.exit(f"missed: {', '.join(missed)}")


def show_stills(seeds: str, kept: Kept) -> list[Bar]:
    """Tiles and whole layouts in single pictures."""
    print(f"still galleries, seeds {seeds}, H.264 at CRF 23-32", flush=True)
    seen = list(kept.each("stills", seeds_of(seeds), Still, stills.measure))
    stills.tables(seen)
    return stills.bars(seen)


def show_lessons(seeds: str, kept: Kept) -> list[Bar]:
    """Re-flows and seats over recordings."""
    print(
        f"\nlessons of ten minutes with {lessons.CHANGES} changes, seeds {seeds}, a look a second", flush=True
    )
    seen = list(kept.each("lessons", seeds_of(seeds), Lesson, lessons.measure))
    lessons.table(seen)
    return lessons.bars(seen)


def show_names(seeds: str, kept: Kept) -> list[Bar]:
    """Names off labels."""
    print(f"\nlabels, seeds {seeds}", flush=True)
    if not labels_available():
        print('left out: the names need pip install "meetbot[names]"')
        return []
    read = kept.each("names", seeds_of(seeds), list[Named], labels.measure)
    seen = [label for picture in read for label in picture]
    labels.table(seen)
    return labels.bars(seen)


def show_foreign(folder: Path) -> None:
    """One line a file, and the sum."""
    sums, seconds = Tally(), 0.0
    noticed, seated = Alarms(0, 0, 0, 0), Seating(0, 0, 0, 0)
    for given in foreign.measure(folder):
        sums, seconds = sums + given.tally, seconds + given.seconds
        noticed, seated = noticed + given.noticed, seated + given.seated
        followed = f"  {given.seated.wrong} of {given.seated.readings} readings wrong"
        print(
            f"{given.name:32} {given.tally.precision:.3f} {given.tally.recall:.3f} {given.tally.right:4.0%}"
            f"{followed if given.seated.readings else ''}",
            flush=True,
        )
    if not sums.layouts:
        print(f"no recording or picture in {folder} has a truth beside it")
        sys.exit(NOT_GIVEN)
    print(
        f"precision {sums.precision:.3f}, recall {sums.recall:.3f}, whole layout right {sums.right:.1%} of "
        f"{sums.layouts}, {1e3 * seconds / sums.layouts:.0f} CPU ms a detection"
    )
    if noticed.samples:
        print(
            f"recordings, a look a second: {noticed.recall:.1%} of {noticed.true} re-flows in two samples, "
            f"{noticed.false_a_minute:.2f} false alarms a minute; {seated.wrong_share:.2%} of "
            f"{seated.readings} readings on the wrong person"
        )


if __name__ == "__main__":
    main()
