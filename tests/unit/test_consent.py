"""The record of consent: who was told and who said no, in a chain that can't be rewritten unnoticed."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from meetbot.errors import InputError, UsageError
from meetbot.timeline import consent, erasure
from meetbot.timeline.lesson import Lesson, create_lesson, open_lesson
from meetbot.types import About

ABOUT = About("A lesson", "sha256:1234")


@pytest.fixture
def lesson(tmp_path: Path) -> Iterator[Lesson]:
    """A class of two who were told, of whom one said no."""
    with create_lesson(tmp_path / "a.meetbot", ABOUT, {}) as made:
        consent.record(made, "notice", text="You are analysed.")
        consent.record(made, "told", 1.0, 1, "Ana")
        consent.record(made, "told", 2.5, 2, "Ben")
        consent.record(made, "opted_out", 60.25, 2, "Ben")
        made.commit()
        yield made


def changed(lesson: Lesson, statement: str) -> Lesson:
    """As somebody would who has the file and a pen."""
    lesson.close()
    with closing(sqlite3.connect(lesson.path)) as file, file:
        file.execute(statement)
    return open_lesson(lesson.path)


def test_every_entry_follows_from_the_one_before_and_its_own_content(lesson: Lesson) -> None:
    before = bytes(32)
    for entry in consent.entries(lesson):
        assert entry.salt and len(entry.salt) == 16 and entry.text is not None
        content = json.dumps([entry.time, entry.seat, entry.kind, entry.text], ensure_ascii=False).encode()
        inner = hashlib.sha256(entry.salt + content).digest()
        before = hashlib.sha256(before + inner).digest()
        assert (entry.digest, entry.hash) == (inner.hex(), before.hex())
    assert consent.newest(lesson) == before.hex()


def test_a_chain_that_was_left_alone_holds(lesson: Lesson) -> None:
    chain = consent.verify(lesson)
    assert [(entry.kind, entry.seat, entry.text) for entry in chain.entries] == [
        ("notice", None, "You are analysed."),
        ("told", 1, "Ana"),
        ("told", 2, "Ben"),
        ("opted_out", 2, "Ben"),
    ]
    assert (chain.newest, chain.found) == (consent.newest(lesson), None)


def test_two_lessons_of_the_same_people_have_nothing_in_common(tmp_path: Path) -> None:
    hashes = set()
    for name in ("a", "b"):
        with create_lesson(tmp_path / f"{name}.meetbot", ABOUT, {}) as made:
            hashes |= {consent.record(made, "told", 1.0, 1, "Ana")}
    assert len(hashes) == 2


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("UPDATE consent SET text = 'Bob' WHERE id = 3", "entry 3 was changed after it was written"),
        ("UPDATE consent SET kind = 'opted_in' WHERE id = 4", "entry 4 was changed"),
        ("UPDATE consent SET time = 9 WHERE id = 2", "entry 2 was changed"),
        ("UPDATE consent SET seat = 1 WHERE id = 4", "entry 4 was changed"),
        ("DELETE FROM consent WHERE id = 2", "entry 2 does not follow from the one before"),
        ("DELETE FROM consent WHERE id = 1", "entry 1 does not follow"),
        ("UPDATE consent SET id = 9 WHERE id = 2", "entry 2 does not follow"),
        ("UPDATE consent SET hash = 'x' WHERE id = 2", "entry 2 does not follow"),
        ("UPDATE consent SET digest = NULL WHERE id = 2", "entry 2 was changed"),
        (
            "UPDATE consent SET salt = NULL, text = NULL WHERE id = 4",
            "entry 4 lost its content",
        ),
        ("UPDATE consent SET time = 'soon' WHERE id = 2", "entry 2 can't be understood"),
    ],
)
def test_whatever_is_changed_is_noticed(lesson: Lesson, statement: str, why: str) -> None:
    with changed(lesson, statement) as opened, pytest.raises(InputError, match=why) as caught:
        consent.verify(opened)
    assert caught.value.exit_code == 3


def test_the_hash_on_paper_is_found_also_when_more_came_after_it(lesson: Lesson) -> None:
    paper = str(consent.newest(lesson))
    consent.record(lesson, "opted_in", 90.0, 2, "Ben")
    assert consent.verify(lesson, paper).found == 4
    typed = f"{paper[:8].upper()} {paper[8:20]}"
    assert consent.verify(lesson, typed).found == 4
    assert consent.verify(lesson, str(consent.newest(lesson))).found == 5


def test_a_record_that_was_made_anew_is_told_by_the_hash_on_paper(lesson: Lesson) -> None:
    """Whoever has the file can make a chain that holds in itself; only the paper knows the old one."""
    paper = str(consent.newest(lesson))
    lesson.change("DELETE FROM consent")
    for text in ("You are analysed.", "Ana"):
        consent.record(lesson, "notice", text=text)
    assert consent.verify(lesson).newest != paper
    with pytest.raises(InputError, match="stands nowhere in the record of consent"):
        consent.verify(lesson, paper)


@pytest.mark.parametrize("paper", ["", "123", "no hash at all", "0123456789a", "zz23456789abcdef"])
def test_what_is_no_hash_is_called_so(lesson: Lesson, paper: str) -> None:
    with pytest.raises(UsageError, match="is no hash of a report"):
        consent.verify(lesson, paper)


def test_what_is_erased_is_gone_and_the_chain_still_holds(lesson: Lesson) -> None:
    paper = str(consent.newest(lesson))
    consent.erase(lesson, 2, lambda entry: entry.seat == 2)
    chain = consent.verify(lesson, paper)
    assert [entry.kind for entry in chain.entries] == ["notice", "told", "erased", "erased", "erased"]
    for entry in chain.entries[2:4]:
        assert (entry.time, entry.seat, entry.text, entry.salt) == (0.0, None, None, None)
    last = chain.entries[-1]
    assert (last.seat, json.loads(last.text or "")) == (2, {"entries": [3, 4]})
    assert (chain.found, chain.newest) == (4, last.hash)


def test_an_erasure_that_nobody_recorded_is_noticed(lesson: Lesson) -> None:
    consent.erase(lesson, 2, lambda entry: entry.seat == 2)
    with (
        changed(lesson, "DELETE FROM consent WHERE id = 5") as opened,
        pytest.raises(InputError, match="entry 3 lost its content"),
    ):
        consent.verify(opened)


@pytest.mark.parametrize("text", ["", "[]", '{"entries": 5}', '{"entries": ["x"]}', "[" * 100_000])
def test_a_damaged_note_of_an_erasure_is_one_sentence(lesson: Lesson, text: str) -> None:
    consent.record(lesson, "erased", text=text)
    with pytest.raises(InputError, match="what it says of erasures is damaged"):
        consent.verify(lesson)


def test_an_older_lesson_has_no_record(tmp_path: Path) -> None:
    golden = Path(__file__).parent.parent / "golden" / "version-1.meetbot"
    with open_lesson(golden) as old:
        assert (consent.verify(old).entries, consent.newest(old)) == ((), None)
        assert "consent" not in old.figures().provenance
        with pytest.raises(InputError, match="stands nowhere"):
            consent.verify(old, "0123456789abcdef")


def test_the_newest_hash_stands_in_the_figures(lesson: Lesson) -> None:
    assert lesson.figures().provenance["consent"] == consent.newest(lesson)


def test_the_notice_stays_and_so_does_the_consent_of_people_with_longer_names(tmp_path: Path) -> None:
    facts = {"every": "1.0", "policy": "full"}
    with create_lesson(tmp_path / "b.meetbot", ABOUT, facts) as lesson:
        consent.record(lesson, "notice", text="You are analysed.")
        for seat, name in enumerate(("Ana", "Ana Ben", "You"), start=1):
            lesson.name_seat(seat, name)
            consent.record(lesson, "told", 0.0, seat, name)
        for name in ("You", "Ana"):
            erasure.erase(lesson, erasure.person_called(lesson, name))
        kept = [(entry.kind, entry.text) for entry in consent.entries(lesson) if entry.salt is not None]
    assert kept[:2] == [("notice", "You are analysed."), ("told", "Ana Ben")]
    assert [kind for kind, _ in kept[2:]] == ["erased", "erased"]
