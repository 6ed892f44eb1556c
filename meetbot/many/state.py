"""What a splitter and a finder remember, taken so that two runs can be told to be in the same state."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

import numpy as np

from meetbot import settings
from meetbot.faces.find import FaceFinder
from meetbot.gallery.split import GallerySplitter
from meetbot.many.piece import State
from meetbot.many.shades import shades_of
from meetbot.types import Box

Before = Mapping[int, tuple[str, bool | None]]
Places = Mapping[int, tuple[float, Box]]


def state_of(split: GallerySplitter, find: FaceFinder, time: float, before: Before, places: Places) -> State:
    """Everything that may make a difference later, and nothing of a picture but checksums and `Shades`."""
    known = split.memory(time)
    view = known.view
    rest: list[object] = [known.rest, find.memory()]
    rest += [view.grid, view.looks, view.earlier] if view else []
    return State(
        checksum(rest),
        view.start if view else None,
        view.seats if view else (),
        known.met,
        known.faces,
        known.beside,
        frozenset(known.tracks),
        dict(before),
        {seat: place for seat, place in places.items() if time - place[0] <= settings.CUT_WARM},
        None if known.slide is None else shades_of(known.slide),
    )


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
