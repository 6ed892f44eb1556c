"""Takes out of a lesson, for good, what a narrower policy would not have kept."""

import json
from collections.abc import Iterator

from meetbot.errors import PolicyError, UsageError
from meetbot.policy import FULL, Policy, policy_named
from meetbot.settings import CLASS_PART
from meetbot.timeline import consent, contents
from meetbot.timeline.class_lesson import minute_of, of_the_lesson
from meetbot.timeline.class_minute import MINUTE, ClassMinute, class_minute
from meetbot.timeline.erasure import UNFINISHED
from meetbot.timeline.lesson import Lesson
from meetbot.types import EMOTIONS, Reading

# What is not named here goes with any narrowing: what was added to lessons later may be of people.
TABLES = ("lesson", "seat", "reading", "layout", "event", "still", "consent", "class_minute")
FACTS = (
    "title", "source", "content_hash", "started_at", "duration", "every", "settings", "policy", "version",
    "status", "read_until", "detector_sha256", "points_sha256", "not_computed", "narrowed_from",
    "teacher", "keep_until", "copies", UNFINISHED,
)  # fmt: skip
FACTS_OF_PEOPLE = ("roster", "live", "names")
FACTS_OF_MOODS = ("model", "model_sha256")


def narrow(lesson: Lesson, policy: Policy) -> None:
    """Leave in a lesson that is open for writing what a policy allows; nothing else stays in the file."""
    facts = lesson.facts()
    held = policy_named(facts.get("policy", FULL.name))
    if not held.allows(policy):
        raise PolicyError(
            f"{lesson.path} was read under {held.name} and can't be brought to {policy.name}, which needs "
            "what it does not hold: a lesson is narrowed, never widened."
        )
    if policy == FULL:
        raise UsageError(
            f"full is the widest policy: by it nothing is taken out of {lesson.path}. Give --policy cues, "
            "eu-education or class."
        )
    as_recorded = contents.hold(lesson)
    if held.people and not policy.people:
        _keep_the_class(lesson)
    if not policy.moods:
        columns = ", ".join(f"{column} = NULL" for column in (*EMOTIONS, "certainty"))
        lesson.change(f"UPDATE reading SET {columns}")
    lesson.change("DELETE FROM still WHERE ? OR kind <> 'slide' OR seat IS NOT NULL", (not policy.people,))
    _drop_the_unknown(lesson, policy)
    _say_so(lesson, held, policy)
    if held != policy:
        consent.record(lesson, "narrowed", text=f"from {held.name} to {policy.name}")
        if as_recorded is not None:
            contents.seal(lesson, as_recorded)
    lesson.read_again()
    lesson.scrub()


def _keep_the_class(lesson: Lesson) -> None:
    """Minutes of the class in place of everything about the people in it."""
    minutes = list(_minutes(lesson))
    if lesson.facts().get("status") != "finished":
        last = [one.time for one in lesson.each_reading() if one.time < _whole_until(lesson)]
        lesson.note(read_until=repr(max(last, default=0.0)))
    if any(seat.role == "teacher" for seat in lesson.seats()):
        lesson.note(teacher="left out")
    for event in [event for event in lesson.each_event() if not of_the_lesson(event)]:
        which = (event.time, event.kind, event.seat, event.text)
        lesson.change("DELETE FROM event WHERE time = ? AND kind = ? AND seat IS ? AND text = ?", which)
    if any(map(_of_somebody, consent.entries(lesson))):
        consent.erase(lesson, None, _of_somebody)
    for table in ("reading", "layout", "seat"):
        lesson.change(f"DELETE FROM {table}")
    for minute in minutes:
        if minute.people:
            lesson.add_minute(minute)


def _of_somebody(entry: consent.Entry) -> bool:
    """Whether an entry of the record of consent may name somebody."""
    return entry.salt is not None and entry.kind not in ("notice", "erased", "narrowed")


def _minutes(lesson: Lesson) -> Iterator[ClassMinute]:
    """What a run under `class` would have kept; where reading may go on, of the minutes that are over."""
    facts = lesson.facts()
    every, until = float(facts.get("every", 1.0)), float(facts.get("read_until", 0.0))
    left_out = {seat.id for seat in lesson.seats() if seat.role != "student"}
    gathered: dict[int, list[Reading]] = {}
    for reading in lesson.each_reading():
        gathered.setdefault(minute_of(reading.time), []).append(reading)
    for number, readings in gathered.items():
        start = MINUTE * number
        end = min(start + MINUTE, until + every)
        over = start + MINUTE <= until + every
        if over or (facts.get("status") == "finished" and end - start >= CLASS_PART):
            yield class_minute(start, end, readings, every, left_out)


def _whole_until(lesson: Lesson) -> float:
    facts = lesson.facts()
    next_look = float(facts.get("read_until", 0.0)) + float(facts.get("every", 1.0))
    return MINUTE * minute_of(next_look)


def _drop_the_unknown(lesson: Lesson, policy: Policy) -> None:
    kept = (*FACTS, *(FACTS_OF_PEOPLE if policy.people else ()), *(FACTS_OF_MOODS if policy.moods else ()))
    for fact in lesson.facts().keys() - set(kept):
        lesson.change("DELETE FROM lesson WHERE key = ?", (fact,))
    found = lesson.select("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    for (table,) in found:
        if table not in TABLES:
            lesson.change(f'DELETE FROM "{table}"')


def _say_so(lesson: Lesson, held: Policy, policy: Policy) -> None:
    settings = {**lesson.decoded("settings", dict), "policy": policy.name}
    if not policy.moods:
        settings["model"] = None
    if held != policy and "pictures" in settings:  # only now the same recording can be read on
        settings["pictures"] = "slides" if policy.people and "slides" in str(settings["pictures"]) else "none"
    told = {"policy": policy.name, "not_computed": policy.not_computed}
    told["settings"] = json.dumps(settings, sort_keys=True)
    if held != policy:
        told["narrowed_from"] = lesson.facts().get("narrowed_from", held.name)
    lesson.note(**told)
