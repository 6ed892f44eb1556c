"""A recording that is read in pieces gives the lesson that one process writes, figure by figure."""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path

import dask
import numpy as np
import pytest
from distributed import Client, LocalCluster

from meetbot import open_lesson
from meetbot.conclude import Outcome
from meetbot.errors import MeetbotError, UsageError
from meetbot.many.crew import Hands
from meetbot.many.cut import lesson_of, stretches_of
from meetbot.many.errand import do, packed, this_build, unpacked
from meetbot.many.order import Order
from meetbot.many.piece import Piece, Placing
from meetbot.many.segment import NotOnePiece, Stretch, read_stretch
from meetbot.many.shift import shift
from meetbot.networks import Networks
from meetbot.pipeline import Plan, analyze_recording, unwatched
from meetbot.policy import CLASS, CUES
from meetbot.privacy import Privacy
from meetbot.timeline.export import export
from meetbot.timeline.lesson import Lesson
from meetbot.types import Event, Image, Still
from tests.galleries import lesson, record
from tests.media import Video, dial, write_clip
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
    """Five people and slides; one goes before the cut and comes back after it, one switches the camera."""
    still = lesson(3, LENGTH, 0, size=(640, 360), kind="right", count=5)
    (all_here,) = still.states
    away = replace(all_here, start=300.0, order=all_here.order[1:], cause="leave")
    turned = replace(away, start=450.0, slide=all_here.slide + 1, cause="slide")
    back = replace(all_here, start=700.0, slide=all_here.slide + 2, cause="join")
    off = replace(back, start=800.0, off=all_here.off ^ {all_here.order[2]}, cause="off")
    scene = replace(still, states=(all_here, away, turned, back, off))
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
    with open_lesson(end.lesson) as lesson:
        assert [still.time // 100 for still in lesson.each_still()] == [
            0,
            4,
            7,
        ]  # two before the cut, one after
    assert_same(whole.lesson, end.lesson)


def test_faces_that_are_followed_keep_their_seats_over_a_cut(
    room: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("meetbot.settings.SMALLEST_GALLERY", 1000)  # no tiles are looked for
    monkeypatch.setattr("meetbot.settings.RENEW_EVERY", 150.0)
    monkeypatch.setattr("meetbot.many.cut.RENEW_EVERY", 150.0)
    whole = analyze_recording(room, PLAN, tmp_path / "whole")
    order, networks = Order(room, PLAN, tmp_path), Networks()
    stretches = stretches_of(order, 2)
    assert [stretch.end for stretch in stretches] == [150.0, None]
    pieces = [read_stretch(order, stretch, networks, unwatched) for stretch in stretches]
    joined = lesson_of(order, pieces)
    assert len(joined.figures.seats) >= 7  # who was away for longer than two minutes has a new seat
    assert_same(whole.lesson, joined.lesson)


def test_no_picture_travels_but_slides_and_looks(gallery: Path, tmp_path: Path) -> None:
    piece = read_stretch(Order(gallery, PLAN, tmp_path), Stretch(None, 90.0), Networks(), unwatched)
    looks = [look for asked in piece.given if isinstance(asked, Placing) for look in asked.looks]
    assert piece.slides and any(state.slide for state in piece.states.values())
    assert any(look.strokes is not None for look in looks)
    assert {look.small.size for look in looks} == {16 * 9} and {look.colours.size for look in looks} == {64}
    assert set(contents(piece)) == {"Look.colours", "Look.small", "Look.strokes", "Still.jpeg"}
    assert {one.kind for one in piece.observations if isinstance(one, Still)} == {"slide"}


def contents(value: object, name: str = "") -> Iterator[str]:
    """The names of everything in a piece that could hold a picture: arrays, bytes, and what is not known."""
    if isinstance(value, Mapping):
        value = [*value, *value.values()]
    if is_dataclass(value):
        for field in fields(value):
            yield from contents(getattr(value, field.name), f"{type(value).__name__}.{field.name}")
    elif isinstance(value, list | tuple | frozenset):
        assert len(value) <= 256 or not isinstance(next(iter(value)), int | float), name
        for one in value:
            yield from contents(one, name)
    elif not isinstance(value, str | int | float | None):
        yield name


@pytest.mark.parametrize("stretch", [Stretch(None, 600.0), Stretch(600.0, None)], ids=["before", "after"])
def test_a_damaged_recording_is_not_read_in_pieces(gallery: Path, tmp_path: Path, stretch: Stretch) -> None:
    torn = Path(shutil.copy(gallery, tmp_path / "torn.mp4"))
    data = bytearray(torn.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 3000] = bytes(3000)
    torn.write_bytes(data)
    with pytest.raises(NotOnePiece, match="damaged"):
        read_stretch(Order(torn, PLAN, tmp_path), stretch, Networks(), unwatched)


@pytest.mark.parametrize(
    "plan",
    [Plan(thumbnails=True), Plan(every=90.0), Plan(policy=CLASS)],
    ids=["thumbnails", "few looks", "nothing of single people"],
)
def test_what_depends_on_all_before_or_may_not_leave_its_reader_is_not_cut(
    gallery: Path, tmp_path: Path, plan: Plan
) -> None:
    assert stretches_of(Order(gallery, Plan(), tmp_path), 2)
    assert not stretches_of(Order(gallery, plan, tmp_path), 2)


@pytest.mark.parametrize("spill", [0.7, False], ids=["may go to its disk", "stays in memory"])
def test_a_worker_that_may_write_to_its_disk_reads_no_piece_and_no_encrypted_lesson(
    recording: Path, tmp_path: Path, spill: float | bool
) -> None:
    memory = {"distributed.worker.memory.spill": spill, "distributed.worker.memory.target": False}
    order, stretch = Order(recording, Plan(policy=CUES), tmp_path), Stretch(None, 4.0)
    with (
        dask.config.set(memory),
        LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        asked = client.submit(do, "read_piece", this_build(), packed((order, 0, stretch)))
        end = unpacked(asked.result(timeout=60))
        sealed = replace(order, plan=Plan(policy=CUES, privacy=Privacy(passphrase="a long one")))
        asked = client.submit(do, "read_recording", this_build(), packed((sealed,)))
        whole = unpacked(asked.result(timeout=120))
    if spill:
        assert isinstance(end, MeetbotError) and "to its disk" in str(end)
        assert isinstance(whole, UsageError) and "to its disk" in str(whole)
    else:
        assert isinstance(end, Piece) and isinstance(whole, Outcome)


def test_a_second_video_is_no_damage_and_told_once(tmp_path: Path) -> None:
    small = replace(Video(times=[2.0 * k for k in range(130)]), rate=1)
    path = write_clip(
        tmp_path / "two.mp4", replace(small, draw=lambda time: np.tile(dial(time), (2, 2))), small
    )
    said = []
    for stretch in (Stretch(None, 200.0), Stretch(200.0, None)):
        piece = read_stretch(Order(path, PLAN, tmp_path), stretch, Networks(), unwatched)
        said += [one.text for one in piece.observations if isinstance(one, Event)]
    assert [text for text in said if "several videos" in text] == [
        "two.mp4 has several videos; the largest was read, 128x96 left out."
    ]


def test_a_clock_that_jumps_is_called_so(tmp_path: Path) -> None:
    jumps = write_clip(tmp_path / "jumps.mkv", Video(times=[*range(10), *range(5000, 5020)], rate=1))
    with pytest.raises(NotOnePiece, match=r"clock jumps ahead .* without the jump$"):
        read_stretch(Order(jumps, PLAN, tmp_path), Stretch(None, 200.0), Networks(), unwatched)
