"""Runs every benchmark, one after the other, and writes what they measured into benchmarks/README.md's table.

python -m benchmarks [--media DIR] [--data FILE] [NAME...]
python -m benchmarks NAME -- OPTION...

DIR holds clips of real people, FILE is FER-2013; benchmarks.clips and benchmarks.quality say what must be in
them. What can't be measured without them is left out. Options after -- are for the script that is named. Rows
of what was not measured this time stay in the table, with their day. A script that breaks, or takes longer
than an hour, is named at the end, and the others go on; stopped by Ctrl-C, what was measured stays written.
"""

import argparse
import json
import os
import shlex
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple

from benchmarks import _table
from benchmarks._bars import COLLECTED, NOT_GIVEN, Bar
from benchmarks._table import Row

HERE = Path(__file__).parent
# What takes seconds comes first, what takes minutes last; a script that isn't named here comes after them
ORDER = (
    *(
        "live_page",
        "geometry",
        "clips",
        "finder",
        "quality",
        "classifier",
        "report",
        "encryption",
        "footprint",
    ),
    *("decode", "live", "term", "points", "faces", "analyze", "memory", "scale", "moments_live", "moments"),
    *("fuzz", "gallery", "faults", "peers"),
)
MOST = 3600  # seconds that one script may take
TAKES = {
    "media": ("analyze", "clips", "finder", "peers", "points", "scale"),
    "data": ("classifier", "faces", "geometry", "points", "quality"),
}


class Ran(NamedTuple):
    """How a script ended, and its rows."""

    code: int
    rows: list[Row]
    seconds: float

    @property
    def ended(self) -> str:
        """In a word; a missed bar and a crash have the same code."""
        if self.code in (0, NOT_GIVEN):
            return "measured" if self.code == 0 else "left out"
        return "missed" if self.code == 1 and any(row.missed for row in self.rows) else "broke"


def main() -> None:
    """Run the named scripts, or all of them; the exit code says whether any failed."""
    there = sorted(path.stem for path in HERE.glob("*.py") if not path.stem.startswith("_"))
    scripts = [*(name for name in ORDER if name in there), *(name for name in there if name not in ORDER)]
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
    print()
    for name, one in ran.items():
        print(f"{name:14} {one.ended:10} {one.seconds:6.0f} s")
    if failed := [f"{name} ({one.ended})" for name, one in ran.items() if one.ended in ("missed", "broke")]:
        sys.exit(f"failed: {', '.join(failed)}")


def split(words: list[str]) -> tuple[list[str], list[str]]:
    """What is said to us, and what to the script."""
    if "--" not in words:
        return words, []
    place = words.index("--")
    return words[:place], words[place + 1 :]


def _told(words: list[str]) -> list[str]:
    """Words for a script as others would type them: where it keeps things is its user's own matter."""
    kept = {place for place, word in enumerate(words) if word == "--keep"}
    return [shlex.quote(word) for place, word in enumerate(words) if not kept & {place, place - 1}]


def run(name: str, paths: dict[str, Path | None], words: list[str]) -> Ran:
    """Run one script with what it takes of the paths; its exit code and what it collected."""
    given = {option: path for option, path in paths.items() if path and name in TAKES[option]}
    said = [word for option in given for word in (f"--{option}", {"media": "DIR", "data": "FILE"}[option])]
    paths_too = [word for option, path in given.items() for word in (f"--{option}", str(path.resolve()))]
    command = " ".join(["python -m", f"benchmarks.{name}", *said, *_told(words)])
    print(f"\n== {command}", flush=True)
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as rows:
        began = time.monotonic()
        code = ended([sys.executable, "-m", f"benchmarks.{name}", *paths_too, *words], rows.name)
        seconds = time.monotonic() - began
        bars = [Bar(*json.loads(line)) for line in rows]
    when = f"{date.today():%Y-%m-%d}, load {os.getloadavg()[0]:.0f}, {seconds:.0f} s"
    return Ran(code, [_table.row_of(bar, command, when) for bar in bars], seconds)


def ended(command: Sequence[str], rows: str) -> int:
    """Run a command that collects its rows there; its exit code. Whatever it started ends with it."""
    running = subprocess.Popen(
        command, cwd=HERE.parent, env={**os.environ, COLLECTED: rows}, start_new_session=True
    )
    try:
        return running.wait(MOST)
    except subprocess.TimeoutExpired:
        print(f"stopped after {MOST / 60:.0f} minutes", flush=True)
        return -signal.SIGKILL
    finally:
        with suppress(ProcessLookupError):  # nobody is left
            os.killpg(running.pid, signal.SIGKILL)
        running.wait()


if __name__ == "__main__":
    main()
