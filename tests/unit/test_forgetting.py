"""One person out of a lesson: nothing of them is left in the file or its report, and the rest stays."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from meetbot import conclude
from meetbot.errors import UsageError
from meetbot.forgetting import forget
from meetbot.privacy import Privacy
from meetbot.protect import say_who_was_not_found
from meetbot.resources import unfinished
from meetbot.roster import Entry
from meetbot.timeline import consent, erasure
from meetbot.timeline.copies import remember_copy
from meetbot.timeline.lesson import create_lesson, open_lesson
from meetbot.types import About, Reading
from tests.forgotten import ANGLE, NAMES, TIMES, YAW, content, copied, left_of_her, observations, write
from tests.written import face


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a finished lesson with its report."""
    return write(tmp_path_factory.mktemp("written") / "a.meetbot").parent


@pytest.fixture
def path(written: Path, tmp_path: Path) -> Path:
    """A copy to erase from."""
    return copied(written, tmp_path / "lesson")


def test_there_is_something_to_be_found_before(path: Path) -> None:
    assert left_of_her(path.parent) == [*NAMES, ANGLE]
    assert b"Wilhelmina" in path.with_suffix(".html").read_bytes()


def test_nothing_of_the_person_is_left_in_the_file_or_the_report(path: Path) -> None:
    done = forget(path, "Wilhelmina")
    assert (done.person, done.report, done.completed) == (
        erasure.Person(2, "Wilhelmina"),
        path.with_suffix(".html"),
        None,
    )
    assert sorted(file.name for file in path.parent.iterdir()) == ["a.html", "a.meetbot"]
    assert left_of_her(path.parent) == []


