"""Whether a recording's readings are those of the exhaustive setting.

There every frame is decoded, with all that the decoder does to it, and every look is searched at full size.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import cv2
import numpy as np

from benchmarks._bars import Bar, share_at_least
from meetbot.faces.detector import Detector
from meetbot.faces.find import FaceFinder
from meetbot.faces.points import PointFinder
from meetbot.faces.read import FaceReader
from meetbot.pipeline import Plan, analyze_recording
from meetbot.sources import playback
from meetbot.sources.clock import VideoPacket
from meetbot.sources.sampling import Stamped, Step
from meetbot.timeline.lesson import open_lesson
from meetbot.types import Image, Reading, Tile

SIDE = 24  # pixels in which a face is compared with itself a look before
WHOLE = 100_000  # pixels of a side: no frame is longer
CHANGED = 4.0  # grey levels of mean difference from which it has changed
PRESENCE, EMOTION = 0.99, 0.97

Key = tuple[float, int]  # time and seat


class Sides(NamedTuple):
    """The readings of both settings, and which faces have changed since the look before."""

    ours: dict[Key, Reading]
    exhaustive: dict[Key, Reading]
    changing: set[Key]


def compared(recording: Path, folder: Path) -> Sides:
    """Read a recording in both settings."""
    with noted() as changing:
        ours = readings(recording, folder / "ours")
    with exhaustive():
        return Sides(ours, readings(recording, folder / "exhaustive"), changing)


def bars(sides: Sides) -> list[Bar]:
    """The agreement held against what is promised."""
    both = {
        key
        for key in sides.ours.keys() & sides.exhaustive.keys()
        if sides.ours[key].state == sides.exhaustive[key].state == "face"
    }
    moving = both & sides.changing
    everything = sides.ours.keys() | sides.exhaustive.keys()
    present = sum(_state(sides.ours, key) == _state(sides.exhaustive, key) for key in everything)
    return [
        share_at_least(
            "agreement with the exhaustive setting: presence",
            present / max(1, len(everything)),
            PRESENCE,
            len(everything),
        ),
        _emotions("agreement with the exhaustive setting: top emotion", sides, both),
        _emotions("the same of faces that changed since the look before", sides, moving),
    ]


def _emotions(claim: str, sides: Sides, keys: set[Key]) -> Bar:
    same = sum(_top(sides.ours[key]) == _top(sides.exhaustive[key]) for key in keys)
    labels = sum(sides.ours[key].label == sides.exhaustive[key].label for key in keys)
    more = f'with "unsure" as a label of its own {labels / max(1, len(keys)):.1%}'
    return share_at_least(claim, same / max(1, len(keys)), EMOTION, len(keys), more)


def _top(reading: Reading) -> int:
    assert reading.emotions is not None
    return int(np.argmax(reading.emotions))


def _state(readings: dict[Key, Reading], key: Key) -> str:
    return readings[key].state if key in readings else ""


def readings(recording: Path, out: Path) -> dict[Key, Reading]:
    """What an analysis as production makes it reads."""
    outcome = analyze_recording(recording, Plan(), out, force=True)
    with open_lesson(outcome.lesson) as lesson:
        return {(reading.time, reading.seat): reading for reading in lesson.each_reading()}


@contextmanager
def exhaustive() -> Iterator[None]:
    """All is decoded; the finder takes every frame for a small one, all of which it searches at full size."""
    begin = FaceFinder.__init__

    def without_copies(self: FaceFinder, detect: Detector, look: PointFinder) -> None:
        begin(self, detect, look, WHOLE)

    def everything(packets: Iterable[Stamped[VideoPacket]], *_: object) -> Iterator[Step[VideoPacket]]:
        return (Step(stamped.packet, True, False) for stamped in packets)

    with (
        patch.object(FaceFinder, "__init__", without_copies),
        patch.object(playback, "plan", everything),
    ):
        yield


@contextmanager
def noted() -> Iterator[set[Key]]:
    """Takes down which faces differ from what stood there a look before."""
    read, changing = FaceReader.__call__, set[Key]()
    before: dict[int, Image] = {}

    def watched(self: FaceReader, tiles: Sequence[Tile], time: float) -> Sequence[Reading]:
        for tile in tiles:
            if tile.face:
                x, y, width, height = (round(side) for side in tile.face.box)
                luma = tile.picture.luma[y : y + height, x : x + width]
                small = np.asarray(cv2.resize(luma, (SIDE, SIDE), interpolation=cv2.INTER_AREA), np.uint8)
                old = before.get(tile.seat)
                if old is None or cv2.absdiff(old, small).mean() > CHANGED:
                    changing.add((time, tile.seat))
                before[tile.seat] = small
        return read(self, tiles, time)

    with patch.object(FaceReader, "__call__", watched):
        yield changing
