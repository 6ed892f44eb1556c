"""A made-up class for the live page: people, what is read of them each second, and what the page is told."""

from collections.abc import Callable, Iterable

from meetbot.timeline.glance import Terms
from meetbot.timeline.running import Running, Values
from meetbot.types import EMOTIONS, Box, Event, Reading

FULL, CUES, CLASS = Terms(1.0), Terms(1.0, moods=False), Terms(1.0, persons=False)
Looks = Callable[[int, int], Reading | None]  # second and seat


def face(second: float, seat: int, away: bool = False, mood: str | None = "neutral") -> Reading:
    """A sure face, turned to the screen or 40 degrees off it."""
    emotions = tuple(0.94 if one == mood else 0.01 for one in EMOTIONS) if mood else None
    box = Box(100, 40, 60, 80)
    return Reading(
        second, seat, "face", box, emotions, 0.9 if mood else None, 40.0 if away else 1.0, 0.0, 0.0
    )


def joined(running: Running, names: Iterable[str], at: float = 0.0) -> None:
    """Everybody comes in, on seats 1, 2, ..."""
    for seat, name in enumerate(names, start=1):
        running.add(Event(at, "joined", seat, name))


def lived(running: Running, looks: Looks, seats: Iterable[int], until: int, begin: int = 0) -> Values:
    """The class goes on from second to second; what the page shows at the end."""
    for second in range(begin, until):
        for reading in (looks(second, seat) for seat in seats):
            if reading is not None:
                running.add(reading)
        running.reached(second)
    return running.values()


def everybody(second: int, seat: int) -> Reading:
    """All look at the screen."""
    return face(second, seat)
