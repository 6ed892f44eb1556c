"""What a support desk needs of a machine, in one file that holds nothing about anybody."""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from meetbot import __version__, folders
from meetbot.doctor import Check
from meetbot.errors import PolicyError, UsageError
from meetbot.faults import faults
from meetbot.pins import pinned
from meetbot.resources import write_file

KIND = "meetbot support"
_FREE = re.compile(r"[\d.]+ GB free")


def write_bundle(path: Path, checks: Iterable[Check]) -> None:
    """Writes the file; one that stands there and is none is left as it is."""
    if path.exists() and not _is_bundle(path):
        raise UsageError(f"{path} is there and no report of the doctor; name another file.")
    if not path.parent.is_dir():
        raise UsageError(f"{path} can't be written: {path.parent} is no folder; name another file.")
    write_file(path, json.dumps(bundle(checks), indent=2, ensure_ascii=False).encode() + b"\n")


def bundle(checks: Iterable[Check]) -> dict[str, Any]:
    """Only what is named here goes in: a path holds the name of a user, and an error may quote a file's."""
    return {
        "kind": KIND,
        "version": __version__,
        "checks": [
            {"name": check.name, "works": check.works, "optional": check.optional, "found": _told(check)}
            for check in checks
        ],
        "policy": _policy(),
        "faults": faults(),
    }


def _told(check: Check) -> str:
    if check.name in ("platform", "packages") or check.name.startswith("extra "):
        return check.found
    free = _FREE.match(check.found) if check.name == "disk" else None
    return free.group() if free else ""


def _policy() -> dict[str, str]:
    try:
        pin = pinned()
    except PolicyError:
        return {"pinned": "can't be understood"}
    if pin is None:
        return {"pinned": "nothing"}
    return {"pinned": pin.policy.name, "by": "system" if pin.file == folders.system_file() else "user"}


def _is_bundle(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return KIND.encode() in file.read(100)
    except OSError:
        return False
