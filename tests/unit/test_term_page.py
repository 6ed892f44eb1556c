"""The page over several lessons: what it says, and that it is a page like the report."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

from meetbot.report.html import checksum, render_term, write_term
from meetbot.report.notation import THIN
from meetbot.report.term.page import TermPage, headline, make_term_page
from meetbot.report.term.weeks import shade_of
from meetbot.report.words import ENGLISH
from meetbot.summary import Held, LeftOut
from meetbot.timeline.term import make_term
from tests.lessons import HOSTILE_NAMES
from tests.terms import MONDAY, read, sums, term_of


def page_of(count: int = 24, **made: object) -> TermPage:
    return make_term_page(term_of(count, **made))  # type: ignore[arg-type]


class Tags(HTMLParser):
    """Every element with its attributes, and all text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_headline_says_what_the_lessons_carry_and_no_more() -> None:
    said = headline(term_of(24, fall=0.3), ENGLISH)
    assert re.fullmatch(
        rf"Over 24 lessons attention fell, from 7\d{THIN}% .* to 5\d{THIN}% in the last\.", said
    )
    assert "no trend" in headline(term_of(24), ENGLISH)
    assert (
        headline(term_of(3), ENGLISH)
        == f"In these 3 lessons 79{THIN}% of the faces were turned to the screen."
    )
    unseen = make_term([read(1, of=sums(coverage=0.0))])
    assert headline(unseen, ENGLISH).startswith("No student")
    unknown = make_term([read(1, of=sums(attention=None))])
    assert "direction could not be told" in headline(unknown, ENGLISH)


def test_sentences_say_how_much_there_was_and_what_has_no_date() -> None:
    said = make_term_page(make_term([read(1), read(2, None)])).sentences
    assert said[0].startswith("2 lessons, 2.0 hours in all")
    assert said[1] == "A trend is looked for from 8 lessons on."
    assert said[-1].startswith("One lesson carries no date")


def test_every_week_hour_and_lesson_stands_in_a_table() -> None:
    page = page_of(24)
    assert [row[1] for row in page.weeks.table.rows] == ["3"] * 8
    assert page.timetable.weekdays == ("Monday", "Wednesday", "Friday")
    cells = [cell for _, row in page.timetable.rows for cell in row if cell.text]
    assert [cell.lessons for cell in cells] == ["8 lessons"] * 3
    assert [row.title for row in page.lessons[:2]] == ["Lesson 0", "Lesson 1"]
    assert page.lessons[0].cells[0] == "2026-03-02 09:15"


def test_people_stand_in_the_order_of_their_names_with_a_cell_a_lesson() -> None:
    page = page_of(10, people=6)
    names = [row.name for row in page.people]
    assert names == sorted(names)
    assert all(len(row) == 1 + 10 for row in page.people_table.rows)
    assert page.people[0].cells[0] == "8 of 10"
    assert page.unnamed.startswith("10 seats have no name")


def test_shades_follow_the_share_itself() -> None:
    assert [shade_of(share) for share in (None, 0.2, 0.5, 0.65, 0.79, 0.95)] == [None, 0, 1, 2, 3, 4]


def test_lessons_without_moods_or_people_or_dates_have_no_empty_charts() -> None:
    bare = make_term([read(1, None, names={}, of=sums(moods=False, attention=None))])
    text = Tags(render_term(make_term_page(bare))).text
    assert "No lesson carries a date" in text
    assert "No seat of these lessons has a name" in text
    assert "Expressions, as they were read" not in text


def test_names_and_titles_can_not_break_out() -> None:
    term = term_of(9, people=8, names=HOSTILE_NAMES[:6])
    lessons = tuple(replace_title(held, HOSTILE_NAMES[k % 6]) for k, held in enumerate(term.lessons))
    hostile = replace(
        term, lessons=lessons, left_out=(LeftOut(HOSTILE_NAMES[0], "copy", "", HOSTILE_NAMES[1]),)
    )
    tags = Tags(render_term(make_term_page(hostile)))
    assert {tag for tag, _ in tags.found} & {"img", "script", "iframe"} == set()
    assert HOSTILE_NAMES[0] in tags.text
    for tag, attributes in tags.found:
        assert not [name for name in attributes if name.startswith("on") or name == "style"], tag


def replace_title(held: Held, title: str) -> Held:
    return held._replace(title=title)


def test_the_page_allows_its_own_style_and_nothing_else() -> None:
    text = render_term(page_of(12))
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert policy and style
    said = policy[1].replace("&#39;", "'")
    assert "default-src 'none'" in said
    assert f"style-src '{checksum(style[1])}'" in said
    assert "script" not in said
    assert "<script" not in text


def test_reports_are_linked_where_they_lie_beside() -> None:
    term = make_term([read(1), read(2, MONDAY)])
    page = make_term_page(term, reports={"/lessons/01.meetbot": "a%20b.html"})
    assert [row.report for row in page.lessons] == ["a%20b.html", ""]
    links = [one["href"] for tag, one in Tags(render_term(page)).found if tag == "a"]
    assert [link for link in links if link and not link.startswith("#")] == ["a%20b.html"]


def test_several_months_of_a_large_class_stay_small(tmp_path: Path) -> None:
    page = write_term(page_of(60, people=30), tmp_path / "term.html")
    assert page.stat().st_size < 300_000
    assert page.stat().st_mode & 0o077 == 0
