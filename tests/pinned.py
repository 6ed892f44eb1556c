"""Pins on a machine that has none: what an administrator or a user writes into a file."""

from pathlib import Path

import pytest

from meetbot import folders


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine of its own: no pin, and nothing told yet."""
    for name in ("system", "user", "state"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(folders, "system_file", lambda: tmp_path / "system" / "meetbot.toml")
    monkeypatch.setattr(folders, "user_file", lambda: tmp_path / "user" / "meetbot.toml")
    monkeypatch.setattr(folders, "state_folder", lambda: tmp_path / "state" / "meetbot")


def pin(policy: str, whose: str = "system") -> Path:
    """A file that allows this policy at most."""
    file = folders.system_file() if whose == "system" else folders.user_file()
    file.write_text(f'policy = "{policy}"\n')
    return file


def limits(text: str, whose: str = "system") -> Path:
    """A file that allows every policy, and says this besides."""
    file = pin("full", whose)
    file.write_text(f'policy = "full"\n{text}\n')
    return file
