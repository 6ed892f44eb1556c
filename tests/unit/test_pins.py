"""A pin is the most that may be read: more is refused, and an unclear pin refuses all."""

import os
from itertools import product
from pathlib import Path

import pytest

from meetbot import analyze, folders, open_lesson, pins
from meetbot.attend import attend
from meetbot.errors import PolicyError, UsageError
from meetbot.photo import analyze_photo
from meetbot.pipeline import Plan, analyze_recording
from meetbot.policy import CUES, FULL, POLICIES, Policy, policy_named
from meetbot.rooms.base import Visit
from meetbot.sources.live import Terms
from tests.commands import meetbot
from tests.pinned import machine, pin
from tests.written import face, write_lesson

__all__ = ["machine"]
pytestmark = pytest.mark.usefixtures("machine")


def test_without_a_pin_what_is_asked_for_holds_and_else_full() -> None:
    assert pins.pinned() is None
    assert pins.chosen() == FULL
    assert [pins.chosen(policy.name) for policy in POLICIES] == list(POLICIES)


def test_a_pin_holds_where_nothing_is_asked_for() -> None:
    pin("cues")
    assert pins.chosen() == CUES


ALLOWED = {
    "full": {"full", "class", "cues", "eu-education"},
    "class": {"class"},
    "cues": {"cues", "eu-education"},
    "eu-education": {"cues", "eu-education"},
}
NAMES = [policy.name for policy in POLICIES]


@pytest.mark.parametrize(("pinned", "asked"), list(product(NAMES, NAMES)))
def test_more_than_is_pinned_is_refused_with_the_name_of_the_file(pinned: str, asked: str) -> None:
    file = pin(pinned)
    if asked in ALLOWED[pinned]:
        assert pins.chosen(asked).name == asked
        return
    with pytest.raises(PolicyError) as refused:
        pins.chosen(asked)
    assert refused.value.exit_code == 5
    assert str(file) in str(refused.value) and f"allows {pinned} at most" in str(refused.value)


def test_a_users_file_narrows_the_systems_and_never_widens_it() -> None:
    system, user = pin("full"), pin("cues", "user")
    assert pins.pinned() == pins.Pin(CUES, user)
    pin("cues"), pin("full", "user")
    assert pins.pinned() == pins.Pin(CUES, system)


@pytest.mark.skipif("class" not in NAMES, reason="no such policy yet")
def test_two_pins_that_have_nothing_in_common_refuse() -> None:
    system, user = pin("class"), pin("cues", "user")
    with pytest.raises(PolicyError, match="nothing in common") as refused:
        pins.chosen()
    assert str(system) in str(refused.value) and str(user) in str(refused.value)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"polcy = 'cues'",
        b"policy = 'nothing'",
        b"policy = 1",
        b"policy = ['cues']",
        b"policy = 'cues'\nevery = 2",
        b"policy = cues",
        b"keep = '30d'",
        b"thumbnails = false",
        b"policy = 'cues'\nkeep = 30",
        b"policy = 'cues'\nkeep = ''",
        b"policy = 'cues'\nkeep = 'a while'",
        b"policy = 'cues'\nkeep = '0d'",
        b"policy = 'cues'\nkeep = ['30d']",
        b"policy = 'cues'\nKeep = '30d'",
        b"policy = 'cues'\nthumbnails = 'false'",
        b"policy = 'cues'\nthumbnails = 0",
        b"policy = 'cues'\n[limits]\nkeep = '30d'",
        b"[meetbot]\npolicy = 'cues'",
        b"policy = 'cues'\x00",
        b"\xff\xfe\x00",
        b"a = " + b"[" * 20000,
        b"#" * 70000 + b"\npolicy = 'cues'",
    ],
)
@pytest.mark.parametrize("whose", ["system", "user"])
def test_a_pin_that_is_not_understood_refuses(content: bytes, whose: str) -> None:
    pin("full", "user" if whose == "system" else "system")
    file = pin("cues", whose)
    file.write_bytes(content)
    with pytest.raises(PolicyError, match="can't be understood") as refused:
        pins.chosen("cues")
    assert str(file) in str(refused.value)


def test_a_pin_as_windows_notepad_writes_it_is_understood() -> None:
    folders.system_file().write_bytes(b'\xef\xbb\xbfpolicy = "cues"\r\n')
    assert pins.chosen() == CUES


def test_a_pin_that_is_no_plain_file_refuses_instead_of_waiting() -> None:
    file = folders.system_file()
    file.mkdir()
    with pytest.raises(PolicyError, match="no plain file"):
        pins.chosen()
    file.rmdir()
    if hasattr(os, "mkfifo"):
        os.mkfifo(file)
        with pytest.raises(PolicyError, match="no plain file"):
            pins.chosen()


