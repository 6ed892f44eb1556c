"""A lesson is narrowed for good: what a narrower policy would not have kept is nowhere in the file."""

import json
import sqlite3
import struct
from pathlib import Path

import pytest

from meetbot import folders
from meetbot.conclude import conclude
from meetbot.errors import OutputError, PolicyError, UsageError
from meetbot.narrowing import narrow_lesson
from meetbot.pipeline import Plan, facts_of
from meetbot.policy import CLASS, CUES, POLICIES, policy_named
from meetbot.timeline import consent, schema, seal
from meetbot.timeline.copies import remember_copy
from meetbot.timeline.lesson import Lesson, create_lesson, open_lesson
from meetbot.timeline.narrow import narrow
from meetbot.types import About, Event, Layout, Place, Reading, Still
from tests.commands import meetbot
from tests.written import BOX

FACTS = {
    "every": "5",
    "policy": "full",
    "model": "secret network",
    "model_sha256": "ab" * 32,
    "settings": json.dumps({"policy": "full", "model": "ab" * 32, "every": 5.0}),
    "roster": '["Ada"]',
    "summary": "sums of Ada",
}
MOODS = (0.1234, 0.0321, 0.0456, 0.4567, 0.1111, 0.1299, 0.1012)  # like nothing else in the file
CERTAINTY, YAW = 0.7654, 12.3
NAMES = ("Ada", "Ben", "Cyrus", "Dora", "Edith")


def write(path: Path, policy: str = "full", status: str = "finished", end: float = 125.0) -> Path:
    """Five people for two minutes; under another policy, what that would have kept."""
    facts = FACTS if policy == "full" else {**FACTS, "policy": policy}
    moods = policy_named(policy).moods
    with create_lesson(path, About("Logic", "sha256:1234", duration=125.0), facts) as lesson:
        for seat, name in enumerate(NAMES, start=1):
            lesson.add(Event(0.0, "joined", seat, name))
            lesson.add(Event(20.0, "warning", seat, f"{name} froze"))
        lesson.add(Event(20.0, "warning", None, "Seat 2: may have been here before."))
        lesson.add(Event(20.0, "warning", None, "A damaged packet."))
        lesson.add(Layout(0.0, 60.0, (640, 360), 1.0, (Place(1, "Ada", BOX, "person", "on"),)))
        lesson.add(Still(0.0, "slide", b"a slide"))
        lesson.add(Still(0.0, "face", b"the face of Ada", seat=1))
        time = 0.0
        while time < end:
            for seat in range(1, 6):
                emotions, certainty = (MOODS, CERTAINTY) if moods else (None, None)
                lesson.add(Reading(time, seat, "face", BOX, emotions, certainty, YAW, 1.0, 0.0, True))
            lesson.reached(time)
            time += 5.0
        lesson.finish("finished" if status == "finished" else "interrupted", None)
    return path


def numbers(*values: float) -> list[bytes]:
    """Numbers as SQLite writes them."""
    return [struct.pack(">d", value) for value in values]


def everything(path: Path) -> bytes:
    return b"".join(part.read_bytes() for part in path.parent.glob(f"{path.name}*"))


@pytest.fixture
def lesson(tmp_path: Path) -> Path:
    return write(tmp_path / "a.meetbot")


def test_the_values_can_be_found_before(lesson: Path) -> None:
    content = everything(lesson)
    for value in (*numbers(*MOODS, CERTAINTY, YAW), b"Ada", b"secret network", b"the face of", b"sums of"):
        assert value in content


@pytest.mark.parametrize("policy", ["cues", "eu-education"])
def test_without_moods_neither_they_nor_their_network_are_in_the_file(lesson: Path, policy: str) -> None:
    assert narrow_lesson(lesson, policy).policy == policy
    content = everything(lesson)
    for gone in (*numbers(*MOODS, CERTAINTY), b"secret network", b"ab" * 32, b"the face of", b"sums of"):
        assert gone not in content
    with open_lesson(lesson) as opened:
        readings, facts = list(opened.each_reading()), opened.facts()
        assert [still.jpeg for still in opened.each_still()] == [b"a slide"]
        assert opened.figures().seats[0].name == "Ada" and opened.figures().total.moods == {}
    assert len(readings) == 125 and {(one.yaw, one.speaking, one.emotions) for one in readings} == {
        (YAW, True, None)
    }
    assert (facts["policy"], facts["narrowed_from"]) == (policy, "full")
    assert json.loads(facts["settings"]) == {"policy": policy, "model": None, "every": 5.0}
    assert "moods" in facts["not_computed"] and facts["roster"] == '["Ada"]'


