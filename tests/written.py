"""Lesson files written by hand: readings in, a finished lesson out."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from meetbot.timeline.lesson import create_lesson
from meetbot.types import EMOTIONS, About, Box, Event, Observation, Reading

FRONT = (0.0, 0.0)  # yaw and pitch of somebody who looks at the camera
AWAY = (50.0, 0.0)
BOX = Box(10.0, 20.0, 60.0, 80.0)


def mood(label: str, share: float = 0.88) -> tuple[float, ...]:
    """Seven probabilities of which one leads."""
    return tuple(share if emotion == label else (1 - share) / 6 for emotion in EMOTIONS)


def face(
    time: float,
    seat: int = 1,
    label: str = "neutral",
    pose: tuple[float, float] | None = FRONT,
    certainty: float = 0.9,
) -> Reading:
    """A reading of somebody who is seen."""
    yaw, pitch = pose or (None, None)
    return Reading(time, seat, "face", BOX, mood(label), certainty, yaw, pitch, 0.0)


def hidden(time: float, seat: int = 1) -> Reading:
    """A reading of somebody whose camera is off."""
    return Reading(time, seat, "camera_off", BOX)


def seconds(start: float, end: float, every: float = 1.0) -> Iterator[float]:
    """The sampling instants of a stretch."""
    return (start + k * every for k in range(round((end - start) / every)))


def write_lesson(
    path: Path,
    observations: Iterable[Observation],
    *,
    duration: float | None = None,
    names: Sequence[str] = (),
    **facts: str,
) -> Path:
    """A finished lesson; `names` are of the seats 1, 2, 3 and so on."""
    about = About("A lesson", "sha256:1234", duration=duration)
    with create_lesson(path, about, {"every": "1.0", "policy": "full", **facts}) as lesson:
        until = 0.0
        for observation in observations:
            lesson.add(observation)
            until = max(until, getattr(observation, "time", 0.0))
        for seat, name in enumerate(names, start=1):
            lesson.name_seat(seat, name)
        lesson.reached(until)
        lesson.finish("finished", duration)
    return path


def golden_observations() -> list[Observation]:
    """What the golden lesson of schema version 1 holds."""
    looks = {second: AWAY if second % 10 == 9 else FRONT for second in range(240)}
    ana = [face(second, 1, "happy" if second >= 120 else "neutral", looks[second]) for second in range(240)]
    ben = [face(second, 2, "sad") if second < 60 else hidden(second, 2) for second in range(240)]
    return [Event(0.0, "joined", 1, "Ana"), Event(0.0, "joined", 2, "Ben"), *ana, *ben]
