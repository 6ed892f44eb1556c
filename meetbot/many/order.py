"""What travels to a worker and what comes back: nothing in a key, a name or a log says whose it is."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import uuid4

from meetbot.errors import InputError, MeetbotError
from meetbot.language import language_for
from meetbot.pipeline import Plan, within_pins
from meetbot.roster import Entry


def _new_id() -> str:
    return f"recording-{uuid4().hex}"


@dataclass(frozen=True, slots=True, repr=False)
class Order:
    """One recording to be read; Dask may print it, so it shows its random number and nothing else."""

    recording: Path  # absolute: a worker stands in another folder
    plan: Plan
    out: Path | None = None
    entries: Sequence[Entry] = ()
    teacher: str | None = None
    force: bool = False
    id: str = field(default_factory=_new_id)

    def __repr__(self) -> str:
        return f"Order({self.id})"


def for_others(plan: Plan) -> Plan:
    """A plan as another machine can follow it: what this one pins holds there too, and its language."""
    plan = within_pins(plan)
    file = Path(plan.layout)
    layout = str(file.absolute()) if file.suffix and file.is_file() else plan.layout
    return replace(plan, layout=layout, lang=language_for(plan.lang))


def broken(order: Order, error: BaseException) -> MeetbotError:
    """An error that nobody raised on purpose, in one sentence that can travel."""
    what = f"{type(error).__name__}: {error}"
    return MeetbotError(f"{order.recording} was not read: something in meetbot broke ({what}).")


def lost(order: Order) -> MeetbotError:
    """What is said of a recording that nobody read."""
    return InputError(
        f"{order.recording} was not read: the scheduler is gone; see whether it runs, and give "
        "the same command again: it carries on."
    )
