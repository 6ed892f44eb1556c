"""A live class from coming in to the report; readings go into the lesson file as they are made."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from math import inf
from pathlib import Path

from meetbot.conclude import Outcome, conclude, give_roles, identify
from meetbot.errors import Interrupted, MeetbotError, UsageError
from meetbot.faces.detector import one_thread
from meetbot.faces.find import FaceFinder
from meetbot.gallery.follow import FaceFollower
from meetbot.gallery.people import OwnStreams
from meetbot.gallery.standard import standard_splitter
from meetbot.networks import Networks
from meetbot.pipeline import Plan, facts_of, marked, observe, unwatched, within_pins
from meetbot.policy import Policy
from meetbot.protect import note_consent, notice_of, protect
from meetbot.resources import make_folder
from meetbot.rooms import classroom, room_kind
from meetbot.rooms.base import RoomKind, Visit
from meetbot.rooms.loop import short_turns
from meetbot.roster import Entry
from meetbot.seams import Watch
from meetbot.settings import SEAT_MEMORY, STREAM_SIDE, TALLY_EVERY
from meetbot.sources.live import LiveSource, Terms
from meetbot.sources.presence import Register
from meetbot.sources.tally import Tally
from meetbot.timeline import contents
from meetbot.timeline.lesson import Lesson, create_lesson
from meetbot.timeline.running import Running
from meetbot.types import Event, Instant, Observation, Reading


def attend(
    address: str,
    visit: Visit,
    terms: Terms,
    plan: Plan,
    out: Path | None = None,
    entries: Sequence[Entry] = (),
    teacher: str | None = None,
    watch: Watch = unwatched,
    tally: Tally | None = None,
    live: Running | None = None,
) -> Outcome:
    """Join a class, read it to its end, and write its report; Ctrl-C ends it like any other end."""
    kind = room_kind(address)  # an address that names no room is refused before a model is loaded
    excluded = _left_out(kind, terms, plan)
    plan = within_pins(plan)
    read = plan.reader(Networks())  # what can't be loaded is told before a room is entered
    folder = make_folder(out) if out else Path()
    terms = replace(terms, every=plan.every, composed=kind.composed, excluded=excluded)
    visit = replace(visit, excluded=terms.excluded, mirrors=mirrors(plan.policy))
    source = LiveSource(address, lambda: kind.open(address, visit), terms, tally)
    follow = FaceFollower(memory=max(SEAT_MEMORY, 2 * plan.every))
    gallery = (
        standard_splitter(entries=entries, follow=follow, stills=plan.stills()) if kind.composed else None
    )
    split = gallery or OwnStreams()
    finder = FaceFinder() if gallery else FaceFinder(side=STREAM_SIDE)
    with one_thread(), short_turns(), ExitStack() as stay:
        instants = stay.enter_context(source)
        target = lesson_path(folder, address, datetime.now())
        about = replace(source.about, title=room_word(address))
        facts = facts_of(address, plan, about.content_hash)
        with create_lesson(target, about, facts, plan.privacy.passphrase) as lesson:
            protect(lesson, plan.privacy, entries, notice_of(visit.name, kind is classroom.KIND))
            lesson.ask_who(lambda: identify(lesson, entries, teacher, sure=False))
            watched = marked(watch(_noted(instants, lesson, source, live), about), lesson)
            seen = observe(watched, finder, split, read, news=split.take_news)

            def end() -> Outcome:
                teachers = source.register.teachers()
                return conclude(lesson, entries, teacher, teachers=teachers, lang=plan.lang)

            with _kept(lesson, source.tally, stay, end):
                told = not kind.composed
                stopped = _written(_shown(seen, source, live), lesson, source.register, told)
            with _hurried(target):
                stay.close()  # a report takes a while, and in the room the bot's tile says that it analyses
                lesson.note(live=source.tally.text())
                lesson.finish("finished", float(lesson.facts().get("read_until", 0.0)) + plan.every)
                contents.seal(lesson)
                outcome = end()
    if stopped:
        raise Interrupted(
            f"Left the class; its report is {outcome.report}, and everything read is in {target}."
        )
    return outcome


@contextmanager
def _kept(lesson: Lesson, tally: Tally, stay: ExitStack, end: Callable[[], Outcome]) -> Iterator[None]:
    """Where reading breaks off, the lesson says so and gets its report; the error tells of both."""
    try:
        yield
    except BaseException as error:
        with suppress(MeetbotError):  # a full disk ended it, maybe: what was written before stays
            lesson.note(live=tally.text())
            lesson.finish("interrupted", None)
            contents.seal(lesson)  # nobody carries on with a class that is over
        stay.close()
        known = f"What was read until then is in {lesson.path}."
        with suppress(Exception):  # the first error is the one to be told
            known = f"{known} Its report is {end().report}."
        if isinstance(error, MeetbotError):
            raise type(error)(f"{error} {known}").with_traceback(error.__traceback__) from error
        error.add_note(known)
        raise


@contextmanager
def _hurried(target: Path) -> Iterator[None]:
    """Whoever asks once more does not wait for the report, and is told where everything is."""
    try:
        yield
    except KeyboardInterrupt as error:
        raise Interrupted(
            f"Left the class without a report; everything read is in {target}, "
            f"and `meetbot report {target}` makes the report of it."
        ) from error


def _left_out(kind: RoomKind, terms: Terms, plan: Plan) -> frozenset[str]:
    """Who is not to be read; a promise that can't be kept is not made."""
    excluded = terms.excluded | plan.privacy.refused
    if kind.composed and excluded:
        raise UsageError(
            f"--exclude can't be kept in a {kind.name}, where everybody may be in one picture; "
            "whoever is not to be read has to switch the camera off."
        )
    return excluded


