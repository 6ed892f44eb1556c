"""The one place where the stages meet: media in, a lesson file and a report out."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from math import floor, inf
from pathlib import Path

from meetbot import __version__
from meetbot.beginning import Stop, begin, is_finished, read_until, stop_of
from meetbot.conclude import Outcome, conclude, identify
from meetbot.division import exclusion_of, layout_text, splitter_of
from meetbot.errors import Interrupted, MeetbotError, PolicyError, UsageError
from meetbot.exclusion import refuse_impossible
from meetbot.faces.card import emotion_card
from meetbot.faces.detector import DETECTOR, one_thread
from meetbot.faces.points import points_card
from meetbot.faces.portraits import PortraitReader
from meetbot.faces.search import FaceSearch
from meetbot.gallery.changes import changes
from meetbot.gallery.labels import labels_available
from meetbot.gallery.stills import SlideStills
from meetbot.growing import not_of_half, require_size, size_of
from meetbot.language import language_for
from meetbot.networks import Networks
from meetbot.pins import chosen, longest_kept, require, require_thumbnails
from meetbot.policy import FULL, Policy
from meetbot.privacy import REAL, UNPROTECTED, Privacy, privacy, utc_now
from meetbot.protect import say_who_was_not_found
from meetbot.resources import make_folder
from meetbot.roster import Entry, is_seat, read_roster
from meetbot.seams import Finder, Reader, Splitter, Watch
from meetbot.settings import DEFAULT_EVERY, FIND_FULL_EVERY, LEAST_EVERY, MOST_EVERY
from meetbot.sources import is_photo, open_source
from meetbot.sources.ahead import ahead, room_for
from meetbot.timeline import contents
from meetbot.timeline.lesson import Lesson, open_lesson
from meetbot.types import NO_PICTURE, About, Divided, Face, Frame, Instant, Observation, Still, Tile


@dataclass(frozen=True, slots=True)
class Plan:
    """How a recording is read: read another way it is another lesson. `lang` is its report's alone."""

    every: float = DEFAULT_EVERY
    policy: Policy = FULL
    layout: str = "auto"
    slides: bool = True  # whether pictures of the shared screen are kept
    thumbnails: bool = False  # whether a picture of each person's face is kept
    privacy: Privacy = UNPROTECTED
    lang: str | None = None  # None: the reader's own

    def __post_init__(self) -> None:
        if not LEAST_EVERY <= self.every <= MOST_EVERY:
            raise UsageError(
                f"--every {self.every:g} is not between {LEAST_EVERY:g} and {MOST_EVERY:g} seconds."
            )
        if self.thumbnails and self.policy.name != FULL.name:
            raise PolicyError(
                f"--thumbnails keeps pictures of faces, which the policy {self.policy.name} forbids; "
                "leave --thumbnails out."
            )
        language_for(self.lang)  # one that there are no words in is refused before an hour is read

    @property
    def keeps_slides(self) -> bool:
        """Where no value of a single person is kept, or somebody may not be seen, no picture is."""
        return self.slides and self.policy.people and not self.privacy.left_out

    def stills(self, kept: Iterable[Still] = ()) -> SlideStills | None:
        """What takes pictures of slides, with faces hidden, where they are kept; some may be already."""
        return SlideStills(FaceSearch(), kept) if self.keeps_slides else None

    def reader(self, networks: Networks) -> Reader:
        """What reads faces, and keeps a picture of each where that is asked for."""
        read = networks.reader(self.policy)
        return PortraitReader(read) if self.thumbnails else read


def unwatched(instants: Iterable[Instant], about: About) -> Iterable[Instant]:
    """Instants as they come, with nobody looking on."""
    return instants


def analyze(
    path: Path | str,
    *,
    every: float = DEFAULT_EVERY,
    out: Path | str | None = None,
    roster: Path | str | None = None,
    teacher: str | None = None,
    policy: str | None = None,
    layout: str = "auto",
    slides: bool = True,
    thumbnails: bool = False,
    lang: str | None = None,
    force: bool = False,
    exclude: Sequence[str] = (),
    names: str = REAL,
    keep: str | None = None,
    passphrase: str | None = None,
    watch: Watch = unwatched,
) -> Lesson:
    """Read a recording into a lesson file, write its report, and return the lesson, open for reading."""
    folder = Path(out) if out else None
    entries = read_roster(Path(roster)) if roster else ()
    protection = privacy(entries, exclude, names, keep, passphrase)
    plan = Plan(every, chosen(policy), layout, slides, thumbnails, protection, lang)
    outcome = analyze_recording(Path(path), plan, folder, entries, teacher, force, watch)
    return open_lesson(outcome.lesson, passphrase=passphrase)


