"""Under the policy `class` nothing of single people leaves memory, and a stop changes nothing."""

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from meetbot.conclude import conclude, identify
from meetbot.errors import InputError, UsageError
from meetbot.roster import Entry
from meetbot.timeline.class_minute import ClassMinute
from meetbot.timeline.export import export, kind_of
from meetbot.timeline.lesson import Lesson, create_lesson, open_lesson
from meetbot.types import About, Event, Layout, Observation, Place, Still
from tests.written import BOX, face

EVERY = 5.0
FACTS = {"every": "5", "policy": "class", "not_computed": "anything of single people"}
NAMES = ("Ada", "Ben", "Cyrus", "Dora", "Edith", "Frege", "Gauss")
KEPT = {"class_minute", "event", "lesson"}


def instant(time: float) -> Iterator[Observation]:
    """What is seen of seven people at a time; one leaves after 130 s, one is the teacher."""
    if time == 0:
        yield from (Event(0.0, "joined", seat, name) for seat, name in enumerate(NAMES, start=1))
        places = (Place(seat, name, BOX, "person", "on") for seat, name in enumerate(NAMES, start=1))
        yield Layout(0.0, 0.0, (640, 360), 1.0, tuple(places))
        yield Still(0.0, "slide", b"\xff\xd8 a slide with the marks of Ada")
        yield Still(0.0, "face", b"\xff\xd8face of Ada", seat=1)
    if time == 130:
        yield Event(130.0, "left", 7)
        yield Event(130.0, "warning", None, "Seat 7: may have been here under another seat before.")
    if time == 100:
        yield Event(100.0, "slide")
        yield Event(100.0, "warning", None, "A damaged packet was left out.")
    for seat in range(1, 8 if time < 130 else 7):
        yield face(time, seat, ("happy", "sad", "neutral")[int(time // 60 + seat) % 3])


def read(lesson: Lesson, after: float = -1.0, until: float = 205.0) -> None:
    """Read on from after a time."""
    time = 0.0
    while time < until:
        if time > after:
            for observation in instant(time):
                lesson.add(observation)
            lesson.reached(time)
        time += EVERY


def new(path: Path) -> Lesson:
    return create_lesson(path, About("Logic", "sha256:1234", duration=205.0), FACTS)


def minutes(path: Path) -> list[ClassMinute]:
    with open_lesson(path) as lesson:
        return list(lesson.each_minute())


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """A lesson that was read in one go."""
    with new(tmp_path / "whole.meetbot") as lesson:
        read(lesson)
        lesson.finish("finished", 205.0)
    return lesson.path


def everything(path: Path) -> bytes:
    """All that stands on the disk of a lesson, the side file included."""
    return b"".join(part.read_bytes() for part in sorted(path.parent.glob(f"{path.name}*")))


def tables(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with sqlite3.connect(path) as opened:
        names = [name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = {name: list(opened.execute(f'SELECT * FROM "{name}"')) for name in names}
    opened.close()
    return found


def test_only_minutes_are_kept(whole: Path) -> None:
    found = tables(whole)
    assert {name for name, rows in found.items() if rows} == KEPT
    assert [row[0] for row in found["class_minute"]] == [0.0, 60.0, 120.0]
    assert all(row[2] is not None and row[3] is None for row in found["event"])


def test_no_name_and_no_value_of_a_face_is_in_the_file_or_beside_it(tmp_path: Path) -> None:
    lesson = new(tmp_path / "a.meetbot")
    try:
        read(lesson)
        running = everything(lesson.path)
    finally:
        lesson.close()
    for content in (running, everything(lesson.path)):
        assert b"Logic" in content
        for forbidden in (*(name.encode() for name in NAMES), b"face", b"no_face", b"Seat 7", b"\xff\xd8"):
            assert forbidden not in content


def test_what_happened_to_the_lesson_as_a_whole_is_kept(whole: Path) -> None:
    with open_lesson(whole) as lesson:
        assert [event.kind for event in lesson.each_event()] == ["slide", "warning"]


@pytest.mark.parametrize("stop", [1.0, 30.0, 55.0, 56.0, 60.0, 115.0, 130.0, 199.0])
def test_an_interrupted_lesson_ends_with_the_same_minutes(whole: Path, tmp_path: Path, stop: float) -> None:
    path = tmp_path / "stopped.meetbot"
    with new(path) as lesson:
        read(lesson, until=stop)
    with open_lesson(path, write=True) as lesson:
        after = float(lesson.facts().get("read_until", -1.0))
        assert stop - 60 - EVERY <= after < stop
        lesson.forget_after(after)
        read(lesson, after)
        lesson.finish("finished", 205.0)
    assert tables(path)["class_minute"] == tables(whole)["class_minute"]
    with open_lesson(path) as one, open_lesson(whole) as other:
        assert list(one.each_event()) == list(other.each_event())


def test_a_killed_run_keeps_every_minute_that_was_over(tmp_path: Path) -> None:
    lesson = new(tmp_path / "a.meetbot")
    read(lesson, until=130.0)
    (tmp_path / "killed").mkdir()
    for part in tmp_path.glob("a.meetbot*"):
        if not part.name.endswith("-shm"):
            (tmp_path / "killed" / part.name).write_bytes(part.read_bytes())
    lesson.close()
    assert [minute.start for minute in minutes(tmp_path / "killed" / "a.meetbot")] == [0.0, 60.0]


def test_a_hole_in_the_recording_mixes_no_two_minutes(tmp_path: Path) -> None:
    with new(tmp_path / "a.meetbot") as lesson:
        for time in (0.0, 5.0, 70.0, 75.0):
            for seat in range(1, 6 if time < 60 else 9):
                lesson.add(face(time, seat))
            lesson.reached(time)
        lesson.finish("interrupted", None)
        assert lesson.facts()["read_until"] == "5.0"
        assert [(minute.start, minute.people) for minute in lesson.each_minute()] == [(0.0, 5)]


def test_a_last_part_too_short_to_tell_is_left_out(tmp_path: Path) -> None:
    for end, count in ((80.0, 1), (95.0, 2)):
        with new(tmp_path / "a.meetbot") as lesson:
            read(lesson, until=end)
            lesson.finish("finished", end)
            assert len(list(lesson.each_minute())) == count
            assert lesson.facts()["duration"] == str(end)


def test_the_teacher_is_left_out_while_the_lesson_is_read(tmp_path: Path) -> None:
    with new(tmp_path / "a.meetbot") as lesson:
        lesson.ask_who(lambda: identify(lesson, (), "Ada", sure=False))
        for seat in range(1, 6):
            lesson.add(Event(0.0, "joined", seat, NAMES[seat - 1]))
            lesson.add(face(0.0, seat))
        lesson.reached(59.0)
        assert list(lesson.each_minute()) == []
        lesson.finish("finished", 60.0)
        conclude(lesson, (), "Ada")
    with open_lesson(tmp_path / "a.meetbot", write=True) as again:
        conclude(again, (Entry("Ben"),), "Ada")  # nobody knows any more who it was
        assert again.figures().teacher_known and "roster" not in again.facts()


def test_a_teacher_who_was_not_there_is_told(whole: Path) -> None:
    with (
        open_lesson(whole, write=True) as lesson,
        pytest.raises(UsageError, match=r"No seat .* is called 'Zoe'"),
    ):
        conclude(lesson, (), "Zoe")


def test_who_follows_a_live_class_counts_nobody(tmp_path: Path) -> None:
    with new(tmp_path / "a.meetbot") as lesson:
        lesson.note(live='{"readings_due": 1234}', roster='["Ada"]', version="1")
        assert {"live", "roster"}.isdisjoint(lesson.facts()) and lesson.facts()["version"] == "1"


def test_figures_are_of_the_class_alone(whole: Path) -> None:
    with open_lesson(whole) as lesson:
        figures = lesson.figures()
        assert lesson.readings().empty
    assert (figures.seats, figures.moments, figures.absent, figures.total.index) == ((), (), (), None)
    assert [minute.people for minute in figures.minutes] == [5, 5, 5, 0]
    assert figures.total.people == 5 and sum(figures.total.moods.values()) == pytest.approx(1, abs=0.001)
    assert any("fewer than 5 people" in warning for warning in figures.warnings)
    assert any("teacher counts as one" in warning for warning in figures.warnings)


def test_the_report_names_the_policy_what_is_missing_and_nobody(whole: Path) -> None:
    with open_lesson(whole) as lesson:
        page = conclude(lesson, (), None).report.read_text(encoding="utf-8")
    assert "By the policy class" in page and "anything of single people" in page
    assert "This is the class as a whole" in page and "changes were not tested" in page
    assert "Nobody of the class has a seat" not in page
    assert not [name for name in NAMES if name in page]


@pytest.mark.parametrize("format", ["csv", "json"])
def test_an_export_is_a_table_of_minutes(whole: Path, format: str) -> None:
    with open_lesson(whole) as lesson:
        assert kind_of(lesson) == "minutes"
        text = export(lesson, format, whole.with_name(f"a.minutes.{format}")).read_text(encoding="utf-8")
    assert "mood_happy" in text and "yaw" not in text
    assert not [name for name in NAMES if name in text]


@pytest.mark.parametrize("shares", ["[]", "null", '{"happy": 2}', '{"happy": "x"}', "nonsense"])
def test_a_damaged_minute_is_told_in_a_sentence(whole: Path, shares: str) -> None:
    with sqlite3.connect(whole) as opened:
        opened.execute("UPDATE class_minute SET shares = ?", (shares,))
    opened.close()
    with open_lesson(whole) as lesson:
        if shares == "[]":
            assert lesson.figures().total.people == 5
            return
        with pytest.raises(InputError, match="damaged"):
            lesson.figures()


def names(observations: Iterable[Observation]) -> set[str]:
    return {one.text for one in observations if isinstance(one, Event) and one.kind == "joined"}


def test_the_made_up_lesson_holds_what_must_not_be_kept() -> None:
    assert names(instant(0.0)) == set(NAMES)
