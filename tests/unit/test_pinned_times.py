"""A pin may say how long a lesson is kept, and whether pictures of faces are."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from meetbot import analyze, open_lesson, pins
from meetbot.attend import attend
from meetbot.beginning import begin
from meetbot.cli.policies import policy_by
from meetbot.doctor import pinned_here
from meetbot.errors import PolicyError
from meetbot.pipeline import Plan, within_pins
from meetbot.policy import CUES
from meetbot.privacy import UNPROTECTED, Privacy
from meetbot.rooms.base import Visit
from meetbot.sources.live import Terms
from meetbot.types import About
from tests.pinned import limits, machine, pin
from tests.written import face, write_lesson

__all__ = ["machine"]
pytestmark = pytest.mark.usefixtures("machine")


def days(number: int) -> timedelta:
    return timedelta(days=number)


def test_without_a_pinned_time_a_lesson_is_kept_as_asked() -> None:
    for whose in ("system", "user"):
        pin("full", whose)
    assert (pins.longest_kept(), pins.longest_kept(days(400))) == (None, days(400))
    assert pins.shortened(days(400)) is None
    pins.require_thumbnails()


def test_a_pinned_time_holds_where_none_or_more_is_asked_for() -> None:
    file = limits('keep = "30d"')
    asked = [None, days(7), days(30), days(31)]
    assert [pins.longest_kept(one) for one in asked] == [days(30), days(7), days(30), days(30)]
    assert [pins.shortened(one) for one in asked[:3]] == [None] * 3
    assert pins.shortened(days(31)) == f"{file} keeps lessons for 30 days at most; this one, too."


@pytest.mark.parametrize(("system", "user"), [("1d", "30d"), ("2w", "1d"), ("1d", "1d")])
def test_of_two_pinned_times_the_shorter_holds_whosever_it_is(system: str, user: str) -> None:
    files = {limits(f'keep = "{system}"'): system, limits(f'keep = "{user}"', "user"): user}
    assert pins.longest_kept(days(300)) == days(1)
    told = pins.shortened(days(300)) or ""
    assert any(told.startswith(f"{file} keeps lessons for 1 day ") for file in files if files[file] == "1d")


@pytest.mark.parametrize("whose", ["system", "user"])
def test_pictures_of_faces_can_be_forbidden_and_not_allowed_again(whose: str, tmp_path: Path) -> None:
    limits("thumbnails = true", "user" if whose == "system" else "system")
    file = limits("thumbnails = false", whose)
    with pytest.raises(PolicyError, match="--thumbnails is refused") as refused:
        pins.require_thumbnails()
    assert str(file) in str(refused.value)
    recording = tmp_path / "class.mp4"
    recording.write_bytes(b"never looked at")
    with pytest.raises(PolicyError, match="--thumbnails is refused"):
        analyze(recording, thumbnails=True)
    with pytest.raises(PolicyError, match="--thumbnails is refused"):
        attend("janus://localhost/1", Visit(), Terms(), Plan(thumbnails=True))


def test_every_way_to_read_keeps_to_the_pinned_time() -> None:
    limits('keep = "30d"\nthumbnails = true')
    plan = within_pins(Plan(thumbnails=True, privacy=Privacy(keep=days(365), alias=True)))
    assert (plan.privacy, plan.thumbnails) == (Privacy(keep=days(30), alias=True), True)
    assert within_pins(Plan()).privacy.keep == days(30)


@pytest.mark.parametrize("limit", ["", 'keep = "30d"'])
def test_a_finished_lesson_is_not_put_off_where_a_time_is_pinned(tmp_path: Path, limit: str) -> None:
    keys = ("policy", "every", "model", "detector", "points", "layout", "pictures", "left out", "names")
    same, past = json.dumps(dict.fromkeys(keys, "same")), "2001-01-01T00:00:00+00:00"
    path = write_lesson(tmp_path / "a.meetbot", [face(0.0)], settings=same)
    limits(limit)
    about, new = (
        About("A lesson", "sha256:1234"),
        {"settings": same, "keep_until": "2031-01-01T00:00:00+00:00"},
    )
    for before, after in ((past, "2001" if limit else "2031"), ("", "2031"), ("not a date", "2031")):
        with open_lesson(path, write=True) as opened:
            opened.note(keep_until=before)
        lesson, news = begin(path, about, new, UNPROTECTED, (), force=False)
        with lesson:
            assert (lesson.facts()["keep_until"][:4], news) == (after, "unchanged")


def test_what_is_pinned_is_told_to_whoever_asks(capsys: pytest.CaptureFixture[str]) -> None:
    file = limits('keep = "12w"')
    assert policy_by("cues", days(84)) == CUES and capsys.readouterr().err == ""
    assert policy_by("cues", days(365)) == CUES
    told = " ".join(capsys.readouterr().err.split())
    assert told == f"meetbot: {file} keeps lessons for 84 days at most; this one, too."
    assert pinned_here().found == f"full at most, by {file}; lessons are kept for 84 days at most"
