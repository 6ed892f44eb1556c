"""How many of a recording's changes were noticed in time, and how many alarms had no cause."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple


class Alarms(NamedTuple):
    """Changes that were found in time, changes that there were, and alarms without a change."""

    found: int
    true: int
    false: int
    samples: int

    def __add__(self, other: tuple[Any, ...]) -> "Alarms":
        return Alarms(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def recall(self) -> float:
        """The share of changes that were found in time."""
        return self.found / self.true if self.true else 1.0

    @property
    def false_a_minute(self) -> float:
        """Alarms without a change in sixty samples."""
        return 60 * self.false / self.samples if self.samples else 0.0


class Change(NamedTuple):
    """Something that should be noticed: when it begins, and when it has come to rest."""

    begin: float
    rest: float


def alarms(
    raised: Sequence[float],
    changes: Sequence[Change],
    samples: Sequence[float],
    excused: Sequence[Change] = (),
    within: int = 2,
) -> Alarms:
    """A change is found by an alarm up to the first `within` samples after it came to rest.

    Further alarms in that time are no false ones, nor are those for a change that need not be found.
    """
    heard = [_alarms_for(change, raised, samples, within) for change in changes]
    explained = set[float]().union(
        *heard, *(_alarms_for(change, raised, samples, within) for change in excused)
    )
    return Alarms(sum(map(bool, heard)), len(changes), len(set(raised) - explained), len(samples))


def _alarms_for(change: Change, raised: Sequence[float], samples: Sequence[float], within: int) -> set[float]:
    after = [time for time in samples if time >= change.rest][:within]
    end = after[-1] if after else change.rest
    return {time for time in raised if change.begin <= time <= end}


def changes_of(truth: Mapping[str, Any], moved: bool | None = None) -> list[Change]:
    """The re-flows of a recording; `moved` asks for those that move tiles, or for those that don't."""
    rest = dict(truth["moving"])
    return [
        Change(event["time"], rest.get(event["time"], event["time"]))
        for event in truth["events"]
        if event["kind"] == "reflow" and moved in (None, event["moved"])
    ]


def excuses_of(truth: Mapping[str, Any]) -> list[Change]:
    """What may raise an alarm and need not: people who swap places, and cameras that are switched."""
    cameras = [event for event in truth["events"] if event["kind"] in ("camera_on", "camera_off")]
    return [*changes_of(truth, moved=False), *(Change(event["time"], event["time"]) for event in cameras)]
