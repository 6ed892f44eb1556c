"""Does any damaged recording or photo ever crash, stall or bloat `meetbot analyze`?

python -m benchmarks.fuzz [--count 300] [--seed 0] [--log FILE] [--save DIR] [--only NUMBER...]

Small clips with two faces in the containers of the README (mp4, mkv, webm, mov, avi, mpg, each with two or
three codecs) and photos (jpg, png, webp, bmp, heic) are damaged in six ways, reproducibly from seed and
number. Each copy goes through the whole command in a process of its own: what kills that process, takes 30 s
of processor time (or 120 s on the clock), or makes it larger than 600 MB counts as missed, as does an error
that meetbot did not expect. With --log, a second run goes on where the first stopped; --save keeps the copies
that were missed.
"""

import argparse
import gc
import json
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from jinja2 import Environment, FileSystemBytecodeCache

from benchmarks._bars import at_most, show, told
from benchmarks._mutations import PHOTOS, mutated, write_originals
from meetbot import cli
from meetbot.errors import InputError
from meetbot.gallery import standard
from meetbot.gallery.labels import NO_TELEMETRY
from meetbot.report import html

PROCESSOR = 30  # seconds of processor time
PATIENCE = 120.0  # seconds on the clock, for what waits and computes nothing; the machine may be busy
MOST_MEMORY = 600.0  # MB that are resident at once
ADDRESSES = 8 * 2**30  # bytes of address space, so that a runaway can't take the machine along
GOOD = ("read", "refused")
OUTCOMES = (*GOOD, "crashed", "hung", "too large")
HEAVY = (
    "meetbot.cli", "meetbot.pipeline", "meetbot.timeline.figures", "meetbot.sources.recording",
    "meetbot.sources.photo", "rich.progress", "ai_edge_litert.interpreter", "onnxruntime", "pillow_heif",
)  # fmt: skip
# Every tenth copy has its gallery divided and its labels read, which takes longer than all the rest
WHOLE = 10


class Tried(NamedTuple):
    """What became of one copy."""

    number: int
    ending: str
    mutation: str
    outcome: str
    seconds: float  # of processor time
    megabytes: float
    words: str  # the last ones


def main() -> None:
    """Try every copy that is not in the log yet; print the table and what was missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--log", type=Path, metavar="FILE")
    parser.add_argument("--save", type=Path, metavar="DIR")
    parser.add_argument("--only", type=int, nargs="+", metavar="NUMBER")
    options = parser.parse_args()
    before = list(_logged(options.log)) if options.log else []
    known = {tried.number for tried in before}
    wanted = range(options.count) if options.only is None else options.only
    numbers = [number for number in wanted if number not in known or options.only is not None]
    now = []
    for tried in fuzz(numbers, options.seed, options.save):
        now.append(tried)
        if options.log:
            with options.log.open("a", encoding="utf-8") as log:
                log.write(json.dumps(tried) + "\n")
    results = sorted({tried.number: tried for tried in (*before, *now)}.values())
    print("\n".join(table(results)))
    missed = [tried for tried in results if tried.outcome not in GOOD]
    for tried in missed:
        print(f"{tried.outcome}: number {tried.number}, {tried.mutation} in {tried.ending}: {tried.words}")
    largest = max((tried.megabytes for tried in results), default=0.0)
    outcomes = "; ".join(f"{sum(one.outcome == name for one in results)} {name}" for name in OUTCOMES)
    bars = [
        told("damaged recordings and photos that were tried", f"{len(results)}: {outcomes}"),
        at_most("damaged ones that crashed, hung or grew too large", len(missed), 0, ""),
        at_most("the most memory that a damaged one took", largest, MOST_MEMORY, "MB"),
    ]
    if show(bars):
        sys.exit(f"missed: {len(missed)} of {len(results)}")


def fuzz(numbers: Iterable[int], seed: int, save: Path | None = None) -> Iterator[Tried]:
    """Try copies, one after the other; containers and codecs take turns."""
    os.environ[NO_TELEMETRY] = "1"  # before onnxruntime is loaded
    for module in HEAVY:  # once, here, and not in each child
        with suppress(ImportError):
            import_module(module)
    gc.freeze()
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder, compiled_once(Path(folder)):
        originals = _in_turn(write_originals(Path(folder)))
        for number in numbers:
            ending, whole = originals[number % len(originals)]
            mutation, data = mutated(whole, number, seed)
            place = Path(folder) / str(number)
            place.mkdir()
            copy = place / f"copy.{ending}"
            copy.write_bytes(data)
            tried = attempt(number, mutation, copy)
            if save and tried.outcome not in GOOD:
                save.mkdir(parents=True, exist_ok=True)
                shutil.copy(copy, save / f"{number}.{ending}")
            shutil.rmtree(place, ignore_errors=True)
            yield tried


def _in_turn(originals: Mapping[str, Sequence[bytes]]) -> list[tuple[str, bytes]]:
    """Recordings four times as often as photos, of which there are many kinds and little to break."""
    kinds = [(ending, data) for ending, files in originals.items() for data in files]
    recordings = [one for one in kinds if one[0] not in PHOTOS]
    return [*3 * recordings, *kinds]


@contextmanager
def compiled_once(folder: Path) -> Iterator[None]:
    """The report's templates are compiled by the first child for all others."""
    cached = partial(Environment, bytecode_cache=FileSystemBytecodeCache(str(folder)))
    with patch.object(html, "Environment", cached):
        yield


