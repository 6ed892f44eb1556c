"""The lesson of an analysis: a new one, the interrupted one to carry on with, or the finished one."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from math import inf
from pathlib import Path
from typing import NamedTuple

from meetbot.conclude import News
from meetbot.errors import InputError, UsageError
from meetbot.gallery.fixed import AUTO
from meetbot.pins import longest_kept
from meetbot.privacy import UNPROTECTED, Privacy
from meetbot.protect import NOT_KNOWN, protect
from meetbot.pseudonym import pseudonym_for
from meetbot.resources import is_there
from meetbot.roster import Entry
from meetbot.timeline.cover import stands_encrypted
from meetbot.timeline.lesson import Lesson, create_lesson, open_lesson
from meetbot.timeline.schema import never_begun
from meetbot.types import About

_OTHER = {
    "left out": "another choice of whom to leave out",
    "names": "another choice of --names",
    "points": "another network for the points of faces",
}


def begin(
    target: Path,
    about: About,
    facts: Mapping[str, str],
    protection: Privacy,
    entries: Sequence[Entry],
    force: bool,
) -> tuple[Lesson, News]:
    """A new lesson, the interrupted one to carry on with, or the finished one that is already there.

    What an order has begun is not begun by it once more: where it is tried again, since a worker died or
    its answer was lost, it carries on, also with `force`, and what it did is told as in the first try.
    """
    known = {**facts, "content_hash": about.content_hash}
    there = is_there(target) and not (target.is_file() and never_begun(target))
    if there and force:
        if not protection.passphrase:
            _stay_encrypted(target)
        there = _begun_by(target, known, protection.passphrase)
    if not there:
        lesson = create_lesson(target, about, {**facts, **_mark(facts, "read")}, protection.passphrase)
        protect(lesson, protection, entries, told=NOT_KNOWN)
        return lesson, "read"
    lesson = open_lesson(target, write=True, passphrase=protection.passphrase)
    try:
        return lesson, _taken_up(lesson, known, protection, entries)
    except BaseException:
        lesson.close()
        raise


def _mark(facts: Mapping[str, str], news: News) -> Mapping[str, str]:
    """Which order took a lesson up, and as what: a random number, since the clocks of machines differ."""
    return {"order": f"{facts['order']} {news}"} if "order" in facts else {}


def _news_of(lesson: Lesson, facts: Mapping[str, str]) -> News | None:
    """What an order took a lesson up as, if it did so before."""
    marked = lesson.facts().get("order")
    news: Sequence[News] = ("read", "continued")
    return next((one for one in news if marked and _mark(facts, one).get("order") == marked), None)


def _begun_by(target: Path, facts: Mapping[str, str], passphrase: str | None) -> bool:
    """Whether an order began a lesson of that recording itself; one that can't be read is another's."""
    if "order" not in facts:
        return False
    with suppress(InputError), open_lesson(target, passphrase=passphrase, any_policy=True) as lesson:
        same = lesson.facts().get("content_hash") == facts["content_hash"]
        return same and _news_of(lesson, facts) is not None
    return False


def _taken_up(
    lesson: Lesson, facts: Mapping[str, str], protection: Privacy, entries: Sequence[Entry]
) -> News:
    """Whether a lesson is carried on with or done; refused where it was read in another way."""
    differences = list(_differences(lesson, facts))
    if protection.passphrase and not lesson.encrypted:
        differences.append("no encryption")
    if differences:
        raise UsageError(
            f"{lesson.path} is already there with {' and '.join(differences)}; "
            "use --force to read everything again, or --out for another folder."
        )
    if lesson.nameless:
        lesson.call_by(pseudonym_for(entries))
    if until := facts.get("keep_until"):
        old = lesson.facts().get("keep_until") if longest_kept() else None  # what is pinned is never put off
        lesson.note(keep_until=min(until, old or until))
    if before := _news_of(lesson, facts):
        return before
    if is_finished(lesson):
        return "unchanged"
    lesson.note(**_mark(facts, "continued"))
    return "continued"


def is_finished(lesson: Lesson) -> bool:
    """Whether all of a recording stands in its lesson."""
    return lesson.facts().get("status") == "finished"


def read_until(lesson: Lesson) -> float:
    """Up to where it does, in seconds."""
    return float(lesson.facts().get("read_until", -inf))


class Stop(NamedTuple):
    """Where a lesson stopped, in instants of its recording."""

    after: float = -inf  # the last one that was read
    held: float = -inf  # of these, the last one at which it was known who is there


def stop_of(lesson: Lesson, every: float) -> Stop:
    """Where a lesson stopped; its times are rounded, those of instants are not."""
    after = read_until(lesson)
    if after == -inf:
        return Stop()
    return Stop(*(every * round(time / every) for time in (after, lesson.last_told(after))))


def _differences(lesson: Lesson, new: Mapping[str, str]) -> Iterator[str]:
    """What an old lesson and a new analysis don't have in common, in words."""
    old = lesson.facts()
    if old.get("content_hash") != new["content_hash"]:
        yield f"another recording in it ({old.get('source', 'unknown')})"
    then, now = lesson.decoded("settings", dict), json.loads(new["settings"])
    if then.get("policy") != now["policy"]:
        yield f"another policy ({then.get('policy')}, now {now['policy']})"
        return  # a model or none follows from the policy
    # Of lessons that are older than these settings.
    missing = {"layout": AUTO, "pictures": now["pictures"], **UNPROTECTED.settings("")}
    for key in ("every", "model", "detector", "points", "layout", "pictures", "left out", "names"):
        if then.get(key, missing.get(key)) != now[key]:
            what = "choice of pictures" if key == "pictures" else key
            yield _OTHER.get(key) or f"another {what} ({str(then.get(key))[:8]}, now {str(now[key])[:8]})"


def _stay_encrypted(target: Path) -> None:
    """Refuses to read again in the open what was encrypted."""
    if stands_encrypted(target):
        raise UsageError(f"{target} is encrypted; add --encrypt to read it again, or delete it first.")
