"""Notes that meetbot leaves for itself on this machine, which no other user can read.

A class room leaves the key by which its bot comes in; a live page leaves its address, so that it is the same
one after a restart. A note is one small file of the user's own; losing it costs nothing but that convenience.
"""

import json
import os
import secrets
import sys
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from meetbot.folders import state_folder
from meetbot.settings import ROOM_PORT

LOOPBACK = ("localhost", "127.0.0.1", "::1")


def leave(name: str, facts: Mapping[str, Any]) -> bool:
    """Write a note, over one of the same name; False where the disk refuses."""
    path = _path(name)
    half = path.with_suffix(f".{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(facts, file)
        half.replace(path)
    except OSError:
        with suppress(OSError):
            half.unlink()
        return False
    return True


def find(name: str) -> dict[str, Any]:
    """What a note says; nothing where there is none, or somebody else may have written it."""
    path = _path(name)
    try:
        status = path.stat()
        if sys.platform != "win32" and (status.st_uid != os.getuid() or status.st_mode & 0o077):
            return {}
        facts = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return facts if isinstance(facts, dict) else {}


def remove(name: str, facts: Mapping[str, Any]) -> None:
    """Take a note away, unless it says something else by now."""
    if find(name) == dict(facts):
        with suppress(OSError):
            _path(name).unlink()


def class_note(address: str) -> str:
    """The name of a class room's note; a bare code and all names of this machine for itself are one."""
    parts = urlsplit(address if "://" in address else f"http://localhost:{ROOM_PORT}/{address}")
    host = (parts.hostname or "").lower()
    port = parts.port or {"https": 443}.get(parts.scheme, 80)
    return f"class {'localhost' if host in LOOPBACK else host}:{port}{parts.path.rstrip('/')}"


def live_note(room: str) -> str:
    """The name of the note of a room's live page."""
    return f"live {room}"


def _path(name: str) -> Path:
    return state_folder() / "notes" / f"{sha256(name.encode()).hexdigest()[:32]}.json"
