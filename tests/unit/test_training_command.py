"""Training commands end in a sentence where something is wrong with what they were given."""

import pytest

from meetbot.errors import InputError
from training.command import run_command


def test_what_is_refused_is_one_sentence_and_an_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    def refuse() -> None:
        raise InputError("faces.npz holds no face.")

    with pytest.raises(SystemExit) as ended:
        run_command(refuse)
    assert ended.value.code == InputError.exit_code
    assert capsys.readouterr().err == "faces.npz holds no face.\n"


def test_what_is_broken_keeps_its_traceback() -> None:
    def broken() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run_command(broken)
