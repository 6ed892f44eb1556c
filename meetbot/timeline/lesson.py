"""The lesson file: observations go in as they come; readings, events and figures come out at any time."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from meetbot.errors import InputError
from meetbot.passphrase import opened_with
from meetbot.pins import require_shown
from meetbot.policy import CLASS, FULL
from meetbot.timeline import rows, schema, vault
from meetbot.timeline.class_minute import ClassMinute
from meetbot.timeline.store import Opened, Store
from meetbot.timeline.trust import require_readings, require_values
from meetbot.timeline.vault import Vault
from meetbot.types import About, Event, Figures, Layout, Observation, Reading, Role, Status, Still

if TYPE_CHECKING:
    from meetbot.timeline.figures import Table


T = TypeVar("T")


class Seat(NamedTuple):
    """One person's seat; first and last seen are the times of the first and last reading or event."""

    id: int
    name: str | None
    role: Role
    first_seen: float | None
    last_seen: float | None

    @property
    def shown(self) -> str:
        """The name, or "Seat 3" while nobody knows it."""
        return self.name or f"Seat {self.id}"


class Lesson(Store):
    """A lesson file: who was there, what was read of them, what happened, and how it was made."""

    def __init__(self, opened: Opened) -> None:
        super().__init__(opened)
        self._changed: set[int] = set()
        self._readings_hold = False  # their values were looked at
        self._seats: dict[int, Seat] = {}
        self._pseudonym: Callable[[str], str | None] | None = None
        self.read_again()
        if self.nameless:
            self.call_by(lambda name: None)  # until somebody brings the class list

    def read_again(self) -> None:
        """Takes up what stands in the tables, after they were changed by statements of another module."""
        self._changed.clear()
        self._seats = {row[0]: Seat(*row) for row in self._rows(_SELECT_SEATS)}

    @property
    def nameless(self) -> bool:
        """Whether pseudonyms stand in it instead of names."""
        return self.facts().get("names") == "alias"

    def call_by(self, pseudonym: Callable[[str], str | None]) -> None:
        """From here on no name is written, only what this says instead; nothing leaves a number."""
        self._pseudonym = pseudonym

    def facts(self) -> Mapping[str, str]:
        """What is known of the lesson as a whole: title, source, duration, settings, model, status."""
        return dict(self._rows("SELECT key, value FROM lesson ORDER BY key"))

    def decoded(self, fact: str, kind: type[T]) -> T:
        """A fact that is kept as JSON, of the kind it must have; an empty one where there is none."""
        try:
            value = json.loads(self.facts().get(fact, "null"))
        except (ValueError, RecursionError) as error:
            raise InputError(f"{self.path} holds a {fact} that can't be read; it is damaged.") from error
        if value is not None and not isinstance(value, kind):
            raise InputError(f"{self.path} holds a {fact} that is no {kind.__name__}; it is damaged.")
        return kind() if value is None else value

    def note(self, **facts: str) -> None:
        """Sets facts."""
        for key, value in facts.items():
            self._do("INSERT OR REPLACE INTO lesson (key, value) VALUES (?, ?)", (key, rows.storable(value)))

    def add(self, observation: Observation) -> None:
        """Stores a reading, an event, a layout (one with the same start takes its place) or a still."""
        self._may_write()
        match observation:
            case Reading():
                self._pending.append(rows.reading_row(observation))
                self._meet(observation.seat, observation.time)
            case Event():
                name = self.called(observation.text) if observation.kind in _NAMING else None
                told = replace(observation, text=name or "") if observation.kind in _NAMING else observation
                self._do(rows.INSERT_EVENT, rows.event_row(told))
                if observation.seat is not None:
                    self._meet(observation.seat, observation.time, name)
            case Layout():
                self._do(rows.INSERT_LAYOUT, rows.layout_row(observation))
                for place in observation.tiles:
                    if place.kind == "person":
                        self._meet(place.seat, observation.start, self.called(place.name))
            case Still():
                if observation.seat is not None:
                    self.forget_stills(observation.seat)  # the better one takes the older one's place
                self._do(rows.INSERT_STILL, rows.still_row(observation))

    def add_minute(self, minute: ClassMinute) -> None:
        """Stores a minute of the class as a whole, in place of an older one."""
        self._do(rows.INSERT_MINUTE, rows.minute_row(minute))

    def ask_who(self, ask: Callable[[], object]) -> None:
        """How to learn who is who while the lesson is read; only one that keeps nobody apart has to."""

    def reached(self, time: float) -> None:
        """Everything up to this time was added: commits it."""
        self.note(read_until=repr(round(time, rows.TIME)))
        self.commit_soon()

    def finish(self, status: Status, duration: float | None) -> None:
        """Says how the run ended and how long the lesson is, as far as that is known."""
        self.note(status=status)
        if duration is not None:
            self.note(duration=repr(round(duration, rows.TIME)))
        self.commit()

    def seats(self) -> list[Seat]:
        """Everybody who was in the lesson, in the order of their seats."""
        return [self._seats[seat] for seat in sorted(self._seats)]

    def name_seat(self, seat: int, name: str) -> None:
        """Gives a seat its person's name."""
        self._change(seat, name=self.called(name))

    def set_role(self, seat: int, role: Role) -> None:
        """Says that a seat is a student's, the teacher's or the bot's."""
        self._change(seat, role=role)

    def last_places(self, since: float) -> dict[int, Reading]:
        """Per seat the newest reading with a box at or after `since`: what a splitter goes on from."""
        self._require_readings()
        query = f"{rows.SELECT_READINGS} WHERE time >= ? AND x IS NOT NULL ORDER BY time"
        return {reading.seat: reading for reading in self._each(rows.row_reading, query, since)}

    def last_told(self, until: float) -> float:
        """When somebody, or the layout, was seen last up to a time; that time where nobody ever was."""
        newest = (
            "SELECT max(time) FROM reading WHERE time <= ?1 "
            'UNION SELECT max("end") FROM layout WHERE "end" <= ?1'
        )
        times = (time for (time,) in self._rows(newest, round(until, rows.TIME)))
        return max((time for time in times if time is not None), default=until)

    def forget_after(self, time: float) -> None:
        """Drops what was added after `time`, and that anything was read after it."""
        time = round(time, rows.TIME)
        self._flush()
        if time == -inf:
            self._do("DELETE FROM lesson WHERE key = 'read_until'", ())
        else:
            later = "key = 'read_until' AND CAST(value AS REAL) > ?"
            self._do(f"UPDATE lesson SET value = ? WHERE {later}", (repr(time), time))
        for table in ("reading", "event", "still"):
            self._do(f"DELETE FROM {table} WHERE time > ?", (time,))
        self._do("DELETE FROM layout WHERE start > ?", (time,))
        self._do('UPDATE layout SET "end" = min("end", ?)', (time,))
        self._store_seats()
        self._do("DELETE FROM seat WHERE first_seen > ?", (time,))
        self._do("UPDATE seat SET last_seen = min(last_seen, ?)", (time,))
        self.read_again()
        self.commit()

    def each_reading(self) -> Iterator[Reading]:
        """Every reading, by time and seat."""
        self._require_readings()
        return self._each(rows.row_reading, f"{rows.SELECT_READINGS} ORDER BY time, seat")

    def each_event(self) -> Iterator[Event]:
        """Every event, by time."""
        return self._each(rows.row_event, rows.SELECT_EVENTS)

    def each_layout(self) -> Iterator[Layout]:
        """Every layout, by its start."""
        names = {seat.id: seat.name for seat in self.seats()}
        return self._each(lambda row: rows.row_layout(row, names), rows.SELECT_LAYOUTS)

    def each_still(self) -> Iterator[Still]:
        """Every picture that was kept, by time."""
        return self._each(rows.row_still, rows.SELECT_STILLS)

    def shown_in_stills(self) -> Iterator[Reading]:
        """The reading of each face of which there is a picture."""
        faces = "(time, seat) IN (SELECT time, seat FROM still WHERE kind = 'face')"
        return self._each(rows.row_reading, f"{rows.SELECT_READINGS} WHERE {faces}")

    def each_minute(self) -> Iterator[ClassMinute]:
        """Every minute of the class as a whole, under the policy that keeps nothing else."""
        return self._each(rows.row_minute, rows.SELECT_MINUTES)

    def forget_stills(self, seat: int) -> None:
        """Drops the pictures of one person's face."""
        self._do("DELETE FROM still WHERE seat = ?", (seat,))

    def each_reading_row(self) -> Iterator[rows.Row]:
        """Every reading as a bare row of `rows.READING_COLUMNS`, by time and seat: quick, for tables."""
        self._require_readings()
        return self._rows(f"{rows.SELECT_READINGS} ORDER BY time, seat")

    def _require_readings(self) -> None:
        """Once: they are many, and the file may be a stranger's."""
        if not self._readings_hold:
            with schema.plain_errors(self.path, reading=True):
                self._flush()
                require_readings(self._connection, self.path)
            self._readings_hold = True

    def readings(self) -> "Table":
        """Every reading as a table, with names, smoothed moods and where the face was turned."""
        from meetbot.timeline.figures import readings_frame  # pandas takes 0.4 s to import

        return readings_frame(self)

    def figures(self) -> Figures:
        """Everything that the report shows, as numbers."""
        from meetbot.timeline.figures import lesson_figures

        return lesson_figures(self)

    def _meet(self, seat: int, time: float, name: str | None = None) -> None:
        known = self._seats.get(seat)
        time = round(time, rows.TIME)
        if known is None:
            self._seats[seat] = Seat(seat, name, "student", time, time)
        else:
            first = time if known.first_seen is None else min(known.first_seen, time)
            last = time if known.last_seen is None else max(known.last_seen, time)
            self._seats[seat] = Seat(seat, name or known.name, known.role, first, last)
        self._changed.add(seat)

    def _change(self, seat: int, *, name: str | None = None, role: Role | None = None) -> None:
        known = self._seats.get(seat, Seat(seat, None, "student", None, None))
        self._seats[seat] = known._replace(name=name or known.name, role=role or known.role)
        self._changed.add(seat)
        self._store_seats()

    def called(self, name: str | None) -> str | None:
        """A name as it is written: without blanks around it, or the pseudonym; None when nothing is left."""
        if name and self._pseudonym:
            return self._pseudonym(name)
        return rows.storable(name).strip() or None if name else None

    def _store_rest(self) -> None:
        self._store_seats()

    def _store_seats(self) -> None:
        for seat in sorted(self._changed):
            self._do("INSERT OR REPLACE INTO seat VALUES (?, ?, ?, ?, ?)", self._seats[seat])
        self._changed.clear()


