"""How large is a report, how soon does it stand on the screen, and does it say what is true?

    python -m benchmarks.report [--people 30] [--minutes 60] [--runs 5]
    python -m benchmarks.report --trial DIR
    python -m benchmarks.report --picture docs/report.png

The first makes a lesson, writes its report, opens it in Chromium from the disk and takes the first paint as
the browser itself tells it (median of the runs). It exits with 1 where a bar is missed. The second writes
five lessons, their reports, and apart from them what is true, for readers who see the pages only. The third
takes the picture of the README.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks._bars import at_most, show, told
from benchmarks._lesson import NAMES, Fall, Plan, Pupil, Stretch, class_list, write_plan
from benchmarks._trial import PLANS, truth_of
from meetbot.conclude import conclude
from meetbot.roster import read_roster
from meetbot.timeline.lesson import open_lesson

MOST_BYTES, MOST_SECONDS = 1_500_000, 1.0
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
PAINTED = """() => new Promise((done) => {
  const seen = (list) => done(list.getEntries()[0].startTime);
  new PerformanceObserver(seen).observe({ type: "paint", buffered: true });
})"""
PICTURE = {"width": 1280, "height": 900}


def main() -> int:
    """Do what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--people", type=int, default=30)
    parser.add_argument("--minutes", type=int, default=60)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--trial", type=Path, metavar="DIR")
    parser.add_argument("--picture", type=Path, metavar="FILE")
    options = parser.parse_args()
    if options.trial:
        return write_trial(options.trial)
    if options.picture:
        return take_picture(options.picture)
    return measure(options.people, options.minutes, options.runs)


def measure(people: int, minutes: int, runs: int) -> int:
    """Print size and first paint, and whether they hold the bars."""
    with tempfile.TemporaryDirectory() as made:
        begun = time.process_time()
        page = write_report_of(big_plan(people, 60.0 * minutes), Path(made))
        size, spent = page.stat().st_size, time.process_time() - begun
        with sync_playwright() as playwright:
            browser = chromium(playwright.chromium)
            paints = [first_paint(browser, page) for _ in range(runs)]
            browser.close()
    paint = statistics.median(paints)
    of, spread = f"{minutes} minutes of {people} people", f"{min(paints):.2f} to {max(paints):.2f}"
    bars = [
        at_most(f"a report of {of}", size / 1e6, MOST_BYTES / 1e6, "MB"),
        at_most("its first paint", paint, MOST_SECONDS, "s", f"median of {runs} runs, {spread}"),
        told("making its lesson and writing it", f"{spent:.1f} CPU s"),
    ]
    return int(bool(show(bars)))


def big_plan(people: int, seconds: float) -> Plan:
    """A lesson with everything in it that a page can show."""
    names = [
        NAMES[k % len(NAMES)] + (f" {k // len(NAMES) + 1}" if k >= len(NAMES) else "") for k in range(people)
    ]
    special = {
        3: Pupil(names[3 % people], there=(Stretch(seconds / 6, seconds),)),
        7: Pupil(names[7 % people], off=(Stretch(0, seconds),)),
        11: Pupil(names[11 % people], turned=0.38),
    }
    return Plan(
        "Photosynthesis, part two",
        seconds,
        tuple(special.get(k, Pupil(name, speaks=0.03)) for k, name in enumerate(names)),
        absent=("Noor", "Tomasz"),
        falls=(Fall(Stretch(seconds * 0.52, seconds * 0.72), 0.3, 0.6),),
        slides=tuple(seconds * k / 12 for k in range(1, 12)),
        gaps=(Stretch(seconds * 0.8, seconds * 0.8 + 60),),
        seed=3,
    )


def write_report_of(plan: Plan, folder: Path, name: str = "lesson") -> Path:
    """The report of a plan, read with its class list."""
    folder.mkdir(parents=True, exist_ok=True)
    lesson = write_plan(plan, folder / f"{name}.meetbot")
    roster = folder / f"{name}.csv"
    roster.write_text(class_list(plan), "utf-8")
    with open_lesson(lesson, write=True) as opened:
        return conclude(opened, read_roster(roster), None).report


def write_trial(folder: Path) -> int:
    """Pages in one folder, and what is true of them in another."""
    for number, plan in enumerate(PLANS, start=1):
        page = write_report_of(plan, folder / "made", f"lesson-{number}")
        (folder / "pages").mkdir(exist_ok=True)
        shutil.copyfile(page, folder / "pages" / page.name)
        (folder / "truth").mkdir(exist_ok=True)
        (folder / "truth" / f"lesson-{number}.md").write_text(truth_of(plan), "utf-8")
        print(f"{folder / 'pages' / page.name}: {plan.title}")
    print(f"what is true of them: {folder / 'truth'}")
    return 0


def take_picture(target: Path) -> int:
    """The first screen of a made-up lesson's report, with nobody's face on it."""
    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        page = write_report_of(big_plan(24, 3600.0), Path(made))
        browser = chromium(playwright.chromium)
        view = browser.new_page(viewport=PICTURE)  # type: ignore[arg-type]
        view.goto(page.as_uri())
        view.screenshot(path=target)
        browser.close()
    print(f"{target}: {target.stat().st_size / 1000:.0f} kB")
    return 0


def chromium(kind: object) -> Browser:
    """The system's own browser."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    if not program:
        sys.exit("Chromium is not installed on this machine; install the package chromium.")
    return kind.launch(executable_path=program, args=QUIET)  # type: ignore[attr-defined, no-any-return]


def first_paint(browser: Browser, page: Path) -> float:
    """Seconds from the beginning of the navigation, in a window of its own."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    view = context.new_page()
    view.goto(page.as_uri())
    seconds = float(view.evaluate(PAINTED)) / 1000
    context.close()
    return seconds


if __name__ == "__main__":
    sys.exit(main())
