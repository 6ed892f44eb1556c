"""A recording that is read in pieces gives the lesson that one process writes, figure by figure."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from meetbot import open_lesson
from meetbot.conclude import Outcome
from meetbot.errors import MeetbotError
from meetbot.faces.classify import load_classifier
from meetbot.many.crew import Hands
from meetbot.many.cut import lesson_of, stretches_of
from meetbot.many.order import Order
from meetbot.many.piece import Placing
from meetbot.many.segment import NotOnePiece, Stretch, read_stretch
from meetbot.many.shift import shift
from meetbot.pipeline import Plan, analyze_recording, unwatched
from meetbot.timeline.export import export
from meetbot.timeline.lesson import Lesson
from meetbot.types import Image
from tests.galleries import lesson, record
from tests.media import Video, write_clip
from tests.portraits import portrait, scaled

LENGTH, EVERY = 940.0, 10.0  # seconds: long enough to be cut once, looked at seldom enough to be quick
PLAN = Plan(every=EVERY, lang="en")


@dataclass
class Heard:
    """What an onlooker was told."""

    pieces: set[int]
    why: str = ""

    def begun(self, dashboard: str) -> None:
        """Dask is there."""

    def waiting(self) -> None:
        """Nobody came."""

    def lost(self) -> None:
        """The scheduler went."""

    def reached(self, order: Order, piece: int, at: float, of: float | None) -> None:
        """A piece is being read."""
        self.pieces.add(piece)

    def whole(self, order: Order, why: str) -> None:
        """The pieces did not fit."""
        self.why = why


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five people; one goes before the cut and comes back after it, one switches the camera at last."""
    still = lesson(3, LENGTH, 0, size=(640, 360), kind="grid", count=5)
    (all_here,) = still.states
    away = replace(all_here, start=300.0, order=all_here.order[1:], cause="leave")
    off = replace(all_here, start=800.0, off=all_here.off ^ {all_here.order[2]}, cause="off")
    back = replace(all_here, start=700.0, cause="join")
    scene = replace(still, states=(all_here, away, back, off))
    return record(tmp_path_factory.mktemp("gallery") / "class.mp4", scene, 0.2, "ultrafast")


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six people before one camera; three of them are away for a while, two of those over the cut."""
    video = Video(_filmed, [5.0 * k for k in range(60)], rate=1, options={"g": "20"})
    return write_clip(tmp_path_factory.mktemp("room") / "room.mp4", video)


def _filmed(time: float) -> Image:
    away = {1: (100, 130), 2: (130, 190), 4: (20, 200)}
    picture = np.full((480, 854), 90, np.uint8)
    face = scaled(portrait("collins"), 0.45)[: 2 * 115, :]
    for number in range(6):
        begin, end = away.get(number, (0, 0))
        if not begin <= time < end:
            x = 10 + 280 * (number % 3) + int(6 * np.sin(time / 7 + number))
            y = 5 + 240 * (number // 3) + int(4 * np.cos(time / 9 + number))
            picture[y : y + face.shape[0], x : x + face.shape[1]] = face
    return picture


def assert_same(one: Path, other: Path) -> None:
    with open_lesson(one) as first, open_lesson(other) as second:
        pages = [
            export(lesson, "csv", path.with_suffix(".csv")).read_bytes()
            for lesson, path in ((first, one), (second, other))
        ]
    assert pages[0] == pages[1] and len(pages[0].splitlines()) > 100
    with open_lesson(one) as first, open_lesson(other) as second:
        assert list(first.each_event()) == list(second.each_event())
        assert list(first.each_layout()) == list(second.each_layout())
        assert list(first.each_still()) == list(second.each_still())
        assert first.seats() == second.seats()
        assert _figures(first) == _figures(second)


def _figures(lesson: Lesson) -> object:
    figures = lesson.figures()
    own = {key: value for key, value in figures.provenance.items() if key != "consent"}  # random salts
    return replace(figures, provenance=own)


def test_two_workers_read_one_gallery_as_one_does(gallery: Path, tmp_path: Path) -> None:
    whole = analyze_recording(gallery, PLAN, tmp_path / "whole")
    heard = Heard(set())
    ((_, end),) = shift([Order(gallery, PLAN, tmp_path / "pieces")], Hands(2), heard)
    assert isinstance(end, Outcome), end
    assert heard.pieces == {0, 1} and heard.why == ""
    assert len(end.figures.seats) == 5 and end.figures.duration > 900
    assert_same(whole.lesson, end.lesson)


def test_faces_that_are_followed_keep_their_seats_over_a_cut(
    room: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("meetbot.settings.SMALLEST_GALLERY", 1000)  # no tiles are looked for
    monkeypatch.setattr("meetbot.settings.RENEW_EVERY", 150.0)
    monkeypatch.setattr("meetbot.many.cut.RENEW_EVERY", 150.0)
    whole = analyze_recording(room, PLAN, tmp_path / "whole")
    order, classifier = Order(room, PLAN, tmp_path), load_classifier()
    stretches = stretches_of(order, 2)
    assert [stretch.end for stretch in stretches] == [150.0, None]
    pieces = [read_stretch(order, stretch, classifier, unwatched) for stretch in stretches]
    joined = lesson_of(order, pieces)
    assert len(joined.figures.seats) >= 7  # who was away for longer than two minutes has a new seat
    assert_same(whole.lesson, joined.lesson)


def test_no_pixels_of_a_tile_travel(gallery: Path, tmp_path: Path) -> None:
    piece = read_stretch(Order(gallery, PLAN, tmp_path), Stretch(None, 200.0), None, unwatched)
    looks = [look for asked in piece.given if isinstance(asked, Placing) for look in asked.looks]
    assert any(look.strokes is not None for look in looks)
    assert all(look.written is None and look.small.size == 16 * 9 for look in looks)


def test_a_damaged_recording_is_not_read_in_pieces(gallery: Path, tmp_path: Path) -> None:
    torn = Path(shutil.copy(gallery, tmp_path / "torn.mp4"))
    data = bytearray(torn.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 3000] = bytes(3000)
    torn.write_bytes(data)
    with pytest.raises((NotOnePiece, MeetbotError)):
        for stretch in (Stretch(None, 600.0), Stretch(600.0, None)):
            read_stretch(Order(torn, PLAN, tmp_path), stretch, None, unwatched)


@pytest.mark.parametrize("plan", [Plan(thumbnails=True), Plan(every=90.0)], ids=["thumbnails", "few looks"])
def test_what_depends_on_all_before_is_not_cut(gallery: Path, tmp_path: Path, plan: Plan) -> None:
    nothing: Sequence[Stretch] = ()
    assert stretches_of(Order(gallery, plan, tmp_path), 2) == nothing