def attempt(number: int, mutation: str, copy: Path) -> Tried:
    """Analyse one copy in a child; its outcome and what it took."""
    words = copy.with_name("words")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Python 3.12 warns where there are threads
        child = os.fork()
    if child == 0:
        _analyze(copy, words, whole=number % WHOLE == 0)
    status, usage = _wait(child)
    seconds, megabytes = usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
    outcome = _outcome(status)
    if outcome in GOOD and megabytes > MOST_MEMORY:
        outcome = "too large"
    lines = words.read_text(errors="replace").strip().splitlines() or [f"wait status {status}"]
    told = lines[-1] if outcome in GOOD else " | ".join(lines[-6:])
    ending = copy.suffix[1:]
    return Tried(number, ending, mutation, outcome, round(seconds, 2), round(megabytes), told[:600])


def _outcome(status: int) -> str:
    """By how the process ended."""
    if os.WIFSIGNALED(status):
        return "hung" if os.WTERMSIG(status) in (signal.SIGXCPU, signal.SIGALRM) else "crashed"
    return {0: "read", InputError.exit_code: "refused"}.get(os.WEXITSTATUS(status), "crashed")


def _wait(child: int) -> tuple[int, resource.struct_rusage]:
    """Wait for the child's end, for which its own alarms see; and for a child that ignores them."""
    until = time.monotonic() + PATIENCE + 10
    while time.monotonic() < until:
        ended, status, usage = os.wait4(child, os.WNOHANG)
        if ended:
            return status, usage
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    _, _, usage = os.wait4(child, 0)
    return signal.SIGALRM, usage


def _analyze(copy: Path, words: Path, whole: bool) -> None:
    """Run `meetbot analyze` in this process, which ends with it."""
    code = 1
    try:
        with words.open("wb") as file:
            os.dup2(file.fileno(), 1)
            os.dup2(file.fileno(), 2)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, PATIENCE)
        resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR, PROCESSOR + 5))
        resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        os.environ["MEETBOT_TRACE"] = "1"  # of an error that nobody expected, all of it
        layout = "auto" if whole else "single"
        sys.argv = ["meetbot", "analyze", str(copy), "--out", str(copy.parent), "--layout", layout]
        if not whole:
            patch.object(standard, "labels_available", lambda: False).start()
        cli.main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        with suppress(Exception):
            sys.stderr.flush()
        os._exit(code)


def table(results: Iterable[Tried]) -> Iterator[str]:
    """A row for each kind of file, and their sum."""
    rows: dict[str, list[Tried]] = {}
    for tried in results:
        rows.setdefault(tried.ending, []).append(tried)
    everything = [tried for row in rows.values() for tried in row]
    yield "| files | tried | " + " | ".join(OUTCOMES) + " | most seconds | most MB |"
    yield "|---|" + "---:|" * (len(OUTCOMES) + 3)
    for ending, row in (*rows.items(), ("all", everything)):
        counts = [sum(tried.outcome == outcome for tried in row) for outcome in OUTCOMES]
        seconds = max((tried.seconds for tried in row), default=0.0)
        megabytes = max((tried.megabytes for tried in row), default=0.0)
        cells = [ending, len(row), *counts, f"{seconds:.1f}", f"{megabytes:.0f}"]
        yield "| " + " | ".join(map(str, cells)) + " |"


def _logged(log: Path) -> Iterator[Tried]:
    if log.exists():
        for line in log.read_text(encoding="utf-8").splitlines():
            with suppress(ValueError, TypeError):  # the last line of a run that was killed
                yield Tried(*json.loads(line))


if __name__ == "__main__":
    main()
