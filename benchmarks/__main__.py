"""Runs every benchmark, one after the other, and writes what they measured into benchmarks/README.md's table.

python -m benchmarks [--media DIR] [--data FILE] [NAME...]
python -m benchmarks NAME -- OPTION...

DIR holds clips of real people, FILE is FER-2013; benchmarks.clips and benchmarks.quality say what must be in
them. What can't be measured without them is left out. Options after -- are for the script that is named. Rows
of what was not measured this time stay in the table, with their day.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import NamedTuple

from benchmarks import _table
from benchmarks._bars import COLLECTED, Bar
from benchmarks._table import Row

HERE = Path(__file__).parent
TAKES = {
    "media": ("analyze", "clips", "finder", "peers", "points", "scale"),
    "data": ("classifier", "faces", "geometry", "points", "quality"),
}
NOT_GIVEN = 2  # the exit code of a script that lacks what it needs; 1 is a missed bar or a crash


class Ran(NamedTuple):
    """How a script ended, and its rows."""

    code: int
    rows: list[Row]


def main() -> None:
    """Run the named scripts, or all of them; the exit code says whether any failed."""
    scripts = sorted(path.stem for path in HERE.glob("*.py") if not path.stem.startswith("_"))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--media", type=Path, metavar="DIR")
    parser.add_argument("--data", type=Path, metavar="FILE")
    parser.add_argument("names", nargs="*", metavar="NAME")
    ours, words = split(sys.argv[1:])
    options = parser.parse_args(ours)
    if unknown := [name for name in options.names if name not in scripts]:
        sys.exit(f"no benchmark is called {', '.join(unknown)}; there are {', '.join(scripts)}")
    if words and len(options.names) != 1:
        sys.exit("options after -- are for one script: name it")
    ran: dict[str, Ran] = {}
    for name in options.names or scripts:
        ran[name] = run(name, {"media": options.media, "data": options.data}, words)
        _table.write(_table.merged(_table.read(), ran[name].rows))
    print("\n" + _table.shown(_table.read()))
    left_out = [name for name, one in ran.items() if one.code == NOT_GIVEN]
    failed = [name for name, one in ran.items() if one.code not in (0, NOT_GIVEN)]
    print(f"\nmeasured: {len(ran) - len(left_out)}; left out: {', '.join(left_out) or 'none'}")
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


def split(words: list[str]) -> tuple[list[str], list[str]]:
    """What is said to us, and what to the script."""
    if "--" not in words:
        return words, []
    place = words.index("--")
    return words[:place], words[place + 1 :]


def run(name: str, paths: dict[str, Path | None], words: list[str]) -> Ran:
    """Run one script with what it takes of the paths; its exit code and what it collected."""
    given = {option: path for option, path in paths.items() if path and name in TAKES[option]}
    said = [word for option in given for word in (f"--{option}", {"media": "DIR", "data": "FILE"}[option])]
    paths_too = [word for option, path in given.items() for word in (f"--{option}", str(path.resolve()))]
    command = " ".join(["python -m", f"benchmarks.{name}", *said, *words])
    print(f"\n== {command}", flush=True)
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as rows:
        done = subprocess.run(
            [sys.executable, "-m", f"benchmarks.{name}", *paths_too, *words],
            cwd=HERE.parent,
            env={**os.environ, COLLECTED: rows.name},
        )
        bars = [Bar(*json.loads(line)) for line in rows]
    when = f"{date.today():%Y-%m-%d}, load {os.getloadavg()[0]:.0f}"
    return Ran(done.returncode, [_table.row_of(bar, command, when) for bar in bars])


if __name__ == "__main__":
    main()
