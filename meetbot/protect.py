"""The protection of a new lesson: under which names it is written, and what is known of consent."""

import re
from collections.abc import Sequence
from html import unescape

from meetbot.errors import ModelError
from meetbot.policy import FULL, policy_named
from meetbot.privacy import Privacy
from meetbot.pseudonym import pseudonym_for
from meetbot.resources import resource
from meetbot.roster import Entry, is_seat, plain_name
from meetbot.timeline import consent
from meetbot.timeline.lesson import Lesson
from meetbot.types import EXCLUDED, Event

NOT_KNOWN = "A recording: whether and how the people in it were told is not known to meetbot."
SOMEBODY = "somebody"  # where no name may be written
_KINDS: dict[str, consent.Kind] = {"joined": "told", "opted_out": "opted_out", "opted_in": "opted_in"}


def protect(lesson: Lesson, protection: Privacy, entries: Sequence[Entry], told: str) -> None:
    """Begins a lesson's record of consent, and sees to it that no name is written where none may be."""
    if protection.alias:
        lesson.call_by(pseudonym_for(entries))
    consent.record(lesson, "notice", text=told)
    for entry in protection.left_out:
        consent.record(lesson, "excluded", text=_written(lesson, entry))
    lesson.commit()


def note_consent(lesson: Lesson, event: Event) -> None:
    """What an event of a live class says of consent: who came in and was told, who said no, who said yes."""
    if event.kind not in _KINDS or event.seat is None:
        return
    kind: consent.Kind = "excluded" if event.text == EXCLUDED else _KINDS[event.kind]
    if not _keeps_people(lesson):
        consent.record(lesson, kind, event.time, text=SOMEBODY)
        return
    name = next((seat.shown for seat in lesson.seats() if seat.id == event.seat), "")
    consent.record(lesson, kind, event.time, event.seat, name)


def notice_of(bot: str, own_room: bool) -> str:
    """What the people in a live class are told: the bot's name, and in our own room the page's words."""
    said = f'The bot is called "{bot}" in the room.'
    words = _words_of_the_page() if own_room else ""
    return f"{said} Before they come in, the room's page says: {words}" if words else said


def say_who_was_not_found(lesson: Lesson, people: Sequence[Entry], end: float) -> None:
    """A warning where nobody of a name that was to be left out was there."""
    there = [plain_name(seat.name) for seat in lesson.seats() if seat.name]
    for entry in people:
        name = _written(lesson, entry)
        if not is_seat(entry.name) and plain_name(name) not in there:
            said = (
                f"No tile carried the name of {name}, who was to be left out; tiles whose names could not be "
                "read were not analysed."
            )
            lesson.add(Event(max(0.0, end), "warning", None, said))


def _written(lesson: Lesson, entry: Entry) -> str:
    if is_seat(entry.name):
        return entry.name
    return (lesson.called(entry.name) or SOMEBODY) if _keeps_people(lesson) else SOMEBODY


def _keeps_people(lesson: Lesson) -> bool:
    return policy_named(lesson.facts().get("policy", FULL.name)).people


def _words_of_the_page() -> str:
    try:
        page = resource("templates", "room/room.html").read_text("utf-8")
    except (ModelError, OSError):
        return ""
    found = re.search(r'<section class="notice".*?</section>', page, re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", found[0])).split()) if found else ""
