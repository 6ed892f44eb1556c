"""Leaves people out of a recording: nothing of their tiles is there when a model looks.

Before any face is looked for, the frame is divided by its lines and the name labels are read. What stays
visible is what certainly is somebody else's: a tile at rest with a name that can't be that of anybody who is
left out. All the rest is black: tiles without a name that can be read, the shared screen, the space between
tiles, and the whole frame while the layout moves or is not known yet.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

import numpy as np

from meetbot.errors import PolicyError
from meetbot.gallery.fixed import AUTO
from meetbot.gallery.labels import HOW_TO_GET_NAMES, Label
from meetbot.gallery.looks import edges
from meetbot.gallery.names import match, may_begin, name_in, readable
from meetbot.gallery.naming import ReadLabels
from meetbot.roster import Entry, is_left_out, is_seat, plain_name
from meetbot.seams import Finder, Splitter
from meetbot.types import EXCLUDED, Box, Event, Face, Frame, Image, Layout, Observation, Picture, Tile

Named = Sequence[tuple[Box, str | None]]  # people's tiles and the names that stand in them
Scout = Callable[[Frame], Named | None]  # told without looking for faces; None while nothing holds
UNNAMED = (
    "Somebody was left out by name, so tiles whose names can't be read, or are not on the class list where "
    "there is one, are not analysed either: it can't be told whose they are."
)


def refuse_impossible(people: Sequence[Entry], layout: str, names_are_read: bool) -> None:
    """Refuses a promise that can't be kept: whoever can't be told from the others can't be left out."""
    if not people:
        return
    fixed = layout != AUTO
    if layout == "single":
        raise PolicyError("Nobody can be left out of --layout single, where one picture shows everybody.")
    by_name = [entry for entry in people if not (fixed and _places(entry))]
    for entry in by_name:
        if is_seat(entry.name):
            raise PolicyError(
                f"{entry.name} can't be left out: in a gallery that moves nobody keeps a place. Give the "
                "name that stands in the tile, or the layout by --layout if it never changes."
            )
        if not readable(entry.name) and not readable(entry.alias):
            raise PolicyError(
                f"{entry.name} can't be left out: that alphabet is not read from labels, so the tile can't "
                "be told. Write the name in Latin letters, if the label shows it so, or give --layout and "
                "the seat."
            )
    if by_name and not names_are_read:
        raise PolicyError(
            f"{by_name[0].name} can't be left out, since no names are read here: {HOW_TO_GET_NAMES}"
        )


