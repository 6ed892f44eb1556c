"""How observations become rows of the lesson file, and rows become observations again.

Numbers are rounded on their way in, so that two runs over one recording write the same file.
"""

import json
from collections.abc import Iterable, Mapping
from math import isfinite
from typing import Any, get_args

from meetbot.timeline.class_minute import ClassMinute
from meetbot.types import EMOTIONS, Box, Camera, Event, Layout, Place, Reading, SeatKind, Still

TIME, PIXEL, SHARE, ANGLE = 3, 1, 4, 1  # decimals: milliseconds, tenths of a pixel or degree, 0.01 %

BOX_COLUMNS = ("x", "y", "w", "h")
READING_COLUMNS = (
    "time", "seat", "state", *BOX_COLUMNS, *EMOTIONS, "certainty", "yaw", "pitch", "roll", "speaking",
)  # fmt: skip
INSERT_READING = (
    f"INSERT OR REPLACE INTO reading ({', '.join(READING_COLUMNS)}) "
    f"VALUES ({', '.join('?' * len(READING_COLUMNS))})"
)
SELECT_READINGS = f"SELECT {', '.join(READING_COLUMNS)} FROM reading"
INSERT_EVENT = "INSERT INTO event (time, kind, seat, text) VALUES (?, ?, ?, ?)"
SELECT_EVENTS = "SELECT time, kind, seat, text FROM event ORDER BY time, id"
INSERT_LAYOUT = (
    'INSERT OR REPLACE INTO layout (start, "end", width, height, confidence, places) '
    "VALUES (?, ?, ?, ?, ?, ?)"
)
SELECT_LAYOUTS = 'SELECT start, "end", width, height, confidence, places FROM layout ORDER BY start'
INSERT_STILL = "INSERT INTO still (time, kind, jpeg, seat) VALUES (?, ?, ?, ?)"
SELECT_STILLS = "SELECT time, kind, jpeg, seat FROM still ORDER BY time, id"

INSERT_MINUTE = 'INSERT OR REPLACE INTO class_minute (start, "end", people, shares) VALUES (?, ?, ?, ?)'
SELECT_MINUTES = 'SELECT start, "end", people, shares FROM class_minute ORDER BY start'

Row = tuple[Any, ...]


def reading_row(reading: Reading) -> Row:
    """A reading as the values of its row."""
    box = _rounded(reading.box or (None,) * 4, PIXEL)
    emotions = _rounded(reading.emotions or (None,) * len(EMOTIONS), SHARE)
    certainty = _rounded((reading.certainty,), SHARE)
    angles = _rounded((reading.yaw, reading.pitch, reading.roll), ANGLE)
    speaking = None if reading.speaking is None else int(reading.speaking)
    head = (round(reading.time, TIME), int(reading.seat), reading.state)
    return (*head, *box, *emotions, *certainty, *angles, speaking)


def row_reading(row: Row) -> Reading:
    """The reading that a row holds."""
    time, seat, state, x, y, w, h, *rest = row
    emotions, (certainty, yaw, pitch, roll, speaking) = rest[:7], rest[7:]
    return Reading(
        time=time,
        seat=seat,
        state=state,
        box=None if x is None else Box(x, y, w, h),
        emotions=None if emotions[0] is None else tuple(emotions),
        certainty=certainty,
        yaw=yaw,
        pitch=pitch,
        roll=roll,
        speaking=None if speaking is None else bool(speaking),
    )


def event_row(event: Event) -> Row:
    """An event as the values of its row."""
    return round(event.time, TIME), event.kind, event.seat, storable(event.text)


def row_event(row: Row) -> Event:
    """The event that a row holds."""
    return Event(*row)


def layout_row(layout: Layout) -> Row:
    """A layout as the values of its row; names stand in the seat table alone, so that they can be erased."""
    places = [[place.seat, *_rounded(place.box, PIXEL), place.kind, place.camera] for place in layout.tiles]
    times = round(layout.start, TIME), round(layout.end, TIME)
    return (*times, *layout.size, round(layout.confidence, SHARE), json.dumps(places))


def row_layout(row: Row, names: Mapping[int, str | None]) -> Layout:
    """The layout that a row holds."""
    start, end, width, height, confidence, places = row
    tiles = tuple(_place(place, names) for place in json.loads(places))
    return Layout(start, end, (width, height), confidence, tiles)


def _place(place: Any, names: Mapping[int, str | None]) -> Place:
    """A tile as it stands in a layout; a ValueError where it is none."""
    seat, *sides, kind, camera = place
    x, y, w, h = (float(side) for side in sides)
    known = kind in get_args(SeatKind) and camera in get_args(Camera)
    if not (type(seat) is int and known and all(isfinite(side) for side in (x, y, w, h))):
        raise ValueError(f"{str(place)[:60]} is no tile")
    return Place(seat, names.get(seat), Box(x, y, w, h), kind, camera)


def still_row(still: Still) -> Row:
    """A still as the values of its row."""
    return round(still.time, TIME), still.kind, still.jpeg, still.seat


def row_still(row: Row) -> Still:
    """The still that a row holds."""
    return Still(*row)


def minute_row(minute: ClassMinute) -> Row:
    """A minute of the class as the values of its row."""
    return minute.start, round(minute.end, TIME), minute.people, json.dumps(minute.shares)


def row_minute(row: Row) -> ClassMinute:
    """The minute of the class that a row holds."""
    start, end, people, text = row
    shares = {str(key): float(share) for key, share in dict(json.loads(text)).items()}
    if not all(0 <= share <= 1 for share in shares.values()) or not 0 <= int(people) <= 10_000:
        raise ValueError("a share of the class that is none")
    return ClassMinute(float(start), float(end), int(people), shares)


def storable(text: str) -> str:
    """Text that SQLite takes: half characters, as in a file name that is no UTF-8, become question marks."""
    return text.encode("utf-8", "replace").decode()


def _rounded(values: Iterable[float | None], decimals: int) -> tuple[float | None, ...]:
    # Adding zero turns -0.0, which prints differently, into 0.0; float() turns numpy's numbers into Python's.
    return tuple(None if v is None else round(float(v), decimals) + 0.0 for v in values)
