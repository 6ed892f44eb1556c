"""meetbot analyze: recordings and photos, or folders of them."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from meetbot.cli import options
from meetbot.cli.console import NOT_ENCRYPTED, complain, new_passphrase, progress, say, say_json, show
from meetbot.cli.documents import lesson_document, photo_document, photo_words
from meetbot.cli.logs import logged
from meetbot.cli.many import read_by_workers, stopped_in_a_sentence
from meetbot.cli.outcome import failed_of, tell_in_words
from meetbot.cli.policies import policy_by
from meetbot.errors import InputError, Interrupted, MeetbotError
from meetbot.faults import remember
from meetbot.log import Log

if TYPE_CHECKING:
    from meetbot.conclude import Outcome
    from meetbot.many.crew import Hands
    from meetbot.many.shift import Result
    from meetbot.photo import PhotoFaces

R = TypeVar("R")


def analyze(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH...", readable=False, help="Recordings, photos, or folders of them."),
    ],
    every: options.Every = options.EVERY,
    out: options.Out = None,
    roster: options.Roster = None,
    teacher: options.Teacher = None,
    policy: options.PolicyName = options.POLICY,
    layout: options.Layout = options.LAYOUT,
    no_slides: options.NoSlides = False,
    thumbnails: options.Thumbnails = False,
    exclude: options.Exclude = None,
    names: options.Names = options.NAMES,
    keep: options.Keep = None,
    encrypt: options.Encrypt = False,
    lang: options.Lang = None,
    force: options.Force = False,
    json: options.Json = False,
    open: options.Open = False,
    quiet: options.Quiet = False,
    log_file: options.LogFile = None,
    workers: options.Workers = None,
    cluster: options.Cluster = None,
    worker_memory: options.WorkerMemory = None,
) -> None:
    """Read recorded lessons or photos, and write a report for each lesson."""
    from meetbot.photo import analyze_photo
    from meetbot.pipeline import Plan, analyze_recording, lesson_path
    from meetbot.privacy import privacy
    from meetbot.roster import read_roster
    from meetbot.sources import is_photo, media_in
    from meetbot.timeline.cover import stands_encrypted

    entries = read_roster(roster) if roster else ()
    phrase = new_passphrase() if encrypt else None
    protection = privacy(entries, exclude or (), names, keep, phrase)
    by = policy_by(policy, protection.keep)
    plan = Plan(every, by, layout, not no_slides, thumbnails, protection, lang)

    def note(log: Log, path: Path) -> None:
        sealed = not is_photo(path) and stands_encrypted(lesson_path(path, out))  # also unasked
        log.input(media.index(path) + 1, path, names=not sealed)

    def tell(log: Log, outcome: "Outcome") -> dict[str, Any]:
        log.read(outcome.figures)
        if outcome.encrypted:
            complain(NOT_ENCRYPTED.format(outcome.report))
        if open:
            show(outcome.report)
        if json:
            return lesson_document(outcome)  # which loads pandas, of no use to who hears of workers in words
        tell_in_words(outcome)
        return {}

    def read(path: Path, log: Log) -> dict[str, Any]:
        note(log, path)
        if is_photo(path):
            return _tell_photo(path, analyze_photo(path, plan.policy, protection), json)
        with progress(quiet or json) as watch:
            outcome = analyze_recording(path, plan, out, entries, teacher, force, log.watching(watch))
        return tell(log, outcome)

    def read_many(recordings: list[Path], log: Log, hands: "Hands") -> Iterator[tuple[Path, Any]]:
        ends = read_by_workers(recordings, plan, out, entries, teacher, force, hands, quiet or json)
        for path, end, why in ends:
            note(log, path)
            if why:
                log.whole(why)
            yield from _tried([path], partial(_told, end, partial(tell, log)), log)

    hands = _hands(workers, cluster, worker_memory)
    listed = list(_tried(paths, lambda path: media_in([path])))
    named = [path for _, found in listed if isinstance(found, list) for path in found]
    media = list({path.absolute(): path for path in named}.values())  # each once
    recordings = [path for path in media if not is_photo(path)]
    clashes = _clashes(recordings, out)
    media, recordings = ([path for path in some if path not in clashes] for some in (media, recordings))
    alone = [path for path in media if path not in recordings] if hands else media
    missing = [(path, found) for path, found in listed if isinstance(found, MeetbotError)]
    missing += [(path, end) for path, end in _tried(list(clashes), partial(_raised, clashes))]
    with logged(log_file, "analyze", plan.policy, not protection.hides_names) as log:
        for _, error in missing:
            log.failed(error)
        ends = list(_tried(alone, lambda path: read(path, log), log))
        if hands and recordings:
            with stopped_in_a_sentence(ends, len(media)):
                for end in read_many(recordings, log, hands):
                    ends.append(end)  # noqa: PERF402  # those that came before Ctrl-C are counted
    results = [*missing, *sorted(ends, key=lambda end: media.index(end[0]))]
    if json:
        say_json(_document(results))
    failed = [path for path, end in results if isinstance(end, MeetbotError)]
    if failed and len(results) > 1:
        complain(failed_of(failed, len(results)))
    raise typer.Exit(max((end.exit_code for _, end in results if isinstance(end, MeetbotError)), default=0))


def _tried(
    paths: list[Path], work: Callable[[Path], R], log: Log | None = None
) -> Iterator[tuple[Path, R | MeetbotError]]:
    """Each path with what the work gave, or with its error: one that fails does not stop the others."""
    for path in paths:
        try:
            yield path, work(path)
        except Interrupted:
            raise
        except MeetbotError as error:
            complain(str(error))
            remember(error)
            if log:
                log.failed(error)
            yield path, error


def _hands(workers: int | None, cluster: str | None, memory: str | None) -> "Hands | None":
    if workers is None and cluster is None and memory is None:
        return None  # the modules about workers are not loaded
    from meetbot.many.crew import hands_of

    return hands_of(workers, cluster, memory)


def _raised(errors: Mapping[Path, MeetbotError], path: Path) -> Any:
    raise errors[path]


def _told(end: "Result", tell: "Callable[[Outcome], dict[str, Any]]", path: Path) -> dict[str, Any]:
    """What a worker's outcome is told as; its error is raised as if it had come up here."""
    if isinstance(end, MeetbotError):
        raise end
    return tell(end)


def _document(results: list[tuple[Path, Any]]) -> Any:
    """One document for one input, and a list that names its inputs for several."""
    documents = [{"error": str(end)} if isinstance(end, MeetbotError) else dict(end) for _, end in results]
    if len(results) == 1:
        return documents[0]
    return [{"input": str(path), **document} for (path, _), document in zip(results, documents, strict=True)]


def _clashes(recordings: list[Path], out: Path | None) -> dict[Path, MeetbotError]:
    """Recordings that would share a lesson with another one: which of them is meant, nobody can know here."""
    from meetbot.pipeline import lesson_path

    sharing: dict[Path, list[Path]] = {}
    for path in recordings:
        sharing.setdefault(lesson_path(path, out), []).append(path)
    return {
        path: InputError(
            f"{path} was not read: {' and '.join(str(other) for other in paths if other != path)} would be "
            f"written to {target} as well; rename one of them, or read each with an --out of its own."
        )
        for target, paths in sharing.items()
        for path in paths
        if len(paths) > 1
    }


def _tell_photo(path: Path, photo: "PhotoFaces", json: bool) -> dict[str, Any]:
    if not json:
        for line in photo_words(path.name, photo):
            say(line)
    return photo_document(photo)
