"""How well galleries are taken apart, followed and named, on made-up ones or on other people's.

python -m benchmarks.gallery [--seeds 0-59] [--lessons 0-3] [--names 0-19] [--json FILE]
python -m benchmarks.gallery --data DIR

Made-up galleries come from tests.galleries, through H.264; seeds from 5000 on are kept for scoring. DIR holds
recordings or pictures, each with its truth beside it, NAME.json in the shape of `meetbot tiles --json`.
"""

import argparse
import sys
from pathlib import Path

from benchmarks.galleries import foreign, stills
from tests.galleries.__main__ import seeds_of
from tests.galleries.score import Tally

NOT_GIVEN = 2


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seeds", default="0-59", metavar="FROM-TO", help="of still galleries")
    parser.add_argument("--data", type=Path, metavar="DIR", help="only what lies in this folder")
    options = parser.parse_args()
    if options.data:
        show_foreign(options.data)
        return
    seen = [stills.measure(seed) for seed in seeds_of(options.seeds)]
    print(f"still galleries, seeds {options.seeds}, H.264 at CRF 23-32")
    stills.tables(seen)
    print()
    stills.bars(seen)


def show_foreign(folder: Path) -> None:
    """One line a file, and the sum."""
    sums, seconds = Tally(), 0.0
    for given in foreign.measure(folder):
        sums, seconds = sums + given.tally, seconds + given.seconds
        print(
            f"{given.name:32} {given.tally.precision:.3f} {given.tally.recall:.3f} {given.tally.right:4.0%}"
        )
    if not sums.layouts:
        print(f"no recording or picture in {folder} has a truth beside it")
        sys.exit(NOT_GIVEN)
    print(
        f"precision {sums.precision:.3f}, recall {sums.recall:.3f}, whole layout right {sums.right:.1%} of "
        f"{sums.layouts}, {1e3 * seconds / sums.layouts:.0f} CPU ms a detection"
    )


if __name__ == "__main__":
    main()