_NAMING = ("joined",)  # events whose text is a name
_SELECT_SEATS = "SELECT id, name, role, first_seen, last_seen FROM seat ORDER BY id"


def create_lesson(
    path: Path, about: About, facts: Mapping[str, str], passphrase: str | None = None
) -> Lesson:
    """A new lesson file at `path`, in place of an older lesson; only its owner may read it.

    With a passphrase it is encrypted from its first row on.
    """
    known = {"title": about.title, "content_hash": about.content_hash, "status": "running"}
    if about.started_at is not None:
        known["started_at"] = about.started_at
    if about.duration is not None:
        known["duration"] = repr(round(about.duration, rows.TIME))
    sealed = vault.create(path, passphrase) if passphrase else None
    file = sealed.file if sealed else schema.create(path)
    with schema.removed_on_failure(path, file):
        memory = sealed.memory if sealed else file
        lesson = _kind(facts)(Opened(path, memory, None, write=True, sealed=sealed))
        lesson.note(**{**known, **facts})
        lesson.commit()
    return lesson


def open_lesson(
    path: Path | str,
    *,
    write: bool = False,
    passphrase: str | None = None,
    any_policy: bool = False,
    whole: bool = True,
) -> Lesson:
    """An existing lesson file, also one that a killed run left; with `write` it can be changed.

    The passphrase of an encrypted one is taken from MEETBOT_PASSPHRASE where none is given. One that holds
    more than is pinned on this machine is refused, except by those who take something out of it or look at
    nothing about people: they open it with `any_policy`. The look through everything, which takes most of the
    time, is spared by `whole=False` for those who read facts and seats only, and mistrust even those.
    """
    lesson = _opened(Path(path), write, passphrase, whole)
    try:
        if not any_policy:
            require_shown(lesson.path, lesson.facts().get("policy", FULL.name))
    except BaseException:
        lesson.close()
        raise
    return lesson


