"""How shares, amounts and changes are printed; a language has its own signs and the same rules."""

import re
from dataclasses import dataclass

THIN = "\N{NARROW NO-BREAK SPACE}"
_STAMP = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d|$)")
_LAKHS = re.compile(r"(?<=\d)(?=(\d\d)*\d{3}$)")
UNKNOWN = "\N{EN DASH}"  # what a table shows where nothing can be told: never a zero


@dataclass(frozen=True, slots=True)
class Notation:
    """The signs by which a language writes numbers."""

    decimal: str = "."
    group: str = ","
    percent_form: str = f"{{n}}{THIN}%"  # with a gap for the number
    minutes_form: str = f"{{n}}{THIN}min"
    lakhs: bool = False  # thousands, and from there on groups of two: 1,08,000
    date_form: str = "{year}-{month}-{day} {time}"  # of two digits each, the year of four

    def percent(self, share: float | None) -> str:
        """A share of 0-1 in whole percent; anything above nothing is not rounded down to 0 %."""
        if share is None:
            return UNKNOWN
        below = 0 < share < 0.005
        return self.percent_form.format(n=f"<{THIN}1" if below else whole(share * 100))

    def minutes(self, amount: float) -> str:
        """Minutes with their unit, with one decimal below ten."""
        return self.minutes_form.format(
            n=self.amount(amount, 1) if 0 < amount < 9.95 else self.amount(whole(amount))
        )

    def index(self, value: float | None) -> str:
        """The engagement index as a whole number."""
        return UNKNOWN if value is None else str(whole(value))

    def amount(self, value: float, decimals: int = 0) -> str:
        """A number with so many decimals, its thousands grouped."""
        text = f"{value:,.{decimals}f}"
        if self.lakhs:
            head, comma, tail = text.replace(",", "").partition(".")
            text = _LAKHS.sub(",", head) + comma + tail
        return text.translate({ord(","): self.group, ord("."): self.decimal})

    def date(self, started_at: str | None) -> str:
        """Date and minute of an ISO 8601 time as it is written, with UTC behind it where it says so."""
        stamp = started_at or ""
        if not _STAMP.match(stamp):
            return stamp
        zone = " UTC" if stamp.endswith(("Z", "+00:00")) else ""
        parts = {"year": stamp[:4], "month": stamp[5:7], "day": stamp[8:10], "time": stamp[11:16]}
        return self.date_form.format(**parts).strip() + zone

    def plain(self, value: float) -> str:
        """A number with the decimals that it has: 2.5, 20."""
        return f"{value:,.10g}".translate({ord(","): self.group, ord("."): self.decimal})


ENGLISH_NOTATION = Notation()
GERMAN_NOTATION = Notation(
    decimal=",", group=".", minutes_form=f"{{n}}{THIN}Min.", date_form="{day}.{month}.{year} {time}"
)
SPANISH_NOTATION = Notation(decimal=",", group=THIN, date_form="{day}/{month}/{year} {time}")
HINDI_NOTATION = Notation(
    percent_form="{n}%",
    minutes_form="{n} मिनट",
    date_form="{day}/{month}/{year} {time}",
    lakhs=True,
)


def tenths(share: float) -> int:
    """A share as "so many in ten", for prose."""
    return whole(share * 10)


def one_in(chance: float) -> int:
    """A chance as "1 in so many", with one digit that counts."""
    odds = 1 / max(chance, 1e-9)
    return whole(float(f"{odds:.0e}"))


def points(change: float) -> int:
    """The size of a change in percentage points, without its sign."""
    return whole(abs(change) * 100)


def whole(value: float) -> int:
    """Rounded as people do it at school: halves go up."""
    return int(value + 0.5)