def analyze_recording(
    path: Path,
    plan: Plan,
    out: Path | None = None,
    entries: Sequence[Entry] = (),
    teacher: str | None = None,
    force: bool = False,
    watch: Watch = unwatched,
    networks: Networks | None = None,
    order: str | None = None,
) -> Outcome:
    """Read a recording into a lesson file beside it (or into `out`), and write the report.

    `networks` are lent by whoever reads several; `order` is one random number for all tries of a reading.
    """
    if is_photo(path):
        raise UsageError(f"{path} is a photo, not a recording; `meetbot analyze {path}` reads it.")
    plan = within_pins(plan)
    refuse_impossible(plan.privacy.left_out, layout_text(plan.layout), labels_available())
    size = size_of(path)  # before all of it is looked at
    about = open_source(path, plan.every).about
    loaded = networks or Networks()
    plan.reader(loaded)  # what can't be loaded is told before a lesson is begun
    target = lesson_path(path, make_folder(out) if out else None)
    facts = facts_of(path.name, plan, about.content_hash) | ({"order": order} if order else {})
    lesson, news = begin(target, about, facts, plan.privacy, entries, force)
    with not_of_half(target), lesson:
        if not is_finished(lesson):
            _read_on(lesson, path, about, plan, entries, teacher, loaded, watch)
            require_size(path, size)
            _finish(lesson, plan, about)
        del loaded  # unless they are somebody's, they are not in memory beside the figures of hours
        return conclude(lesson, entries, teacher, news, lang=plan.lang)


def within_pins(plan: Plan) -> Plan:
    """That plan, as far as what is pinned on this machine allows it."""
    require(plan.policy)
    if plan.thumbnails:
        require_thumbnails()
    return replace(plan, privacy=replace(plan.privacy, keep=longest_kept(plan.privacy.keep)))


def lesson_path(recording: Path, out: Path | None) -> Path:
    """Where the lesson of a recording is written: beside it, or in `out`."""
    return (out or recording.parent) / f"{recording.stem}.meetbot"


def no_news() -> Iterable[Observation]:
    """What a splitter tells that knows of no layouts."""
    return ()


def observe(
    instants: Iterable[Instant],
    find: Finder,
    split: Splitter,
    read: Reader,
    after: float = -inf,
    news: Callable[[], Iterable[Observation]] = no_news,
) -> Iterator[Observation]:
    """Everything seen after `after`, in the order of time; what comes earlier only warms find and split.

    `news` is what the splitter has to tell of the layout, asked once an instant.
    """
    return read_divided(divide(instants, find, split, after, news), read, after)


def divide(
    instants: Iterable[Instant],
    find: Finder,
    split: Splitter,
    after: float,
    news: Callable[[], Iterable[Observation]],
) -> Iterator[Instant]:
    """The same instants, those from `after` on with their tiles; earlier ones only warm the finder."""
    for instant in instants:
        found = [(frame, _faces(frame, find)) for frame in instant.frames]
        if instant.time < after:
            yield instant
            continue
        parts = [split(frame, faces) for frame, faces in found]
        tiles = tuple(tile for part in parts for tile in part or ())
        known = bool(parts) and None not in parts
        yield replace(instant, divided=Divided(tiles, known, tuple(news())))


def read_divided(instants: Iterable[Instant], read: Reader, after: float) -> Iterator[Observation]:
    """What is seen after `after` in instants that have been divided."""
    before: Mapping[int, Tile] = {}
    for instant in instants:
        if instant.divided is None:
            continue
        tiles, known, told = instant.divided.tiles, instant.divided.known, instant.divided.news
        # A room tells who comes and who goes; of a recording it follows from the tiles.
        streams = {frame.participant.seat for frame in instant.frames if frame.participant}
        people = (tile for tile in tiles if tile.kind == "person" and tile.seat not in streams)
        now = {tile.seat: tile if tile.settled else before.get(tile.seat, tile) for tile in people}
        if instant.time > after:
            yield from instant.events
            yield from told
            if known:
                yield from changes(instant.time, before, now)
            yield from read([tile for tile in tiles if tile.settled], instant.time)
        if known:
            before = now


def _faces(frame: Frame, find: Finder) -> Sequence[Face]:
    return () if frame.picture is NO_PICTURE else find(frame)


