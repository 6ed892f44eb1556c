"""LiteRT's greeting stays off the terminal, and everything else comes back onto it."""

import os
from threading import Event, Thread

from meetbot.faces.silence import silenced


def stderr() -> tuple[int, int]:
    """Which file the error stream is."""
    said = os.fstat(2)
    return said.st_dev, said.st_ino


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
