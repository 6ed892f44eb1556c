"""All that a lesson keeps of one person, for whoever asks what is kept about them."""

import re
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from meetbot.roster import plain_name
from meetbot.timeline import consent
from meetbot.timeline.erasure import Person, is_of, named_without_a_seat, names, person_called
from meetbot.timeline.export import records, seat_row, write_document, write_whole
from meetbot.timeline.figures import readings_frame
from meetbot.timeline.lesson import Lesson

OTHER = "(another person)"  # instead of the name of whoever did not ask
_FACTS = (
    "title", "source", "started_at", "duration", "every", "policy", "not_computed", "keep_until", "version",
)  # fmt: skip
_BOXES = "SELECT time, x, y, w, h FROM reading WHERE seat = ? AND x IS NOT NULL ORDER BY time"


def disclose(lesson: Lesson, wanted: str, folder: Path) -> Path:
    """Writes what is kept of one person, and of nobody else, into a file of their own."""
    person = person_called(lesson, wanted)
    seat = "" if person.seat is None else f"-{person.seat}"
    target = folder / f"{lesson.path.stem}.person{seat}.json"
    return write_whole(target, lambda path: write_document(_document(lesson, person), path))


def _document(lesson: Lesson, person: Person) -> dict[str, Any]:
    facts, table = lesson.facts(), readings_frame(lesson)
    return {
        "lesson": {key: facts[key] for key in _FACTS if key in facts},
        "person": person.shown,
        "seats": [seat_row(seat) for seat in lesson.figures().seats if seat.seat == person.seat],
        "events": list(_events(lesson, person)),
        "consent": [
            {"time": entry.time, "kind": entry.kind, "text": entry.text}
            for entry in consent.entries(lesson)
            if entry.kind == "notice" or (entry.kind != "erased" and is_of(person, entry))
        ],
        "pictures": [
            {"time": still.time, "jpeg": b64encode(still.jpeg).decode()}
            for still in lesson.each_still()
            if still.seat is not None and still.seat == person.seat
        ],
        "boxes": lesson.select(_BOXES, person.seat),
        "readings": list(records(table[table["seat"] == person.seat])),
    }


def _events(lesson: Lesson, person: Person) -> Iterator[dict[str, Any]]:
    """What happened to the person, and sentences that name them, without the names of others."""
    plain = plain_name(person.name) if person.name else ""
    for event in lesson.each_event():
        own = event.seat is not None and event.seat == person.seat
        if own or (event.seat is None and plain and names(plain, event.text)):
            yield {"time": event.time, "kind": event.kind, "text": _alone(event.text, lesson, person)}


def _alone(text: str, lesson: Lesson, person: Person) -> str:
    others = [seat.name for seat in lesson.seats() if seat.name and seat.id != person.seat]
    for other in (*others, *named_without_a_seat(lesson)):
        if plain_name(other) != plain_name(person.shown):
            text = re.sub(rf"(?<!\w){re.escape(other)}(?!\w)", OTHER, text, flags=re.IGNORECASE)
    return text
