"""A passphrase is typed unseen or stands in the environment; it is never an option."""

import getpass
import sys
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

import pytest
import typer.main
from typer.testing import CliRunner

from meetbot.cli import app
from meetbot.cli.console import new_passphrase, old_passphrase
from meetbot.errors import InputError, UsageError
from meetbot.passphrase import VARIABLE, WrongPassphrase, asked_by, opened_with
from meetbot.privacy import privacy
from meetbot.timeline import seal
from tests.sealed import PHRASE, encrypted

LESSON = Path("a.meetbot")


class Terminal(StringIO):
    """A terminal at which somebody sits."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What will be typed, without an echo."""
    answers: list[str] = []
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(getpass, "getpass", lambda prompt, stream: answers.pop(0))
    yield answers


def test_a_new_one_is_typed_twice(typed: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    typed += ["a phrase", "a phrase"]
    assert new_passphrase() == "a phrase"
    assert "nothing can bring it back" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("answers", "why"), [(["a phrase", "b phrase"], "differ"), ([" ", " "], "protects nothing")]
)
def test_one_that_is_mistyped_or_empty_is_refused(typed: list[str], answers: list[str], why: str) -> None:
    typed += answers
    with pytest.raises(UsageError, match=why):
        new_passphrase()


def test_an_old_one_is_typed_once(typed: list[str]) -> None:
    typed += ["a phrase"]
    assert old_passphrase(LESSON) == "a phrase"


def test_it_may_stand_in_the_environment(typed: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "a phrase")
    assert (new_passphrase(), opened_with(LESSON, None, str)) == ("a phrase", "a phrase")
    assert opened_with(LESSON, "given", str) == "given"


def test_where_nobody_can_type_it_is_said_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr(sys, "stdin", StringIO("a phrase"))
    for ask, kind in ((new_passphrase, UsageError), (lambda: old_passphrase(LESSON), InputError)):
        with pytest.raises(kind, match=f"set {VARIABLE}, since nobody can type it here"):
            ask()


def test_a_short_one_is_refused_wherever_it_comes_from(
    typed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    typed += ["a", "a"]
    for ask in (new_passphrase, lambda: privacy(passphrase="seven l")):
        with pytest.raises(UsageError, match="fewer than 8 letters"):
            ask()
    monkeypatch.setenv(VARIABLE, "x      ")
    with pytest.raises(UsageError, match="fewer than 8 letters"):
        new_passphrase()


def test_a_library_asks_nobody(typed: list[str]) -> None:
    typed += ["a phrase"]
    with pytest.raises(InputError, match="is encrypted; give its passphrase"):
        opened_with(LESSON, None, str)
    with asked_by(old_passphrase):
        assert opened_with(LESSON, None, str) == "a phrase"


def test_several_lessons_of_one_passphrase_ask_once(typed: list[str]) -> None:
    def opener(right: str) -> Callable[[str], str]:
        def opened(phrase: str) -> str:
            if phrase != right:
                raise WrongPassphrase("wrong")
            return phrase

        return opened

    typed += ["one", "other"]
    with asked_by(old_passphrase):
        found = [opened_with(LESSON, None, opener(right)) for right in ("one", "one", "other", "one")]
    assert (found, typed) == (["one", "one", "other", "one"], [])


@pytest.mark.parametrize(("command", "made"), [("report", "a.html"), ("export", "a.readings.csv")])
def test_what_is_written_from_an_encrypted_lesson_is_said_to_be_plain(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, made: str
) -> None:
    monkeypatch.setattr(seal, "COST", 2**4)
    monkeypatch.setenv(VARIABLE, PHRASE)
    with encrypted(tmp_path / "a.meetbot") as lesson:
        lesson.finish("finished", 20.0)
    done = CliRunner().invoke(app, [command, str(tmp_path / "a.meetbot")])
    assert done.exit_code == 0
    assert f"the lesson is encrypted, {tmp_path / made} is not" in done.stderr


def test_no_command_has_an_option_for_it() -> None:
    commands = getattr(typer.main.get_command(app), "commands")  # noqa: B009  # typer hides the group's type
    options = [name for command in commands.values() for option in command.params for name in option.opts]
    assert "--encrypt" in options
    assert not [name for name in options if "pass" in name or "phrase" in name]
