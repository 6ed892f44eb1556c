"""What is lost when something breaks while meetbot reads? (Linux; the live ones need Debian's Janus and nft.)

    python -m benchmarks.faults [--kills 3] [--log FILE] [NAME...]

Recordings: SIGKILL at random moments, a full disk, a folder that becomes read-only, a machine that is
suspended for 20 s. Live classes on a real Janus, in a network namespace of their own: SIGKILL, a suspended
bot, a Janus that is killed and comes back, 5 % and 20 % of all packets lost in either direction. Of
recordings every reading counts as lost that a rerun does not have; of live classes every one that had been
committed more than a second before and is not in the file. Exits with 1 when anything was lost or did not
survive. With --log, a second run leaves out what the first had done.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from shutil import which
from typing import NamedTuple

from benchmarks._bars import at_most, show, told
from meetbot.demo import compose, demo_class
from meetbot.timeline.lesson import open_lesson
from tests.live.network import MARK, inside

SECONDS = 20.0  # of the recording
SUSPENDED = 20.0  # seconds
SMALL, LARGE = "700k", "64m"  # disks: one that a lesson fills, one that it does not
PATIENCE = 300  # seconds for one run of the command


class Outcome(NamedTuple):
    """What became of one fault, tried so many times."""

    fault: str
    tried: int
    survived: int
    lost: int  # readings, beyond the last second
    note: str


Readings = list[str]
MEETBOT = [sys.executable, "-m", "meetbot"]


def main() -> None:
    """Try the faults, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--log", type=Path, metavar="FILE")
    parser.add_argument("--only-inside", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("names", nargs="*", metavar="NAME", help="of " + ", ".join([*RECORDED, *LIVE]))
    options = parser.parse_args()
    if options.only_inside:
        (name,) = options.names
        print(json.dumps(_inside()[name](options.kills, options.seed)))
        return
    done, left_out = _logged(options.log), list[str]()
    for name in options.names or (*RECORDED, *LIVE):
        if name in done:
            continue
        if missing := [program for program in NEEDS.get(name, ()) if not which(program)]:
            left_out.append(f"{name} ({', '.join(missing)} is not installed)")
            continue
        if name in RECORDED:
            with tempfile.TemporaryDirectory(prefix="faults-") as folder:
                done[name] = RECORDED[name](Path(folder), options.kills, options.seed)
        else:
            done[name] = _in_namespace(name, options.kills, options.seed)
        if options.log:
            with options.log.open("a", encoding="utf-8") as log:
                log.write(json.dumps([name, done[name]]) + "\n")
        print(_row(done[name]), flush=True)
    print("\n| fault | tried | survived | readings lost | |\n|---|---:|---:|---:|---|")
    print("\n".join(_row(one) for one in done.values()))
    tried, survived = (sum(getattr(one, name) for one in done.values()) for name in ("tried", "survived"))
    bars = [
        told(
            "faults that were tried",
            f"{tried}, of {len(done)} kinds; left out: {', '.join(left_out) or 'none'}",
        ),
        at_most("faults that were not survived", tried - survived, 0, ""),
        at_most(
            "readings lost to faults, beyond the last second", sum(one.lost for one in done.values()), 0, ""
        ),
    ]
    if show(bars):
        bad = [one.fault for one in done.values() if one.lost or one.survived < one.tried]
        sys.exit(f"missed: {', '.join(bad)}")


def killed(folder: Path, kills: int, seed: int) -> Outcome:
    """SIGKILL at random moments of `analyze`; the rerun must go on there, and end as an uninterrupted run."""
    recording, whole, took = _reference(folder)
    chance, survived, lost, resumed = random.Random(seed), 0, 0, 0
    for number in range(kills):
        out = folder / f"kill-{number}"
        running = subprocess.Popen(_analyze(recording, out), stdout=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.2, 1.0) * took)
        running.kill()
        running.wait()
        before = _readings(out)
        rerun = subprocess.run(_analyze(recording, out), capture_output=True, text=True, timeout=PATIENCE)
        after = _readings(out)
        lost += len(set(before) - set(after)) + len(set(whole) - set(after))
        survived += rerun.returncode == 0 and after == whole
        resumed += "read on from where" in rerun.stdout
    note = f"{resumed} went on in the middle; the others had not begun or had ended"
    return Outcome("SIGKILL of `analyze`, and the same command again", kills, survived, lost, note)


def suspended(folder: Path, kills: int, seed: int) -> Outcome:
    """SIGSTOP for a while in the middle."""
    recording, whole, took = _reference(folder)
    running = subprocess.Popen(_analyze(recording, folder / "out"), stdout=subprocess.DEVNULL)
    time.sleep(took / 2)
    running.send_signal(signal.SIGSTOP)
    time.sleep(SUSPENDED)
    running.send_signal(signal.SIGCONT)
    fine = running.wait(PATIENCE) == 0 and _readings(folder / "out") == whole
    lost = len(set(whole) - set(_readings(folder / "out")))
    return Outcome(f"`analyze` suspended for {SUSPENDED:.0f} s", 1, int(fine), lost, "")


