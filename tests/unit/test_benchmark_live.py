"""The live benchmark counts what it says it counts."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks._badge import name_of, number_in, write_number
from benchmarks._bot import PARTS
from benchmarks.live import Followed, readings
from meetbot.types import Event
from tests.written import face, hidden, write_lesson


@pytest.mark.parametrize("number", [0, 1, 25, 51, 63])
def test_a_number_is_read_from_a_picture_that_was_spoilt(number: int) -> None:
    picture = np.random.default_rng(number).integers(0, 255, (180, 320)).astype(np.uint8)
    write_number(number, picture)
    noise = np.random.default_rng(1).integers(-30, 30, picture.shape)
    assert number_in(np.clip(picture + noise, 0, 255).astype(np.uint8)) == number


def test_a_picture_without_a_number_has_none() -> None:
    assert number_in(np.full((180, 320), 90, np.uint8)) is None


def followed(lesson: Path, looks: int) -> Followed:
    """A class that the bot came to at 100 s, with a look a second and half a core of everything."""
    spent = [dict.fromkeys(PARTS, 0.5 * k) for k in range(looks)]
    bot = {
        "lesson": str(lesson),
        "looks": [(101.0 + k, one) for k, one in enumerate(spent)],
        "first": {name_of(1): 101.5, name_of(2): 103.0, name_of(3): 106.5},
    }
    return Followed(began=100.0, late=105.5, bot=bot, lost=0)


def test_due_is_what_the_clock_says_and_made_what_the_lesson_holds(tmp_path: Path) -> None:
    there = [Event(0.0, "joined", seat, name_of(seat)) for seat in (1, 2, 3)]
    # One student is read always, one is thought to be dark at 6 s, and the late one is read once too few.
    one = [face(float(k)) for k in range(11)]
    two = [face(float(k), seat=2) if k != 6 else hidden(6.0, seat=2) for k in range(11)]
    late = [face(float(k), seat=3) for k in (6, 7, 8)]
    seen = followed(write_lesson(tmp_path / "live.meetbot", [*there, *one, *two, *late]), looks=11)
    # From 103 s on the two are due at looks 2 to 9, and the late one from 108.5 s on at 8 and 9.
    assert readings(seen, 2, 1.0) == (8 + 8 + 2, 8 + 7 + 1)


def test_first_readings_and_loads(tmp_path: Path) -> None:
    seen = followed(tmp_path / "none", looks=11)
    assert seen.first == [1.5, 3.0] and seen.late_first == 1.0
    assert seen.cores() == pytest.approx(dict.fromkeys(PARTS, 0.5))
