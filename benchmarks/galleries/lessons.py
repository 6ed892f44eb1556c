"""Whether re-flows are noticed, and whether everybody keeps a seat, over whole made-up recordings."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

import numpy as np

from benchmarks._bars import Bar, at_most, share_at_least
from meetbot.faces.find import FaceFinder
from meetbot.gallery.grid import Cell, Grid
from meetbot.gallery.reflow import FlowWatch
from meetbot.gallery.standard import standard_splitter
from meetbot.roster import Entry
from meetbot.sources import open_source
from meetbot.types import Box, Event, Frame
from tests.galleries import lesson, record, truth
from tests.galleries.alarms import Alarms, alarms, changes_of, excuses_of
from tests.galleries.score import layout_at
from tests.galleries.seating import Seating, Sighting, seating, sightings
from tests.galleries.speech import Heard, heard
from tests.galleries.styles import UNSEEN_NAMES

SECONDS, CHANGES, EVERY = 600.0, 12, 1.0
_RATE = 1.0  # pictures a second in the recording


@dataclass(frozen=True)
class Lesson:
    """One recording, and how well it was followed."""

    seed: int
    style: str
    watched: Alarms  # the alarm alone, told the true layout after each change
    noticed: Alarms  # the splitter's own re-flows
    seated: Seating
    heard: Heard
    look_ms: float  # CPU, of the alarm, median

    @property
    def unseen(self) -> bool:
        """Whether its style is never met while building."""
        return self.style in UNSEEN_NAMES


def measure(seed: int, seconds: float = SECONDS, changes: int = CHANGES) -> Lesson:
    """Make a recording of a lesson and follow it as production does."""
    made = lesson(seed, seconds, changes)
    told = truth(made)
    with TemporaryDirectory() as folder:
        path = record(Path(folder) / "lesson.mp4", made, _RATE)
        watched, looks = watch(path, told)
        noticed, seen, spoken = follow(path, [person.name for person in made.people], told)
    ms = 1e3 * float(np.median(looks))
    return Lesson(seed, made.style.name, watched, noticed, seating(seen), spoken, ms)


def frames(path: Path) -> Iterator[Frame]:
    """The frames that a reading samples."""
    with open_source(path, every=EVERY) as instants:
        for instant in instants:
            yield from instant.frames


def watch(path: Path, told: dict[str, Any]) -> tuple[Alarms, list[float]]:
    """The alarm alone; after each one, it is given the layout that truly stands there."""
    raised: list[float] = []
    times: list[float] = []
    looks: list[float] = []
    flow: FlowWatch | None = None
    for frame in frames(path):
        times.append(frame.time)
        if flow is None:
            flow = _begin(frame, told)
            continue
        start = process_time()
        answer = flow.look(frame.picture.luma)
        looks.append(process_time() - start)
        if answer in ("changed", "swapped"):
            raised.append(frame.time)
            flow = _begin(frame, told)
    return _scored(raised, times, told), looks


def _scored(raised: Sequence[float], times: Sequence[float], told: Mapping[str, Any]) -> Alarms:
    return alarms(raised, changes_of(told, moved=True), times, excuses_of(told))


def _begin(frame: Frame, told: dict[str, Any]) -> FlowWatch | None:
    layout = layout_at(told, frame.time)
    if not layout:
        return None
    flow = FlowWatch(grid_of(layout, told))
    flow.look(frame.picture.luma)
    return flow


def grid_of(layout: Any, told: dict[str, Any]) -> Grid:
    """A true layout as the detector would tell it."""
    cells = tuple(Cell(Box(*tile["box"]), tile["kind"], tile["camera"]) for tile in layout["tiles"])
    return Grid((told["size"][0], told["size"][1]), 1.0, cells)


def follow(path: Path, names: Sequence[str], told: Mapping[str, Any]) -> tuple[Alarms, list[Sighting], Heard]:
    """The whole splitter: when it noticed a re-flow, whom it took each face for, whom it saw speak.

    `names` are on its class list.
    """
    find = FaceFinder()
    split = standard_splitter(entries=[Entry(name) for name in names])
    raised: list[float] = []
    times: list[float] = []
    seen: list[Sighting] = []
    spoken = Heard()
    for frame in frames(path):
        times.append(frame.time)
        tiles = split(frame, find(frame))
        news = split.take_news()
        raised += [event.time for event in news if isinstance(event, Event) and event.kind == "reflow"]
        layout = layout_at(told, frame.time)
        if tiles and layout:
            read = [(str(tile.seat), tile.face.box) for tile in tiles if tile.face]
            seen += sightings(read, layout)
            borders = [(tile.box, tile.speaking) for tile in tiles if tile.kind == "person"]
            spoken += heard(borders, layout, told, frame.time)
    return _scored(raised, times, told), seen, spoken


def table(lessons: Sequence[Lesson]) -> None:
    """Print a line a lesson."""
    for one in lessons:
        print(
            f"  lesson {one.seed} ({one.style}): alarm {one.watched.found} of {one.watched.true}, "
            f"{one.watched.false} false; splitter {one.noticed.found} of {one.noticed.true}, "
            f"{one.noticed.false} false; {one.seated.wrong} of {one.seated.readings} readings wrong, "
            f"{one.seated.people} people in {one.seated.seats} seats"
        )
    _summary("all known styles", [one for one in lessons if not one.unseen])
    _summary("unseen styles", [one for one in lessons if one.unseen])


def _summary(name: str, lessons: Sequence[Lesson]) -> None:
    if not lessons:
        return
    watched, noticed, seated, spoken = _sums(lessons)
    print(
        f"{name}: {noticed.recall:.1%} of {noticed.true} re-flows in time, "
        f"{noticed.false_a_minute:.2f} false a minute; "
        f"{seated.wrong_share:.2%} of {seated.readings} readings wrong\n"
        f"  the alarm alone: {watched.recall:.1%} in time, {watched.false_a_minute:.2f} false a minute\n"
        f"  who speaks: precision {spoken.precision:.3f}, recall {spoken.recall:.3f}, "
        f"not told at {spoken.untold / max(1, spoken.looks):.0%} of the looks"
    )


def _sums(lessons: Sequence[Lesson]) -> tuple[Alarms, Alarms, Seating, Heard]:
    """The alarm's, the splitter's, the seats' and the borders' counts of some lessons together."""
    nothing = Alarms(0, 0, 0, 0)
    return (
        sum((one.watched for one in lessons), nothing),
        sum((one.noticed for one in lessons), nothing),
        sum((one.seated for one in lessons), Seating(0, 0, 0, 0)),
        sum((one.heard for one in lessons), Heard()),
    )


def bars(lessons: Sequence[Lesson]) -> list[Bar]:
    """The promises about recordings; unseen styles are in none of them."""
    usual = [one for one in lessons if not one.unseen]
    if not usual:
        return []
    _, noticed, seated, _ = _sums(usual)
    look = float(np.median([one.look_ms for one in usual]))
    return [
        share_at_least("re-flows within two samples", noticed.recall, 0.97, noticed.true),
        at_most("false alarms in 60 samples", noticed.false_a_minute, 0.3, "a minute"),
        at_most("readings on the wrong person", 100 * seated.wrong_share, 1.0, "%"),
        at_most("an unchanged frame", look, 1.0, "CPU ms"),
    ]
