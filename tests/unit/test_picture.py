"""A picture's colours are made once, whoever asks."""

from threading import Barrier, Thread

import numpy as np

from meetbot.types import Image, Picture


def test_two_threads_that_ask_at_once_get_colours_that_were_made_once() -> None:
    made: list[int] = []
    entered = Barrier(2)

    def make() -> Image:
        made.append(1)
        try:
            entered.wait(0.2)  # lets a second one in, if it can come in
        except Exception:
            return np.zeros((2, 2, 3), np.uint8)
        raise AssertionError

    picture = Picture(np.zeros((2, 2), np.uint8), make)
    threads = [Thread(target=picture.colour) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [1]


def test_a_picture_may_be_made_of_anothers_colours() -> None:
    under = Picture(np.full((2, 2), 7, np.uint8))
    over = Picture(under.luma, lambda: under.colour() + np.uint8(1))
    assert (over.colour() == 8).all()
