"""The names of a layout: its labels are read when it is new, and those that were not clear once more."""

from collections.abc import Callable, Sequence

from meetbot import settings
from meetbot.gallery.labels import Label
from meetbot.gallery.looks import edges
from meetbot.gallery.names import believable, match, name_in, presenter, unreadable, without_icon
from meetbot.roster import Entry, is_cut
from meetbot.types import Box, Image, Picture

ReadLabels = Callable[[Sequence[Sequence[Image]]], Sequence[Label | None]]


class Naming:
    """Keeps the names of the layout in force; without a reader nobody has a name, and `missing` says why.

    `listed` says that any text may stand where labels do, so that only the class list tells what is a name.
    """

    def __init__(
        self,
        read: ReadLabels | None = None,
        entries: Sequence[Entry] = (),
        missing: str | None = None,
        listed: bool = False,
    ) -> None:
        self._read = read if entries or not listed else None
        self._listed = listed
        self._entries = tuple(entries)
        self._lost = unreadable(self._entries) if read else None
        self.complaint = self._lost if read else missing  # why names are missing, in a sentence
        self._boxes: tuple[Box, ...] = ()
        self._samples: dict[int, list[Image]] = {}  # of the places that are still to be looked at
        self._labels: list[Label | None] = []
        self._names: list[str | None] = []

    def begin(self, boxes: Sequence[Box], picture: Picture) -> None:
        """A new layout: everything is read on its first clean picture."""
        self._boxes = tuple(boxes)
        self._labels, self._names = [None] * len(boxes), [None] * len(boxes)
        self._samples = {}
        self.read(range(len(boxes)), picture)

    def sample(self, picture: Picture) -> bool:
        """One more picture of the same layout; true when names are new by it.

        What was unclear is read once more, on the median of a few samples.
        """
        for place, samples in self._samples.items():
            samples.append(_cut(picture, self._boxes[place]))
        full = [place for place, some in self._samples.items() if len(some) >= settings.LABEL_SAMPLES]
        before = self._names
        self._read_again([place for place in full if self._is_unclear(place)])
        for place in full:
            del self._samples[place]
        return self._names != before

    def read(self, places: Sequence[int] | range, picture: Picture) -> None:
        """Read some labels again: something else stands there now."""
        if self._read:
            self._samples.update((place, [_cut(picture, self._boxes[place])]) for place in places)
            self._read_again(places)

    def presenter(self, stage: Box, picture: Picture) -> int | None:
        """At which place somebody is whose name stands on the shared screen."""
        if not self._read:
            return None
        (label,) = self._read([[_cut(picture, stage)]])
        return presenter(label.text, self._names) if label else None

    def memory(self) -> Sequence[object]:
        """Everything that is kept of the layout in force."""
        return self._boxes, self._samples, self._labels, self._names

    def names(self) -> list[str | None]:
        """The name at each place: the one on the class list that it means, else as it was read for sure."""
        return list(self._names)

    def _is_unclear(self, place: int) -> bool:
        """Whether a place has no name; with a class list, none that stands on it."""
        name = self._names[place]
        return name is None or (bool(self._entries) and name not in {entry.name for entry in self._entries})

    def _named(self) -> list[str | None]:
        raw = [name_in(label.text) if label else None for label in self._labels]
        meant = zip(match(raw, self._entries), self._labels, strict=True)
        only_listed = self._listed or self._lost
        return [entry.name if entry else None if only_listed else as_read(label) for entry, label in meant]

    def _read_again(self, places: Sequence[int] | range) -> None:
        if not self._read or not places:
            return
        labels = self._read([self._samples[place] for place in places])
        for place, label in zip(places, labels, strict=True):
            self._labels[place] = label
        self._names = self._named()


def as_read(label: Label | None) -> str | None:
    """The name on a label; None where it may be a mistake, or look-alikes of letters that can't be read."""
    if not label or label.confidence < settings.NAME_SURE:
        return None
    name = name_in(label.text)
    if name and is_cut(name):  # an icon stands close to what is left of a name
        name = without_icon(name)
    return name if name and believable(name) else None


def _cut(picture: Picture, box: Box) -> Image:
    x, y, right, bottom = edges(picture, box)
    return picture.luma[y:bottom, x:right].copy()
