"""Who is left out of a recording is seen by no model, and where that can't be kept it is refused."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from meetbot.errors import InputError, PolicyError, UsageError
from meetbot.exclusion import UNNAMED, Exclusion, Named, blackened, refuse_impossible
from meetbot.photo import analyze_photo
from meetbot.pipeline import observe
from meetbot.policy import FULL
from meetbot.privacy import left_out, privacy
from meetbot.roster import Entry, is_left_out, read_roster
from meetbot.types import (
    EXCLUDED,
    Box,
    Event,
    Face,
    Frame,
    Instant,
    Layout,
    Observation,
    Picture,
    Place,
    Point,
    Reading,
    Tile,
)

ANA = Entry("Ana Lopez", "anita")
WIDE, HIGH = 90, 60
BOXES = [Box(30.0 * place, 0.0, 30.0, 30.0) for place in range(3)]
STAGE = Box(0.0, 30.0, 90.0, 30.0)


def picture() -> Picture:
    """Three tiles of brightness 101, 102, 103 above a shared screen of 104."""
    luma = np.full((HIGH, WIDE), 104, np.uint8)
    for number, box in enumerate(BOXES):
        luma[:30, int(box.x) : int(box.x) + 30] = 101 + number
    return Picture(luma, lambda: np.repeat(luma[:, :, None], 3, axis=2))


def face_in(box: Box) -> Face:
    point = Point(box.x + 15, box.y + 15)
    return Face(Box(box.x + 10, box.y + 10, 10, 10), (point,) * 5, 0.9)


class Bench:
    """An exclusion between fakes that remember what they were shown."""

    def __init__(self, *names: str | None, people: Sequence[Entry] = (ANA,), **more: object) -> None:
        self.names: Sequence[str | None] | None = names
        self.seen: list[Picture] = []
        self.news: list[Observation] = []
        self.exclusion = Exclusion(people, self.scout, self.find, self.split, self.take, **more)  # type: ignore[arg-type]

    def scout(self, frame: Frame) -> Named | None:
        return None if self.names is None else list(zip(BOXES, self.names, strict=True))

    def find(self, frame: Frame) -> Sequence[Face]:
        self.seen.append(frame.picture)
        return [face_in(box) for box in BOXES if frame.picture.luma[int(box.y) + 15, int(box.x) + 15]]

    def split(self, frame: Frame, faces: Sequence[Face]) -> Sequence[Tile]:
        tiles = [
            Tile(
                seat,
                None,
                "person",
                box,
                "on",
                True,
                next((f for f in faces if f.box.x // 30 == seat - 1), None),
                frame.picture,
            )
            for seat, box in enumerate(BOXES, start=1)
        ]
        places = tuple(Place(tile.seat, None, tile.box, "person", "on") for tile in tiles)
        self.news.append(Layout(0.0, frame.time, (WIDE, HIGH), 1.0, places))
        return [*tiles, Tile(0, None, "stage", STAGE, "on", None, None, frame.picture)]

    def take(self) -> Sequence[Observation]:
        told, self.news = self.news, []
        return told

    def look(self, time: float = 0.0) -> list[int]:
        """The seats that are read."""
        frame = Frame(time, picture())
        tiles = self.exclusion.split(frame, self.exclusion.find(frame)) or ()
        return [tile.seat for tile in tiles if tile.kind == "person"]

    def shown(self) -> set[int]:
        """What the finder could see in its last picture; 0 is black."""
        return set(np.unique(self.seen[-1].luma).tolist())


def test_the_tile_is_black_when_faces_are_looked_for_and_is_not_read() -> None:
    bench = Bench("Ben", "Ana Lopez", "Cleo")
    assert bench.look() == [1, 3]
    assert bench.shown() == {0, 101, 103}
    assert set(np.unique(bench.seen[-1].colour()).tolist()) == {0, 101, 103}


def test_before_the_layout_is_known_and_while_it_moves_nothing_is_shown() -> None:
    bench = Bench("Ben", "Ana Lopez", "Cleo")
    bench.names = None
    assert (bench.look(), bench.seen) == ([], [])


@pytest.mark.parametrize(
    "label",
    [
        "ana lopez",
        "Ana",
        "ANA LOPEZ (tablet)",
        "Ana  L\u00f3pez",
        "Anita",
        "Ana Lope",
        "Lopez, Ana",
        "Ama Lopez",
        "An\N{HORIZONTAL ELLIPSIS}",
        "Lop\N{HORIZONTAL ELLIPSIS}",
    ],
)
def test_a_label_that_may_be_theirs_counts_as_theirs(label: str) -> None:
    assert Bench("Ben", label, "Cleo").look() == [1, 3]


@pytest.mark.parametrize("label", ["Ben", "Ana Berg", "Maria Lopez", "Hannah"])
def test_a_label_of_somebody_else_does_not(label: str) -> None:
    assert Bench("Ben", label, "Ana Lopez").look() == [1, 2]


def test_a_tile_without_a_name_is_not_shown_and_that_is_said_once() -> None:
    bench = Bench("Ben", None, "Cleo")
    assert (bench.look(), bench.shown()) == ([1, 3], {0, 101, 103})
    bench.look(1.0)
    warnings = [item for item in bench.exclusion.take_news() if isinstance(item, Event)]
    assert warnings == [Event(0.0, "warning", None, UNNAMED)]


def test_a_name_that_becomes_unclear_hides_its_tile_at_once() -> None:
    bench = Bench("Ben", "Ana Lopez", "Cleo")
    bench.look()
    bench.names = ("Ben", "Ana Lopez", None)
    assert bench.look(1.0) == [1]
    assert bench.shown() == {0, 101}


def test_with_a_class_list_only_names_on_it_are_shown() -> None:
    bench = Bench("Ben", "Tablet", "Cleo", others={"Ben"})
    assert bench.look() == [1]
    assert bench.shown() == {0, 101}


def test_the_pictures_of_the_others_do_not_hold_the_tile_either() -> None:
    bench = Bench("Ben", "Ana Lopez", "Cleo")
    frame = Frame(0.0, picture())
    tiles = bench.exclusion.split(frame, bench.exclusion.find(frame))
    assert tiles and all(set(np.unique(tile.picture.luma).tolist()) == {0, 101, 103} for tile in tiles)


def test_what_belongs_to_two_tiles_is_black() -> None:
    shown = blackened(picture(), [Box(0, 0, 60, 30)], [BOXES[1]])
    assert set(np.unique(shown.luma).tolist()) == {0, 101}


def test_the_lesson_hears_who_was_left_out_once_and_nothing_else_of_them() -> None:
    bench = Bench("Ben", "Ana Lopez", "Cleo")
    bench.look()
    bench.news += [Event(0.0, "started_speaking", 2), Event(0.0, "presents", 3), Event(0.0, "reflow")]
    told = list(bench.exclusion.take_news())
    assert told[:2] == [Event(0.0, "joined", 2, "Ana Lopez"), Event(0.0, "opted_out", 2, EXCLUDED)]
    (layout,) = [item for item in told if isinstance(item, Layout)]
    assert [place.seat for place in layout.tiles] == [1, 3]
    assert told[-2:] == [Event(0.0, "presents", 3), Event(0.0, "reflow")]
    bench.look(1.0)
    assert not [item for item in bench.exclusion.take_news() if isinstance(item, Event)]


def test_a_run_that_carries_on_tells_neither_once_more() -> None:
    first, second = Bench("Ben", "Ana Lopez", None), Bench("Ben", "Ana Lopez", None)
    first.look()
    second.exclusion.take_up([item for item in first.exclusion.take_news() if isinstance(item, Event)])
    second.look(1.0)
    assert not [item for item in second.exclusion.take_news() if isinstance(item, Event)]


def test_no_reading_and_no_event_of_them_comes_out_of_an_hour() -> None:
    bench = Bench("Ben", "Ana Lopez", "Cleo")
    instants = [Instant(float(time), (Frame(float(time), picture()),)) for time in range(5)]

    def read(tiles: Sequence[Tile], time: float) -> Sequence[Reading]:
        return [Reading(time, tile.seat, "face" if tile.face else "no_face") for tile in tiles if tile.seat]

    one = bench.exclusion
    seen = list(observe(instants, one.find, one.split, read, -1.0, one.take_news))
    assert {reading.seat for reading in seen if isinstance(reading, Reading)} == {1, 3}
    assert {reading.state for reading in seen if isinstance(reading, Reading)} == {"face"}
    kinds = [event.kind for event in seen if isinstance(event, Event) and event.seat == 2]
    assert kinds == ["joined", "opted_out"]


def test_in_a_layout_that_the_user_gave_a_place_is_a_person() -> None:
    bench = Bench(None, None, None, people=[Entry("Seat 2")], fixed=True)
    assert (bench.look(), bench.shown()) == ([1, 3], {0, 101, 103})
    mixed = Bench("Ben", None, None, people=[Entry("Seat 2"), Entry("Cleo")], fixed=True)
    assert mixed.look() == [1]  # who is not told by place has to be told by name


@pytest.mark.parametrize(
    ("people", "layout", "read", "why"),
    [
        ([ANA], "single", True, "one picture shows everybody"),
        ([Entry("Seat 3")], "auto", True, "nobody keeps a place"),
        ([Entry("\u0391\u03bd\u03bd\u03b1")], "auto", True, "alphabet is not read from labels"),
        ([ANA], "auto", False, "no names are read here"),
        ([ANA], "3x4", False, "no names are read here"),
    ],
)
def test_a_promise_that_can_not_be_kept_is_refused(
    people: list[Entry], layout: str, read: bool, why: str
) -> None:
    with pytest.raises(PolicyError, match=why) as caught:
        refuse_impossible(people, layout, read)
    assert caught.value.exit_code == 5


@pytest.mark.parametrize(
    ("people", "layout", "read"),
    [
        ([], "single", False),
        ([ANA], "auto", True),
        ([Entry("\u0391\u03bd\u03bd\u03b1", "Anna")], "auto", True),
        ([Entry("Seat 3")], "3x4", False),
        ([Entry("Ana", "Seat 3")], "3x4", False),
    ],
)
def test_one_that_can_be_kept_is_not(people: list[Entry], layout: str, read: bool) -> None:
    refuse_impossible(people, layout, read)


def test_nobody_can_be_left_out_of_a_photo(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match=r"Ana can't be left out of the photo .*class\.jpg"):
        analyze_photo(tmp_path / "class.jpg", FULL, privacy(exclude=["Ana"]))


def roster(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "class.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("word", ["no", "No", "FALSE", "0", "n", "-", "nein"])
def test_the_class_list_can_leave_somebody_out(tmp_path: Path, word: str) -> None:
    entries = read_roster(roster(tmp_path, f"name,analyse\nAna,{word}\nBen,yes\nCleo,\n"))
    assert [entry.analyse for entry in entries] == [False, True, True]
    assert [entry.name for entry in left_out(entries, [])] == ["Ana"]


def test_a_word_that_is_neither_yes_nor_no_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"line 3: the column analyse says 'perhaps'; write yes or no"):
        read_roster(roster(tmp_path, "name,analyse\nAna,no\nBen,perhaps\n"))


def test_options_and_class_list_add_up_and_options_know_aliases() -> None:
    entries = (Entry("Ana", analyse=False), Entry("Ben", "benny"), Entry("Cleo"))
    assert [entry.name for entry in left_out(entries, ["Benny", "Dora", "ana"])] == ["Ana", "Ben", "Dora"]
    with pytest.raises(UsageError, match="--exclude needs a name"):
        left_out(entries, [" "])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ANA  Lopez", True),
        ("Ana", True),
        ("Ana L\u00f3pez (tablet)", True),
        ("", True),
        ("Ana Berg", False),
        ("Ben", False),
    ],
)
def test_in_a_live_class_names_are_compared_as_generously(name: str, expected: bool) -> None:
    assert is_left_out(name, privacy([ANA._replace(analyse=False)]).refused) is expected


def test_nobody_is_left_out_where_nobody_is_to_be() -> None:
    assert not is_left_out("", frozenset())
