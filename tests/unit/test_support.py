"""What is sent to a support desk holds nothing about anybody."""

import getpass
import json
import socket
from pathlib import Path

import pytest

from meetbot import faults, folders
from meetbot.doctor import Check
from meetbot.errors import InputError, Interrupted, UsageError
from meetbot.faults import remember
from meetbot.support import bundle, write_bundle
from tests.commands import meetbot


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(folders, "state_folder", lambda: tmp_path / "state")
    return tmp_path / "state" / "faults.jsonl"


def raised(error: Exception) -> Exception:
    try:
        raise error
    except Exception as caught:
        return caught


def test_a_fault_is_remembered_by_its_kind_and_not_by_its_words(state: Path) -> None:
    remember(raised(InputError("/home/ada/ada.mp4 can't be read.")))
    remember(raised(ValueError("Ada")))
    assert [(one["kind"], one["code"]) for one in faults.faults()] == [("InputError", 3), ("ValueError", 1)]
    assert "ada" not in state.read_text(encoding="utf-8").lower()


def test_who_typed_wrongly_or_stopped_made_no_fault(state: Path) -> None:
    remember(UsageError("no"))
    remember(Interrupted("no"))
    assert not state.exists()


def test_the_last_fifty_are_kept(state: Path) -> None:
    for _ in range(faults.MOST + 5):
        remember(ValueError("x"))
    assert len(faults.faults()) == faults.MOST == len(state.read_text(encoding="utf-8").splitlines())


def test_lines_that_are_none_are_left_out(state: Path) -> None:
    state.parent.mkdir()
    state.write_text('{"kind": "Ada"}\n[1]\nnonsense\n' + "[" * 20_000 + "\n", encoding="utf-8")
    assert faults.faults() == []
    state.write_bytes(b"\xff")
    assert faults.faults() == []
    remember(ValueError("x"))
    assert len(faults.faults()) == 1


def test_a_state_folder_that_can_not_be_written_is_no_second_fault(state: Path) -> None:
    state.parent.touch()
    remember(ValueError("x"))
    assert faults.faults() == []


CHECKS = [
    Check("platform", True, "Python 3.12"),
    Check("classifier", False, "/home/ada/models/emotion.tflite is missing", "advice for Ada"),
    Check("disk", True, "12.5 GB free in /home/ada/Ada Lovelace's class", optional=True),
    Check("policy", True, "cues at most, by /home/ada/.config/meetbot/meetbot.toml"),
]


def test_only_what_is_known_to_be_of_nobody_goes_in(state: Path) -> None:
    told = bundle(CHECKS)
    assert [(check["name"], check["works"], check["found"]) for check in told["checks"]] == [
        ("platform", True, "Python 3.12"),
        ("classifier", False, ""),
        ("disk", True, "12.5 GB free"),
        ("policy", True, ""),
    ]
    assert "ada" not in json.dumps(told).lower()


@pytest.mark.parametrize(
    ("content", "told"), [('policy = "cues"', "cues"), ("nonsense", "can't be understood")]
)
def test_the_pin_is_told_without_its_place(
    state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, told: str
) -> None:
    assert bundle([])["policy"] == {"pinned": "nothing"}
    pin = tmp_path / "ada.toml"
    pin.write_text(content)
    monkeypatch.setattr(folders, "user_file", lambda: pin)
    assert bundle([])["policy"]["pinned"] == told
    assert "ada" not in json.dumps(bundle([]))


def test_another_file_is_not_replaced(state: Path, tmp_path: Path) -> None:
    other = tmp_path / "lecture.meetbot"
    other.write_bytes(b"SQLite format 3")
    with pytest.raises(UsageError, match="no report of the doctor"):
        write_bundle(other, CHECKS)
    assert other.read_bytes() == b"SQLite format 3"
    for _ in range(2):
        write_bundle(tmp_path / "support.json", CHECKS)
    with pytest.raises(UsageError, match="can't be written"):
        write_bundle(tmp_path / "nowhere" / "support.json", CHECKS)


def test_the_doctors_file_names_no_user_no_folder_and_no_lesson(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, folder = tmp_path / "anna-lovelace", tmp_path / "Class of Ada"
    home.mkdir()
    folder.mkdir()
    (folder / "cyrus.meetbot").write_bytes(b"no lesson")
    for variable, value in (("HOME", home), ("USER", "anna"), ("LOGNAME", "anna"), ("XDG_STATE_HOME", home)):
        monkeypatch.setenv(variable, str(value))
    assert meetbot("report", "cyrus.meetbot", folder=folder).code == 3
    meetbot("doctor", "--report", "support.json", folder=folder)
    text = (folder / "support.json").read_text(encoding="utf-8")
    told = json.loads(text)
    assert [fault["kind"] for fault in told["faults"]] == ["InputError"]
    assert told["faults"][0]["where"].startswith("timeline/")
    assert {"platform", "packages", "policy"} <= {check["name"] for check in told["checks"]}
    private = ["anna", "lovelace", "Class of", "cyrus", str(tmp_path), str(Path.cwd())]
    private += [name for name in (getpass.getuser(), socket.gethostname()) if len(name) > 4]
    assert [word for word in private if word.lower() in text.lower()] == []
