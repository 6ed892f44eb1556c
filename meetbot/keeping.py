"""How long a lesson is kept, as people write it; commands need it at their start, so it stands by itself."""

import re
from datetime import timedelta

from meetbot.errors import UsageError

_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
_LONGEST = 100 * 365  # days


def keep_for(text: str) -> timedelta:
    """The length of `30d`, `12w`, `6m`, `1y`."""
    said = re.fullmatch(r"(\d{1,5})\s*([dwmy])", text.strip().casefold())
    if not said:
        raise UsageError(f"--keep {text} is no length of time; write it like 30d, 12w, 6m or 1y.")
    days = int(said[1]) * _DAYS[said[2]]
    if not 1 <= days <= _LONGEST:
        raise UsageError(f"--keep {text} is not between one day and a hundred years.")
    return timedelta(days=days)
