"""What a lesson says of itself, checked, and what must be said beside its figures."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from meetbot import settings
from meetbot.clock import clock
from meetbot.errors import InputError
from meetbot.roster import is_cut, plain_name
from meetbot.timeline.consent import newest
from meetbot.timeline.counts import Extent
from meetbot.timeline.trust import LONGEST
from meetbot.types import Event

if TYPE_CHECKING:
    from meetbot.timeline.lesson import Lesson, Seat

_PROVENANCE = (
    "version", "model", "model_sha256", "detector_sha256", "points_sha256", "settings", "content_hash",
    "policy", "source", "every", "not_computed", "narrowed_from",
)  # fmt: skip


def number(lesson: "Lesson", fact: str, otherwise: float) -> float:
    """A fact that must be one."""
    try:
        return float(lesson.facts().get(fact, otherwise))
    except ValueError as error:
        raise InputError(f"{lesson.path} holds a {fact} that is no number; it is damaged.") from error


def interval(lesson: "Lesson") -> float:
    """Seconds between two looks."""
    every = number(lesson, "every", settings.DEFAULT_EVERY)
    if not 0 < every <= LONGEST:
        raise InputError(f"{lesson.path} says that it was read every {every:g} s; it is damaged.")
    return every


def provenance(lesson: "Lesson", facts: Mapping[str, str]) -> Mapping[str, str]:
    """How the figures came about; the newest hash tells a record of consent from a rewritten one."""
    consent = newest(lesson)
    known = {key: facts[key] for key in _PROVENANCE if key in facts}
    return {**known, "consent": consent} if consent else known


def followed(lesson: "Lesson") -> Mapping[str, float]:
    """The numbers that a live class left about itself; none of a recording."""
    told = lesson.decoded("live", dict)
    numbers = {key: value for key, value in told.items() if type(value) in (int, float)}
    return {key: float(value) for key, value in numbers.items() if abs(value) < 1e12}  # no NaN, no infinity


def is_named(seat: "Seat") -> bool:
    """Whether somebody's whole name is known: of whom it is cut off may be anybody who begins so."""
    return bool(seat.name and not is_cut(seat.name))


def missing(lesson: "Lesson", seats: Sequence["Seat"]) -> tuple[str, ...]:
    """The names of the class list that no seat carries: absent only where every seat has its name."""
    here = {plain_name(seat.name) for seat in seats if seat.name}
    return tuple(name for name in map(str, lesson.decoded("roster", list)) if plain_name(name) not in here)


def unmatched(count: int, listed: int, everyone_named: bool, students: int) -> tuple[str, ...]:
    """So many names of the class list are nobody's here, though not everybody has a name; or all of them."""
    if everyone_named and students and count == listed > 0:
        return ("Nobody who was seen is on the class list; see whether it is the list of this class.",)
    if everyone_named or not count:
        return ()
    names = "1 name" if count == 1 else f"{count} names"
    return (
        f"{names} of the class list could not be matched to a seat; write each person's seat, "
        "as in Seat 3, into its column 'alias'.",
    )


def read_until(extent: Extent) -> str:
    """Where reading ended before the lesson did."""
    return f"Read until {clock(extent.end)} of {clock(extent.duration)}; the rest is missing."


def faceless(lesson: "Lesson", events: Sequence[Event]) -> tuple[str, ...]:
    """Nobody was seen at all: black, too small, or not a class."""
    size = next((layout.size for layout in lesson.each_layout()), None)
    if size is None or any(event.kind == "opted_out" for event in events):
        return ()
    least = settings.QUALITY_HEIGHT[0][0]
    return (
        f"No face was seen in the picture of {size[0]}x{size[1]}: cameras may be off, the picture black, or "
        f"faces lower than {least:g} pixels; `meetbot tiles` with --png shows how it was divided.",
    )


def warnings(facts: Mapping[str, str], extent: Extent, with_moods: bool) -> list[str]:
    """What was not read, or could not be told of anybody."""
    found = []
    if extent.end < extent.duration - extent.every:
        found.append(read_until(extent))
    if 0 < extent.end < settings.ATTENTION_NEEDS:
        found.append(
            f"Attention can't be told: it needs {settings.ATTENTION_NEEDS / 60:g} minutes of each person, "
            f"and the lesson has {clock(extent.end)}."
        )
    if not with_moods:
        found.append(f"Moods were not read, so there is no engagement index (policy {facts['policy']}).")
    return found
