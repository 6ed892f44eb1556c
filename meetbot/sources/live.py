"""A live class as a source of instants: the network has a thread of its own, the reader pulls."""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from math import floor, inf
from threading import Event as Signal
from threading import Thread
from types import TracebackType

from meetbot.clock import clock
from meetbot.rooms.base import Ended, Joined, Left, Lost, News, Room
from meetbot.rooms.loop import held
from meetbot.rooms.stay import Stay
from meetbot.roster import is_left_out
from meetbot.settings import DEFAULT_EVERY, EMPTY_FOR, FIRST_PICTURE, PAUSE_TOLD
from meetbot.sources.frames import picture_of
from meetbot.sources.mailbox import Delivery, Mailbox
from meetbot.sources.mirror import Mirror
from meetbot.sources.presence import Register
from meetbot.sources.tally import Meter, Tally
from meetbot.types import NO_PICTURE, About, Event, Frame, Instant


@dataclass(frozen=True, slots=True)
class Terms:
    """When to look, when to go, and at whom not to look."""

    every: float = DEFAULT_EVERY
    seconds: float = inf
    empty_for: float = EMPTY_FOR
    excluded: frozenset[str] = frozenset()  # plain names
    composed: bool = False  # the stream is of nobody in particular: its pictures may show a whole class


class LiveSource:
    """Joins when it is entered and leaves when it is left; an instant is due every `terms.every` seconds."""

    def __init__(
        self,
        address: str,
        open_room: Callable[[], Room],
        terms: Terms = Terms(),
        tally: Tally | None = None,
    ) -> None:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self.about = About(title=address, content_hash=f"live:{address}:{now}", started_at=now)
        self.mailbox = Mailbox()
        self.register = Register(terms.excluded)
        self.tally = tally or Tally()
        self._terms = terms
        self.mirror = Mirror(self.register)
        self._arrivals: list[float] = []  # of the pictures that are being read
        self._looks = 0  # that these stand for
        self._news: deque[tuple[News, float]] = deque()
        self._paused: Event | None = None
        self._over = Signal()
        self._stay = Stay(open_room, self.mailbox.put, self._tell, self._refuses, address)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._going: asyncio.Event | None = None
        self._failed: BaseException | None = None
        self._inside = Signal()
        self._thread = Thread(target=self._run, name="room")

    def __enter__(self) -> Iterator[Instant]:
        self._thread.start()
        try:
            self._inside.wait()
            if self._failed is not None:
                raise self._failed
        except BaseException:
            self._leave()
            raise
        return self._instants()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leave()

    def _leave(self) -> None:
        if self._loop is not None and self._going is not None:
            with suppress(RuntimeError):  # the loop has closed by itself: the class was over
                self._loop.call_soon_threadsafe(self._going.set)
        self._thread.join()

    def _run(self) -> None:
        try:
            held(self._visit())
        except BaseException as error:
            self._failed = error
        finally:
            self._over.set()
            self._inside.set()

    async def _visit(self) -> None:
        self._loop, self._going = asyncio.get_running_loop(), asyncio.Event()
        await self._stay.last(self._going, self._inside.set)

    def _refuses(self, name: str) -> bool:
        return is_left_out(name, self._terms.excluded)

    def _tell(self, news: News, at: float) -> None:
        """Called in the network's thread; of who went or said no, not even what waits is looked at."""
        wanted = isinstance(news, Joined) and news.analysed and not self._refuses(news.name)
        if isinstance(news, Joined | Left) and not wanted:
            self.mailbox.drop(news.key)
        self.mirror.hear(news)
        self._news.append((news, at))

    def _instants(self) -> Iterator[Instant]:
        # Or those who are there would be read a look later.
        self.mailbox.came.wait(min(FIRST_PICTURE, self._terms.every))
        start, number, empty_since = time.monotonic(), 0, None
        meter = Meter(self.tally)
        while True:
            due = number * self._terms.every
            stopped = self._over.wait(max(0.0, start + due - time.monotonic()))
            if self._failed is not None:
                raise self._failed
            yield self._instant(due, start)
            # Whoever asks for the next instant has written all readings of this one.
            self.tally.written(self._looks, self._arrivals, time.monotonic())
            meter.read()
            now = time.monotonic() - start
            empty_since = (empty_since or now) if self._deserted() else None
            if stopped or due >= self._terms.seconds or now - (empty_since or now) > self._terms.empty_for:
                return
            following = next_look(number, now, self._terms.every)
            self.tally.late += following - number - 1
            self._note_pause(due, following * self._terms.every)
            number = following

    def _note_pause(self, before: float, after: float) -> None:
        """A machine that slept, or was far too busy, has seen nothing of what happened meanwhile."""
        if after - before > max(PAUSE_TOLD, 2 * self._terms.every):
            span = f"from {clock(before)} to {clock(after)}"
            text = f"Nothing was read {span}: this machine slept or was too busy."
            self._paused = Event(before, "gap", None, text)

    def _instant(self, due: float, start: float) -> Instant:
        paused, self._paused = self._paused, None
        events = [*([paused] if paused else []), *self._heard(start)]
        taken = self.mailbox.take()
        came = {key: one for key, one in taken.items() if not self.register.outdated(key)}
        self.tally.received, self.tally.passed_over = self.mailbox.put_in, self.mailbox.replaced
        self._looks = self.register.looks(came, due, self._terms.every)
        events += self.register.pictures(came, due)
        frames = self._frames(came, due)
        if self._terms.composed:
            frames = [Frame(due, frame.picture) for frame in frames if frame.picture is not NO_PICTURE]
            events = [event for event in events if event.seat is None]
        return Instant(due, tuple(frames), tuple(events))

    def _frames(self, came: Mapping[str, Delivery], due: float) -> list[Frame]:
        frames, present = [], self.register.present()
        self._arrivals, self.tally.people = [], len(present)
        for person in present:
            if person.key in came:
                frame, at = came[person.key]
                self._arrivals.append(at)
                picture = picture_of(frame)
                self.mirror.sizes[person.seat] = picture.width, picture.height
                frames.append(Frame(due, picture, person.participant))
            elif person.camera is False:
                frames.append(Frame(due, NO_PICTURE, person.participant))
        return frames

    def _heard(self, start: float) -> Iterator[Event]:
        while self._news:
            news, at = self._news.popleft()
            moment = max(0.0, at - start)
            if isinstance(news, Lost):
                yield from self.register.emptied(moment)
                yield Event(moment, "gap", None, news.why)
            elif isinstance(news, Ended):
                yield Event(moment, "warning", None, f"The class ended for the bot: {news.why}.")
            else:
                yield from self.register.hear(news, moment)

    def _deserted(self) -> bool:
        """Whether there were people and all have gone; a class that has not begun is waited for."""
        people = self.register.people
        return bool(people) and not any(person.here for person in people)


def next_look(number: int, now: float, every: float) -> int:
    """The number of the look after this one.

    One that is late by less than its turn is made at once: to leave it out would halve what is read as
    soon as a look takes a little longer than the time between two.
    """
    return max(number + 1, floor(now / every))
