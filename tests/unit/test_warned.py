"""What was noted of a lesson is said in the reader's language, and what no table knows stays as it is."""

from pathlib import Path

import numpy as np
import pytest

from meetbot.exclusion import UNNAMED
from meetbot.gallery.labels import HOW_TO_GET_NAMES
from meetbot.report.warned import KEYS, warned
from meetbot.report.words import ENGLISH, LANGUAGES, words_of
from meetbot.sources.damage import Damage
from meetbot.timeline.class_figures import FEWER, TEACHER
from meetbot.timeline.figures import lesson_figures
from meetbot.timeline.lesson import open_lesson
from meetbot.timeline.speech import unseen_warning
from meetbot.types import Event, Layout, Observation
from tests.written import face, hidden, write_lesson


def packets(count: int, last: float) -> str:
    damage = Damage(1.0)
    for _ in range(count):
        damage.skip(last)
    return damage.summary(100.0)[0]


def silent() -> str:
    times = np.arange(300.0)
    return unseen_warning(times, np.zeros(300), 1.0)[0]


WRITTEN = (
    UNNAMED,
    HOW_TO_GET_NAMES,
    FEWER,
    TEACHER,
    silent(),
    packets(1, 5.0),
    packets(3, 5.0),
    packets(1, 100.0),
    packets(3, 100.0),
    "Seat 3, Seat 4: may have been here under another seat before; it could not be told, so they are kept "
    "apart.",
    "lecture.mp4 has several videos; the largest was read, 320x180 left out.",
    "lecture.mp4 ends at 10:00 instead of 1:00:00: the rest of it is missing.",
    "The recording's clock jumps back by 30 s; time was counted on without the jump.",
    "The class ended for the bot: the host ended it.",
)


@pytest.mark.parametrize("text", WRITTEN)
def test_what_the_parts_write_is_known_to_every_language(text: str) -> None:
    said = {words.lang: warned(text, words) for words in LANGUAGES}
    assert said["en"].replace("\N{RIGHT SINGLE QUOTATION MARK}", "'") == text
    assert len(set(said.values())) == len(LANGUAGES)


def test_a_lessons_own_warnings_are_known_too(tmp_path: Path) -> None:
    path = write_lesson(
        tmp_path / "a.meetbot",
        [face(float(t)) for t in range(60)],
        duration=60.0,
        names=("Ada",),
        policy="cues",
        roster='["Ada", "Ben"]',
    )
    with open_lesson(path) as lesson:
        figures = lesson_figures(lesson)
    assert len(figures.warnings) >= 2
    for text in figures.warnings:
        assert warned(text, words_of("de")) != text


def test_numbers_and_names_are_taken_over_and_seats_are_called_as_on_the_page() -> None:
    german = words_of("de")
    assert warned("Read until 10:00 of 1:00:00; the rest is missing.", german) == (
        "Bis 10:00 von 1:00:00 ausgelesen; der Rest fehlt."
    )
    assert warned(WRITTEN[9], german).startswith("Platz 3, Platz 4: war vielleicht")
    assert "{n}" not in warned(packets(3, 5.0), german)


def test_names_with_braces_and_sentences_of_nobody_stay_as_they_are() -> None:
    text = "{n} has several videos; the largest was read, {others} left out."
    assert warned(text, ENGLISH) == text
    assert warned("Something new happened.", words_of("hi")) == "Something new happened."
    assert warned("x " * 10_000, words_of("hi")) == "x " * 10_000
    assert len(KEYS) > 15


def test_a_lesson_in_which_nobody_was_seen_says_what_may_be_the_matter(tmp_path: Path) -> None:
    layout = Layout(0.0, 60.0, (160, 90), 0.4, ())
    path = write_lesson(
        tmp_path / "a.meetbot", [layout, *(hidden(float(t)) for t in range(60))], duration=60.0
    )
    with open_lesson(path) as lesson:
        (said,) = (text for text in lesson_figures(lesson).warnings if "No face" in text)
    assert said.startswith("No face was seen in the picture of 160x90: cameras may be off")
    assert warned(said, words_of("de")).startswith("Im Bild von 160x90 war kein Gesicht zu sehen")


def test_the_list_of_another_class_is_noticed(tmp_path: Path) -> None:
    seen = [face(float(t)) for t in range(60)]
    path = write_lesson(tmp_path / "a.meetbot", seen, names=("Ada",), roster='["Ben", "Cleo"]')
    with open_lesson(path) as lesson:
        (said,) = (text for text in lesson_figures(lesson).warnings if "class list" in text)
    assert said.startswith("Nobody who was seen is on the class list")
    assert warned(said, words_of("de")).startswith("Niemand von denen")
    path = write_lesson(tmp_path / "b.meetbot", seen, names=("Ada",), roster='["Ada", "Cleo"]')
    with open_lesson(path) as lesson:
        assert not [text for text in lesson_figures(lesson).warnings if "class list" in text]


def test_a_list_is_not_doubted_where_the_teacher_alone_was_seen(tmp_path: Path) -> None:
    seen = [face(float(t)) for t in range(60)]
    path = write_lesson(tmp_path / "a.meetbot", seen, names=("Ada",), roster='["Ben", "Cleo"]')
    with open_lesson(path, write=True) as lesson:
        lesson.set_role(1, "teacher")
        figures = lesson_figures(lesson)
    assert not [text for text in figures.warnings if "class list" in text]
    assert figures.absent == ("Ben", "Cleo")


def test_where_somebody_was_left_out_no_black_picture_is_suspected(tmp_path: Path) -> None:
    layout = Layout(0.0, 60.0, (640, 360), 0.9, ())
    seen: list[Observation] = [layout, Event(0.0, "opted_out", 1), *(hidden(float(t)) for t in range(60))]
    with open_lesson(write_lesson(tmp_path / "a.meetbot", seen, duration=60.0)) as lesson:
        assert not [text for text in lesson_figures(lesson).warnings if "No face" in text]