def _opened(path: Path, write: bool, passphrase: str | None, whole: bool) -> Lesson:
    if write:
        file, folder = schema.open_for_writing(path), None
    else:
        file, folder = schema.open_for_reading(path, whole=whole)
    sealed: Vault | None = None
    try:
        with schema.plain_errors(path, reading=True):
            if not schema.is_sealed(file):
                if whole or write:
                    require_values(file, path)
                return _kind(_facts(file))(Opened(path, file, folder, write, None))
            sealed = opened_with(
                path, passphrase, lambda phrase: vault.unlock(file, path, phrase, write=write)
            )
            require_values(sealed.memory, path)
        return _kind(_facts(sealed.memory))(Opened(path, sealed.memory, folder, write, sealed))
    except BaseException:
        if sealed:
            sealed.memory.close()
        file.close()
        if folder:
            folder.cleanup()
        raise


def _facts(connection: schema.Connection) -> Mapping[str, str]:
    return dict(connection.execute("SELECT key, value FROM lesson WHERE key = 'policy'"))


def _kind(facts: Mapping[str, str]) -> type[Lesson]:
    """What takes care of a lesson that was read under a policy."""
    from meetbot.timeline.class_lesson import ClassLesson  # it is a lesson itself

    return ClassLesson if facts.get("policy") == CLASS.name else Lesson
