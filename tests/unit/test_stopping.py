"""Ctrl-C while others work is never lost, wherever this process is when it comes."""

import gc
import os
import signal

import pytest

from meetbot.many.stopping import stoppable


def test_a_wish_to_stop_that_strikes_inside_the_collector_of_garbage_is_heard() -> None:
    def collected(phase: str, about: object) -> None:
        if phase == "start":
            os.kill(os.getpid(), signal.SIGINT)

    with stoppable() as stop:
        stop.heed()
        gc.callbacks.append(collected)
        try:
            gc.collect(0)
        finally:
            gc.callbacks.remove(collected)
        with pytest.raises(KeyboardInterrupt):
            stop.heed()


def test_a_second_wish_strikes_at_once_and_the_signal_is_given_back() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with stoppable():
        os.kill(os.getpid(), signal.SIGTERM)
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGTERM)
    assert signal.getsignal(signal.SIGTERM) == before
