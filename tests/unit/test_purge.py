"""Lessons past their time go, with their reports and exports; nothing else does."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from meetbot import conclude
from meetbot import purge as purging
from meetbot.cli import app
from meetbot.errors import InputError, UsageError
from meetbot.keeping import keep_for
from meetbot.privacy import Privacy, privacy
from meetbot.purge import Purged, purge
from meetbot.timeline import consent, seal
from meetbot.timeline.copies import note_copy, remember_copy
from meetbot.timeline.cover import kept_until
from meetbot.timeline.export import export
from meetbot.timeline.lesson import create_lesson, open_lesson
from meetbot.types import About
from tests.written import face

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
FORMATS = ("csv", "json", "parquet", "xlsx")


def lesson(path: Path, days: int | None, phrase: str | None = None) -> Path:
    """A lesson whose time is over in so many days, counted from NOW."""
    keep = Privacy(keep=timedelta(days=10)).facts(NOW + timedelta(days=days - 10)) if days is not None else {}
    facts = {"every": "1.0", "policy": "full", **keep}
    path.parent.mkdir(exist_ok=True)
    with create_lesson(path, About("A lesson", "sha256:1234"), facts, phrase) as made:
        made.add(face(0.0))
        made.reached(0.0)
        made.finish("finished", 1.0)
    return path


def with_everything(path: Path, days: int) -> Path:
    """A lesson with its report and all its exports."""
    lesson(path, days)
    with open_lesson(path) as opened:
        conclude.report(opened, opened.figures())
        for format in FORMATS:
            export(opened, format, path.with_name(f"{path.stem}.readings.{format}"))
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture(scope="module")
def over(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lesson whose time is over, made once."""
    return with_everything(tmp_path_factory.mktemp("over") / "old.meetbot", -1)


@pytest.fixture
def old(over: Path, tmp_path: Path) -> Path:
    """A copy of it, and of all that stands beside it."""
    for part in over.parent.iterdir():
        (tmp_path / part.name).write_bytes(part.read_bytes())
    return tmp_path / "old.meetbot"


def test_what_is_past_its_time_goes_with_its_report_and_exports(old: Path) -> None:
    assert len(names(old.parent)) == 6
    (done,) = purge([old.parent], NOW)
    assert names(old.parent) == []
    assert (len(done.deleted), done.deleted[-1], done.left, done.why) == (6, old, (), None)


def test_a_dry_run_says_the_same_and_deletes_nothing(old: Path) -> None:
    (planned,) = purge([old.parent], NOW, dry_run=True)
    assert len(names(old.parent)) == 6
    (done,) = purge([old.parent], NOW)
    assert planned == done


def test_what_is_to_be_kept_stays(tmp_path: Path) -> None:
    lesson(tmp_path / "later.meetbot", 1)
    lesson(tmp_path / "ever.meetbot", None)
    found = list(purge([tmp_path], NOW))
    assert [(one.lesson.stem, one.until, one.deleted) for one in found] == [
        ("ever", None, ()),
        ("later", NOW + timedelta(days=1), ()),
    ]
    assert names(tmp_path) == ["ever.meetbot", "later.meetbot"]


def test_an_encrypted_lesson_says_its_time_without_its_passphrase(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seal, "COST", 2**4)
    later = lesson(tmp_path / "later.meetbot", 5, "a phrase")
    assert kept_until(later) == NOW + timedelta(days=5)
    lesson(tmp_path / "old.meetbot", -5, "a phrase")
    assert [one.lesson.stem for one in purge([tmp_path], NOW) if one.deleted] == ["old"]
    assert names(tmp_path) == ["later.meetbot"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("old.html", b"<html>my own page</html>"),
        ("old.readings.csv", b"my,own,table\n"),
        ("old.readings.json", b"[1, 2]"),
        ("old.readings.parquet", b"PAR1 of somebody"),
        ("old.readings.xlsx", b"no book"),
    ],
)
def test_a_file_of_the_same_name_that_is_not_ours_stays_and_is_named(
    tmp_path: Path, name: str, content: bytes
) -> None:
    lesson(tmp_path / "old.meetbot", -1)
    (tmp_path / name).write_bytes(content)
    (done,) = purge([tmp_path], NOW)
    assert (done.left, names(tmp_path)) == ((tmp_path / name,), [name])


