"""How well a live class was followed: pictures, readings, delay, load."""

import json
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

_TICKS = 100  # in a second: delays are counted in hundredths, so that a long class takes no more memory


@dataclass(slots=True)
class Tally:
    """Filled by the live source, and shown by whoever asks, also from another thread."""

    people: int = 0  # who are read at the moment
    received: int = 0  # pictures that were shown: of each round that is decoded, the newest
    passed_over: int = 0  # of them, those that a newer one replaced before the next look: no loss
    due: int = 0  # readings: one a look and person, from the first picture to the last
    made: int = 0  # of them, those that stand in the lesson
    late: int = 0  # looks left out because the one before took too long
    seconds: float = 0.0  # of the class so far
    receiving: float = 0.0  # CPU seconds: network and decoding
    reading: float = 0.0  # CPU seconds: finding and reading faces, writing
    _delays: Counter[int] = field(default_factory=Counter)

    def written(self, due: int, arrivals: Iterable[float], now: float) -> None:
        """The readings of pictures that arrived at such times stand in the lesson now; so many were due."""
        self.due += due
        for arrived in arrivals:
            self.made += 1
            self._delays[round((now - arrived) * _TICKS)] += 1

    def delay(self, share: float) -> float | None:
        """Seconds from a picture's arrival to its reading, not exceeded by this share of the readings."""
        left = share * self._delays.total()
        for ticks, count in sorted(self._delays.items()):
            left -= count
            if left <= 0:
                return ticks / _TICKS
        return None

    def load(self, spent: float) -> float:
        """CPU seconds as a share of one core."""
        return spent / self.seconds if self.seconds else 0.0

    def facts(self) -> dict[str, float | int | None]:
        """As the lesson keeps it; loads are shares of one core."""
        return {
            "readings_due": self.due,
            "readings_made": self.made,
            "looks_left_out": self.late,
            "pictures_received": self.received,
            "pictures_passed_over": self.passed_over,
            "delay_median": self.delay(0.5),
            "delay_p95": self.delay(0.95),
            "load_receiving": round(self.load(self.receiving), 3),
            "load_reading": round(self.load(self.reading), 3),
        }

    def text(self) -> str:
        """The facts as a lesson's file holds them."""
        return json.dumps(self.facts())


class Meter:
    """Divides the CPU time of a class between the reading thread, where it stands, and all the others."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._began, self._all, self._own = time.monotonic(), time.process_time(), time.thread_time()

    def read(self) -> None:
        """Put the time so far down."""
        self._tally.seconds = time.monotonic() - self._began
        self._tally.reading = time.thread_time() - self._own
        self._tally.receiving = time.process_time() - self._all - self._tally.reading
