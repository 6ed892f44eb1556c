"""How shares, amounts and changes are printed."""

THIN = "\N{NARROW NO-BREAK SPACE}"
UNKNOWN = "\N{EN DASH}"  # what a table shows where nothing can be told: never a zero


def percent(share: float | None) -> str:
    """A share of 0-1 in whole percent; anything above nothing is not rounded down to 0 %."""
    if share is None:
        return UNKNOWN
    if 0 < share < 0.005:
        return f"<{THIN}1{THIN}%"
    return f"{whole(share * 100)}{THIN}%"


def tenths(share: float) -> int:
    """A share as "so many in ten", for prose."""
    return whole(share * 10)


def points(change: float) -> int:
    """The size of a change in percentage points, without its sign."""
    return whole(abs(change) * 100)


def minutes(amount: float) -> str:
    """Minutes, with one decimal below ten."""
    text = f"{amount:.1f}" if 0 < amount < 9.95 else str(whole(amount))
    return f"{text}{THIN}min"


def index(value: float | None) -> str:
    """The engagement index as a whole number."""
    return UNKNOWN if value is None else str(whole(value))


def whole(value: float) -> int:
    """Rounded as people do it at school: halves go up."""
    return int(value + 0.5)
