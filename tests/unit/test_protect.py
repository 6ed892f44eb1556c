"""What a lesson's record of consent begins with, and what the events of a live class add to it."""

from pathlib import Path

import pytest

from meetbot.pipeline import Plan, facts_of
from meetbot.policy import policy_named
from meetbot.privacy import UNPROTECTED, privacy
from meetbot.protect import SOMEBODY, note_consent, notice_of, protect, say_who_was_not_found
from meetbot.resources import resource
from meetbot.roster import Entry
from meetbot.timeline import consent
from meetbot.timeline.lesson import Lesson, create_lesson
from meetbot.types import EXCLUDED, About, Event

EVENTS = (
    Event(0.0, "joined", 1, "Ana"),
    Event(1.0, "started_speaking", 1),
    Event(2.0, "joined", 2, "Ben"),
    Event(3.0, "opted_out", 2),
    Event(4.0, "opted_in", 2),
    Event(5.0, "joined", 3, "Cleo"),
    Event(5.0, "opted_out", 3, EXCLUDED),
    Event(6.0, "left", 1),
    Event(7.0, "gap", None, "the network broke"),
)


def told(path: Path, policy: str) -> Lesson:
    """A live class under a policy, with all of these events."""
    facts = facts_of("room", Plan(policy=policy_named(policy)))
    lesson = create_lesson(path, About("A lesson", "1"), facts)
    protect(lesson, UNPROTECTED, (), notice_of("meetbot", own_room=False))
    for event in EVENTS:
        lesson.add(event)
        note_consent(lesson, event)
    return lesson


def record(lesson: Lesson) -> list[tuple[float, str, int | None, str | None]]:
    return [(e.time, e.kind, e.seat, e.text) for e in consent.verify(lesson).entries[1:]]


def test_who_came_was_told_and_said_no_or_yes_is_recorded(tmp_path: Path) -> None:
    with told(tmp_path / "a.meetbot", "full") as lesson:
        assert record(lesson) == [
            (0.0, "told", 1, "Ana"),
            (2.0, "told", 2, "Ben"),
            (3.0, "opted_out", 2, "Ben"),
            (4.0, "opted_in", 2, "Ben"),
            (5.0, "told", 3, "Cleo"),
            (5.0, "excluded", 3, "Cleo"),
        ]


def test_where_nobody_is_kept_apart_the_record_names_nobody(tmp_path: Path) -> None:
    with told(tmp_path / "a.meetbot", "class") as lesson:
        assert {(seat, text) for _, _, seat, text in record(lesson)} == {(None, SOMEBODY)}
        say_who_was_not_found(lesson, [Entry("Dora")], 9.0)
        protect(lesson, privacy(exclude=["Dora"]), (), "again")
    assert not any(
        name in (tmp_path / "a.meetbot").read_bytes() for name in (b"Ana", b"Ben", b"Cleo", b"Dora")
    )


def test_the_notice_is_the_name_of_the_bot_and_in_our_own_room_the_words_of_its_page() -> None:
    assert notice_of("meetbot - analysing faces", False) == (
        'The bot is called "meetbot - analysing faces" in the room.'
    )
    said = notice_of("meetbot", True)
    assert "Before they come in, the room's page says: What is analysed in this class" in said
    assert "It stores numbers only: no picture and no sound." in said and "<" not in said
    assert 'class="notice"' in resource("templates", "room/room.html").read_text("utf-8")


@pytest.mark.parametrize("there", [True, False])
def test_somebody_who_was_to_be_left_out_and_was_not_found_is_named(tmp_path: Path, there: bool) -> None:
    with create_lesson(tmp_path / "a.meetbot", About("A lesson", "1"), {}) as lesson:
        if there:
            lesson.add(Event(0.0, "joined", 1, "ANA"))
        say_who_was_not_found(lesson, [Entry("Ana"), Entry("Seat 2")], 9.0)
        warnings = [event.text for event in lesson.each_event() if event.kind == "warning"]
    assert [text[:33] for text in warnings] == ([] if there else ["No tile carried the name of Ana, "])
