"""The bot that the teacher's button starts."""

import subprocess
import sys
import time
from typing import ClassVar

import pytest

from meetbot.cli.room import Bot


class FakeProcess:
    """A bot that runs until it is waited for."""

    started: ClassVar[list["FakeProcess"]] = []

    def __init__(self, words: list[str], env: dict[str, str]) -> None:
        self.words, self.env = words, env
        self.status: int | None = None
        self.started.append(self)

    def poll(self) -> int | None:
        return self.status

    def wait(self) -> None:
        self.status = 0


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, which the test sets."""
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    monkeypatch.setattr(subprocess, "Popen", FakeProcess)
    monkeypatch.setattr(FakeProcess, "started", [])
    return now


def test_it_joins_with_the_rooms_wishes(clock: list[float]) -> None:
    Bot(["--every=2"]).start("http://localhost:8765/moba-keto")
    (one,) = FakeProcess.started
    assert one.words[:1] == [sys.executable]
    assert one.words[3:] == ["join", "http://localhost:8765/moba-keto", "--quiet", "--every=2"]


def test_a_passphrase_reaches_it_and_is_no_option(
    clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ELSE", "where")
    Bot(["--encrypt"], {"MEETBOT_PASSPHRASE": "a phrase"}).start("x")
    (one,) = FakeProcess.started
    assert (one.env["MEETBOT_PASSPHRASE"], one.env["ELSE"]) == ("a phrase", "where")
    assert "a phrase" not in " ".join(one.words)


def test_a_bot_on_its_way_is_not_sent_a_second_one(clock: list[float]) -> None:
    bot = Bot()
    bot.start("x")
    clock[0] += 5
    bot.start("x")
    assert len(FakeProcess.started) == 1
    FakeProcess.started[0].status = 4  # it could not come in
    bot.start("x")
    assert len(FakeProcess.started) == 2


def test_a_bot_that_writes_its_report_does_not_keep_the_next_one_out(clock: list[float]) -> None:
    bot = Bot()
    bot.start("x")
    clock[0] += 600
    bot.start("x")
    assert [one.status for one in FakeProcess.started] == [None, None]
    bot.wait()
    assert [one.status for one in FakeProcess.started] == [0, 0]