def facts_of(source: str, plan: Plan, content_hash: str = "") -> dict[str, str]:
    """What a lesson keeps about how it was made; a rerun with other `settings` is another lesson."""
    card = emotion_card() if plan.policy.moods else None
    model = {"model": card.name, "model_sha256": card.sha256} if card else {}
    points = points_card().sha256
    settings = {
        "every": plan.every,
        "policy": plan.policy.name,
        "model": model.get("model_sha256"),
        "detector": DETECTOR.sha256,
        "points": points,
        "layout": layout_text(plan.layout),
        "pictures": pictures_text(plan),
        **plan.privacy.settings(content_hash),
    }
    return {
        "source": source,
        "every": f"{plan.every:g}",
        "policy": plan.policy.name,
        **({"not_computed": plan.policy.not_computed} if plan.policy.not_computed else {}),
        "version": __version__,
        "detector_sha256": DETECTOR.sha256,
        "points_sha256": points,
        "settings": json.dumps(settings, sort_keys=True),
        **plan.privacy.facts(utc_now()),
        **model,
    }


def pictures_text(plan: Plan) -> str:
    """Which pictures a lesson keeps."""
    kept = (("slides", plan.keeps_slides), ("faces", plan.thumbnails))
    return " and ".join(word for word, keeps in kept if keeps) or "none"


def _read_on(
    lesson: Lesson,
    path: Path,
    about: About,
    plan: Plan,
    entries: Sequence[Entry],
    teacher: str | None,
    networks: Networks,
    watch: Watch,
) -> None:
    """Read a recording into its lesson from where the lesson ends."""
    stop, every = stop_of(lesson, plan.every), plan.every
    if not plan.policy.people and _by_seat(entries, teacher):
        stop = Stop()  # no seat is kept, so they are counted anew: the number must mean the same person
    lesson.forget_after(stop.after)
    stills, read = plan.stills(lesson.each_still()), plan.reader(networks)
    split = splitter_of(lesson, stop.held, every, plan.layout, entries, stills, networks.labels)
    if isinstance(read, PortraitReader):
        read.take_up(lesson.shown_in_stills())
    lesson.ask_who(lambda: identify(lesson, entries, teacher, sure=False))
    finder, hidden = networks.finder(), None
    if people := plan.privacy.left_out:
        hidden = exclusion_of(lesson, people, entries, plan.layout, finder, split, networks.labels)
    find, part = (hidden.find, hidden.split) if hidden else (finder, split)
    news = hidden.take_news if hidden else split.take_news
    # The finder looks at full size at such times, so from there on it finds what it would have found.
    warm = floor(max(stop.held, 0.0) / FIND_FULL_EVERY) * FIND_FULL_EVERY
    most = room_for(about.size)
    try:
        with (
            one_thread(),
            open_source(path, every, start=warm) as instants,
            ahead(instants, "decode", most) as decoded,
            ahead(divide(decoded, find, part, stop.held, news), "split", most) as divided,
        ):
            for observation in read_divided(marked(watch(divided, about), lesson), read, stop.after):
                lesson.add(observation)
    except BaseException as error:
        with suppress(MeetbotError):
            lesson.finish("interrupted", None)
        if isinstance(error, KeyboardInterrupt):
            raise Interrupted(
                f"Stopped; what was read is kept in {lesson.path}. The same command carries on from there, "
                f"and `meetbot report {lesson.path}` makes the report of what there is."
            ) from error
        raise


def write_lesson(
    target: Path,
    plan: Plan,
    about: About,
    source: str,
    entries: Sequence[Entry],
    teacher: str | None,
    force: bool,
    seen: Iterable[tuple[float, Sequence[Observation]]],
) -> Outcome:
    """Write what was seen at each instant of a recording into a new lesson, and its report."""
    facts = facts_of(source, plan, about.content_hash)
    lesson, news = begin(target, about, facts, plan.privacy, entries, force)
    with lesson:
        if not is_finished(lesson):
            lesson.forget_after(-inf)  # of somebody who began it meanwhile and stopped
            lesson.ask_who(lambda: identify(lesson, entries, teacher, sure=False))
            for time, observations in seen:
                for observation in observations:
                    lesson.add(observation)
                lesson.reached(time)
            _finish(lesson, plan, about)
        return conclude(lesson, entries, teacher, news, lang=plan.lang)


def _finish(lesson: Lesson, plan: Plan, about: About) -> None:
    end = read_until(lesson) + plan.every
    say_who_was_not_found(lesson, plan.privacy.left_out, end)
    lesson.finish("finished", min(end, about.duration or end))
    contents.seal(lesson)


def _by_seat(entries: Sequence[Entry], teacher: str | None) -> bool:
    """Whether somebody is told by the number of a seat."""
    return any(map(is_seat, [teacher or "", *(entry.alias for entry in entries)]))


def marked(instants: Iterable[Instant], lesson: Lesson) -> Iterator[Instant]:
    """Instants as they come; when the next is asked for, everything of this one has been written."""
    for instant in instants:
        yield instant
        lesson.reached(instant.time)
