"""The promised JSON documents, and the same in words."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from meetbot.clock import clock

if TYPE_CHECKING:
    from meetbot.conclude import Outcome
    from meetbot.pipeline import PhotoFaces
    from meetbot.types import Reading, SeatFigures


def lesson_document(outcome: "Outcome") -> dict[str, Any]:
    """What `analyze` promises to print of a recording."""
    from meetbot.timeline.export import moment_row

    figures = outcome.figures
    return {
        "lesson": str(outcome.lesson),
        "report": str(outcome.report),
        "status": figures.status,
        "duration": figures.duration,
        "coverage": figures.total.coverage,
        "seats": [_seat(seat) for seat in figures.seats],
        "moments": [moment_row(moment) for moment in figures.moments],
        "warnings": list(figures.warnings),
    }


def photo_document(photo: "PhotoFaces") -> dict[str, Any]:
    """What `analyze` promises to print of a photo."""
    return {"size": list(photo.size), "faces": [_face(face) for face in photo.faces]}


def lesson_words(outcome: "Outcome", news: str) -> Iterator[str]:
    """The lines that a teacher reads after the analysis of a recording."""
    figures = outcome.figures
    people = sum(seat.role == "student" for seat in figures.seats)
    seen = f"{people} {'person' if people == 1 else 'people'} seen in {clock(figures.duration)}"
    yield f"{figures.title}: {news}; {seen}."
    yield from (f"  warning: {warning}" for warning in figures.warnings)
    yield f"  lesson: {outcome.lesson}"
    yield f"  report: {outcome.report}"


def photo_words(name: str, photo: "PhotoFaces") -> Iterator[str]:
    """The lines that say what a photo shows."""
    count = len(photo.faces)
    yield f"{name}: {count or 'no'} {'face' if count == 1 else 'faces'}"
    for number, face in enumerate(photo.faces, start=1):
        sure = "" if face.certainty is None else f", certainty {face.certainty:.0%}"
        yield f"  {number}. {face.label}{sure}"


def _seat(seat: "SeatFigures") -> dict[str, Any]:
    total = seat.total
    return {
        "seat": seat.seat,
        "name": seat.name,
        "role": seat.role,
        "first_seen": seat.first_seen,
        "last_seen": seat.last_seen,
        "minutes_present": seat.minutes_present,
        "coverage": total.coverage,
        "presence": total.presence,
        "attention": total.attention,
        "moods": dict(total.moods),
        "index": total.index,
        "notes": list(seat.notes),
    }


def _face(face: "Reading") -> dict[str, Any]:
    from meetbot.types import EMOTIONS

    emotions = None if face.emotions is None else dict(zip(EMOTIONS, face.emotions, strict=True))
    return {
        "box": None if face.box is None else [round(length) for length in face.box],
        "emotions": emotions,
        "label": face.label,
        "certainty": face.certainty,
        "yaw": face.yaw,
        "pitch": face.pitch,
        "roll": face.roll,
    }
