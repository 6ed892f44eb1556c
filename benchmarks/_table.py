"""The one table of all figures, kept between two marks in benchmarks/README.md.

A row belongs to the command that measured it. What a command measures takes the place of all that the same
command had measured before, and of the same claim by other words of its script; other rows stay, with their
day.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from benchmarks._bars import Bar

README = Path(__file__).with_name("README.md")
START, END = "<!-- The table: python -m benchmarks writes it. -->", "<!-- The end of the table. -->"
HEAD = ("| claim | command | bar | measured | when |", "|---|---|---|---|---|")


class Row(NamedTuple):
    """One line of the table."""

    claim: str
    command: str
    bar: str
    measured: str
    when: str

    @property
    def script(self) -> str:
        """The benchmark that measured it."""
        found = re.search(r"benchmarks\.(\w+)", self.command)
        return found[1] if found else self.command

    @property
    def missed(self) -> bool:
        """Whether the bar was not held."""
        return "missed" in self.measured


def row_of(bar: Bar, command: str, when: str) -> Row:
    """A figure as it stands in the table."""
    measured = bar.measured if bar.held else f"**{bar.measured}: missed**"
    return Row(bar.claim, f"`{command}`", bar.bar, measured, when)


def merged(before: Iterable[Row], now: Sequence[Row]) -> list[Row]:
    """What was known with what was measured now, the rows of one script beside each other."""
    commands = {row.command for row in now}
    claims = {(row.script, row.claim) for row in now}
    kept = [row for row in before if row.command not in commands and (row.script, row.claim) not in claims]
    rows = [*kept, *now]
    order = list(dict.fromkeys(row.script for row in [*before, *now]))
    return sorted(rows, key=lambda row: order.index(row.script))


def read(page: Path = README) -> list[Row]:
    """The rows that stand there."""
    table = _parts(page)[1]
    lines = [line for line in table.splitlines() if line.startswith("| ") and line not in HEAD]
    return [Row(*(cell.strip() for cell in line.strip("|").split(" | "))) for line in lines]


def write(rows: Iterable[Row], page: Path = README) -> None:
    """Put these rows in the place of those that stand there."""
    before, _, after = _parts(page)
    lines = [*HEAD, *("| " + " | ".join(cell.replace("|", "/") for cell in row) + " |" for row in rows)]
    page.write_text(before + "\n".join(["", *lines, ""]) + after, encoding="utf-8")


def shown(rows: Iterable[Row]) -> str:
    """The same to be read in a terminal, by script."""
    lines = []
    for script, some in groupby(rows, key=lambda row: row.script):
        lines.append(script)
        for row in some:
            measured = row.measured.strip("*")
            lines.append(f"  {row.claim:52} {measured:44} {row.bar:28} {row.when}")
    return "\n".join(lines)


def _parts(page: Path) -> tuple[str, str, str]:
    """The page up to the table, the table, and the rest."""
    text = page.read_text(encoding="utf-8")
    before, _, rest = text.partition(START)
    table, _, after = rest.partition(END)
    assert rest and after, f"{page} lacks the marks of the table"
    return before + START, table, END + after
