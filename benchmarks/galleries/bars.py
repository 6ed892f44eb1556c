"""What is promised, beside what was measured."""

from collections.abc import Iterable
from typing import NamedTuple


class Bar(NamedTuple):
    """One promise."""

    claim: str
    measured: str
    bar: str
    held: bool


def at_least(claim: str, share: float, bar: float, of: int) -> Bar:
    """A share that may not be smaller; of nothing, nothing is claimed."""
    measured = f"{share:.1%} of {of}" if of else "not measured"
    return Bar(claim, measured, f"at least {bar:.1%}", not of or share >= bar)


def at_most(claim: str, value: float, bar: float, unit: str) -> Bar:
    """A number that may not be larger."""
    return Bar(claim, f"{value:.2f} {unit}", f"at most {bar:g}", value <= bar)


def show(bars: Iterable[Bar]) -> list[str]:
    """Print a line each; the claims that were missed."""
    missed = []
    for bar in bars:
        print(f"{bar.claim:36} {bar.measured:>18}   {bar.bar}{'' if bar.held else ', MISSED'}")
        if not bar.held:
            missed.append(bar.claim)
    return missed
