"""How the frames of a recording are divided: from its beginning, or from where its lesson stops."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from meetbot.errors import InputError
from meetbot.exclusion import Exclusion, Named, suspecting
from meetbot.faces.find import FaceFinder
from meetbot.gallery.drawing import drawn
from meetbot.gallery.fixed import AUTO, shape_named
from meetbot.gallery.follow import FaceFollower, Track
from meetbot.gallery.labels import HOW_TO_GET_NAMES, labels_available
from meetbot.gallery.naming import ReadLabels
from meetbot.gallery.resumed import Resumed
from meetbot.gallery.seats import Seats, Sitter
from meetbot.gallery.split import GallerySplitter
from meetbot.gallery.standard import standard_splitter
from meetbot.gallery.stills import SlideStills
from meetbot.privacy import NOBODY
from meetbot.roster import Entry, pseudonyms
from meetbot.seams import Finder, Watch
from meetbot.settings import SEAT_MEMORY
from meetbot.sources import open_source
from meetbot.timeline.lesson import Lesson
from meetbot.types import Frame, Layout


def layout_text(layout: str) -> str:
    """What `--layout` says, as a lesson remembers it: of a file its boxes."""
    shape = shape_named(layout)
    return shape.text if shape else AUTO


def splitter_of(
    lesson: Lesson,
    now: float,
    every: float,
    layout: str,
    entries: Sequence[Entry],
    stills: SlideStills | None = None,
    labels: ReadLabels | None = None,
) -> GallerySplitter:
    """A splitter that knows the seats, names and layout which the lesson had at a time."""
    memory = max(SEAT_MEMORY, 2 * every)
    places = lesson.last_places(now - memory)
    known = [Track(seat, place.box, place.time) for seat, place in places.items() if place.box]
    resumed = _last_layout(lesson, now - 2 * every)
    boxes = {place.seat: place.box for place in resumed.layout.tiles} if resumed else {}
    # Names on labels are compared with real ones, which a lesson of pseudonyms does not hold.
    shown = dict(zip(pseudonyms(entries), entries, strict=True)) if lesson.nameless else {}
    real = {name: entry.name for name, entry in shown.items()}
    sitters = [
        Sitter(seat.id, seat.last_seen, boxes.get(seat.id), real.get(seat.name or "", seat.name))
        for seat in lesson.seats()
        if seat.last_seen is not None
    ]
    next_seat = max((seat.id for seat in lesson.seats()), default=0) + 1
    follow = FaceFollower(known, next_seat=next_seat, memory=memory)
    known_seats = Seats(sitters, next_seat, entries)
    return standard_splitter(shape_named(layout), entries, known_seats, follow, resumed, stills, labels)


def exclusion_of(
    lesson: Lesson,
    people: Sequence[Entry],
    entries: Sequence[Entry],
    layout: str,
    find: Finder,
    split: GallerySplitter,
    labels: ReadLabels,
) -> Exclusion:
    """Who stands between the frames and a finder and splitter, so that some people are never seen.

    What the lesson says of them already is not said again.
    """
    shape = shape_named(layout)
    listed = [*entries, *(entry for entry in people if entry not in entries)] if entries else ()
    scout = standard_splitter(shape, listed, labels=suspecting(labels, people))

    def named(frame: Frame) -> Named | None:
        tiles = scout(frame, ())
        scout.take_news()
        if tiles is None:
            return None
        names = scout.names_now()
        return [(t.box, names[t.box] if t.settled else None) for t in tiles if t.box in names]

    others = {entry.name for entry in entries if entry not in people} if entries else None
    hiding = Exclusion(people, named, find, split, split.take_news, others, fixed=shape is not None)
    hiding.take_up(lesson.each_event())
    return hiding


def layouts_of(
    path: Path, every: float, layout: str, entries: Sequence[Entry], watch: Watch
) -> Sequence[Layout]:
    """How the gallery of a recording or a screenshot is divided over time; no face is read."""
    split, find = standard_splitter(shape_named(layout), entries), FaceFinder()
    found: dict[float, Layout] = {}
    source, end = open_source(path, every), 0.0
    with source as instants:
        for instant in watch(instants, source.about):
            end = instant.time + every
            for frame in instant.frames:
                split(frame, find(frame))
            found.update((item.start, item) for item in split.take_news() if isinstance(item, Layout))
    length = source.about.duration  # None of what a browser recorded: its header was written before its end
    ends = [*(layout.start for layout in found.values()), end if length is None else min(end, length)]
    return [replace(layout, end=to) for layout, to in zip(found.values(), ends[1:], strict=True)]


def why_no_names() -> str | None:
    """Why seats are numbered on this machine, where they are."""
    return None if labels_available() else HOW_TO_GET_NAMES


def draw_layout(path: Path, every: float, layout: Layout) -> bytes:
    """A layout on a still out of the middle of its time, as PNG."""
    middle = every * ((layout.start + layout.end) / 2 // every)
    with open_source(path, every, start=middle) as instants:
        for instant in instants:
            for frame in instant.frames:
                return drawn(frame.picture, layout)
    raise InputError(f"{path} shows no picture at {middle:g} seconds.")


def _last_layout(lesson: Lesson, since: float) -> Resumed | None:
    """The layout in which a lesson stopped, if it did so lately."""
    last = None
    for layout in lesson.each_layout():
        last = layout
    left_out = lesson.decoded("settings", dict).get("left out", NOBODY)
    return Resumed(last, whole=left_out == NOBODY) if last and last.end >= since else None
