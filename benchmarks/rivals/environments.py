"""The environments of the peers: made once by venv and pip, kept in a folder, and weighed."""

import json
import os
import platform
import resource
import subprocess
import sys
import tomllib
import venv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.footprint import ROOT, sizes

LOCK = """[project]
name = "size"
version = "0"
requires-python = "=={python}.*"
dependencies = ["{package}"]
[tool.uv]
environments = ["sys_platform == 'linux' and platform_machine == '{machine}'"]
"""
OTHERS = ("musllinux", "-pp3")  # Alpine's wheels, and PyPy's


@dataclass(frozen=True)
class Environment:
    """One peer's packages in a folder of their own."""

    folder: Path

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / "bin" / "python"

    def install(self, *words: str) -> None:
        """Let pip install something."""
        pip = [str(self.python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, *words], check=True)

    def megabytes(self) -> float:
        """Of all installed packages."""
        return sum(sizes(self.folder).values()) / 1e6

    def run(self, script: str, *words: str) -> dict[str, Any]:
        """A script of benchmarks/rivals in this environment; what it tells in its last line."""
        command = [str(self.python), "-m", f"benchmarks.rivals.{script}", *words]
        done = subprocess.run(command, cwd=ROOT, env=_quiet(), capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"{' '.join(command)} failed:\n{done.stderr[-2000:]}")
        told: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
        return told

    def spent(self, words: str) -> float:
        """CPU seconds of a program in this environment that says no more than this."""
        command = [str(self.python), "-c", words]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, cwd=self.folder, env=_quiet(), check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def import_seconds(programs: Mapping[str, tuple[Environment, str]], runs: int = 7) -> dict[str, float]:
    """CPU seconds of each program's imports, the median; they take turns, and the first is left out."""
    rounds = [{name: one.spent(words) for name, (one, words) in programs.items()} for _ in range(runs + 1)]
    return {name: median(each[name] for each in rounds[1:]) for name in programs}


def made(folder: Path, packages: Sequence[str], bare: Sequence[str] = ()) -> Environment:
    """The environment with these packages, and with the bare ones without what those ask for."""
    environment, mark = Environment(folder), folder / ".made"
    wanted = json.dumps([packages, bare])
    if not mark.exists() or mark.read_text(encoding="utf-8") != wanted:
        venv.create(folder, with_pip=True, clear=True)
        environment.install(*packages)
        if bare:
            environment.install("--no-deps", *bare)
        mark.write_text(wanted, encoding="utf-8")
    return environment


def download_megabytes(package: str, folder: Path) -> tuple[float, int]:
    """What a package and all that it asks for weigh to fetch, and how many they are; none is fetched."""
    uv = made(folder / "uv", ["uv"]).python.with_name("uv")
    place = folder / "lock"
    place.mkdir(exist_ok=True)
    python = ".".join(platform.python_version_tuple()[:2])
    told = LOCK.format(python=python, package=package, machine=platform.machine())
    (place / "pyproject.toml").write_text(told, encoding="utf-8")
    subprocess.run([uv, "--quiet", "lock"], cwd=place, check=True)
    locked = tomllib.loads((place / "uv.lock").read_text(encoding="utf-8"))["package"]
    needed = [one for one in locked if "virtual" not in one["source"]]
    return sum(map(download_size, needed)) / 1e6, len(needed)


def download_size(package: dict[str, Any]) -> int:
    """Of the wheel that pip would take: the lock leaves out most of those for other systems and Pythons."""
    wheels = [wheel for wheel in package.get("wheels", ()) if not any(o in wheel["url"] for o in OTHERS)]
    return max((int(one["size"]) for one in wheels or [package["sdist"]]), default=0)


def _quiet() -> dict[str, str]:
    """TensorFlow's greetings off, and nothing of this environment in that one."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))
    }
    return {**kept, "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"}
