"""The last faults on this machine, for `meetbot doctor --report`: their kind and place, and nobody's name."""

import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from meetbot import __version__, folders
from meetbot.errors import Interrupted, MeetbotError, UsageError
from meetbot.log import place_of

MOST, LONGEST = 50, 100_000  # lines that are kept, and bytes that are read of them
_FIELDS = ("time", "version", "kind", "code", "where")


def remember(error: BaseException) -> None:
    """Adds a fault to the file of the last ones; whoever typed wrongly or pressed Ctrl-C made none."""
    if isinstance(error, UsageError | Interrupted):
        return
    line = {
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "version": __version__,
        "kind": type(error).__name__,
        "code": error.exit_code if isinstance(error, MeetbotError) else 1,
        "where": place_of(error),
    }
    with suppress(OSError):  # it must not stand in the way of the message about the fault itself
        file = folders.state_folder() / "faults.jsonl"
        file.parent.mkdir(parents=True, exist_ok=True)
        lines = [json.dumps(one) for one in (*faults(), line)][-MOST:]
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def faults() -> list[dict[str, Any]]:
    """The last faults, oldest first; a line that is none is left out."""
    found: list[dict[str, Any]] = []
    with suppress(OSError, UnicodeDecodeError):
        with (folders.state_folder() / "faults.jsonl").open(encoding="utf-8") as file:
            lines = file.read(LONGEST).splitlines()
        for line in lines:
            with suppress(ValueError, RecursionError):
                told = json.loads(line)
                if isinstance(told, dict) and set(told) == set(_FIELDS):
                    found.append({field: told[field] for field in _FIELDS})
    return found
