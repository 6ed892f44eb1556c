"""What meetbot costs before it does anything: CPU of `meetbot --help`, and the installed size of the core.

    python -m benchmarks.footprint

Installs the checkout into an empty environment first, compiled files included.
"""

import resource
import subprocess
import sys
import tempfile
import venv
from collections import Counter
from pathlib import Path
from statistics import median

from benchmarks._bars import at_most, show

MOST_MEGABYTES, MOST_SECONDS = 560.0, 0.5
ROOT = Path(__file__).parent.parent
# What a new environment comes with: of setuptools two more packages, and a file that starts one
BROUGHT = ("pip", "setuptools", "pkg_resources", "_distutils", "distutils")


def install(folder: Path) -> Path:
    """A fresh environment with the core and nothing else; its programs' folder."""
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", str(ROOT)], check=True)
    subprocess.run([python, "-m", "compileall", "-q", str(folder)], check=False)
    return python.parent


def sizes(folder: Path) -> Counter[str]:
    """Bytes by top-level entry of site-packages, pip and setuptools left out: they are the environment's."""
    site = next(folder.glob("lib/python*/site-packages"))
    found: Counter[str] = Counter()
    for path in site.rglob("*"):
        top = path.relative_to(site).parts[0]
        if path.is_file() and not top.startswith(BROUGHT):
            found[top] += path.stat().st_size
    return found


def help_seconds(programs: Path) -> float:
    """CPU seconds of one `meetbot --help`."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([programs / "meetbot", "--help"], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Install, measure, print."""
    with tempfile.TemporaryDirectory() as name:
        programs = install(Path(name))
        found = sizes(Path(name))
        seconds = median(help_seconds(programs) for _ in range(7))
    for package, size in found.most_common(8):
        print(f"  {size / 1e6:6.1f} MB  {package}")
    megabytes = sum(found.values()) / 1e6
    largest = ", ".join(f"{package} {size / 1e6:.0f}" for package, size in found.most_common(6))
    bars = [
        at_most("start-up, meetbot --help", seconds, MOST_SECONDS, "CPU s", "median of 7"),
        at_most("installed size of the core", megabytes, MOST_MEGABYTES, "MB", largest),
    ]
    if missed := show(bars):
        sys.exit(f"missed: {', '.join(missed)}")


if __name__ == "__main__":
    main()
