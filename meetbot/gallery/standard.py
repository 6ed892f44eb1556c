"""The splitter as it is used: the real senses, and the label reader where its extra is installed."""

from collections.abc import Sequence

from meetbot import settings
from meetbot.gallery.fixed import Shape, Unmoved
from meetbot.gallery.follow import FaceFollower
from meetbot.gallery.grid import Cell, Grid, find_grid
from meetbot.gallery.labels import HOW_TO_GET_NAMES, Label, LabelReader, labels_available
from meetbot.gallery.naming import Naming, ReadLabels
from meetbot.gallery.reflow import FlowWatch
from meetbot.gallery.resumed import Resumed
from meetbot.gallery.seats import Seats
from meetbot.gallery.senses import Senses
from meetbot.gallery.speaking import speakers
from meetbot.gallery.split import GallerySplitter
from meetbot.gallery.stills import SlideStills
from meetbot.roster import Entry
from meetbot.types import Box, Face, Image, Picture


def standard_splitter(
    shape: Shape | None = None,
    entries: Sequence[Entry] = (),
    seats: Seats | None = None,
    follow: FaceFollower | None = None,
    resumed: Resumed | None = None,
    stills: SlideStills | None = None,
    labels: ReadLabels | None = None,
) -> GallerySplitter:
    """A splitter for recordings and composed rooms; `shape` is a layout that the user gave.

    `follow` is what faces are followed by where there is no gallery; `stills` takes pictures of the slides;
    `labels` reads labels, where its networks are there already.
    """
    follow = follow or FaceFollower()
    senses = Senses(_find, FlowWatch, speakers)
    if shape:
        senses, follow = Senses(shape.find, lambda grid: Unmoved(), speakers), None
    read = (labels or LateReader()) if labels_available() else None
    naming = Naming(read, entries, HOW_TO_GET_NAMES, listed=shape is not None and shape.is_whole)
    return GallerySplitter(senses, seats or Seats(entries=entries), follow, naming, resumed, stills)


def _find(picture: Picture, faces: Sequence[Face]) -> Grid:
    """The tiles of a frame; one as small as a tile is one."""
    if min(picture.width, picture.height) < settings.SMALLEST_GALLERY:
        whole = Cell(Box(0, 0, picture.width, picture.height), "person", "on")
        return Grid((picture.width, picture.height), 1.0, (whole,))
    return find_grid(picture, faces)


class LateReader:
    """Loads the label reader when the first label is to be read: it takes a second and 31 MB of weights."""

    def __init__(self) -> None:
        self._reader: LabelReader | None = None

    def __call__(self, cells: Sequence[Sequence[Image]]) -> Sequence[Label | None]:
        self._reader = self._reader or LabelReader()
        return self._reader.read_all(cells)
