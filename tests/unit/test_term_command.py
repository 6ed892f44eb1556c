"""`meetbot term`: lessons on the disk in, one page out; what can't be read is named, and the others go on."""

import json
from collections.abc import Sequence
from html import unescape
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from meetbot import folders
from meetbot.cli import app
from meetbot.errors import InputError, PolicyError
from meetbot.forgetting import forget
from meetbot.report.words import LANGUAGES, Words
from meetbot.summary import LeftOut
from meetbot.term import lessons_in, write_term_page
from meetbot.timeline.copies import copies_elsewhere
from meetbot.timeline.lesson import create_lesson, open_lesson
from meetbot.timeline.summing import kept_summary
from meetbot.types import About
from tests.written import face, write_lesson

DAYS = ("2026-03-02T09:15:00", "2026-03-03T09:15:00", "2026-03-09T14:00:00")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three lessons of a minute, one broken file, and something else."""
    for number, day in enumerate(DAYS):
        write_lesson(
            tmp_path / f"lesson {number}.meetbot",
            [face(float(t), 1) for t in range(60)],
            duration=60.0,
            names=("Ada",),
            started_at=day,
            title=f"Lesson {number}",
            content_hash=f"sha256:{number}",
        )
    (tmp_path / "broken.meetbot").write_text("no lesson")
    (tmp_path / "notes.txt").write_text("no lesson either")
    return tmp_path


def term(*words: str | Path) -> Result:
    return CliRunner().invoke(app, ["term", *map(str, words)])


def test_a_folder_gives_a_page_beside_its_lessons_and_names_what_it_left_out(folder: Path) -> None:
    (folder / "lesson 1.html").write_text("its report")
    outcome = write_term_page([folder])
    assert outcome.page == folder / "term.html"
    assert len(outcome.term.lessons) == 3
    assert [one.file for one in outcome.term.left_out] == ["broken.meetbot"]
    text = outcome.page.read_text(encoding="utf-8")
    assert "broken.meetbot" in text
    assert 'href="lesson%201.html"' in text
    assert "lesson%202.html" not in text


def test_the_command_prints_one_document_and_tells_by_its_code_that_one_failed(folder: Path) -> None:
    done = term(folder, "--json")
    document = json.loads(done.stdout)
    assert done.exit_code == InputError.exit_code
    assert [one["title"] for one in document["lessons"]] == ["Lesson 0", "Lesson 1", "Lesson 2"]
    assert [(week["monday"], week["lessons"]) for week in document["weeks"]] == [
        ("2026-03-02", 2),
        ("2026-03-09", 1),
    ]
    assert [(hour["weekday"], hour["hour"]) for hour in document["hours"]] == [(0, 9), (0, 14), (1, 9)]
    assert [(one["name"], one["lessons"]) for one in document["people"]] == [("Ada", 3)]
    assert document["total"]["attention"] is None  # three minutes are needed for it
    assert document["trend"]["kind"] == "few"
    assert [one["lesson"] for one in document["left_out"]] == ["broken.meetbot"]


def test_lessons_by_name_go_where_they_are_told(folder: Path) -> None:
    out = folder / "pages"
    done = term(folder / "lesson 0.meetbot", folder / "lesson 1.meetbot", "--out", out)
    assert (done.exit_code, done.stdout) == (0, f"2 lessons\nterm: {out / 'term.html'}\n")


def test_a_lesson_of_an_older_meetbot_is_summed_up_once(folder: Path) -> None:
    lesson = folder / "lesson 0.meetbot"
    with open_lesson(lesson) as opened:
        assert not kept_summary(opened)
    write_term_page([lesson])
    with open_lesson(lesson) as opened:
        assert kept_summary(opened)


def test_whoever_forgets_a_person_is_told_of_the_page(folder: Path) -> None:
    page = write_term_page([folder]).page
    for _ in range(2):  # noted once
        write_term_page([folder])
    with open_lesson(folder / "lesson 2.meetbot") as opened:
        assert copies_elsewhere(opened) == [page.resolve()]
    done = forget(folder / "lesson 2.meetbot", "Ada")
    assert page.resolve() in done.copies


def test_a_recording_that_was_copied_counts_once(folder: Path) -> None:
    (folder / "copy.meetbot").write_bytes((folder / "lesson 0.meetbot").read_bytes())
    found = write_term_page([folder, folder / "lesson 1.meetbot"])
    assert len(found.term.lessons) == 3
    twin = LeftOut("lesson 0.meetbot", "copy", "the same recording as copy.meetbot", "copy.meetbot")
    assert twin in found.term.left_out


@pytest.mark.parametrize("words", LANGUAGES, ids=lambda words: words.lang)
def test_the_page_says_why_in_its_language_and_shows_no_folder(
    folder: Path, words: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("meetbot.timeline.seal.COST", 2**4)
    monkeypatch.delenv("MEETBOT_PASSPHRASE", raising=False)
    with create_lesson(folder / "locked.meetbot", About("A", "sha256:1"), {}, "a long phrase"):
        pass
    (folder / "copy.meetbot").write_bytes((folder / "lesson 0.meetbot").read_bytes())
    outcome = write_term_page([folder], lang=words.lang)
    kinds = {one.file: one.kind for one in outcome.term.left_out}
    assert kinds == {"broken.meetbot": "unread", "locked.meetbot": "locked", "lesson 0.meetbot": "copy"}
    text = unescape(outcome.page.read_text(encoding="utf-8"))
    assert str(folder) not in text and str(folder) in outcome.term.left_out[0].why
    assert words["term_out_unread"] in text and words["term_out_locked"] in text
    assert words.say("term_out_copy", other="\u2068copy.meetbot\u2069") in text


def test_without_a_lesson_there_is_no_page(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    empty = tmp_path_factory.mktemp("empty")
    with pytest.raises(InputError, match="holds no lesson"):
        lessons_in([empty])
    with pytest.raises(InputError, match="None of these lessons can be read"):
        write_term_page([folder / "broken.meetbot", folder / "missing.meetbot"])
    assert not (folder / "term.html").exists()


def test_the_report_of_a_lesson_called_term_is_not_written_over(folder: Path) -> None:
    (folder / "lesson 0.meetbot").rename(folder / "term.meetbot")
    (folder / "term.html").write_text("its report")
    assert write_term_page([folder]).page.name == "term-overview.html"
    assert (folder / "term.html").read_text() == "its report"


def names(paths: Sequence[Path]) -> list[str]:
    return [path.name for path in paths]


def test_folders_are_taken_in_the_order_of_their_names_and_each_lesson_once(folder: Path) -> None:
    assert names(lessons_in([folder, folder / "broken.meetbot"])) == [
        "broken.meetbot",
        "lesson 0.meetbot",
        "lesson 1.meetbot",
        "lesson 2.meetbot",
    ]


def test_where_the_pin_refuses_every_lesson_that_is_the_reason(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pin = tmp_path / "pin.toml"
    pin.write_text('policy = "cues"')
    monkeypatch.setattr(folders, "system_file", lambda: pin)
    with pytest.raises(PolicyError, match="None of these lessons may be shown here"):
        write_term_page(sorted(folder.glob("lesson *")))
    with pytest.raises(InputError, match="None of these lessons can be read"):
        write_term_page([folder])
