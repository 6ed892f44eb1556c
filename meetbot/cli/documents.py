"""The promised JSON documents, and the same in words."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from meetbot.clock import clock

if TYPE_CHECKING:
    from meetbot.conclude import Outcome
    from meetbot.photo import PhotoFaces
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
        **({"consent": figures.provenance["consent"]} if "consent" in figures.provenance else {}),
        **({"live": dict(figures.followed)} if figures.followed else {}),
        "warnings": list(figures.warnings),
    }


def photo_document(photo: "PhotoFaces") -> dict[str, Any]:
    """What `analyze` promises to print of a photo."""
    return {"size": list(photo.size), "faces": [_face(face) for face in photo.faces]}


def lesson_words(outcome: "Outcome", news: str) -> Iterator[str]:
    """The lines that a teacher reads after the analysis of a recording."""
    figures = outcome.figures
    students = [seat for seat in figures.seats if seat.role == "student"]
    people = sum(seat.total.people > 0 for seat in students)
    unseen = f", {len(students) - people} more showed no face" if people < len(students) else ""
    if not figures.seats and figures.total.people:  # of a class as a whole nobody is kept apart
        people, who = figures.total.people, "people or more (counted in fives)"
    else:
        who = "person" if people == 1 else "people"
    seen = f"{people} {who} seen in {clock(figures.duration)}"
    yield f"{figures.title}: {news}; {seen}{unseen}."
    yield from (f"  warning: {warning}" for warning in figures.warnings)
    yield from (f"  {line}" for line in followed_words(figures.followed))
    yield f"  lesson: {outcome.lesson}"
    yield f"  report: {outcome.report}"
    if "consent" in figures.provenance:
        yield f"  consent: {figures.provenance['consent']}"
    for seat in figures.seats:
        if seat.seat == figures.likely_teacher:
            command = f'meetbot report "{outcome.lesson}" --teacher "Seat {seat.seat}"'
            yield f"  {_suggestion(seat, figures.likely_because)}; if this is the teacher: {command}"


def _suggestion(seat: "SeatFigures", because: str) -> str:
    number = f"Seat {seat.seat}"
    who = number if seat.name == number else f"{number} ({seat.name})"
    spoke = f"spoke most, {seat.minutes_speaking or 0:.0f} min"
    return f"{who} {spoke if because == 'spoke' else 'shared the screen'}"


def followed_words(told: Mapping[str, float | None]) -> Iterator[str]:
    """The lines that say how well a live class was followed; none of a recording, or before a reading."""
    if told.get("delay_median") is None:
        return
    number = defaultdict(float, {key: value or 0.0 for key, value in told.items()})
    yield (
        f"readings: {number['readings_made']:.0f} of {number['readings_due']:.0f} due, "
        f"half within {number['delay_median']:.1f} s of the picture, 95 % within {number['delay_p95']:.1f} s"
    )
    yield (
        f"pictures: {number['pictures_received']:.0f} received, "
        f"{number['pictures_passed_over']:.0f} of them passed over for newer ones"
    )
    yield (
        f"load: {number['load_receiving']:.0%} of one core to receive and decode, "
        f"{number['load_reading']:.0%} to read"
    )


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
        "minutes_speaking": seat.minutes_speaking,
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