def test_free_pages_and_the_side_file_hold_nothing_either(path: Path) -> None:
    """Of a lesson that was killed, and from which rows were deleted by a program that leaves them behind."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA secure_delete=OFF")
        other.execute("CREATE TABLE more AS SELECT * FROM reading WHERE seat = 2")
        other.execute("DROP TABLE more")
    assert content(path.parent, "a.html").count(ANGLE) > len(TIMES)
    with open_lesson(path, write=True) as killed:
        killed.add(face(60.0, 2, "sad", (YAW, 0.0)))
        killed.commit()
        saved = {part.name: part.read_bytes() for part in path.parent.glob("a.meetbot*")}
    for name, bytes_ in saved.items():
        if not name.endswith("-shm"):
            (path.parent / name).write_bytes(bytes_)
    assert ANGLE in (path.parent / "a.meetbot-wal").read_bytes()
    forget(path, "Seat 2")
    assert left_of_her(path.parent) == []
    assert not (path.parent / "a.meetbot-wal").exists()


def test_the_others_stay_as_they_were(path: Path) -> None:
    with open_lesson(path) as lesson:
        before = [row for row in lesson.each_reading_row() if row[1] != 2]
    forget(path, "wilhelmina")
    with open_lesson(path) as lesson:
        assert list(lesson.each_reading_row()) == before
        assert [seat.shown for seat in lesson.seats()] == ["Ana", "Ben"]
        assert [place.seat for layout in lesson.each_layout() for place in layout.tiles] == [1, 3]
        assert [still.jpeg for still in lesson.each_still()] == [b"\xff\xd8Ana"]
        assert [event.text for event in lesson.each_event() if event.kind == "warning"] == [
            "The label of (erased) was cut off; Wilhelminas was not."
        ]
        assert lesson.decoded("roster", list) == ["Ana", "Ben", "Wilhelmina  B."]


def test_the_figures_are_of_the_others_alone(path: Path, tmp_path: Path) -> None:
    forget(path, "Wilhelmina")
    with create_lesson(
        tmp_path / "b.meetbot", About("A lesson", "sha256:1234"), {"every": "1.0", "policy": "full"}
    ) as alone:
        for observation in observations():
            if getattr(observation, "seat", None) != 2 and isinstance(observation, Reading):
                alone.add(observation)
        alone.reached(59.0)
        alone.finish("finished", 60.0)
        expected = alone.figures()
    with open_lesson(path) as lesson:
        assert (lesson.figures().total, lesson.figures().minutes) == (expected.total, expected.minutes)


def test_the_record_of_consent_says_that_it_was_done_and_still_holds(path: Path) -> None:
    with open_lesson(path) as lesson:
        paper = consent.newest(lesson)
    done = forget(path, "Wilhelmina")
    with open_lesson(path) as lesson:
        chain = consent.verify(lesson, paper)
    assert [entry.kind for entry in chain.entries] == ["notice", "erased", "erased", "erased"]
    assert (chain.found, chain.newest) == (3, done.consent)
    assert (done.consent or "").encode() in path.with_suffix(".html").read_bytes()


def test_what_an_erasure_can_not_reach_is_named(path: Path) -> None:
    for name in ("a.readings.csv", "a.readings.xlsx", "ab.readings.csv", "other.csv"):
        (path.parent / name).write_text("Wilhelmina")
    done = forget(path, "Wilhelmina")
    assert [copy.name for copy in done.copies] == ["a.readings.csv", "a.readings.xlsx"]
    assert done.named_in == ()


def test_reports_and_tables_in_other_folders_are_remembered_and_named(path: Path, tmp_path: Path) -> None:
    there = [tmp_path / "b" / "a.html", tmp_path / "b" / "a.readings.csv", tmp_path / "gone.html"]
    there[0].parent.mkdir()
    for file in there:
        file.write_text("Wilhelmina")
        remember_copy(path, file)
        remember_copy(path, file)
    remember_copy(path, path.with_suffix(".html"))
    remember_copy(tmp_path / "nowhere.meetbot", there[0])
    with open_lesson(path) as lesson:
        assert lesson.decoded("copies", list) == [str(file.resolve()) for file in there]
    there[2].unlink()
    assert list(forget(path, "Wilhelmina").copies) == [file.resolve() for file in there[:2]]


def test_what_killed_runs_left_of_its_report_and_tables_goes_and_that_of_others_stays(path: Path) -> None:
    mine = (".a-x1_y2z3w.part", ".a.readings.csv.part", ".a.minutes.json.part")
    others = (".a-2-x1_y2z3w.part", ".ab-x1_y2z3w.part", ".a-x.part", ".a.notes.csv.part", "a-x1_y2z3w.part")
    for name in (*mine, *others):
        (path.parent / name).write_text("a name")
    forget(path, "Ana")
    assert sorted(file.name for file in path.parent.glob("*.part")) == sorted(others)


def test_half_a_report_is_found_however_long_the_lessons_name_is(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = path.rename(path.with_name(f"{'n' * 45} one.meetbot"))
    other = long.with_name(f"{'n' * 45} two.meetbot")

    class Killed(BaseException):
        """What ends a process has no time to delete anything."""

    def killed(file: int) -> None:
        raise Killed

    monkeypatch.setattr("meetbot.report.html.os.fsync", killed)
    with open_lesson(long) as lesson, pytest.raises(Killed):
        conclude.report(lesson, lesson.figures())
    monkeypatch.undo()
    (table := long.with_name(f".{long.stem}.readings.csv.part")).touch()
    found = unfinished(long)
    assert len(found) == 2 and table in found
    assert unfinished(other) == []
    forget(long, "Ana")
    assert list(long.parent.glob(".*.part")) == []


def test_a_title_that_holds_the_name_is_named(path: Path) -> None:
    with open_lesson(path, write=True) as lesson:
        lesson.note(title="A talk with Wilhelmina")
    assert forget(path, "Wilhelmina").named_in == ("title",)


def test_no_report_is_made_where_there_was_none(path: Path) -> None:
    path.with_suffix(".html").unlink()
    assert forget(path, "Ana").report is None
    assert not path.with_suffix(".html").exists()


def test_somebody_of_the_class_list_who_was_not_there_can_be_erased(path: Path) -> None:
    assert forget(path, "wilhelmina b.").person == erasure.Person(None, "Wilhelmina  B.")
    with open_lesson(path) as lesson:
        assert lesson.decoded("roster", list) == ["Ana", "Wilhelmina", "Ben"]
        assert len(lesson.seats()) == 3


def test_somebody_who_was_left_out_and_never_had_a_seat_can_be_erased(path: Path) -> None:
    out = Entry("Zoë Vance"), Entry("Max")
    with open_lesson(path, write=True) as lesson:
        lesson.note(settings=json.dumps({"every": 1.0, **Privacy(left_out=out).settings("sha256:1234")}))
        for entry in out:
            consent.record(lesson, "excluded", text=entry.name)
        say_who_was_not_found(lesson, out, 59.0)
        mark = lesson.decoded("settings", dict)["left out"][-4:]
    assert "Zoë Vance".encode() in content(path.parent, "a.html")
    assert forget(path, "ZOË VANCE").person == erasure.Person(None, "Zoë Vance")
    left = content(path.parent)
    assert not [value for value in ("Zoë", "Vance", f", {mark}") if value.encode() in left]
    with open_lesson(path) as lesson:
        assert lesson.decoded("settings", dict) == {
            "every": 1.0,
            "left out": "2 people, one of them erased",
            "names": "real",
        }
        assert [entry.text for entry in consent.verify(lesson).entries if entry.kind == "excluded"] == [
            "Wilhelmina",
            "Max",
        ]
    with pytest.raises(UsageError, match="Nobody"):
        forget(path, "Zoë Vance")


def test_of_a_class_as_a_whole_there_is_nobody_to_be_erased(tmp_path: Path) -> None:
    path = tmp_path / "a.meetbot"
    with create_lesson(path, About("A lesson", "1"), {"policy": "class"}) as lesson:
        consent.record(lesson, "excluded", text="somebody")
    with pytest.raises(UsageError, match=r"Under the policy class no single person is kept.*'Ana'"):
        forget(path, "Ana")


@pytest.mark.parametrize("wanted", ["Cleo", "", "Seat 4", "Wilhel", "2", "%"])
def test_somebody_who_is_not_there_is_answered_with_who_is(path: Path, wanted: str) -> None:
    known = r"its seats are: Ana \(Seat 1\), Wilhelmina \(Seat 2\), Ben \(Seat 3\)\."
    with pytest.raises(UsageError, match=known):
        forget(path, wanted)
    with open_lesson(path) as lesson:
        assert [seat.id for seat in lesson.seats()] == [1, 2, 3]
        assert erasure.unfinished(lesson) is None


def test_a_name_that_two_have_is_answered_with_their_seats(path: Path) -> None:
    with open_lesson(path, write=True) as lesson:
        lesson.name_seat(3, "ANA")
    with pytest.raises(UsageError, match=r"Seat 1 and Seat 3 of .* are all called 'Ana'; say which"):
        forget(path, "Ana")
    forget(path, "Seat 3")
    with open_lesson(path) as lesson:
        assert [seat.id for seat in lesson.seats()] == [1, 2]


def test_a_name_that_another_seat_keeps_goes_with_the_one_seat_alone(path: Path) -> None:
    with open_lesson(path, write=True) as lesson:
        lesson.name_seat(3, "WILHELMINA")
        consent.record(lesson, "told", 0.0, 3, "Wilhelmina")
    done = forget(path, "Seat 2")
    assert done.person and done.person.shared
    with open_lesson(path) as lesson:
        assert [seat.shown for seat in lesson.seats()] == ["Ana", "WILHELMINA"]
        assert "Wilhelmina" in lesson.decoded("roster", list)
        assert any("wilhelmina was cut off" in event.text for event in lesson.each_event())
        kept = [(one.kind, one.seat) for one in consent.entries(lesson) if one.text == "Wilhelmina"]
        assert kept == [("excluded", None), ("told", 3)]
    forget(path, "Seat 3")  # nobody has the name any more
    with open_lesson(path) as lesson:
        assert "Wilhelmina" not in lesson.decoded("roster", list)
        assert all("wilhelmina was" not in event.text for event in lesson.each_event())
        assert all(one.text != "Wilhelmina" for one in consent.entries(lesson))
