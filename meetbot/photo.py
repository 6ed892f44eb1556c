"""A photo in, its faces out: nobody is followed, and nothing is written."""

from pathlib import Path
from typing import NamedTuple

from meetbot.errors import PolicyError
from meetbot.faces.classify import load_classifier
from meetbot.faces.find import FaceFinder
from meetbot.faces.read import FaceReader
from meetbot.pins import require
from meetbot.policy import FULL, Policy
from meetbot.privacy import UNPROTECTED, Privacy
from meetbot.settings import DEFAULT_EVERY
from meetbot.sources import open_source
from meetbot.types import Face, Picture, Reading, Tile


class PhotoFaces(NamedTuple):
    """What a photo shows."""

    size: tuple[int, int]
    faces: tuple[Reading, ...]


def analyze_photo(path: Path, policy: Policy = FULL, protection: Privacy = UNPROTECTED) -> PhotoFaces:
    """Find and read every face of a photo."""
    if protection.left_out:
        raise PolicyError(
            f"{protection.left_out[0].name} can't be left out of the photo {path}: "
            "nobody in it can be told by name."
        )
    if not require(policy).people:
        raise PolicyError(
            f"{path} was not read: a photo shows single people, of whom {policy.name} tells nothing."
        )
    read, find = FaceReader(load_classifier() if policy.moods else None), FaceFinder()
    with open_source(path, DEFAULT_EVERY) as instants:
        frame = next(iter(instants)).frames[0]
    tiles = [_tile_of(number, face, frame.picture) for number, face in enumerate(find(frame), start=1)]
    return PhotoFaces((frame.picture.width, frame.picture.height), tuple(read(tiles, 0.0)))


def _tile_of(number: int, face: Face, picture: Picture) -> Tile:
    return Tile(number, None, "person", face.box, "on", None, face, picture)
