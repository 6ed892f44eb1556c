"""Erases one person from a lesson: readings, names, places, pictures, and what says anything of them."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from meetbot.errors import InputError, UsageError
from meetbot.policy import CLASS
from meetbot.roster import plain_name
from meetbot.timeline import consent, contents
from meetbot.timeline.lesson import Lesson, Seat
from meetbot.timeline.summing import forget_summary

ERASED = "(erased)"  # instead of a name in a sentence
UNFINISHED = "erasing"  # the fact that says that a lesson is not rewritten yet
_OF_A_NAME = ("told", "opted_out", "opted_in", "excluded")  # entries of consent whose text is one name
_BY_SEAT = ("reading", "event", "still")


class Person(NamedTuple):
    """Whom an erasure is about; without a seat it is somebody who is named and was not there."""

    seat: int | None
    name: str | None
    shared: bool = False  # another seat keeps the name, so only what is this seat's goes

    @property
    def shown(self) -> str:
        """What a sentence calls them."""
        return self.name or f"Seat {self.seat}"


def person_called(lesson: Lesson, wanted: str) -> Person:
    """The one person who is meant by a name or by "Seat 3"."""
    plain = plain_name(wanted)
    seats = lesson.seats()
    found = [seat for seat in seats if plain in (plain_name(seat.shown), f"seat {seat.id}")]
    if len(found) == 1:
        return Person(found[0].id, found[0].name, _is_shared(found[0], seats))
    if found:
        which = " and ".join(f"Seat {seat.id}" for seat in found)
        raise UsageError(f"{which} of {lesson.path} are all called {wanted!r}; say which by its number.")
    for name in named_without_a_seat(lesson):
        if plain_name(name) == plain:
            return Person(None, name)
    if lesson.facts().get("policy") == CLASS.name:
        raise UsageError(
            f"Under the policy {CLASS.name} no single person is kept, so {lesson.path} holds nothing of "
            f"{wanted!r} that could be taken out or told."
        )
    known = ", ".join(map(_both, seats)) or "none"
    raise UsageError(f"Nobody in {lesson.path} is called {wanted!r}; its seats are: {known}.")


def named_without_a_seat(lesson: Lesson) -> Iterator[str]:
    """The class list, and who was to be left out or is named in the record of consent otherwise."""
    yield from map(str, lesson.decoded("roster", list))
    for entry in consent.entries(lesson):
        if entry.text and entry.kind in _OF_A_NAME:
            yield entry.text


def erase(lesson: Lesson, person: Person) -> None:
    """All at once: a lesson holds the person as before or not at all, whenever this is stopped.

    What was deleted may stand in the file's gaps until `Lesson.scrub`; `finish` says that all is done.
    """
    held = contents.hold(lesson)
    if person.seat is not None:
        for table in _BY_SEAT:
            lesson.change(f"DELETE FROM {table} WHERE seat = ?", (person.seat,))
        lesson.change("DELETE FROM seat WHERE id = ?", (person.seat,))
        _take_out_of_layouts(lesson, person.seat)
    forget_summary(lesson)  # it was made with the person
    if person.name and not person.shared:
        _take_out_of_sentences(lesson, person.name)
        _take_off_the_class_list(lesson, person.name)
    if any(entry.kind == "excluded" and is_of(person, entry) for entry in consent.entries(lesson)):
        _take_out_of_settings(lesson)
    # A digest of what was read was made with the person, too.
    consent.erase(lesson, person.seat, lambda entry: is_of(person, entry) or entry.kind == contents.KIND)
    if held is not None:
        contents.seal(lesson, held)
    lesson.note(**{UNFINISHED: "somebody without a seat" if person.seat is None else f"Seat {person.seat}"})
    lesson.read_again()
    lesson.commit()


def finish(lesson: Lesson) -> None:
    """The file is rewritten and the report is new: nothing is left to be done."""
    lesson.change("DELETE FROM lesson WHERE key = ?", (UNFINISHED,))
    lesson.commit()


def unfinished(lesson: Lesson) -> str | None:
    """Whose erasure was stopped before the lesson was rewritten."""
    return lesson.facts().get(UNFINISHED)


def facts_that_name(lesson: Lesson, person: Person) -> list[str]:
    """Facts that still hold the name: the title, or the recording's file name."""
    if not person.name or person.shared:
        return []
    plain = plain_name(person.name)
    return [
        key
        for key, value in lesson.facts().items()
        if key not in ("roster", "summary") and names(plain, value)
    ]


def is_of(person: Person, entry: consent.Entry) -> bool:
    """Whether an entry is this person's: its text is one name, but for the notice, which is everybody's."""
    if entry.kind == "notice":
        return False
    named = (
        not person.shared
        and bool(person.name and entry.text)
        and plain_name(entry.text or "") == plain_name(person.name or "")
    )
    return named or (entry.seat is not None and entry.seat == person.seat)


def _is_shared(one: Seat, seats: Sequence[Seat]) -> bool:
    """Whether another seat has the same name: that person keeps it."""
    return any(
        one.name and other.name and other.id != one.id and plain_name(other.name) == plain_name(one.name)
        for other in seats
    )


def _both(seat: Seat) -> str:
    return f"{seat.name} (Seat {seat.id})" if seat.name else f"Seat {seat.id}"


def _take_out_of_layouts(lesson: Lesson, seat: int) -> None:
    for start, text in lesson.select("SELECT start, places FROM layout"):
        try:
            places = json.loads(text)
            left = [place for place in places if place[0] != seat]
        except (LookupError, TypeError, ValueError, RecursionError) as error:
            raise InputError(f"{lesson.path} is damaged: a layout can't be understood.") from error
        if left != places:
            lesson.change("UPDATE layout SET places = ? WHERE start = ?", (json.dumps(left), start))


def _take_out_of_sentences(lesson: Lesson, name: str) -> None:
    for number, text in lesson.select("SELECT id, text FROM event WHERE text <> ''"):
        changed = "".join(_without(str(text), name))
        if changed != text:
            lesson.change("UPDATE event SET text = ? WHERE id = ?", (changed, number))


def _without(text: str, name: str) -> Iterator[str]:
    """A sentence in which the name, as a word of its own, was replaced."""
    yield re.sub(rf"(?<!\w){re.escape(name.strip())}(?!\w)", ERASED, text, flags=re.IGNORECASE)


def _take_off_the_class_list(lesson: Lesson, name: str) -> None:
    names = [str(one) for one in lesson.decoded("roster", list)]
    left = [one for one in names if plain_name(one) != plain_name(name)]
    if left != names:
        lesson.note(roster=json.dumps(left, ensure_ascii=False))


def _take_out_of_settings(lesson: Lesson) -> None:
    """The short hash of who was left out was made with the name; how many they were may stay."""
    settings = lesson.decoded("settings", dict)
    if "left out" in settings:
        settings["left out"] = f"{str(settings['left out']).partition(',')[0]}, one of them erased"
        lesson.note(settings=json.dumps(settings, sort_keys=True))


def names(plain: str, text: str | None) -> bool:
    """Whether a plain name stands in a text as words of its own."""
    return bool(text and re.search(rf"(?<!\w){re.escape(plain)}(?!\w)", plain_name(text)))
