"""Recordings read by workers: progress over all of them, and what is said of workers."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from meetbot.cli.console import complain
from meetbot.clock import clock
from meetbot.errors import Interrupted, MeetbotError
from meetbot.settings import SCHEDULER_WITHIN

if TYPE_CHECKING:
    from rich.progress import Progress

    from meetbot.many.crew import Hands
    from meetbot.many.order import Order
    from meetbot.many.shift import Result
    from meetbot.pipeline import Plan
    from meetbot.roster import Entry


def read_by_workers(
    recordings: Sequence[Path],
    plan: "Plan",
    out: Path | None,
    entries: "Sequence[Entry]",
    teacher: str | None,
    force: bool,
    hands: "Hands",
    quiet: bool,
) -> "Iterator[tuple[Path, Result, str]]":
    """Each recording with its outcome or its error, as they end, and why its pieces were given up, if so.

    Paths are as the user wrote them.
    """
    from meetbot.conclude import Outcome
    from meetbot.many.order import Order, for_others
    from meetbot.many.shift import shift
    from meetbot.pipeline import lesson_path
    from meetbot.resources import make_folder

    plan = for_others(plan)
    there = make_folder(out).absolute() if out else None
    orders = [Order(path.absolute(), plan, there, tuple(entries), teacher, force) for path in recordings]
    own = {order.id: path for order, path in zip(orders, recordings, strict=True)}
    with _overall(own, quiet) as onlooker:
        for order, end in shift(orders, hands, onlooker):
            path = own[order.id]
            onlooker.ended(order)
            why = onlooker.given_up.get(order.id, "")
            if isinstance(end, Outcome):
                lesson = lesson_path(path, out)
                yield path, end._replace(lesson=lesson, report=lesson.parent / end.report.name), why
            else:
                yield path, type(end)(str(end).replace(str(order.recording), str(path))), why


class _Overall:
    """One bar over all recordings: media time read, speed, time left."""

    def __init__(self, bars: "Progress", paths: Mapping[str, Path], quiet: bool) -> None:
        self.given_up: dict[str, str] = {}  # why a recording's pieces were of no use
        self._bars, self._quiet = bars, quiet
        self._paths = paths
        self._first: dict[tuple[str, int], float] = {}  # where a piece of a recording begins
        self._at: dict[tuple[str, int], float] = {}  # how much of it is read
        self._of: dict[str, float] = {}  # how long a recording is
        self._done: set[str] = set()
        self._task = bars.add_task(self._title(), total=None, done="", rate="")

    def begun(self, dashboard: str) -> None:
        """The scheduler is there."""
        if not self._quiet:
            complain(f"what the workers do is shown at {dashboard}{whose_page(dashboard)}")

    def waiting(self) -> None:
        """Nobody is there to work."""
        complain("no worker has come yet; start some, as docs/scale.md shows, or stop by Ctrl-C.")

    def lost(self) -> None:
        """The scheduler is there no more."""
        complain(
            "the scheduler is gone; what was read is kept, and the rest goes on if it comes back within "
            f"{SCHEDULER_WITHIN:.0f} seconds."
        )

    def whole(self, order: "Order", why: str) -> None:
        """A recording is read in one piece after all."""
        self.given_up[order.id] = why
        if not self._quiet:
            complain(f"{self._paths[order.id]} is read in one piece after all: {why}.")
        self._at = {piece: at for piece, at in self._at.items() if piece[0] != order.id}
        self._show()

    def reached(self, order: "Order", piece: int, at: float, of: float | None) -> None:
        """A piece of a recording is read up to a time."""
        if order.id not in self._done:
            first = self._first.setdefault((order.id, piece), at)
            self._at[order.id, piece] = at - first
            if of is not None:
                self._of[order.id] = of
            self._show()

    def ended(self, order: "Order") -> None:
        """A recording is read, or can't be."""
        self._done.add(order.id)
        self._show()

    def _title(self) -> str:
        return f"{len(self._done)} of {len(self._paths)} recordings"

    def _show(self) -> None:
        """Recordings of which no length is known yet count as long as the others on average."""
        running = sum(at for (order, _), at in self._at.items() if order not in self._done)
        read = running + sum(self._of.get(order, 0.0) for order in self._done)
        known = sum(self._of.values())
        total = known * len(self._paths) / len(self._of) if self._of else None
        spent = self._bars.tasks[self._task].elapsed or 0.0
        rate = f"{read / spent:.0f}x real time" if spent > 1 else ""
        self._bars.update(
            self._task, description=self._title(), completed=read, total=total, done=clock(read), rate=rate
        )


def whose_page(dashboard: str) -> str:
    """A scheduler elsewhere tells its page's port, but not who is let in."""
    from meetbot.many.address import HERE

    if urlsplit(dashboard).hostname in HERE:
        return ""
    return ", or on the scheduler's own machine only (docs/scale.md)"


@contextmanager
def stopped_in_a_sentence(ends: Sequence[tuple[Path, object]], count: int) -> Iterator[None]:
    """Ctrl-C ends the workers; what they have read is kept."""
    try:
        yield
    except KeyboardInterrupt as error:
        failed = sum(isinstance(end, MeetbotError) for _, end in ends)
        told = f"{len(ends) - failed} of {count} are read" + (f" and {failed} failed" if failed else "")
        others = "the others" if count > 1 else "it"
        raise Interrupted(f"Stopped; {told}; the same command carries on with {others}.") from error


@contextmanager
def _overall(paths: Mapping[str, Path], quiet: bool) -> Iterator[_Overall]:
    from meetbot.cli.console import bars

    with bars(quiet) as shown:
        yield _Overall(shown, paths, quiet)