def test_of_the_class_nothing_of_single_people_is_left_in_the_file(lesson: Path) -> None:
    narrow_lesson(lesson, "class")
    content = everything(lesson)
    people = (*(name.encode() for name in NAMES), b"Seat 2", b"the face of", b"sums of")
    for gone in (*numbers(*MOODS, CERTAINTY, YAW), *people):
        assert gone not in content
    assert b"A damaged packet" in content and b"a slide" not in content


def test_what_is_left_is_what_a_run_under_class_would_have_kept(tmp_path: Path) -> None:
    narrowed, read = (
        write(tmp_path / "n.meetbot", end=155.0),
        write(tmp_path / "c.meetbot", "class", end=155.0),
    )
    narrow_lesson(narrowed, "class")
    with open_lesson(narrowed) as one, open_lesson(read) as other:
        assert list(one.each_minute()) == list(other.each_minute()) and len(list(one.each_minute())) == 3
        assert list(one.each_event()) == list(other.each_event())
        assert one.facts()["read_until"] == other.facts()["read_until"]


def test_the_record_of_consent_holds_and_names_nobody_any_more(lesson: Path) -> None:
    with open_lesson(lesson, write=True) as opened:
        consent.record(opened, "notice", text="Faces are analysed.")
        consent.record(opened, "told", 0.0, 1, "Ada")
        consent.record(opened, "excluded", text="Zoe")
    for _ in range(2):
        narrow_lesson(lesson, "class")
    with open_lesson(lesson) as opened:
        entries = consent.verify(opened).entries
    assert [(entry.kind, entry.salt is None) for entry in entries] == [
        ("notice", False), ("erased", True), ("erased", True), ("erased", False), ("narrowed", False),
    ]  # fmt: skip
    assert entries[-1].text == "from full to class"
    assert b"Zoe" not in everything(lesson) and b"Ada" not in everything(lesson)


def test_an_interrupted_lesson_is_read_on_after_its_last_whole_minute(tmp_path: Path) -> None:
    path = write(tmp_path / "a.meetbot", status="interrupted", end=110.0)
    narrow_lesson(path, "class")
    with open_lesson(path) as opened:
        assert [minute.start for minute in opened.each_minute()] == [0.0]
        assert opened.facts()["read_until"] == "55.0"


@pytest.mark.parametrize("policy", ["cues", "class"])
def test_a_narrowed_lesson_has_the_settings_of_one_that_was_read_so(tmp_path: Path, policy: str) -> None:
    def settings(name: str, thumbnails: bool = False) -> str:
        plan = Plan(policy=policy_named(name), thumbnails=thumbnails)
        return facts_of("a.mp4", plan)["settings"]

    facts = {**FACTS, "settings": settings("full", thumbnails=True)}
    create_lesson(tmp_path / "a.meetbot", About("Logic", "1"), facts).close()
    narrow_lesson(tmp_path / "a.meetbot", policy)
    with open_lesson(tmp_path / "a.meetbot") as opened:
        assert json.loads(opened.facts()["settings"]) == json.loads(settings(policy))


CAN = {"full": {"class", "cues", "eu-education"}, "class": {"class"}}
PAIRS = [(a.name, b.name) for a in POLICIES for b in POLICIES]


