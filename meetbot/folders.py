"""Where an administrator's file, a user's own file, and what meetbot remembers of itself lie."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

NAME = "meetbot.toml"


def system_file() -> Path:
    """The file by which whoever looks after this machine sets the most that may be read on it."""
    if sys.platform == "win32":
        return Path(os.environ.get("PROGRAMDATA") or r"C:\ProgramData") / "meetbot" / NAME
    return Path("/etc") / NAME


def user_file() -> Path:
    """The same of one user."""
    if sys.platform == "win32":
        return _folder("APPDATA", r"AppData\Roaming") / NAME
    if sys.platform == "darwin":
        return _home() / "Library" / "Application Support" / "meetbot" / NAME
    return _folder("XDG_CONFIG_HOME", ".config") / NAME


def state_folder() -> Path:
    """Where meetbot remembers what it has told, and which errors there were; it may not exist yet."""
    if sys.platform == "win32":
        return _folder("LOCALAPPDATA", r"AppData\Local")
    if sys.platform == "darwin":
        return _home() / "Library" / "Application Support" / "meetbot"
    return _folder("XDG_STATE_HOME", ".local/state")


def _folder(variable: str, otherwise: str, environment: Mapping[str, str] = os.environ) -> Path:
    named = Path(environment.get(variable, ""))
    return (named if named.is_absolute() else _home() / otherwise) / "meetbot"


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError:  # a user whom the system doesn't know, as in a container: nothing is kept there
        return Path("/nonexistent")
