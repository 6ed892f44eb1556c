"""Kept pictures on the page: a slide beside its moment, each once, and a face with its person only."""

import base64

from meetbot.report.html import render
from meetbot.report.page import make_page
from meetbot.report.pictures import Slides, face_of
from meetbot.types import Figures, Still
from tests import lessons

SLIDES = [Still(time, "slide", f"slide at {time:g}".encode()) for time in (900.0, 10.0, 2500.0)]
FACES = [Still(5.0, "face", b"face of 1", 1), Still(6.0, "face", b"face of 9", 9)]


def shown(address: str) -> str:
    return base64.b64decode(address.removeprefix("data:image/jpeg;base64,")).decode()


def test_the_slide_that_stood_at_a_time_is_handed_out_once() -> None:
    slides = Slides([*SLIDES, *FACES])
    found = [slides.at(time) for time in (5.0, 1000.0, 950.0, 20.0, 3000.0)]
    assert [shown(address) for address in found] == ["", "slide at 900", "", "slide at 10", "slide at 2500"]


def figures() -> Figures:
    """An hour of six people with two moments: at 30:00 and at 48:00."""
    return lessons.class_of(6)


def test_slides_stand_beside_moments_and_the_strongest_stretch_and_nowhere_else() -> None:
    page = make_page(figures(), lessons.card(), stills=[*SLIDES, *FACES])
    beside = [moment.slide for moment in page.opening.moments]
    assert [shown(address) for address in beside] == ["slide at 900", "slide at 2500"]
    text = render(page)
    assert text.count('class="slide"') == sum(map(bool, beside)) + sum(
        bool(extreme.slide) for extreme in page.opening.extremes
    )
    assert 'alt="The shared screen at 30:00"' in text


def test_hundreds_of_slides_make_the_report_no_larger_than_a_few() -> None:
    many = [Still(float(t), "slide", bytes(30_000)) for t in range(0, 3600, 18)]
    text = render(make_page(figures(), lessons.card(), stills=many))
    bare = render(make_page(figures(), lessons.card()))
    assert len(text) - len(bare) < 5 * 41_000


def test_a_face_stands_with_its_person_only_and_without_one_there_is_no_picture() -> None:
    page = make_page(figures(), lessons.card(), stills=FACES)
    assert {person.seat: shown(person.picture) for person in page.people if person.picture} == {
        1: "face of 1"
    }
    assert render(page).count('class="face"') == 1
    assert "<img" not in render(make_page(figures(), lessons.card()))
    assert face_of(3, FACES) == ""
