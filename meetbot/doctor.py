"""Examines this machine: every part that meetbot needs, tried for real."""

import platform
import shutil
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import NamedTuple

import numpy as np

from meetbot import __version__, folders
from meetbot.errors import PolicyError
from meetbot.pins import longest_kept, pinned
from meetbot.resources import resource
from meetbot.types import Frame, Picture

# Where every core package offers a ready wheel for Python 3.11-3.13; only Linux was ever run.
PLATFORMS = {
    ("Linux", "x86_64"): "run and tested",
    ("Linux", "aarch64"): "wheels exist, never run",
    ("Darwin", "arm64"): "wheels exist, never run",
    ("Windows", "AMD64"): "wheels exist, never run",
}
EXTRAS = {
    "names": ("reads the names below the tiles", ("onnxruntime", "rapidocr")),
    "tables": ("writes xlsx and parquet", ("openpyxl", "pyarrow")),
    "demo": ("carries the demo's portraits", ("matplotlib", "scikit-image")),
    "train": ("trains and exports the classifier", ("tensorflow-cpu", "keras")),
}
_AGAIN = "try `python -c 'import onnxruntime'` to see why; until then people are numbered"
_ROOMY = 1_000_000_000  # bytes; an hour of 30 people takes about a hundredth of it


class Check(NamedTuple):
    """One part of the machine."""

    name: str
    works: bool
    found: str
    advice: str = ""
    optional: bool = False


def examine() -> Iterator[Check]:
    """Every check, one after the other."""
    yield _platform()
    yield _packages()
    yield _tried("face detector", _try_detector, "install meetbot again")
    yield _tried("classifier", _try_classifier, "install meetbot again; the model travels inside it")
    yield _tried("report templates", _try_templates, "install meetbot again; they travel inside it")
    yield _disk()
    yield pinned_here()
    yield from (_extra(name, *what) for name, what in EXTRAS.items())


def _platform() -> Check:
    here = (platform.system(), platform.machine())
    found = f"Python {platform.python_version()} on {here[0]} {here[1]}, meetbot {__version__}"
    known = PLATFORMS.get(here)
    advice = "" if known else "not every package has a ready wheel for this machine; Linux x86_64 is tested"
    return Check("platform", known is not None, f"{found} ({known or 'never tried'})", advice, optional=True)


def _packages() -> Check:
    names = [need.split(";")[0] for need in _requirements() if "extra ==" not in need]
    versions = {name: _version(name) for name in (_bare(need) for need in names)}
    missing = [name for name, found in versions.items() if found is None]
    found = ", ".join(f"{name} {found}" for name, found in versions.items() if found)
    return Check("packages", not missing, found, f"missing: {', '.join(missing)}" if missing else "")


def _requirements() -> list[str]:
    try:
        return requires("meetbot") or []
    except PackageNotFoundError:  # run from a checkout that nobody installed
        return []


def _bare(requirement: str) -> str:
    """`av>=15` to `av`."""
    return "".join(letter if letter.isalnum() or letter in "-_." else " " for letter in requirement).split()[
        0
    ]


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _tried(name: str, attempt: Callable[[], str], advice: str) -> Check:
    try:
        return Check(name, True, attempt())
    except Exception as error:  # whatever is wrong with this machine is what the user wants to read
        return Check(name, False, str(error), advice)


def _try_detector() -> str:
    from meetbot.faces.find import FaceFinder
    from meetbot.faces.points import PointFinder

    PointFinder()
    found = FaceFinder()(Frame(0.0, Picture(np.zeros((120, 160), np.uint8))))
    return f"runs; {len(found)} faces in an empty picture"


def _try_classifier() -> str:
    from meetbot.faces.classify import load_classifier

    classifier = load_classifier()
    size = classifier.card.input_size
    total = float(classifier([np.full((size, size), 128, np.uint8)]).sum())
    return f"{classifier.card.name} runs; its probabilities sum to {total:.3f}"


def _try_templates() -> str:
    return str(resource("templates", "report.html.j2"))


def _disk() -> Check:
    free = shutil.disk_usage(Path.cwd()).free
    advice = "" if free > _ROOMY else "little room is left here; write elsewhere with --out"
    return Check("disk", free > _ROOMY, f"{free / 1e9:.1f} GB free in {Path.cwd()}", advice, optional=True)


def pinned_here() -> Check:
    """What this machine lets be read and for how long it is kept."""
    try:
        pin = pinned()
    except PolicyError as error:
        return Check("policy", False, str(error), "mend that file; until then nothing is read")
    if pin is None:
        return Check("policy", True, f"nothing is pinned; {folders.system_file()} would")
    limit = longest_kept()
    kept = f"; lessons are kept for {limit.days} days at most" if limit else ""
    return Check("policy", True, f"{pin.policy.name} at most, by {pin.file}{kept}")


def _extra(name: str, purpose: str, packages: tuple[str, ...]) -> Check:
    missing = [package for package in packages if _version(package) is None]
    advice = f'it {purpose}: pip install "meetbot[{name}]"' if missing else ""
    found = f"not there: {', '.join(missing)}" if missing else purpose
    if name == "names" and not missing and not _names_load():
        return Check(f"extra {name}", False, "there, but can't be loaded", _AGAIN, optional=True)
    return Check(f"extra {name}", not missing, found, advice, optional=True)


def _names_load() -> bool:
    from meetbot.gallery.labels import labels_available

    return labels_available()
