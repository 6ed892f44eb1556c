"""What a test needs from the machine beyond Python: a part that is missing skips it, with a sentence.

The environment variable MEETBOT_REQUIRE names the parts, with commas, that must not be missing: there the
test fails instead.
"""

import os
import shutil
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

import pytest

PARTS = {"chromium": ("chromium", "chromium-browser"), "janus": ("janus",)}
EXTRAS = {"names": ("onnxruntime", "rapidocr")}


def require(part: str) -> Path:
    """The program that a part is run by."""
    for name in PARTS[part]:
        if found := shutil.which(name):
            return Path(found)
    _give_up(part, f"{part} is not installed on this machine; install the package {part} to run this test.")


def require_extra(extra: str) -> None:
    """Makes sure that the packages of an extra are there."""
    if not all(find_spec(package) for package in EXTRAS[extra]):
        _give_up(
            extra, f'The extra {extra} is not installed; pip install "meetbot[{extra}]" to run this test.'
        )


def require_axe() -> str:
    """The source of axe-core, which a package of the extra dev carries."""
    try:
        files = metadata.files("axe-playwright-python") or ()
    except metadata.PackageNotFoundError:
        files = ()
    for file in files:
        if file.name == "axe.min.js":
            return file.read_text("utf-8")
    _give_up("axe", 'axe-core is not installed; pip install "meetbot[dev]" to run this test.')


def _give_up(part: str, missing: str) -> NoReturn:
    if part in os.environ.get("MEETBOT_REQUIRE", "").replace(" ", "").split(","):
        pytest.fail(missing)
    pytest.skip(missing)
