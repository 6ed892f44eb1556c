"""What a splitter remembers, taken so that two runs can be told to be in the same state."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

import numpy as np

from meetbot import settings
from meetbot.faces.find import FaceFinder
from meetbot.gallery.split import GallerySplitter
from meetbot.many.piece import Residents, State
from meetbot.types import Box

# What is looked at apart (seats), is no memory (models, news), or is put right at joining.
_APART = {
    "_senses", "_seats", "_follow", "_naming", "_residents", "_slides", "_stills", "_view", "_crowd", "_news",
    "_complained", "_met", "_resumed",
}  # fmt: skip
_NO_MEMORY = {"_read", "complaint", "_detect"}  # of naming and the finder

Before = Mapping[int, tuple[str, bool | None]]
Places = Mapping[int, tuple[float, Box]]


def state_of(split: GallerySplitter, find: FaceFinder, time: float, before: Before, places: Places) -> State:
    """Everything that may make a difference later, and nothing of a picture but its checksum."""
    own = vars(split)
    view, stills = split._view, split._stills
    crowd = min(split._crowd, settings.CROWD_SAMPLES)
    rest = [{key: value for key, value in own.items() if key not in _APART}, crowd]
    rest += [_memory(part) for part in (own["_naming"], own["_slides"], find)]
    rest += [view.grid, view.looks, view.earlier] if view else []
    return State(
        checksum(rest),
        view.start if view else None,
        view.seats if view else (),
        frozenset(split._met),
        _residents(split, time),
        {seat: count for seat, count in split._residents._beside.items() if count},
        _tracks(split, time),
        dict(before),
        {seat: place for seat, place in places.items() if time - place[0] <= settings.CUT_WARM},
        stills._last if stills else None,
    )


def _memory(part: object) -> object:
    return {key: value for key, value in vars(part).items() if key not in _NO_MEMORY}


def _residents(split: GallerySplitter, time: float) -> Residents:
    """Of each seat the faces that still count: since when is told by their order alone."""
    found = {}
    for seat, all_known in split._residents._known.items():
        known = [one for one in all_known if time - one.time <= settings.COMPANION_MEMORY]
        since = sorted({one.since for one in known})
        if known:
            found[seat] = tuple((one.x, one.y, one.reach, one.time, since.index(one.since)) for one in known)
    return found


def _tracks(split: GallerySplitter, time: float) -> frozenset[tuple[int, Box, float]]:
    follow = split._follow
    if not follow:
        return frozenset()
    return frozenset((seat, box, seen) for seat, box, seen in follow._tracks if time - seen <= follow._memory)


def checksum(value: object) -> str:
    """The same for two values that are alike in everything, whatever they are made of."""
    total = hashlib.sha256()
    for part in _parts(value):
        total.update(part)
    return total.hexdigest()


def _parts(value: object) -> Iterator[bytes]:
    yield type(value).__name__.encode()
    if isinstance(value, np.ndarray):
        yield f"{value.dtype}{value.shape}".encode()
        yield np.ascontiguousarray(value).tobytes()
    elif isinstance(value, Mapping):
        for key in sorted(value, key=repr):
            yield from _parts((key, value[key]))
    elif isinstance(value, list | tuple):
        yield b"%d" % len(value)
        for one in value:
            yield from _parts(one)
    elif is_dataclass(value):
        yield from _parts({field.name: getattr(value, field.name) for field in fields(value)})
    elif hasattr(value, "__dict__"):
        yield from _parts(vars(value))
    else:
        yield repr(value).encode()
