"""Who spoke for how long, who may be the teacher, and how many faces stood beside somebody's own."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from meetbot import settings
from meetbot.timeline.figures import readings_frame
from meetbot.timeline.lesson import open_lesson
from meetbot.types import Event, Figures, Observation, Reading
from tests.written import face, hidden, seconds, write_lesson

UNSEEN = "Who speaks can't be told"


def figures_of(folder: Path, observations: Iterable[Observation]) -> Figures:
    with open_lesson(write_lesson(folder / "a.meetbot", observations)) as lesson:
        return lesson.figures()


def talk(seat: int, spoken: float, end: float = 300.0, *, told: bool = True) -> list[Reading]:
    """Somebody who speaks from the beginning for some seconds; without `told` that can't be seen."""
    return [replace(face(time, seat), speaking=time < spoken if told else None) for time in seconds(0.0, end)]


def test_speaking_time_is_the_readings_with_a_border(tmp_path: Path) -> None:
    figures = figures_of(tmp_path, [*talk(1, 90), *talk(2, 30), *talk(3, 0, told=False)])
    assert [seat.minutes_speaking for seat in figures.seats] == [1.5, 0.5, None]
    assert not any(UNSEEN in warning for warning in figures.warnings)


def test_who_speaks_with_the_camera_off_speaks(tmp_path: Path) -> None:
    dark = [replace(hidden(time, 1), speaking=True) for time in seconds(0.0, 120.0)]
    figures = figures_of(tmp_path, [*dark, *talk(2, 0)])
    assert figures.seats[0].minutes_speaking == 2.0


def test_where_no_border_ever_appears_speech_is_unknown_and_not_zero(tmp_path: Path) -> None:
    path = write_lesson(tmp_path / "a.meetbot", [*talk(1, 0), *talk(2, 0)])
    with open_lesson(path) as lesson:
        figures, table = lesson.figures(), readings_frame(lesson)
    assert [seat.minutes_speaking for seat in figures.seats] == [None, None]
    assert sum(UNSEEN in warning for warning in figures.warnings) == 1
    assert table["speaking"].isna().all()


def test_a_few_borders_in_an_hour_are_a_coloured_wall(tmp_path: Path) -> None:
    least = settings.SPEECH_SEEN * 600
    assert figures_of(tmp_path, talk(1, least - 1, 600)).seats[0].minutes_speaking is None
    assert figures_of(tmp_path, talk(1, least, 600)).seats[0].minutes_speaking == least / 60


def test_nothing_is_said_of_speech_where_it_was_hardly_looked_for(tmp_path: Path) -> None:
    short = figures_of(tmp_path, talk(1, 0, settings.SPEECH_LOOKED - 1))
    alone = figures_of(tmp_path, talk(1, 0, 300, told=False))
    assert not any(UNSEEN in warning for warning in (*short.warnings, *alone.warnings))


def test_who_spoke_most_may_be_the_teacher_and_is_in_every_figure_as_before(tmp_path: Path) -> None:
    figures = figures_of(tmp_path, [*talk(1, 60), *talk(2, 200), *talk(3, 0)])
    assert (figures.likely_teacher, figures.teacher_known, figures.total.people) == (2, False, 3)


@pytest.mark.parametrize("spoken", [(settings.TEACHER_SPEAKS - 1, 0), (100, 100), (0, 0), (200,)], ids=str)
def test_little_speech_equal_speech_or_one_person_suggests_nobody(
    tmp_path: Path, spoken: tuple[float, ...]
) -> None:
    lesson = [reading for seat, end in enumerate(spoken, start=1) for reading in talk(seat, end)]
    assert figures_of(tmp_path, lesson).likely_teacher is None


def test_where_nobody_spoke_whose_screen_was_shared_may_be_the_teacher(tmp_path: Path) -> None:
    shared = [Event(10.0, "presents", 2), Event(90.0, "presents", 2), Event(50.0, "presents", 1)]
    figures = figures_of(tmp_path, [*talk(1, 0), *talk(2, 0), *shared])
    assert (figures.likely_teacher, figures.likely_because) == (2, "presented")


def test_speech_says_more_than_the_screen(tmp_path: Path) -> None:
    figures = figures_of(tmp_path, [*talk(1, 100), *talk(2, 0), Event(10.0, "presents", 2)])
    assert (figures.likely_teacher, figures.likely_because) == (1, "spoke")


def test_two_whose_screens_were_shared_equally_suggest_nobody(tmp_path: Path) -> None:
    shared = [Event(10.0, "presents", 2), Event(50.0, "presents", 1)]
    assert figures_of(tmp_path, [*talk(1, 0), *talk(2, 0), *shared]).likely_teacher is None


def test_a_known_teacher_is_not_guessed_at(tmp_path: Path) -> None:
    path = write_lesson(tmp_path / "a.meetbot", [*talk(1, 200), *talk(2, 10)])
    with open_lesson(path, write=True) as lesson:
        lesson.set_role(2, "teacher")
        assert lesson.figures().likely_teacher is None


def test_faces_beside_somebody_are_counted_while_they_are_there(tmp_path: Path) -> None:
    told = [Event(60.0, "companions", 1, "1"), Event(90.0, "companions", 1, "2")]
    gone = [Event(120.0, "companions", 1, "0"), Event(0.0, "companions", 2, "oops")]
    ana, ben = figures_of(tmp_path, [*talk(1, 0), *talk(2, 0), *told, *gone]).seats
    assert (ana.companions, ana.minutes_companions) == (2, 1.0)
    assert (ben.companions, ben.minutes_companions) == (0, 0.0)


def test_time_without_a_reading_is_no_time_beside_somebody(tmp_path: Path) -> None:
    away = [reading for reading in talk(1, 0) if not 100 <= reading.time < 160]
    (seat,) = figures_of(tmp_path, [*away, Event(40.0, "companions", 1, "1")]).seats
    assert seat.minutes_companions == pytest.approx(200 / 60, abs=0.01)


def test_stretches_of_speech_outlast_a_breath_and_end_at_a_pause(tmp_path: Path) -> None:
    spoken = {*range(10, 20), *range(23, 30), *range(60, 70)}
    readings = [replace(face(time, 1), speaking=time in spoken) for time in seconds(0, 300)]
    (seat,) = figures_of(tmp_path, readings).seats
    assert seat.speech == ((10.0, 30.0), (60.0, 70.0))
    assert seat.minutes_speaking == 27 / 60


def test_where_speech_is_never_shown_there_are_no_stretches(tmp_path: Path) -> None:
    (seat,) = figures_of(tmp_path, [face(time, 1) for time in seconds(0, 120)]).seats
    assert seat.speech == ()
