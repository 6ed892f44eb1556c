"""The lesson file keeps what goes in, at once, and gives it back."""

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import textwrap
from math import inf
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetbot.errors import UsageError
from meetbot.timeline import rows
from meetbot.timeline.lesson import Lesson, Seat, create_lesson, open_lesson
from meetbot.types import EMOTIONS, About, Box, Event, Layout, Observation, Place, Reading, Still
from tests.written import BOX, face, golden_observations, hidden, write_lesson

GOLDEN = Path(__file__).parent.parent / "golden" / "version-1.meetbot"
ABOUT = About("A lesson", "sha256:1234", started_at="2026-03-05T09:15:00", duration=60.0)


def thousandths(low: float, high: float, decimals: int = 3) -> st.SearchStrategy[float]:
    """Numbers as the file keeps them."""
    scale = 10**decimals
    return st.integers(round(low * scale), round(high * scale)).map(lambda number: number / scale)


shares = thousandths(0, 1, rows.SHARE)
angles = st.none() | thousandths(-180, 180, rows.ANGLE)
pixels = thousandths(-100, 5000, rows.PIXEL)
readings = st.builds(
    Reading,
    time=thousandths(0, 20_000),
    seat=st.integers(0, 99),
    state=st.sampled_from(["face", "no_face", "camera_off"]),
    box=st.none() | st.builds(Box, pixels, pixels, pixels, pixels),
    emotions=st.none() | st.tuples(*[shares] * len(EMOTIONS)),
    certainty=st.none() | shares,
    yaw=angles,
    pitch=angles,
    roll=angles,
    speaking=st.none() | st.booleans(),
)
events = st.builds(
    Event,
    time=thousandths(0, 20_000),
    kind=st.sampled_from(["left", "camera_on", "gap", "warning"]),
    seat=st.none() | st.integers(0, 99),
    text=st.text(st.characters(exclude_categories=["Cs"])),
)


def new_lesson(folder: Path) -> Lesson:
    return create_lesson(folder / "a.meetbot", ABOUT, {"every": "1.0"})


@settings(deadline=None)  # the machine may be busy
@given(readings)
def test_readings_come_back_as_they_went_in(reading: Reading) -> None:
    assert rows.row_reading(rows.reading_row(reading)) == reading


@settings(deadline=None)  # the machine may be busy
@given(events)
def test_events_come_back_as_they_went_in(event: Event) -> None:
    assert rows.row_event(rows.event_row(event)) == event


def test_a_lesson_keeps_every_kind_of_observation(tmp_path: Path) -> None:
    place = Place(1, "Ana", BOX, "person", "on")
    stage = Place(9, None, BOX, "stage", "on")
    observations: list[Observation] = [
        Event(0.0, "joined", 1, "Ana"),
        Layout(0.0, 30.0, (1280, 720), 0.75, (place, stage)),
        face(0.0, 1, "happy"),
        Event(1.0, "slide"),
        hidden(1.0, 1),
        Still(2.0, "slide", b"\xff\xd8jpeg"),
        Still(2.5, "face", b"\xff\xd8face", 1),
    ]
    path = write_lesson(tmp_path / "a.meetbot", observations)
    with open_lesson(path) as lesson:
        assert list(lesson.each_event()) == [observations[0], observations[3]]
        assert list(lesson.each_layout()) == [observations[1]]
        assert [reading.label for reading in lesson.each_reading()] == ["happy", None]
        assert list(lesson.each_still()) == observations[5:]


