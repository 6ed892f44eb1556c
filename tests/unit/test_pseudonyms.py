"""With --names alias no name enters a lesson, and the same person has the same pseudonym all term."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from meetbot.conclude import conclude, identify
from meetbot.division import splitter_of
from meetbot.privacy import privacy
from meetbot.protect import NOT_KNOWN, protect, say_who_was_not_found
from meetbot.pseudonym import pseudonym_for
from meetbot.roster import Entry, pseudonyms
from meetbot.timeline import consent
from meetbot.timeline.lesson import Lesson, create_lesson, open_lesson
from meetbot.types import About, Event, Layout, Place
from tests.written import BOX, face

ROSTER = (
    Entry("Wilhelmina Okafor", "fox"),
    Entry("Ben Berg"),
    Entry("Cleo Ng", "Seat 3"),
    Entry("Dora Diaz", analyse=False),
)
NAMES = (b"Wilhelmina", b"Okafor", b"Ben", b"Berg", b"Cleo", b"Dora", b"Stranger")


def nameless(path: Path, roster: tuple[Entry, ...] = ROSTER) -> Lesson:
    """A lesson in which everybody was read by name."""
    protection = privacy(roster, names="alias")
    about = About("A lesson", "sha256:1234")
    lesson = create_lesson(path, about, {"every": "1.0", "policy": "full", **protection.facts(_now())})
    protect(lesson, protection, roster, NOT_KNOWN)
    lesson.add(Event(0.0, "joined", 1, "Wilhelmina Okafor"))
    lesson.add(Event(0.0, "joined", 4, "Stranger"))
    places = (Place(2, "Ben Berg", BOX, "person", "on"), Place(3, None, BOX, "person", "on"))
    lesson.add(Layout(0.0, 1.0, (10, 10), 1.0, places))
    for seat in (1, 2, 3, 4):
        lesson.add(face(0.0, seat))
    lesson.reached(0.0)
    return lesson


def _now() -> datetime:

    return datetime(2026, 1, 1, tzinfo=UTC)


def shown(lesson: Lesson) -> list[str]:
    return [seat.shown for seat in lesson.seats()]


def test_the_class_list_gives_the_pseudonyms() -> None:
    assert pseudonyms(ROSTER) == ("fox", "Person 2", "Person 3", "Person 4")


def test_no_name_is_in_the_file_or_the_report(tmp_path: Path) -> None:
    with nameless(tmp_path / "a.meetbot") as lesson:
        assert shown(lesson) == ["fox", "Person 2", "Seat 3", "Seat 4"]
        say_who_was_not_found(lesson, [ROSTER[3]], 1.0)
        conclude(lesson, ROSTER, None)
        assert shown(lesson) == ["fox", "Person 2", "Person 3", "Seat 4"]
        assert lesson.decoded("roster", list) == ["fox", "Person 2", "Person 3", "Person 4"]
    content = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"fox" in content
    assert [name for name in NAMES if name in content] == []


def test_the_same_people_are_the_same_in_another_lesson(tmp_path: Path) -> None:
    with nameless(tmp_path / "a.meetbot") as one, nameless(tmp_path / "b.meetbot") as other:
        other.add(Event(1.0, "joined", 5, "okafor wilhelmina"))
        assert (shown(one)[0], shown(other)[0], shown(other)[4]) == ("fox", "fox", "fox")


def test_without_a_class_list_people_are_numbers(tmp_path: Path) -> None:
    with nameless(tmp_path / "a.meetbot", ()) as lesson:
        assert shown(lesson) == ["Seat 1", "Seat 2", "Seat 3", "Seat 4"]


def test_a_report_with_a_class_list_keeps_to_it_later(tmp_path: Path) -> None:
    nameless(tmp_path / "a.meetbot").close()
    with open_lesson(tmp_path / "a.meetbot", write=True) as lesson:
        lesson.name_seat(4, "Stranger")  # by a program that knows of no class list
        assert shown(lesson)[3] == "Seat 4"
        identify(lesson, ROSTER, "Ben Berg")
        assert shown(lesson) == ["fox", "Person 2", "Person 3", "Seat 4"]
        assert [seat.id for seat in lesson.seats() if seat.role == "teacher"] == [2]


def test_a_run_that_goes_on_knows_people_by_their_real_names_again(tmp_path: Path) -> None:
    with nameless(tmp_path / "a.meetbot") as lesson:
        split = splitter_of(lesson, 0.0, 1.0, "auto", ROSTER)
        assert [split._seats.name_of(seat) for seat in (1, 2)] == ["Wilhelmina Okafor", "Ben Berg"]


def test_the_record_of_consent_holds_pseudonyms_too(tmp_path: Path) -> None:
    protection = privacy(ROSTER, ["Wilhelmina Okafor", "Stranger"], names="alias")
    facts = protection.facts(_now())
    with create_lesson(tmp_path / "a.meetbot", About("A lesson", "1"), facts) as lesson:
        protect(lesson, protection, ROSTER, NOT_KNOWN)
        assert [(entry.kind, entry.text) for entry in consent.entries(lesson)] == [
            ("notice", NOT_KNOWN),
            ("excluded", "Person 4"),
            ("excluded", "fox"),
            ("excluded", "somebody"),
        ]


@pytest.mark.parametrize(
    ("name", "expected"), [("FOX", "fox"), ("Person 2", "Person 2"), ("Ben", "Person 2"), ("Nobody", None)]
)
def test_a_pseudonym_stands_for_itself_and_for_a_shortened_name(name: str, expected: str | None) -> None:
    assert pseudonym_for(ROSTER)(name) == expected


def test_which_people_were_left_out_can_not_be_read_from_the_settings() -> None:
    told = [privacy(exclude=[name]).settings("sha256:1")["left out"] for name in ("Ana", "Ben")]
    assert told[0] != told[1]
    assert all("1 people, " in one and len(one) == len("1 people, ") + 4 for one in told)
    assert privacy(exclude=["Ana", "ben"]).settings("x") == privacy(exclude=["Ben", "ANA"]).settings("x")