def test_a_pin_that_points_nowhere_refuses() -> None:
    folders.system_file().symlink_to("nowhere.toml")
    with pytest.raises(PolicyError, match="points to a file that isn't there"):
        pins.chosen()


def test_a_pin_that_may_not_be_read_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    pin("cues")

    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(PolicyError, match="Permission denied"):
        pins.chosen()
    monkeypatch.setattr(Path, "stat", denied)
    with pytest.raises(PolicyError, match="Permission denied"):
        pins.chosen()


def test_a_home_whose_configuration_is_a_file_has_no_pin(monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = folders.user_file().parent / "file"
    blocked.touch()
    monkeypatch.setattr(folders, "user_file", lambda: blocked / "meetbot.toml")
    assert pins.pinned() is None


def test_nothing_that_reads_goes_past_a_pin(tmp_path: Path) -> None:
    pin("cues")
    recording = tmp_path / "class.mp4"
    recording.write_bytes(b"never looked at")
    with pytest.raises(PolicyError, match="allows cues at most"):
        analyze(recording, policy="full")
    with pytest.raises(PolicyError, match="allows cues at most"):
        analyze_recording(recording, Plan())
    with pytest.raises(PolicyError, match="allows cues at most"):
        analyze_photo(recording)
    with pytest.raises(PolicyError, match="allows cues at most"):
        attend("janus://localhost/1", Visit(), Terms(), Plan())


def test_a_lesson_that_holds_more_than_is_pinned_is_not_opened(tmp_path: Path) -> None:
    full = write_lesson(tmp_path / "full.meetbot", [face(0.0)])
    cues = write_lesson(tmp_path / "cues.meetbot", [], policy="cues")
    pin("eu-education")
    open_lesson(cues).close()
    for write in (False, True):
        with pytest.raises(PolicyError, match=r"meetbot narrow .*full.meetbot --policy eu-education"):
            open_lesson(full, write=write)
    with open_lesson(full, write=True, any_policy=True) as opened:
        assert opened.facts()["policy"] == "full"
    pin("full")
    with open_lesson(full, write=True) as opened:
        opened.note(policy="from-the-future")
    open_lesson(cues).close()
    with pytest.raises(PolicyError, match="from-the-future"):
        open_lesson(full)


def test_where_moods_are_forbidden_is_told_once_a_user() -> None:
    told = pins.first_time(FULL)
    assert told and "Article 5(1)(f)" in told and f'policy = "cues" in {folders.system_file()}' in told
    assert pins.first_time(FULL) is None


def test_where_nothing_is_read_that_is_forbidden_or_something_is_pinned_nothing_is_told() -> None:
    assert pins.first_time(CUES) is None
    pin("full")
    assert pins.first_time(FULL) is None
    folders.system_file().unlink()
    assert pins.first_time(FULL)


def test_a_state_folder_that_can_not_be_written_costs_nothing() -> None:
    folders.state_folder().touch()  # a file where the folder should be
    assert pins.first_time(FULL) == pins.first_time(FULL) is not None


def test_the_order_of_policies_has_a_top_and_no_widening() -> None:
    assert all(FULL.allows(policy) for policy in POLICIES)
    for a, b, c in product(POLICIES, repeat=3):
        assert not (a.allows(b) and b.allows(c)) or a.allows(c)
    assert not CUES.allows(Policy("shares", moods=True, people=False))


def test_an_unknown_policy_is_a_wrong_use_that_lists_the_known() -> None:
    with pytest.raises(UsageError, match=r"full, .*cues, eu-education"):
        policy_named("everything")


def test_commands_refuse_by_exit_code_5_and_tell_the_law(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lesson = write_lesson(tmp_path / "a.meetbot", [face(0.0)])
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "new"))
    told = meetbot("analyze", tmp_path / "missing.mp4")
    assert told.code == 3 and "Article 5(1)(f)" in told.err
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    pinned = tmp_path / "home" / "meetbot" / "meetbot.toml"
    pinned.parent.mkdir(parents=True)
    pinned.write_text('policy = "cues"')
    for words in (("demo", "--policy", "full"), ("report", lesson)):
        done = meetbot(*words, folder=tmp_path)
        assert (done.code, done.out) == (5, "")
        assert str(pinned) in done.err
    assert not (tmp_path / "a.html").exists()


def test_a_user_without_a_home_has_no_pin_and_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    for variable in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.delenv(variable, raising=False)

    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", homeless)
    assert not folders.user_file().exists()
    assert folders.state_folder().is_absolute()