@pytest.mark.parametrize(("held", "asked"), PAIRS)
def test_a_lesson_is_narrowed_and_never_widened(tmp_path: Path, held: str, asked: str) -> None:
    path = write(tmp_path / "a.meetbot", held, end=10.0)
    if asked in CAN.get(held, {"cues", "eu-education"}):
        assert narrow_lesson(path, asked).policy == asked
        return
    kind, why = (UsageError, "widest") if held == asked == "full" else (PolicyError, "never widened")
    with pytest.raises(kind, match=why):
        narrow_lesson(path, asked)
    with open_lesson(path) as opened:
        assert opened.facts()["policy"] == held


def test_narrowing_twice_says_from_where_it_came(lesson: Path) -> None:
    narrow_lesson(lesson, "cues")
    narrow_lesson(lesson, "eu-education")
    with open_lesson(lesson) as opened:
        assert (opened.facts()["policy"], opened.facts()["narrowed_from"]) == ("eu-education", "full")


def test_a_reader_that_holds_on_to_the_old_values_is_told_and_a_second_run_ends_it(
    lesson: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "LOCK_PATIENCE", 0.05)
    reader = sqlite3.connect(f"{lesson.as_uri()}?mode=ro", uri=True)
    with open_lesson(lesson, write=True) as opened:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM lesson").fetchall()
        with pytest.raises(OutputError, match="run the same command again"):
            narrow(opened, CUES)
    reader.close()
    narrow_lesson(lesson, "cues")
    assert not [value for value in numbers(*MOODS) if value in everything(lesson)]


def test_a_table_that_a_later_meetbot_added_is_emptied(lesson: Path) -> None:
    with sqlite3.connect(lesson) as later:
        later.execute("CREATE TABLE trend (seat INTEGER, words TEXT)")
        later.execute("INSERT INTO trend VALUES (1, 'all of Ada')")
    later.close()
    narrow_lesson(lesson, "cues")
    assert b"all of Ada" not in everything(lesson)


def test_an_encrypted_lesson_is_narrowed_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seal, "COST", 2**4)
    monkeypatch.setenv("MEETBOT_PASSPHRASE", "correct horse")
    path = tmp_path / "a.meetbot"
    made: Lesson = create_lesson(path, About("Logic", "1"), FACTS, passphrase="correct horse")
    with made:
        made.add(Reading(0.0, 1, "face", BOX, MOODS, CERTAINTY, YAW, 1.0, 0.0))
        made.reached(0.0)
    narrow_lesson(path, "cues")
    with open_lesson(path) as opened:
        (reading,) = opened.each_reading()
        assert (reading.emotions, reading.yaw, opened.facts()["policy"]) == (None, YAW, "cues")


def test_a_pin_binds_narrowing_and_is_what_is_narrowed_to(
    lesson: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UsageError, match="Say by --policy"):
        narrow_lesson(lesson, None)
    pin = tmp_path / "pin.toml"
    pin.write_text('policy = "class"')
    monkeypatch.setattr(folders, "system_file", lambda: pin)
    with pytest.raises(PolicyError, match=r"pin.toml allows class at most"):
        narrow_lesson(lesson, "cues")
    assert narrow_lesson(lesson, None).policy == CLASS.name
    open_lesson(lesson).close()


def test_the_command_writes_the_report_again_and_names_what_it_can_not_reach(lesson: Path) -> None:
    with open_lesson(lesson) as opened:
        page, table = conclude(opened, (), None).report, lesson.with_name("a.readings.csv")
        table.touch()
    elsewhere, half = lesson.parent / "elsewhere" / "a.html", lesson.with_name(".a.readings.csv.part")
    elsewhere.parent.mkdir()
    for file in (elsewhere, half):
        file.write_text("Ada")
    remember_copy(lesson, elsewhere)
    assert "Ada" in page.read_text(encoding="utf-8")
    done = meetbot("narrow", lesson, "--policy", "class")
    assert (done.code, done.err) == (0, "")
    assert f"not reached, delete it yourself: {table}" in done.out and "backups" in done.out
    assert f"not reached, delete it yourself: {elsewhere.resolve()}" in done.out
    assert not half.exists()
    with open_lesson(lesson) as opened:
        assert f"consent: {consent.newest(opened)}\n" in done.out
    text = page.read_text(encoding="utf-8")
    assert "Ada" not in text and "Read under the policy, and narrowed since" in text
