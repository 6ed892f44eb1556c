"""What was read, in the record of consent: a digest of it stands there as an entry from the lesson's end on.

So a lesson whose readings were changed is told from the one that a report shows. Names and roles are not in
it, because the class list may give them later; nor are pictures.
"""

import hashlib

from meetbot.timeline import consent, rows
from meetbot.timeline.store import Store

KIND: consent.Kind = "contents"
CHANGED = "was changed before"  # in place of a digest, so that no later step makes good what was changed
_FACTS = (
    "policy",
    "every",
    "duration",
    "started_at",
    "content_hash",
    "model_sha256",
    "detector_sha256",
    "points_sha256",
)
_QUERIES = (
    f"SELECT key, value FROM lesson WHERE key IN {_FACTS} ORDER BY key",
    f"{rows.SELECT_READINGS} ORDER BY time, seat",
    "SELECT time, kind, seat, text FROM event ORDER BY id",
    'SELECT start, "end", people, shares FROM class_minute ORDER BY start',
)


def seal(lesson: Store, held: bool = True) -> None:
    """Puts what a lesson holds now into its record; `held`: whether it was as the record said before."""
    consent.record(lesson, KIND, text=_digest(lesson) if held else CHANGED)


def hold(lesson: Store) -> bool | None:
    """Whether a lesson holds what its record says; None where the record says nothing of it."""
    said = [entry.text for entry in consent.entries(lesson) if entry.kind == KIND and entry.salt is not None]
    return _digest(lesson) == said[-1] if said else None


def _digest(lesson: Store) -> str:
    sum_ = hashlib.sha256()
    for query in _QUERIES:
        for row in lesson.each_row(query):
            sum_.update(repr(row).encode("utf-8", "surrogatepass"))
        sum_.update(b";")
    return sum_.hexdigest()
