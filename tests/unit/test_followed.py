"""What `meetbot join` says of how well a class was followed."""

from pathlib import Path

import pytest

from meetbot.cli.documents import followed_words
from meetbot.cli.join import standing
from meetbot.sources.tally import Tally
from meetbot.timeline.lesson import open_lesson
from tests.written import face, seconds, write_lesson


def followed() -> Tally:
    tally = Tally(people=25, received=300, passed_over=281, seconds=10.0, receiving=2.4, reading=3.3)
    tally.written(19, [0.0] * 18, 0.31)
    tally.written(1, [0.0], 1.2)
    return tally


def test_while_it_runs_one_line_says_how_far_it_is_behind() -> None:
    assert standing(followed()) == "25 people, 19 of 20 readings, 0.3 s behind, 57% of one core"


@pytest.mark.parametrize(("people", "line"), [(0, "0 people"), (1, "1 person")])
def test_before_the_first_reading_it_says_who_is_there(people: int, line: str) -> None:
    assert standing(Tally(people=people)) == line


def test_in_the_end_readings_pictures_and_load_are_told() -> None:
    assert list(followed_words(followed().facts())) == [
        "readings: 19 of 20 due, half within 0.3 s of the picture, 95 % within 1.2 s",
        "pictures: 300 received, 281 of them passed over for newer ones",
        "load: 24% of one core to receive and decode, 33% to read",
    ]


def test_a_recording_says_nothing_of_it() -> None:
    assert list(followed_words({})) == list(followed_words(Tally().facts())) == []


def test_the_lesson_keeps_it_and_the_figures_carry_it(tmp_path: Path) -> None:
    path = write_lesson(tmp_path / "live.meetbot", map(face, seconds(0, 5)), live=followed().text())
    with open_lesson(path) as lesson:
        assert lesson.figures().followed == followed().facts()


def test_what_is_no_number_is_left_out_of_a_damaged_lesson(tmp_path: Path) -> None:
    told = (
        '{"readings_due": "many", "delay_p95": NaN, "readings_made": Infinity, "delay_median": 1'
        + "0" * 400
        + "}"
    )
    path = write_lesson(tmp_path / "live.meetbot", map(face, seconds(0, 5)), live=told)
    with open_lesson(path) as lesson:
        assert lesson.figures().followed == {}
