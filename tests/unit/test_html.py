"""The report as a file."""

import errno
import os
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from meetbot.errors import OutputError
from meetbot.report.html import checksum, render, write_report
from meetbot.report.page import make_page
from meetbot.types import Figures
from tests import lessons


def markup(figures: Figures) -> str:
    return render(make_page(figures, lessons.card()))


class Elements(HTMLParser):
    """Every element with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_an_hour_of_thirty_people_stays_small() -> None:
    assert len(markup(lessons.class_of(30)).encode()) < 500_000


def test_nothing_is_fetched_from_anywhere() -> None:
    text = markup(lessons.class_of(3))
    for _, attributes in Elements(text).found:
        for name in ("src", "href", "xlink:href", "action", "poster", "srcset"):
            assert (attributes.get(name) or "#").startswith(("#", "data:"))
    assert "@import" not in text
    assert "http" not in re.sub(r"http-equiv", "", text)


def test_no_element_carries_code_or_style_of_its_own() -> None:
    for _, attributes in Elements(markup(lessons.class_of(3))).found:
        assert not [name for name in attributes if name.startswith("on") or name == "style"]


def test_style_and_script_are_allowed_by_their_hashes_only() -> None:
    text = markup(lessons.class_of(3))
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    style, script = (re.search(f"<{tag}>(.*?)</{tag}>", text, re.DOTALL) for tag in ("style", "script"))
    assert policy and style and script
    said = policy[1].replace("&#39;", "'")
    assert "default-src 'none'" in said and "media-src blob:" in said
    assert f"style-src '{checksum(style[1])}'" in said
    assert f"script-src '{checksum(script[1])}'" in said
    assert "unsafe" not in said


def test_a_checksum_is_what_browsers_compute() -> None:
    assert checksum("") == "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="


def test_identifiers_are_unique() -> None:
    names = [a["id"] for _, a in Elements(markup(lessons.class_of(25))).found if a.get("id")]
    assert len(names) == len(set(names))


def test_every_reference_has_its_target() -> None:
    found = Elements(markup(lessons.class_of(4))).found
    names = {attributes["id"] for _, attributes in found if attributes.get("id")}
    for _, attributes in found:
        for target in [*(attributes.get("aria-labelledby") or "").split(), attributes.get("for") or "report"]:
            assert target in names


@pytest.mark.parametrize("name", lessons.HOSTILE_NAMES)
def test_a_name_brings_no_element_with_it(name: str) -> None:
    plain = Elements(markup(lessons.class_of(1, 600.0))).found
    hostile = Elements(markup(lessons.class_of(1, 600.0, names=(name,)))).found
    assert [tag for tag, _ in hostile] == [tag for tag, _ in plain]


def test_a_title_brings_no_element_with_it(tmp_path: Path) -> None:
    figures = lessons.empty()
    object.__setattr__(figures, "title", "</title><script>1</script>")
    assert [tag for tag, _ in Elements(markup(figures)).found].count("script") == 2


def test_the_report_is_written_and_only_the_report(tmp_path: Path) -> None:
    target = tmp_path / "lesson.html"
    page = make_page(lessons.class_of(2), None)
    assert write_report(page, target) == target
    assert target.read_text("utf-8") == render(page)
    assert list(tmp_path.iterdir()) == [target]


def test_an_older_report_is_replaced(tmp_path: Path) -> None:
    target = tmp_path / "lesson.html"
    target.write_text("old")
    write_report(make_page(lessons.class_of(2), None), target)
    assert target.read_text("utf-8").startswith("<!doctype html>")


def test_a_name_that_is_no_valid_text_can_be_written(tmp_path: Path) -> None:
    page = make_page(lessons.class_of(1, 60.0, names=("half \ud83d",)), None)
    assert b"half ?" in write_report(page, tmp_path / "lesson.html").read_bytes()


def test_a_missing_folder_is_one_sentence(tmp_path: Path) -> None:
    target = tmp_path / "gone" / "lesson.html"
    with pytest.raises(
        OutputError, match=r"can't be written to .*gone/lesson.html .*another folder with --out\."
    ):
        write_report(make_page(lessons.empty(), None), target)


def test_a_folder_in_the_place_of_the_report_is_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "lesson.html"
    (target / "inside").mkdir(parents=True)
    with pytest.raises(OutputError):
        write_report(make_page(lessons.empty(), None), target)
    assert list(tmp_path.iterdir()) == [target]


def test_a_full_disk_leaves_no_half_report_and_keeps_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    target = tmp_path / "lesson.html"
    target.write_text("old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="No space left on device"):
        write_report(make_page(lessons.class_of(1), None), target)
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]