def full_disk(folder: Path, kills: int, seed: int) -> Outcome:
    """A disk that fills up while the lesson grows; then there is room, and the same command again."""
    recording, whole, _ = _reference(folder)
    out = folder / "small"
    out.mkdir()
    fill = f'mount -t tmpfs -o size={SMALL} tmpfs "$1" && head -c 200k /dev/zero > "$1/other"; '
    room = f'rm "$1/other"; mount -o remount,size={LARGE} "$1"'
    return _on_a_disk("a full disk, then room and the same command", recording, whole, out, fill, room)


def read_only(folder: Path, kills: int, seed: int) -> Outcome:
    """A folder that can't be written; then it can, and the same command again."""
    recording, whole, _ = _reference(folder)
    out = folder / "locked"
    out.mkdir()
    lock = f'mount -t tmpfs -o size={LARGE} tmpfs "$1" && mount -o remount,ro "$1"; '
    return _on_a_disk("a read-only folder, then not", recording, whole, out, lock, 'mount -o remount,rw "$1"')


def _on_a_disk(fault: str, recording: Path, whole: Readings, out: Path, before: str, after: str) -> Outcome:
    """Two runs in a mount namespace, where the disk is what the shell's words make of it."""
    analyze = '"$2" -m meetbot analyze "$3" --out "$1" --every 0.5'
    first = f'{before} {analyze} > "$0.words" 2>&1; echo $? > "$0.code"; cp -r "$1" "$0.kept"; '
    second = f'{after}; {analyze}; cp -r "$1" "$0.end"'
    base = str(out.parent / "disk")
    command = ["unshare", "-rm", "sh", "-c", first + second, base, str(out), sys.executable, str(recording)]
    subprocess.run(command, capture_output=True, timeout=2 * PATIENCE)
    code, words = int(Path(f"{base}.code").read_text()), Path(f"{base}.words").read_text().strip()
    kept, end = _readings(Path(f"{base}.kept")), _readings(Path(f"{base}.end"))
    fine = code == 1 and words.startswith("meetbot:") and "something in meetbot broke" not in words
    lost = len(set(kept) - set(end)) + len(set(whole) - set(end))
    return Outcome(
        fault, 1, int(fine and end == whole), lost, f"{len(kept)} of {len(whole)} readings were kept"
    )


def _reference(folder: Path) -> tuple[Path, Readings, float]:
    """A recording, what an uninterrupted run reads of it, and the seconds that this takes."""
    recording = compose(folder / "class.mp4", demo_class(SECONDS), seconds=SECONDS)
    began = time.monotonic()
    subprocess.run(_analyze(recording, folder / "whole"), check=True, capture_output=True, timeout=PATIENCE)
    return recording, _readings(folder / "whole"), time.monotonic() - began


def _analyze(recording: Path, out: Path) -> list[str]:
    return [*MEETBOT, "analyze", str(recording), "--out", str(out), "--every", "0.5"]


def _readings(out: Path) -> Readings:
    """All readings of the lesson there; none where there is no lesson yet."""
    path = out / "class.meetbot"
    if not path.exists():
        return []
    with open_lesson(path) as lesson:
        return [repr(reading) for reading in lesson.each_reading()]


def _in_namespace(name: str, kills: int, seed: int) -> Outcome:
    again = [sys.executable, "-m", "benchmarks.faults", "--only-inside", name]
    again += ["--kills", str(kills), "--seed", str(seed)]
    done = subprocess.run(inside(*again), env={**os.environ, MARK: "1"}, capture_output=True, text=True)
    if done.returncode:
        return Outcome(name, 1, 0, 0, (done.stderr.strip().splitlines() or ["?"])[-1][:200])
    return Outcome(*json.loads(done.stdout.strip().splitlines()[-1]))


def _inside() -> dict[str, Callable[[int, int], Outcome]]:
    from benchmarks import _live_faults

    return {name: getattr(_live_faults, name.replace("-", "_")) for name in LIVE}


def _logged(log: Path | None) -> dict[str, Outcome]:
    lines = log.read_text(encoding="utf-8").splitlines() if log and log.exists() else []
    return {name: Outcome(*outcome) for name, outcome in map(json.loads, lines)}


def _row(one: Outcome) -> str:
    return f"| {one.fault} | {one.tried} | {one.survived} | {one.lost} | {one.note} |"


RECORDED: dict[str, Callable[[Path, int, int], Outcome]] = {
    "killed": killed,
    "suspended": suspended,
    "full-disk": full_disk,
    "read-only": read_only,
}
LIVE = ("bot-killed", "bot-suspended", "janus-killed", "loss-5", "loss-20")
NEEDS = {name: ("janus", "nft") if name.startswith("loss") else ("janus",) for name in LIVE}

if __name__ == "__main__":
    main()
