"""Who is in a live class and how: from what the room tells and which pictures come."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field

from meetbot.rooms.base import Camera, Joined, Left, News, Talking
from meetbot.roster import is_left_out
from meetbot.settings import CAMERA_SILENT
from meetbot.types import EXCLUDED, Event, EventKind, Participant, Role


@dataclass(slots=True)
class Person:
    """One seat of the class, for as long as the lesson lasts."""

    seat: int
    key: str
    name: str
    since: float  # seconds of the lesson: the last picture, or the coming in where there was none yet
    here: bool = True
    analysed: bool = True
    camera: bool | None = None  # None until the first picture, or the first silence, says so
    talking: bool | None = None
    role: Role = "student"
    lit: bool = False  # the room said that the camera is on: where no picture comes, it froze
    dark: bool = False  # the room said so: pictures that still come are from before the switch
    called: str = ""  # what the room calls them: the name without the number that tells it from its double

    @property
    def participant(self) -> Participant:
        """As frames carry it."""
        return Participant(self.seat, self.name, self.talking)


@dataclass(slots=True)
class Register:
    """Gives everybody a seat, and the same one again after a break.

    A key is somebody for as long as they stay. Who comes back has to have the name from before: the next
    student at a shared computer has the same key. Where keys are new, a name that was there once and is
    there once is the same person, and anybody else gets a seat of their own: a reading on the wrong person
    is worse than a gap.
    """

    excluded: frozenset[str] = frozenset()  # plain names that asked not to be read
    people: list[Person] = field(default_factory=list)
    tells_speech: bool = False  # once somebody was heard, who says nothing is known to be silent

    def hear(self, news: News, time: float) -> Iterator[Event]:
        """What one piece of news changes."""
        if isinstance(news, Joined):
            yield from self._joined(news, time)
            return
        person = self.find(news.key) if isinstance(news, Left | Talking | Camera) else None
        if person is None:
            return
        if isinstance(news, Left):
            yield from self._gone(person, time)
        elif isinstance(news, Talking) and person.analysed:
            self._break_silence()
            yield from _talks(person, news.on, time)
        elif isinstance(news, Camera):
            person.lit, person.dark = news.on, not news.on
            if person.dark and person.analysed:
                yield from _camera(person, False, time)

    def pictures(self, keys: Iterable[str], time: float) -> Iterator[Event]:
        """Whose camera goes on with a picture, or off after a silence."""
        for person in map(self.find, keys):
            if person is not None:
                person.since = time
                yield from _camera(person, True, time)
        for person in self.present():
            if person.camera is not False and time - person.since > CAMERA_SILENT:
                yield from _camera(person, False, person.since, "frozen" if person.lit else "camera_off")

    def looks(self, keys: Container[str], time: float, every: float) -> int:
        """How many looks since their last pictures these new ones stand for, however many were made."""
        people = [person for person in self.present() if person.key in keys]
        return sum(max(1, round((time - person.since) / every)) if person.camera else 1 for person in people)

    def outdated(self, key: str) -> bool:
        """Whether a picture was only on its way while its camera was switched off."""
        person = self.find(key)
        return person is not None and person.dark

    def emptied(self, time: float) -> Iterator[Event]:
        """The connection is gone, and with it all that was known of who is here."""
        for person in self.people:
            if person.here:
                yield from self._gone(person, time)

    def find(self, key: str) -> Person | None:
        """Who is here under a key."""
        return next((person for person in self.people if person.here and person.key == key), None)

    def teachers(self) -> set[int]:
        """The seats of those of whom the room said that they teach."""
        return {person.seat for person in self.people if person.role == "teacher"}

    def present(self) -> list[Person]:
        """Who is here and is read."""
        return [person for person in self.people if person.here and person.analysed]

    def _joined(self, news: Joined, time: float) -> Iterator[Event]:
        person = self.find(news.key)
        if person is None:
            person = self._seat(news, time)
            yield Event(time, "joined", person.seat, person.name)
        elif news.name != person.called and news.name:
            person.called, person.name = news.name, self._unlike_others(news.name, person)
            yield Event(time, "joined", person.seat, person.name)
        person.role = news.role
        refused = is_left_out(news.name, self.excluded)
        analysed = news.analysed and not refused
        if person.analysed and not analysed:
            yield from _talks(person, False, time)
            person.talking = self._silent
            yield Event(time, "opted_out", person.seat, EXCLUDED if refused else "")
        if analysed and not person.analysed:
            person.since, person.camera = time, None
            yield Event(time, "opted_in", person.seat)
        person.analysed = analysed

    @property
    def _silent(self) -> bool | None:
        return False if self.tells_speech else None

    def _break_silence(self) -> None:
        if not self.tells_speech:
            self.tells_speech = True
            for person in self.people:
                person.talking = False

    def _seat(self, news: Joined, time: float) -> Person:
        back = self._returned(news)
        if back is not None:
            back.key, back.here, back.since, back.camera = news.key, True, time, None
            back.lit = back.dark = False
            back.talking = self._silent
            return back
        person = Person(len(self.people) + 1, news.key, "", time, called=news.name, talking=self._silent)
        person.name = self._unlike_others(news.name, person)
        self.people.append(person)
        return person

    def _returned(self, news: Joined) -> Person | None:
        named = [person for person in self.people if person.called == news.name]
        same = [person for person in named if person.key == news.key]
        if not same and len(named) == 1:
            same = named
        return same[0] if same and not same[0].here else None

    def _unlike_others(self, name: str, who: Person) -> str:
        taken = {person.name for person in self.people if person is not who}
        tries = [name, *(f"{name} ({number})" for number in range(2, len(taken) + 3))]
        return next(one for one in tries if one not in taken)

    def _gone(self, person: Person, time: float) -> Iterator[Event]:
        yield from _talks(person, False, time)
        person.here = False
        yield Event(time, "left", person.seat)


def _talks(person: Person, on: bool, time: float) -> Iterator[Event]:
    if bool(person.talking) != on:
        yield Event(time, "started_speaking" if on else "stopped_speaking", person.seat)
    person.talking = on


def _camera(person: Person, on: bool, time: float, without: EventKind = "camera_off") -> Iterator[Event]:
    if person.camera is not on and not (on and person.camera is None):
        yield Event(time, "camera_on" if on else without, person.seat)
    person.camera = on
