"""The names of a layout: its labels are read when it is new, and those that were not clear once more."""

from collections.abc import Callable, Sequence

from meetbot import settings
from meetbot.gallery.labels import Label
from meetbot.gallery.looks import edges
from meetbot.gallery.names import believable, match, name_in, unreadable
from meetbot.roster import Entry
from meetbot.types import Box, Image, Picture

ReadLabels = Callable[[Sequence[Sequence[Image]]], Sequence[Label | None]]


class Naming:
    """Keeps the names of the layout in force; without a reader nobody has a name, and `missing` says why."""

    def __init__(
        self, read: ReadLabels | None = None, entries: Sequence[Entry] = (), missing: str | None = None
    ) -> None:
        self._read = read
        self._entries = tuple(entries)
        self._lost = unreadable(self._entries) if read else None
        self.complaint = self._lost if read else missing  # why names are missing, in a sentence
        self._boxes: tuple[Box, ...] = ()
        self._samples: list[list[Image]] = []
        self._labels: list[Label | None] = []

    def begin(self, boxes: Sequence[Box], picture: Picture) -> None:
        """A new layout: everything is read on its first clean picture."""
        self._boxes = tuple(boxes)
        self._samples = [[_cut(picture, box)] for box in boxes]
        self._labels = [None] * len(boxes)
        self._read_again(range(len(boxes)))

    def sample(self, picture: Picture) -> bool:
        """One more picture of the same layout; true when it was the last one and names may be new.

        What was unclear is then read once more, on the median of all samples.
        """
        if not self._read or not self._samples or len(self._samples[0]) >= settings.LABEL_SAMPLES:
            return False
        for box, samples in zip(self._boxes, self._samples, strict=True):
            samples.append(_cut(picture, box))
        if len(self._samples[0]) < settings.LABEL_SAMPLES:
            return False
        before = self.names()
        self._read_again([place for place, name in enumerate(self._clear()) if name is None])
        self._samples = []
        return self.names() != before

    def read(self, places: Sequence[int], picture: Picture) -> None:
        """Read some labels again: something else stands there now."""
        self._samples = [[_cut(picture, box)] for box in self._boxes]
        self._read_again(places)

    def names(self) -> list[str | None]:
        """The name at each place: the one on the class list that it means, else as it was read for sure."""
        raw = [name_in(label.text) if label else None for label in self._labels]
        meant = zip(match(raw, self._entries), self._labels, strict=True)
        return [entry.name if entry else None if self._lost else as_read(label) for entry, label in meant]

    def _clear(self) -> list[str | None]:
        """As `names`, but with a class list only those that stand on it."""
        listed = {entry.name for entry in self._entries}
        return [name if not listed or name in listed else None for name in self.names()]

    def _read_again(self, places: Sequence[int] | range) -> None:
        if not self._read or not places:
            return
        labels = self._read([self._samples[place] for place in places])
        for place, label in zip(places, labels, strict=True):
            self._labels[place] = label


def as_read(label: Label | None) -> str | None:
    """The name on a label; None where it may be a mistake, or look-alikes of letters that can't be read."""
    if not label or label.confidence < settings.NAME_SURE:
        return None
    name = name_in(label.text)
    return name if name and believable(name) else None


def _cut(picture: Picture, box: Box) -> Image:
    x, y, right, bottom = edges(picture, box)
    return picture.luma[y:bottom, x:right].copy()
