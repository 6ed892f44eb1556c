"""Notes that meetbot leaves for itself: nobody else's, and worth nothing when they are gone."""

import os
import sys
from pathlib import Path

import pytest

from meetbot.passes import class_note, find, leave, remove


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    return tmp_path


needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="rights are told by numbers on POSIX only")


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_note_is_found_replaced_and_taken_away(state: Path) -> None:
    assert leave("one", {"bot": "k"}) and find("one") == {"bot": "k"} and find("other") == {}
    assert leave("one", {"bot": "l"}) and len(files(state)) == 1
    remove("one", {"bot": "k"})  # somebody else's by now
    assert find("one") == {"bot": "l"}
    remove("one", {"bot": "l"})
    assert files(state) == []


@needs_posix
def test_only_the_user_may_read_a_note_and_its_name_tells_nothing(state: Path) -> None:
    before = os.umask(0)
    try:
        leave("class localhost:8765/moba-keto", {"bot": "k"})
    finally:
        os.umask(before)
    [path] = files(state)
    assert path.stat().st_mode & 0o777 == 0o600 and path.parent.stat().st_mode & 0o777 == 0o700
    assert "moba" not in path.name


@needs_posix
def test_a_note_that_others_may_write_is_not_believed(state: Path) -> None:
    leave("one", {"bot": "k"})
    [path] = files(state)
    path.chmod(0o644)
    assert find("one") == {}


@pytest.mark.parametrize("text", ["", "{", "[]", '"x"', "\x00"])
def test_a_broken_note_is_none(text: str, state: Path) -> None:
    leave("one", {})
    files(state)[0].write_text(text)
    assert find("one") == {}


def test_a_disk_that_refuses_costs_the_note_only(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (state / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(state / "file"))
    assert leave("one", {"bot": "k"}) is False and find("one") == {}
    remove("one", {})


def test_all_names_of_this_machine_for_itself_are_one() -> None:
    same = {"moba-keto", "http://localhost:8765/moba-keto", "https://127.0.0.1:8765/moba-keto/"}
    same |= {"http://[::1]:8765/moba-keto", "http://LOCALHOST:8765/moba-keto#teacher=x"}
    assert len({class_note(address) for address in same}) == 1
    others = ("http://school.example:8765/moba-keto", "http://localhost:8766/moba-keto", "other-code")
    assert len({class_note(address) for address in (*others, "moba-keto")}) == 4
