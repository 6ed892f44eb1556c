"""Plain values of many lessons: one lesson summed up, and what follows from several."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, NamedTuple


@dataclass(frozen=True, slots=True)
class Sums:
    """What shares are made of, so that lessons of any length add up; `moods` counts faces by mood."""

    due: float = 0.0  # readings that the people of the class could have given
    faces: float = 0.0
    known: float = 0.0  # faces whose direction could be told
    turned: float = 0.0  # of these, the ones turned to the screen
    moods: Mapping[str, float] = field(default_factory=dict)
    indexed: float = 0.0  # faces that the index rests on
    index: float = 0.0  # the index times those

    def __add__(self, other: "Sums") -> "Sums":
        """Both together."""
        labels = {**self.moods, **other.moods}
        return Sums(
            self.due + other.due,
            self.faces + other.faces,
            self.known + other.known,
            self.turned + other.turned,
            {label: self.moods.get(label, 0.0) + other.moods.get(label, 0.0) for label in labels},
            self.indexed + other.indexed,
            self.index + other.index,
        )

    @property
    def coverage(self) -> float | None:
        """Of the readings due, the share that shows a face."""
        return min(self.faces / self.due, 1.0) if self.due else None

    @property
    def attention(self) -> float | None:
        """Of the faces whose direction could be told, the share turned to the screen."""
        return self.turned / self.known if self.known else None

    @property
    def mean_index(self) -> float | None:
        """The engagement index over all faces that have one."""
        return self.index / self.indexed if self.indexed else None

    @property
    def mood_shares(self) -> Mapping[str, float]:
        """The moods as shares of the faces that they were read of."""
        whole = sum(self.moods.values())
        return {label: count / whole for label, count in self.moods.items()} if whole else {}


class PersonSum(NamedTuple):
    """One person of one lesson; the name stands with the seat, where it can be erased."""

    seat: int
    minutes_present: float
    minutes_seen: float
    coverage: float


@dataclass(frozen=True, slots=True)
class Summary:
    """One lesson, summed up."""

    title: str
    started_at: str | None
    duration: float
    people: int  # of the class, with a face seen
    everyone: int  # of the class
    sums: Sums
    persons: tuple[PersonSum, ...]


class Held(NamedTuple):
    """A lesson as the term knows it: `when` is local time, None where the lesson carries none."""

    path: str
    title: str
    when: datetime | None
    duration: float
    people: int
    everyone: int
    sums: Sums


class Week(NamedTuple):
    """A week, by its Monday; one without lessons has none and no sums."""

    monday: date
    lessons: int
    sums: Sums


class Slot(NamedTuple):
    """Lessons that began on one weekday (Monday is 0) in one hour."""

    weekday: int
    hour: int
    lessons: int
    sums: Sums


class TermPerson(NamedTuple):
    """Somebody over the term, by name; `seen` has a share for each lesson, None where they weren't in it."""

    name: str
    lessons: int
    minutes_present: float
    minutes_seen: float
    seen: tuple[float | None, ...]


class Trend(NamedTuple):
    """How attention went from the first lessons to the last; `few`: too few lessons to say."""

    kind: Literal["few", "none", "rose", "fell"]
    first: float = 0.0
    last: float = 0.0
    lessons: int = 0  # that it rests on
    p_value: float = 1.0


class LeftOut(NamedTuple):
    """A file that the page is not about; it says `kind` alone, since `why` holds folders of this machine."""

    file: str
    kind: Literal["unread", "locked", "policy", "copy"]
    why: str
    other: str = ""  # the file with the same recording


@dataclass(frozen=True, slots=True)
class Term:
    """Everything that the page over several lessons shows, as numbers."""

    lessons: tuple[Held, ...]  # by time, those without one last
    total: Sums
    weeks: tuple[Week, ...]
    slots: tuple[Slot, ...]
    people: tuple[TermPerson, ...]
    unnamed: int  # seats of the class without a name
    trend: Trend
    left_out: tuple[LeftOut, ...] = ()
