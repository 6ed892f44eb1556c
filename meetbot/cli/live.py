"""The live page beside `meetbot join`: whose it is, what it is told, and that its link is told."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from meetbot.cli.console import complain
from meetbot.faults import remember

if TYPE_CHECKING:
    from meetbot.pipeline import Plan
    from meetbot.roster import Entry
    from meetbot.sources.tally import Tally
    from meetbot.timeline.running import Running


@contextmanager
def live_page(
    room: str,
    plan: "Plan",
    tally: "Tally",
    wanted: bool,
    entries: "Sequence[Entry]" = (),
    teacher: str | None = None,
) -> "Iterator[Running | None]":
    """Running values, and a page that shows them: the class room's own, if it holds one, else one of ours."""
    from meetbot.passes import class_note, find
    from meetbot.timeline.glance import Terms
    from meetbot.timeline.running import Running
    from meetbot.web.board import board_aside, feed_aside

    held = find(class_note(room)).get("live")
    if not (wanted or held):
        yield None
        return
    terms = Terms(plan.every, plan.policy.moods, plan.policy.people)
    running = Running(terms, teaches(entries, teacher))

    def told() -> dict[str, Any]:
        return {**running.values(), "connection": connection(tally)}

    if held:
        if wanted:
            complain("the class room shows its own live page; its link stands where the room was opened.")
        with feed_aside(held["address"], held["key"], told, broke):
            yield running
        return
    with board_aside(room, told, broke) as link:
        complain(f"live page: {link}")
        yield running


def broke(error: BaseException) -> None:
    """What ended the live page before its time; told at the end, when no progress line is in the way."""
    remember(error)
    complain(f"the live page broke off ({type(error).__name__}: {error}); what was read is whole.")


def connection(tally: "Tally") -> dict[str, float | int | None]:
    """How well the class is followed."""
    return {"behind": tally.delay(0.5), "made": tally.made, "due": tally.due}


def teaches(entries: "Sequence[Entry]", teacher: str | None) -> Callable[[int, str], bool]:
    """Whether a seat is in no class figure, by `--teacher` and the class list."""
    wanted = teacher.strip().casefold() if teacher else None

    def is_teacher(seat: int, name: str) -> bool:
        number = f"Seat {seat}"
        if wanted is not None:
            return wanted in (name.casefold(), number.casefold())
        known = [one for one in entries if one.answers_to(name) or one.answers_to(number)]
        return any(one.role != "student" for one in known)

    return is_teacher
