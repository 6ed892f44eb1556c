"""One piece of a recording, read by a worker with seats of its own, after a warm-up that is thrown away."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import floor, inf

from meetbot.faces.detector import one_thread
from meetbot.gallery.fixed import shape_named
from meetbot.gallery.follow import FaceFollower
from meetbot.gallery.looks import Look
from meetbot.gallery.seats import Seats
from meetbot.gallery.split import GallerySplitter
from meetbot.gallery.standard import standard_splitter
from meetbot.growing import size_of
from meetbot.many.order import Order
from meetbot.many.piece import Counting, Given, Piece, Placing, State
from meetbot.many.shades import Shades, shades_of
from meetbot.many.state import state_of
from meetbot.networks import Networks
from meetbot.pipeline import observe
from meetbot.roster import Entry
from meetbot.seams import Watch
from meetbot.settings import CUT_WARM, FIND_FULL_EVERY, RENEW_PATIENCE, SEAT_MEMORY
from meetbot.sources.recording import Recording
from meetbot.types import About, Box, Face, Frame, Image, Instant, Layout, Observation, Reading, Still, Tile

NOBODY = 0  # in place of the seats that could not be told from others: which they are is known at joining


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a recording: after one instant up to another; None: where the lesson begins or ends."""

    begin: float | None
    end: float | None


class NotOnePiece(Exception):
    """Why a recording has to be read whole."""


def read_stretch(order: Order, stretch: Stretch, networks: Networks, watch: Watch) -> Piece:
    """What a piece of a recording shows; refuses one that is damaged, of which the whole must be counted."""
    warm = 0.0 if stretch.begin is None else max(0.0, stretch.begin - CUT_WARM)
    warm = floor(warm / FIND_FULL_EVERY) * FIND_FULL_EVERY
    size = size_of(order.recording)
    source = Recording(order.recording, order.plan.every, warm)
    eyes = _Eyes(order, stretch, networks)
    with one_thread(), source as instants:
        about = About(order.id, "", duration=source.length)  # for the onlooker; its checksum is the lesson's
        last = inf if stretch.end is None else stretch.end + RENEW_PATIENCE
        shown = _sound(watch(instants, about), source, warm, last)
        seen = observe(shown, eyes.find, eyes.split, eyes.read, news=eyes.splitter.take_news)
        kept = [one for one in seen if time_of(one) >= eyes.begin]
        if source.damaged:
            raise NotOnePiece("it is damaged")
    return replace(eyes.piece(kept), size=size)


class _Eyes:
    """A splitter and a reader that note what it takes to join a piece."""

    def __init__(self, order: Order, stretch: Stretch, networks: Networks) -> None:
        self.given: list[Given] = []
        self.begin = -inf if stretch.begin is None else stretch.begin
        self.find = networks.finder()
        self._reader, self._stretch = order.plan.reader(networks), stretch
        self._states: dict[float, State] = {}
        self._before: dict[int, tuple[str, bool | None]] = {}
        self._places: dict[int, tuple[float, Box]] = {}
        self._times: list[float] = []
        self._slide: Image | None = None
        self._slides: list[tuple[float, Shades]] = []
        memory = max(SEAT_MEMORY, 2 * order.plan.every)
        follow, seats = _NotedFollower(self.given, memory), _NotedSeats(self.given, order.entries)
        self.splitter: GallerySplitter = standard_splitter(
            shape_named(order.plan.layout),
            order.entries,
            seats,
            follow,
            None,
            order.plan.stills(),
            networks.labels,
        )

    def split(self, frame: Frame, faces: Sequence[Face]) -> Sequence[Tile] | None:
        """The tiles of a frame."""
        tiles = self.splitter(frame, faces)
        if tiles is not None:
            self._note(frame.time, [tile for tile in tiles if tile.kind == "person"])
        slide = self.splitter.slide
        if slide is not None and slide is not self._slide:
            self._slides.append((frame.time, shades_of(slide)))
        self._slide = slide
        if self._may_meet(frame.time):
            self._states[frame.time] = state_of(
                self.splitter, self.find, frame.time, self._before, self._places
            )
        return tiles

    def _note(self, time: float, people: Sequence[Tile]) -> None:
        old = self._before
        self._before = {
            tile.seat: (tile.camera, tile.speaking)
            if tile.settled
            else old.get(tile.seat, (tile.camera, None))
            for tile in people
        }
        self._places |= {tile.seat: (time, tile.box) for tile in people}

    def _may_meet(self, time: float) -> bool:
        cuts = (self._stretch.begin, self._stretch.end)
        return any(cut is not None and cut <= time <= cut + RENEW_PATIENCE for cut in cuts)

    def read(self, tiles: Sequence[Tile], time: float) -> Sequence[Reading | Still]:
        """The readings, but none of the warm-up."""
        if time < self.begin:
            return ()
        self._times.append(time)
        return self._reader(tiles, time)

    def piece(self, observations: Sequence[Observation]) -> Piece:
        """Everything that was seen and noted."""
        given = [one for one in self.given if one.time >= self.begin]
        thinned = _thinned(observations, self._states)
        return Piece(self._states, self._times, thinned, given, self.splitter.complaint, self._slides)


class _NotedSeats(Seats):
    """Seats that write down what they were asked, and always say that somebody could not be told."""

    def __init__(self, given: list[Given], entries: Sequence[Entry]) -> None:
        super().__init__(entries=entries)
        self._given = given

    def place(
        self,
        time: float,
        boxes: Sequence[Box],
        names: Sequence[str | None],
        looks: Sequence[Look],
        alone: bool = False,
    ) -> Sequence[int]:
        answer = super().place(time, boxes, names, looks, alone)
        self._given.append(Placing(time, boxes, names, looks, alone, answer))
        self.split = (NOBODY,)
        return answer


class _NotedFollower(FaceFollower):
    """A follower that writes down whom it gave new seats."""

    def __init__(self, given: list[Given], memory: float) -> None:
        super().__init__(memory=memory)
        self._given = given

    def __call__(self, frame: Frame, faces: Sequence[Face]) -> Sequence[Tile]:
        first = self._next_seat
        tiles = super().__call__(frame, faces)
        if self._next_seat > first:
            self._given.append(Counting(frame.time, tuple(range(first, self._next_seat))))
        return tiles


def _sound(instants: Iterable[Instant], source: Recording, begin: float, last: float) -> Iterator[Instant]:
    """Instants, as long as nothing is told of the recording but, to begin with, which video in it is read."""
    for instant in instants:
        told = [event.text for event in instant.events if event.time != begin]
        if source.damaged or told:
            raise NotOnePiece("it is damaged" if source.damaged else told[0].removesuffix("."))
        if instant.time > last:
            return
        yield instant


def time_of(seen: Observation) -> float:
    """The instant at which something was seen."""
    return seen.end if isinstance(seen, Layout) else seen.time


def _thinned(observations: Sequence[Observation], needed: Collection[float]) -> Sequence[Observation]:
    """Of layouts that differ in nothing but their end, the first, the last, and those at some instants."""
    kept: list[Observation | None] = list(observations)
    last: int | None = None
    first: int | None = None
    for number, one in enumerate(observations):
        if not isinstance(one, Layout):
            continue
        old = None if last is None else observations[last]
        if isinstance(old, Layout) and replace(old, end=one.end) == one:
            if last is not None and last != first and old.end not in needed:
                kept[last] = None
        else:
            first = number
        last = number
    return [one for one in kept if one is not None]