class Exclusion:
    """A finder and a splitter between which nothing of the people who are left out gets through."""

    def __init__(
        self,
        people: Sequence[Entry],
        scout: Scout,
        find: Finder,
        split: Splitter,
        news: Callable[[], Sequence[Observation]],
        others: Collection[str] | None = None,  # with a class list: the names on it that may be analysed
        fixed: bool = False,  # a layout that the user gave: there a place is a person
    ) -> None:
        self._people, self._scout = tuple(people), scout
        self._find, self._split, self._news = find, split, news
        self._others, self._fixed = others, fixed
        self._by_places_only = fixed and all(_places(entry) for entry in people)
        self._visible: Frame | None = None  # the frame with everything else in black
        self._shown: tuple[Box, ...] = ()
        self._who: dict[Box, Entry] = {}  # tiles of people who are left out, in this frame
        self._hidden: set[int] = set()  # seats whose tiles are black at the moment
        self._told: set[int] = set()
        self._own: list[Event] = []
        self._complained = False

    def take_up(self, events: Iterable[Event]) -> None:
        """What an interrupted run told is not told once more."""
        for event in events:
            if event.kind == "opted_out" and event.seat is not None:
                self._told.add(event.seat)
            self._complained = self._complained or event.text == UNNAMED

    def find(self, frame: Frame) -> Sequence[Face]:
        """The faces of those who may be seen."""
        self._look(frame)
        assert self._visible is not None
        return self._find(self._visible) if self._shown else ()

    def split(self, frame: Frame, faces: Sequence[Face]) -> Sequence[Tile] | None:
        """The tiles of those who may be seen, on a picture in which the others are black."""
        assert self._visible is not None, "a frame is looked at before it is divided"
        tiles = self._split(frame, faces)
        if tiles is None:
            return None
        black = self._visible.picture
        kept = [tile for tile in tiles if tile.kind == "stage" or self._may_be_seen(tile.box)]
        self._hidden = {tile.seat for tile in tiles} - {tile.seat for tile in kept}
        for tile in tiles:
            if tile.seat in self._hidden:
                self._tell(tile, frame.time)
        return [replace(tile, picture=black) for tile in kept]

    def take_news(self) -> Sequence[Observation]:
        """What happened, without what happened to those who are left out."""
        told, self._own = [*self._own], []
        for item in self._news():
            if isinstance(item, Layout):
                places = tuple(place for place in item.tiles if place.seat not in self._hidden)
                told.append(replace(item, tiles=places))  # type: ignore[arg-type]
            elif getattr(item, "seat", None) not in self._hidden:
                told.append(item)  # type: ignore[arg-type]
        return told

    def _look(self, frame: Frame) -> None:
        """What may be seen of this frame; nothing where that can't be told."""
        named = self._scout(frame) or ()
        self._who = {}
        hidden: list[Box] = []
        shown: list[Box] = []
        for place, (box, name) in enumerate(named, start=1):
            entry = self._left_out(name, place)
            if entry:
                self._who[box] = entry
            visible = not entry and (self._by_places_only or self._is_somebody(name))
            (shown if visible else hidden).append(box)
        self._shown = tuple(shown)
        self._visible = replace(frame, picture=blackened(frame.picture, shown, hidden))

    def _left_out(self, name: str | None, place: int) -> Entry | None:
        """Who of those who are left out a tile may be."""
        for entry in self._people:
            if (self._fixed and place in _places(entry)) or (name and _may_be(name, entry)):
                return entry
        return None

    def _is_somebody(self, name: str | None) -> bool:
        """Whether a name is known to be another's; where there is a class list, one that stands on it."""
        return bool(name) and (self._others is None or name in self._others)

    def _may_be_seen(self, box: Box) -> bool:
        x, y = box.x + box.width / 2, box.y + box.height / 2
        return any(_holds(one, x, y) for one in self._shown)

    def _tell(self, tile: Tile, time: float) -> None:
        """Once: whose seat is not analysed, or that there are such seats of nobody in particular."""
        x, y = tile.box.x + tile.box.width / 2, tile.box.y + tile.box.height / 2
        entry = next((entry for box, entry in self._who.items() if _holds(box, x, y)), None)
        if entry and tile.seat not in self._told:
            self._told.add(tile.seat)
            name = "" if is_seat(entry.name) else entry.name
            self._own += [
                Event(time, "joined", tile.seat, name),
                Event(time, "opted_out", tile.seat, EXCLUDED),
            ]
        if not entry and not self._complained:
            self._complained = True
            self._own.append(Event(time, "warning", None, UNNAMED))


def suspecting(read: ReadLabels, people: Sequence[Entry]) -> ReadLabels:
    """Reads labels so that each which may be that of somebody who is left out is surely theirs.

    Before names are completed from the class list: there the beginning of a name becomes another's.
    """

    def suspected(label: Label | None) -> Label | None:
        name = name_in(label.text) if label else None
        entry = next((entry for entry in people if name and _may_be(name, entry)), None)
        return label._replace(text=_legible(entry), confidence=1.0) if label and entry else label

    return lambda cells: [suspected(label) for label in read(cells)]


def blackened(picture: Picture, shown: Sequence[Box], hidden: Sequence[Box] = ()) -> Picture:
    """A picture of which only some boxes are left, without what lies in hidden ones."""
    kept, gone = ([edges(picture, box) for box in boxes] for boxes in (shown, hidden))

    def masked(image: Image) -> Image:
        black = np.zeros_like(image)
        for x, y, right, bottom in kept:
            black[y:bottom, x:right] = image[y:bottom, x:right]
        for x, y, right, bottom in gone:
            black[y:bottom, x:right] = 0
        return black

    return Picture(masked(picture.luma), lambda: masked(picture.colour()))


def _may_be(name: str, entry: Entry) -> bool:
    """Whether a label may be somebody's, also where it was read with a mistake, cut off or shortened."""
    forms = [plain_name(form) for form in (entry.name, entry.alias) if form and not is_seat(form)]
    if is_left_out(name, forms) or may_begin(name, entry) or match([name], [entry])[0]:
        return True
    return any(match([form], [Entry(name)])[0] for form in forms)


def _legible(entry: Entry) -> str:
    """What may stand on somebody's label, so far as it is read."""
    return next(filter(readable, (entry.name, entry.alias)), entry.name)


def _places(entry: Entry) -> set[int]:
    """Where somebody sits in a layout that doesn't move, by "Seat 3"."""
    return {int(form.split()[-1]) for form in (entry.name, entry.alias) if is_seat(form)}


def _holds(box: Box, x: float, y: float) -> bool:
    return box.x <= x <= box.x + box.width and box.y <= y <= box.y + box.height