def not_a_lesson(path: Path) -> None:
    path.write_text("notes of a meeting with a bot")


def another_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE lesson (key, value)")


def cut_off(path: Path) -> None:
    lesson(path, -1)
    path.write_bytes(path.read_bytes()[:9000])


def with_an_odd_time(path: Path) -> None:
    lesson(path, -1)
    with open_lesson(path, write=True) as opened:
        opened.note(keep_until="yesterday")


@pytest.mark.parametrize("make", [not_a_lesson, another_database, cut_off, with_an_odd_time])
def test_what_can_not_be_told_to_be_an_old_lesson_stays_and_is_named(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    make(tmp_path / "a.meetbot")
    (done,) = purge([tmp_path], NOW)
    assert done.why and "a.meetbot" in done.why and done.deleted == ()
    assert names(tmp_path) == ["a.meetbot"]
    assert done.exit_code == (0 if make in (not_a_lesson, another_database) else 3)


def test_a_report_in_another_folder_goes_too_and_what_is_not_known_to_be_its_own_is_named(
    tmp_path: Path,
) -> None:
    path, far = lesson(tmp_path / "a" / "old.meetbot", -1), tmp_path / "far"
    with open_lesson(path, write=True) as opened:
        consent.record(opened, "notice", text="told")
        mine = conclude.report(opened, opened.figures(), far)
        others = [far / "term.html", far / "old.readings.csv", tmp_path / "foreign" / "old.html"]
        others[2].parent.mkdir()
        for other in others:
            other.write_bytes(mine.read_bytes() if other.name == "term.html" else b"another's")
        for copy in (mine, *others):
            note_copy(opened, copy)
    (planned,) = purge([path.parent], NOW, dry_run=True)
    assert (mine.exists(), mine in planned.deleted) == (True, True)
    assert list(purge([path.parent], NOW)) == [planned]
    assert planned.elsewhere == tuple(other.resolve() for other in others)
    assert not mine.exists() and all(other.exists() for other in others)


def test_a_report_of_another_lesson_stays(old: Path, tmp_path: Path) -> None:
    """A lesson from a stranger may name any file of ours."""
    far = tmp_path / "far" / "old.html"
    far.parent.mkdir()
    far.write_bytes(old.with_suffix(".html").read_bytes())
    with open_lesson(old, write=True) as opened:
        consent.record(opened, "notice", text="another record")
        note_copy(opened, far)
    (done,) = purge([old.parent], NOW)
    assert far.exists() and done.elsewhere == (far.resolve(),)


def test_what_an_encrypted_lesson_knows_of_other_folders_takes_its_passphrase(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seal, "COST", 2**4)
    path, far = lesson(tmp_path / "a" / "old.meetbot", -1, "a phrase"), tmp_path / "b.csv"
    far.touch()
    with open_lesson(path, write=True, passphrase="a phrase") as opened:
        note_copy(opened, far)
    found = []
    for phrase in ("", "wrong", "a phrase"):
        monkeypatch.setenv("MEETBOT_PASSPHRASE", phrase)
        found += [one.elsewhere for one in purge([path.parent], NOW, dry_run=True)]
    assert found == [None, None, (far.resolve(),)]
    monkeypatch.delenv("MEETBOT_PASSPHRASE")
    with open_lesson(path, write=True, passphrase="a phrase") as opened:
        opened.note(keep_until="2001-01-01T00:00:00+00:00")
    done = CliRunner().invoke(app, ["purge", str(path.parent)])
    assert done.exit_code == 0 and "only by its passphrase in MEETBOT_PASSPHRASE" in done.stderr


def test_what_is_no_lesson_is_named_and_is_no_failure(tmp_path: Path) -> None:
    not_a_lesson(tmp_path / "a.meetbot")
    done = CliRunner().invoke(app, ["purge", str(tmp_path)])
    assert (done.exit_code, "is not a lesson file" in done.stderr) == (0, True)


def test_a_lesson_that_is_being_written_stays(tmp_path: Path) -> None:
    facts = Privacy(keep=timedelta(days=1)).facts(NOW - timedelta(days=2))
    with create_lesson(tmp_path / "a.meetbot", About("A lesson", "1"), facts):
        (done,) = purge([tmp_path], NOW)
    assert (done.deleted, done.why, done.exit_code) == ((), "it is being written or changed", 1)


def test_a_link_and_a_folder_are_left_alone(tmp_path: Path) -> None:
    real = lesson(tmp_path / "elsewhere.lesson", -1)
    folder = tmp_path / "folder"
    (folder / "sub.meetbot").mkdir(parents=True)
    (folder / "a.meetbot").symlink_to(real)
    (folder / "deep").mkdir()
    lesson(folder / "deep" / "b.meetbot", -1)
    assert list(purge([folder], NOW)) == []
    assert real.exists()


def test_what_was_stopped_is_finished_by_the_same_command(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left = [3]

    def stop(file: Path) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt
        file.unlink()

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(purging, "delete", stop)
        list(purge([old.parent], NOW))
    assert old.exists()
    list(purge([old.parent], NOW))
    assert names(old.parent) == []


def test_a_file_that_can_not_be_deleted_is_named(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "unlink", refuse)
    (done,) = purge([old.parent], NOW)
    assert isinstance(done, Purged) and done.why and "can't be deleted" in done.why


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is no folder"):
        list(purge([tmp_path / "nowhere"], NOW))


@pytest.mark.parametrize(("text", "days"), [("30d", 30), ("12w", 84), ("6m", 180), ("1y", 365), (" 2 D", 2)])
def test_lengths_are_understood(text: str, days: int) -> None:
    assert keep_for(text) == timedelta(days=days)


@pytest.mark.parametrize("text", ["", "30", "0d", "x", "-3d", "1.5d", "30h", "99999y", "d", "3dd"])
def test_other_lengths_are_refused(text: str) -> None:
    with pytest.raises(UsageError, match=r"--keep"):
        keep_for(text)


def test_the_command_says_what_it_did(old: Path) -> None:
    with open_lesson(old, write=True) as opened:
        opened.note(keep_until="2001-01-01T00:00:00+00:00")
    planned = CliRunner().invoke(app, ["purge", str(old.parent), "--dry-run"])
    assert (planned.exit_code, planned.stdout.splitlines()[-1]) == (0, "1 of 1 lesson would be deleted.")
    done = CliRunner().invoke(app, ["purge", str(old.parent)])
    assert (done.exit_code, done.stderr, done.stdout.count("deleted: ")) == (0, "", 6)
    assert names(old.parent) == []


def test_what_lies_in_other_folders_stays_and_is_named(old: Path) -> None:
    there = old.parent / "sent" / "old.html"
    there.parent.mkdir()
    there.touch()
    remember_copy(old, there)
    (done,) = purge([old.parent], NOW)
    assert (done.elsewhere, there.exists(), old.exists()) == ((there.resolve(),), True, False)


@pytest.mark.parametrize("format", FORMATS)
def test_an_export_is_its_owners_alone(over: Path, tmp_path: Path, format: str) -> None:
    before = os.umask(0)
    try:
        with open_lesson(over) as opened:
            made = export(opened, format, tmp_path / f"a.{format}")
    finally:
        os.umask(before)
    assert made.stat().st_mode & 0o777 == 0o600


def test_protection_is_chosen_by_words() -> None:
    assert privacy(names="alias", keep="2d") == Privacy(alias=True, keep=timedelta(days=2))
    with pytest.raises(UsageError, match="--names none is neither real nor alias"):
        privacy(names="none")
    with pytest.raises(UsageError, match="empty passphrase"):
        privacy(passphrase=" ")
    assert "a phrase" not in repr(privacy(passphrase="a phrase"))
