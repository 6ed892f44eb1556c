"""What could not be measured of a person and why, in the reader's language."""

from meetbot.report.words import Words
from meetbot.settings import ATTENTION_NEEDS, CENTRE_OFF_CAMERA
from meetbot.types import SeatFigures

# How the figures' own sentences begin; one that none of these begins is shown as it is.
NOTES = {
    "camera off all lesson": "note_off",
    "no face was seen": "note_unseen",
    "attention unsure: seen for less": "note_short",
    "attention unsure: turned more": "note_untold",
    "mood unsure": "note_mood",
    "no engagement index": "note_index",
}


def notes_of(seat: SeatFigures, words: Words) -> tuple[str, ...]:
    """A seat's notes."""
    return tuple(_said(note, words) for note in seat.notes)


def _said(note: str, words: Words) -> str:
    key = next((key for start, key in NOTES.items() if note.startswith(start)), None)
    if key is None:
        return note
    needs, off = words.numbers.plain(ATTENTION_NEEDS / 60), words.numbers.plain(CENTRE_OFF_CAMERA)
    return words.say(key, needs=needs, off=off)
