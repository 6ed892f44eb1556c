"""Writes gallery recordings and their truth for people to look at.

python -m tests.galleries OUT [--seeds 0-9] [--seconds 60] [--changes 4] [--rate 4] [--still]
"""

import argparse
from pathlib import Path

from tests.galleries.scenes import scene
from tests.galleries.timeline import lesson
from tests.galleries.write import write_both


def main() -> None:
    """Write one recording a seed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("out", type=Path, metavar="OUT")
    parser.add_argument("--seeds", default="0-9", metavar="FROM-TO")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--changes", type=int, default=4)
    parser.add_argument("--rate", type=float, default=4.0, help="pictures a second")
    parser.add_argument("--still", action="store_true", help="nothing changes")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for seed in seeds_of(options.seeds):
        made = scene(seed) if options.still else lesson(seed, options.seconds, options.changes)
        name = f"{made.style.name}-{seed}"
        print(write_both(options.out, name, made, options.rate))


def seeds_of(words: str) -> range:
    """The seeds that "3-7" or "3" names."""
    first, _, last = words.partition("-")
    return range(int(first), int(last or first) + 1)


if __name__ == "__main__":
    main()