def mirrors(policy: Policy) -> bool:
    """Whether people may be shown what is read of them, moods and all."""
    return policy.moods and policy.people


def _written(seen: Iterable[Observation], lesson: Lesson, register: Register, told: bool) -> bool:
    """Write down what is seen as it comes; whether Ctrl-C was the end of it.

    `told`: whoever comes in was told, which can't be said of those in a picture that shows a whole class.
    """
    try:
        for observation in seen:
            lesson.add(observation)
            if isinstance(observation, Event) and observation.kind == "joined":
                give_roles(lesson, register.teachers())
            if isinstance(observation, Event) and told:
                note_consent(lesson, observation)
    except KeyboardInterrupt:
        return True
    return False


def _shown(seen: Iterable[Observation], source: LiveSource, live: Running | None) -> Iterator[Observation]:
    """What is seen, as it comes; the live page takes note of it, and who wants to sees their own readings."""
    for observation in seen:
        if isinstance(observation, Reading):
            source.mirror.show(observation)
        if live is not None:
            live.add(observation)
        yield observation


def _noted(
    instants: Iterable[Instant], lesson: Lesson, source: LiveSource, live: Running | None
) -> Iterator[Instant]:
    """Instants as they come; the lesson is told now and then how well the class is followed."""
    told = -inf
    for instant in instants:
        if live is not None:
            live.reached(instant.time, source.register.teachers())
        yield instant
        if instant.time - told >= TALLY_EVERY:
            told = instant.time
            lesson.note(live=source.tally.text())


def room_word(address: str) -> str:
    """The part of an address that people know their room by."""
    return re.split(r"[?#]", address)[0].rstrip("/").rpartition("/")[2]


def lesson_path(folder: Path, address: str, now: datetime) -> Path:
    """`ROOM-YYYYMMDD-HHMM.meetbot`, with a number behind it when two classes begin in one minute."""
    word = re.sub(r"[^\w.-]+", "-", room_word(address)).strip("-.") or "class"
    stem = f"{word[:60]}-{now:%Y%m%d-%H%M}"
    names = (f"{stem}.meetbot", *(f"{stem}-{number}.meetbot" for number in range(2, 100)))
    return next(path for path in (folder / name for name in names) if not path.exists())
