"""The wall clock may jump as it likes: it dates a lesson and names its file, and no time span rests on it."""

import ast
from pathlib import Path

import meetbot

PACKAGE = Path(meetbot.__file__).parent
# Who asks what time of day it is, and only to date something: lessons and files, consent and what is kept
# until when, lines of a log, bundles for support, the note by which the live page's address is found again.
DATED = {
    "attend.py",
    "privacy.py",
    "log.py",
    "faults.py",
    "sources/live.py",
    "web/board.py",
}
ASKED = {
    ("time", "time"),
    ("time", "time_ns"),
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
}


def asks_for_the_time_of_day(path: Path) -> bool:
    calls = (node.func for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call))
    return any(
        isinstance(call, ast.Attribute)
        and isinstance(call.value, ast.Name)
        and (call.value.id, call.attr) in ASKED
        for call in calls
    )


def test_only_what_dates_something_asks_for_the_time_of_day() -> None:
    asking = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if asks_for_the_time_of_day(path)
    }
    assert asking <= DATED


def test_a_live_class_is_timed_by_a_clock_that_never_jumps() -> None:
    text = (PACKAGE / "sources" / "live.py").read_text("utf-8")
    assert text.count("datetime.now(") == 1 and "started_at=now" in text  # when it began, and nothing else
