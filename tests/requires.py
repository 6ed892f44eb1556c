"""What a test needs from the machine beyond Python: a part that is missing skips it, with a sentence.

The environment variable MEETBOT_REQUIRE names the parts, with commas, that must not be missing: there the
test fails instead.
"""

import os
import shutil
from pathlib import Path

import pytest

PARTS = {"chromium": ("chromium", "chromium-browser"), "janus": ("janus",)}


def require(part: str) -> Path:
    """The program that a part is run by."""
    for name in PARTS[part]:
        if found := shutil.which(name):
            return Path(found)
    missing = f"{part} is not installed on this machine; install the package {part} to run this test."
    if part in os.environ.get("MEETBOT_REQUIRE", "").replace(" ", "").split(","):
        pytest.fail(missing)
    pytest.skip(missing)