def test_text_out_of_a_file_name_that_is_no_utf_8_is_kept_as_far_as_it_can_be_read(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9")
    about = About(name, "sha256:1234")
    with create_lesson(tmp_path / f"{name}.meetbot", about, {"source": f"/lessons/{name}.mp4"}) as lesson:
        lesson.add(Event(1.0, "warning", None, f"{name}.mp4 is cut off."))
    with open_lesson(lesson.path) as kept:
        assert (kept.facts()["title"], kept.facts()["source"]) == ("caf?", "/lessons/caf?.mp4")
        assert [event.text for event in kept.each_event()] == ["caf?.mp4 is cut off."]


def test_a_lesson_is_opened_by_the_name_of_its_file_too(tmp_path: Path) -> None:
    path = write_lesson(tmp_path / "a.meetbot", [face(0.0)])
    with open_lesson(str(path)) as lesson:
        assert lesson.path == path


def test_numbers_are_rounded_so_that_two_runs_write_the_same(tmp_path: Path) -> None:
    third = 1 / 3
    with new_lesson(tmp_path) as lesson:
        lesson.add(Reading(third, 1, "face", Box(third, third, third, third), (third,) * 7, third, -third))
        (stored,) = lesson.each_reading()
    assert stored == Reading(0.333, 1, "face", Box(0.3, 0.3, 0.3, 0.3), (0.3333,) * 7, 0.3333, -0.3)


def test_a_tiny_negative_angle_is_stored_as_plain_zero(tmp_path: Path) -> None:
    with new_lesson(tmp_path) as lesson:
        lesson.add(Reading(0.0, 1, "face", yaw=-0.01))
        (stored,) = lesson.each_reading()
    assert repr(stored.yaw) == "0.0"


def test_a_new_lesson_states_its_source_and_that_it_is_running(tmp_path: Path) -> None:
    with new_lesson(tmp_path) as lesson:
        assert lesson.facts() == {
            "content_hash": "sha256:1234",
            "duration": "60.0",
            "every": "1.0",
            "started_at": "2026-03-05T09:15:00",
            "status": "running",
            "title": "A lesson",
        }


def test_finishing_states_status_and_duration(tmp_path: Path) -> None:
    with new_lesson(tmp_path) as lesson:
        lesson.finish("finished", 61.25)
        assert (lesson.facts()["status"], lesson.facts()["duration"]) == ("finished", "61.25")


def test_only_the_owner_may_read_a_lesson(tmp_path: Path) -> None:
    new_lesson(tmp_path).close()
    assert stat.S_IMODE((tmp_path / "a.meetbot").stat().st_mode) == 0o600


def test_a_closed_lesson_is_one_plain_file(tmp_path: Path) -> None:
    with new_lesson(tmp_path) as lesson:
        lesson.add(face(0.0))
        lesson.reached(0.0)
        assert sorted(path.name for path in tmp_path.iterdir()) != ["a.meetbot"]
    assert [path.name for path in tmp_path.iterdir()] == ["a.meetbot"]


def test_a_lesson_can_be_read_while_it_is_written(tmp_path: Path) -> None:
    with new_lesson(tmp_path) as lesson:
        lesson.add(face(0.0))
        lesson.reached(0.0)
        lesson.add(face(1.0))
        with open_lesson(lesson.path) as seen:
            assert [reading.time for reading in seen.each_reading()] == [0.0]
        assert [reading.time for reading in lesson.each_reading()] == [0.0, 1.0]


def test_a_killed_run_keeps_all_that_was_reached(tmp_path: Path) -> None:
    script = """
        import sys, time
        from pathlib import Path
        from meetbot.timeline.lesson import create_lesson
        from meetbot.types import About, Reading
        lesson = create_lesson(Path(sys.argv[1]), About("A lesson", "1"), {})
        for second in range(50):
            lesson.add(Reading(float(second), 1, "no_face"))
            lesson.reached(float(second))
        print("written", flush=True)
        time.sleep(60)
    """
    path = tmp_path / "a.meetbot"
    run = [sys.executable, "-c", textwrap.dedent(script), str(path)]
    with subprocess.Popen(run, stdout=subprocess.PIPE) as process:
        assert process.stdout and process.stdout.readline() == b"written\n"
        os.kill(process.pid, signal.SIGKILL)
    with open_lesson(path) as lesson:
        assert len(list(lesson.each_reading())) == 50
        assert lesson.facts()["read_until"] == "49.0"
        assert lesson.facts()["status"] == "running"
        assert lesson.seats() == [Seat(1, None, "student", 0.0, 49.0)]


def test_an_interrupted_lesson_is_carried_on_without_doubles(tmp_path: Path) -> None:
    with new_lesson(tmp_path) as lesson:
        for second in range(4):
            lesson.add(face(float(second), 1))
        lesson.reached(3.0)
        lesson.add(face(4.0, 1))
        lesson.add(Event(4.0, "joined", 2, "Late"))
        lesson.add(Layout(4.0, 4.0, (10, 10), 1.0, ()))
    with open_lesson(tmp_path / "a.meetbot", write=True) as lesson:
        lesson.forget_after(3.0)
        assert [reading.time for reading in lesson.each_reading()] == [0.0, 1.0, 2.0, 3.0]
        assert [lesson.seats(), list(lesson.each_event()), list(lesson.each_layout())] == [
            [Seat(1, None, "student", 0.0, 3.0)],
            [],
            [],
        ]
        lesson.add(face(3.0, 1, "sad"))
        assert [reading.label for reading in lesson.each_reading()] == ["neutral"] * 3 + ["sad"]


@pytest.mark.parametrize(("time", "until"), [(3.0, "3.0"), (-inf, None), (9.0, "4.0")])
def test_what_is_forgotten_was_not_read_either(time: float, until: str | None, tmp_path: Path) -> None:
    """Whoever carries on after a kill there begins where the readings end."""
    with new_lesson(tmp_path) as lesson:
        for second in range(5):
            lesson.add(face(float(second), 1))
        lesson.reached(4.0)
        lesson.forget_after(time)
    with open_lesson(tmp_path / "a.meetbot") as lesson:
        assert lesson.facts().get("read_until") == until


def test_the_last_places_are_the_newest_boxes_since_a_time(tmp_path: Path) -> None:
    with new_lesson(tmp_path) as lesson:
        for reading in (face(1.0, 1), face(5.0, 2), face(6.0, 3), Reading(7.0, 3, "no_face"), face(8.0, 2)):
            lesson.add(reading)
        places = lesson.last_places(since=5.0)
    assert {seat: reading.time for seat, reading in places.items()} == {2: 8.0, 3: 6.0}


def test_a_layout_that_goes_on_replaces_itself(tmp_path: Path) -> None:
    with new_lesson(tmp_path) as lesson:
        for end in (0.0, 10.0, 20.0):
            lesson.add(Layout(0.0, end, (10, 10), 1.0, ()))
        assert [layout.end for layout in lesson.each_layout()] == [20.0]


def test_names_come_from_joining_from_layouts_and_by_hand(tmp_path: Path) -> None:
    with new_lesson(tmp_path) as lesson:
        lesson.add(Event(0.0, "joined", 1, " Ana "))
        lesson.add(Layout(0.0, 1.0, (10, 10), 1.0, (Place(2, "Ben", BOX, "person", "on"),)))
        lesson.add(face(2.0, 3))
        lesson.add(face(2.0, 4))
        lesson.name_seat(4, "\N{GRINNING FACE} <b>half a pair \ud83d")
        lesson.add(Event(3.0, "left", 1, "timed out"))
    with open_lesson(tmp_path / "a.meetbot") as lesson:
        assert [seat.shown for seat in lesson.seats()] == [
            "Ana",
            "Ben",
            "Seat 3",
            "\N{GRINNING FACE} <b>half a pair ?",
        ]


def test_a_shared_screen_is_no_seat(tmp_path: Path) -> None:
    with new_lesson(tmp_path) as lesson:
        lesson.add(Layout(0.0, 1.0, (10, 10), 1.0, (Place(7, None, BOX, "stage", "on"),)))
        assert lesson.seats() == []


def test_roles_are_kept(tmp_path: Path) -> None:
    with new_lesson(tmp_path) as lesson:
        lesson.add(face(0.0, 1))
        lesson.set_role(1, "teacher")
        lesson.add(face(1.0, 1))
    with open_lesson(tmp_path / "a.meetbot") as lesson:
        assert lesson.seats() == [Seat(1, None, "teacher", 0.0, 1.0)]


def test_a_lesson_opened_for_reading_refuses_changes(tmp_path: Path) -> None:
    path = write_lesson(tmp_path / "a.meetbot", [face(0.0)])
    with open_lesson(path) as lesson, pytest.raises(UsageError, match="opened for reading"):
        lesson.add(face(1.0))


def test_a_new_lesson_takes_the_place_of_an_old_one(tmp_path: Path) -> None:
    path = write_lesson(tmp_path / "a.meetbot", [face(0.0)])
    with create_lesson(path, ABOUT, {}) as lesson:
        assert list(lesson.each_reading()) == []


def test_what_is_deleted_is_nowhere_in_the_file(tmp_path: Path) -> None:
    with new_lesson(tmp_path) as lesson:
        lesson.add(Event(0.0, "warning", None, "before"))
        lesson.reached(0.0)
        lesson.add(Event(1.0, "warning", None, "a secret sentence"))
        lesson.commit()
        lesson.forget_after(0.0)
    content = (tmp_path / "a.meetbot").read_bytes()
    assert (b"before" in content, b"a secret sentence" in content) == (True, False)


def test_lessons_of_schema_version_1_open() -> None:
    with open_lesson(GOLDEN) as lesson:
        readings = list(lesson.each_reading())
        total = lesson.figures().total
    assert readings == sorted(
        (seen for seen in golden_observations() if isinstance(seen, Reading)),
        key=lambda reading: (reading.time, reading.seat),
    )
    assert (total.people, total.coverage, total.attention, total.index) == (2, 0.625, 0.9, 87.3)


def test_one_face_picture_of_each_person_is_kept_and_dropped_alone(tmp_path: Path) -> None:
    with new_lesson(tmp_path) as lesson:
        for still in (
            Still(0.0, "slide", b"slide"),
            Still(1.0, "face", b"first", 1),
            Still(2.0, "face", b"better", 1),
            Still(3.0, "face", b"other", 2),
        ):
            lesson.add(still)
        assert [still.jpeg for still in lesson.each_still()] == [b"slide", b"better", b"other"]
        lesson.forget_stills(1)
        assert [still.jpeg for still in lesson.each_still()] == [b"slide", b"other"]


def test_a_lesson_of_the_first_version_gives_its_slides_and_takes_faces_when_it_is_changed(
    tmp_path: Path,
) -> None:
    old = tmp_path / "old.meetbot"
    old.write_bytes(GOLDEN.read_bytes())
    with sqlite3.connect(old) as connection:
        connection.execute("INSERT INTO still (time, kind, jpeg) VALUES (1.0, 'slide', x'ff')")
    connection.close()
    with open_lesson(old) as lesson:
        assert list(lesson.each_still()) == [Still(1.0, "slide", b"\xff")]
    with open_lesson(old, write=True) as lesson:
        lesson.add(Still(2.0, "face", b"face", 1))
    with open_lesson(old) as lesson:
        assert list(lesson.each_still()) == [Still(1.0, "slide", b"\xff"), Still(2.0, "face", b"face", 1)]
