"""Runs every benchmark, one after the other, and prints what each claims.

python -m benchmarks [--media DIR] [--data FILE] [NAME...]

DIR holds clips of real people, FILE is FER-2013; benchmarks.clips and benchmarks.quality say what must be in
them. What can't be measured without them is left out.
"""

import argparse
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
TAKES = {"media": ("clips", "finder", "points"), "data": ("classifier", "faces", "geometry", "quality")}
NOT_GIVEN = 2  # the exit code of a script that lacks what it needs; 1 is a missed bar or a crash


def main() -> None:
    """Run the named scripts, or all of them; the exit code says whether any failed."""
    scripts = sorted(path.stem for path in HERE.glob("*.py") if not path.stem.startswith("_"))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--media", type=Path, metavar="DIR")
    parser.add_argument("--data", type=Path, metavar="FILE")
    parser.add_argument("names", nargs="*", metavar="NAME")
    options = parser.parse_args()
    unknown = [name for name in options.names if name not in scripts]
    if unknown:
        sys.exit(f"no benchmark is called {', '.join(unknown)}; there are {', '.join(scripts)}")
    codes = {name: run(name, options) for name in options.names or scripts}
    left_out = [name for name, code in codes.items() if code == NOT_GIVEN]
    failed = [name for name, code in codes.items() if code not in (0, NOT_GIVEN)]
    print(f"\nmeasured: {len(codes) - len(left_out)}; left out: {', '.join(left_out) or 'none'}")
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


def run(name: str, options: argparse.Namespace) -> int:
    """Run one script with what it takes of the options; its exit code."""
    given = {option: getattr(options, option) for option, takers in TAKES.items() if name in takers}
    words = [word for option, path in given.items() if path for word in (f"--{option}", str(path.resolve()))]
    print(f"\n== {' '.join(['python -m', f'benchmarks.{name}', *words])}", flush=True)
    return subprocess.run([sys.executable, "-m", f"benchmarks.{name}", *words], cwd=HERE.parent).returncode


if __name__ == "__main__":
    main()
