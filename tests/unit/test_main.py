"""The program before it is loaded."""

import sys
from types import ModuleType

import pytest

from meetbot.__main__ import main


class Interrupted(ModuleType):
    """A package in the middle of whose loading somebody pressed Ctrl-C."""

    def __getattr__(self, name: str) -> object:
        raise KeyboardInterrupt


def test_ctrl_c_while_the_program_is_loaded_ends_it_quietly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "meetbot", Interrupted("meetbot"))
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 130
