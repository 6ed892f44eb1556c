"""LiteRT's greeting stays off the terminal, and everything else comes back onto it."""

import os
from threading import Event, Thread

import pytest

from meetbot.faces import silence
from meetbot.faces.silence import silenced


def stderr() -> tuple[int, int]:
    """Which file the error stream is."""
    said = os.fstat(2)
    return said.st_dev, said.st_ino


@pytest.fixture(autouse=True)
def not_greeted(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a process in which no network was run."""
    monkeypatch.setattr(silence, "_GREETED", Event())


def test_what_is_said_while_a_later_network_is_loaded_is_not_lost() -> None:
    before = stderr()
    with silenced():
        assert stderr() != before
    with silenced():
        assert stderr() == before


def test_a_network_that_could_not_be_loaded_has_not_greeted() -> None:
    before = stderr()
    with pytest.raises(ValueError, match="no network"), silenced():
        raise ValueError("no network")
    with silenced():
        assert stderr() != before


def test_two_threads_that_silence_at_once_leave_the_error_stream_as_it_was() -> None:
    before, inside, first_is_out = stderr(), Event(), Event()

    def other() -> None:
        with silenced():
            inside.set()
            first_is_out.wait()

    second = Thread(target=other)
    with silenced():
        assert stderr() != before
        second.start()
        inside.wait(0.2)  # it never comes in here: it waits
    first_is_out.set()
    second.join()
    assert stderr() == before
