"""Frames of a gallery into tiles: who is in which, and what happened."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from meetbot import settings
from meetbot.gallery.follow import FaceFollower
from meetbot.gallery.grid import Cell, Grid
from meetbot.gallery.labels import Label
from meetbot.gallery.naming import Naming
from meetbot.gallery.seats import Seats, Sitter
from meetbot.gallery.split import STAGE_SEAT, Flow, GallerySplitter, Senses
from meetbot.roster import Entry
from meetbot.types import Box, Camera, Event, Face, Frame, Image, Layout, Picture, Place, Point, Tile
from tests.labelled import Writing, labelled

WIDE, HIGH = 326, 186
NAMES = ("Ada Lovelace", "Lise Meitner", "Katherine Johnson", "Emmy Noether", "Mary Ross", "Hedy Lamarr")
STAGE = -1


@dataclass
class Show:
    """What the fake gallery shows: people by number, in columns, and what each sense would say."""

    people: list[int]
    columns: int = 3
    off: set[int] = field(default_factory=set)
    flow: Flow = "same"
    speaking: int | None = None
    found: int = 0  # times that a layout was looked for
    read: int = 0  # labels read
    slide: int = 0

    def boxes(self) -> list[Box]:
        return [
            Box(n % self.columns * WIDE, n // self.columns * HIGH, WIDE - 6, HIGH - 6)
            for n in range(len(self.people))
        ]

    def picture(self) -> Picture:
        luma = np.zeros((HIGH * 3, WIDE * 3), np.uint8)
        for who, box in zip(self.people, self.boxes(), strict=True):
            x, y = int(box.x), int(box.y)
            tile = self._tile(who)
            luma[y : y + tile.shape[0], x : x + tile.shape[1]] = tile
        return Picture(luma)

    def _tile(self, who: int) -> Image:
        if who == STAGE:
            return labelled("", Writing(), 50 + self.slide, (WIDE - 6, HIGH - 6))
        if who in self.off:
            return np.full((HIGH - 6, WIDE - 6), 50, np.uint8)
        return labelled(NAMES[who], Writing(), who, (WIDE - 6, HIGH - 6))

    def find(self, picture: Picture, faces: Sequence[Face]) -> Grid:
        self.found += 1
        cells = [
            Cell(box, "stage" if who == STAGE else "person", self._camera(who))
            for who, box in zip(self.people, self.boxes(), strict=True)
        ]
        return Grid((picture.width, picture.height), 0.9, tuple(cells))

    def _camera(self, who: int) -> Camera:
        return "off" if who in self.off else "on"

    def watch(self, grid: Grid) -> "Show":
        return self

    def look(self, luma: Image) -> Flow:
        return self.flow

    def speakers(self, picture: Picture, grid: Grid) -> list[bool | None]:
        return [None if self.speaking is None else who == self.speaking for who in self.people]

    def labels(self, cells: Sequence[Sequence[Image]]) -> list[Label | None]:
        """Reads a name by comparing the cell with everybody's."""
        self.read += len(cells)
        known = [who for who in range(len(NAMES)) if who not in self.off]
        texts = []
        for samples in cells:
            wrong = [
                float(np.abs(samples[0].astype(int) - self._tile(who)[: samples[0].shape[0]]).mean())
                for who in known
            ]
            texts.append(Label(NAMES[known[int(np.argmin(wrong))]], 0.9) if min(wrong) < 5 else None)
        return texts


class Lesson:
    """A splitter that looks at a show once a second."""

    def __init__(self, show: Show, *, names: bool = False, entries: Sequence[Entry] = ()) -> None:
        self.show, self.time = show, -1.0
        naming = Naming(show.labels if names else None, entries)
        senses = Senses(show.find, show.watch, show.speakers)
        self.split = GallerySplitter(senses, follow=FaceFollower(), naming=naming)
        self.news: list[Event | Layout] = []

    def look(self, *faces: Face, flow: Flow = "same") -> Sequence[Tile] | None:
        self.time += 1.0
        self.show.flow = flow
        tiles = self.split(Frame(self.time, self.show.picture()), faces)
        self.news = list(self.split.take_news())
        return tiles

    def seats(self, *faces: Face, flow: Flow = "same") -> list[int]:
        return [tile.seat for tile in self.look(*faces, flow=flow) or ()]

    def kinds(self) -> list[str]:
        return [item.kind for item in self.news if isinstance(item, Event)]


def face(x: float, y: float, size: float = 60) -> Face:
    return Face(Box(x - size / 2, y - size / 2, size, size), (Point(x, y),) * 5, 0.9)


def test_every_cell_is_a_tile_with_its_box_camera_and_seat() -> None:
    lesson = Lesson(Show([0, 1, 2], off={1}))
    tiles = lesson.look() or ()
    assert [(tile.seat, tile.camera, tile.box) for tile in tiles] == [
        (1, "on", lesson.show.boxes()[0]),
        (2, "off", lesson.show.boxes()[1]),
        (3, "on", lesson.show.boxes()[2]),
    ]


def test_names_are_read_and_shown() -> None:
    tiles = Lesson(Show([0, 1]), names=True).look() or ()
    assert [tile.name for tile in tiles] == ["Ada Lovelace", "Lise Meitner"]


def test_without_a_reader_seats_have_no_names() -> None:
    assert [tile.name for tile in Lesson(Show([0, 1])).look() or ()] == [None, None]


def test_the_class_list_decides_how_a_name_is_written() -> None:
    entries = [Entry("Lovelace, Ada King", alias="Ada Lovelace")]
    tiles = Lesson(Show([0, 1]), names=True, entries=entries).look() or ()
    assert [tile.name for tile in tiles] == ["Lovelace, Ada King", "Lise Meitner"]


def test_with_a_class_list_in_another_alphabet_unmatched_labels_are_no_names() -> None:
    lesson = Lesson(Show([0, 1]), names=True, entries=[Entry("Иван Петров"), Entry("Lise Meitner")])
    assert [tile.name for tile in lesson.look() or ()] == [None, "Lise Meitner"]


def test_a_layout_that_holds_is_looked_for_once_and_read_once() -> None:
    lesson = Lesson(Show([0, 1, 2]), names=True)
    for _ in range(6):
        lesson.look()
    assert (lesson.show.found, lesson.show.read) == (1, 3)


def test_a_label_that_was_not_clear_is_read_once_more() -> None:
    lesson = Lesson(Show([0, 1, 2], off={2}), names=True)
    for _ in range(6):
        lesson.look()
    assert lesson.show.read == 4


def test_a_frame_on_the_way_to_another_layout_is_not_read() -> None:
    lesson = Lesson(Show([0, 1]))
    lesson.look()
    lesson.show.people = [3, 4]
    assert lesson.look(flow="moving") is None
    assert lesson.news == []


def test_a_reflow_keeps_seats_and_is_told() -> None:
    lesson = Lesson(Show([0, 1, 2]))
    lesson.look()
    lesson.show.people, lesson.show.columns = [2, 1, 0, 3], 2
    assert lesson.seats(flow="changed") == [3, 2, 1, 4]
    assert lesson.kinds() == ["reflow"]


def test_two_who_swap_in_an_unchanged_layout_keep_their_seats() -> None:
    for names in (False, True):
        lesson = Lesson(Show([0, 1, 2]), names=names)
        lesson.look()
        lesson.show.people = [1, 0, 2]
        assert lesson.seats() == [2, 1, 3]


def test_another_person_in_an_unchanged_layout_gets_another_seat() -> None:
    lesson = Lesson(Show([0, 1, 2]), names=True)
    lesson.look()
    lesson.show.people = [0, 4, 2]
    assert lesson.seats() == [1, 4, 3]


def test_a_camera_that_goes_off_keeps_its_seat() -> None:
    lesson = Lesson(Show([0, 1, 2]))
    lesson.look()
    lesson.show.off = {1}
    tiles = lesson.look() or ()
    assert [(tile.seat, tile.camera) for tile in tiles] == [(1, "on"), (2, "off"), (3, "on")]


def test_who_can_not_be_told_is_split_and_that_is_said() -> None:
    lesson = Lesson(Show([0, 0, 1]))
    lesson.look()
    lesson.show.columns = 2
    assert lesson.seats(flow="changed") == [4, 5, 3]
    assert any("could not be told" in item.text for item in lesson.news if isinstance(item, Event))


def test_faces_stand_in_their_own_tiles() -> None:
    lesson = Lesson(Show([0, 1]))
    left, right = face(160, 90), face(WIDE + 160, 90)
    tiles = lesson.look(right, left) or ()
    assert [tile.faces for tile in tiles] == [(left,), (right,)]


def test_of_several_faces_the_one_there_longest_is_read() -> None:
    lesson = Lesson(Show([0, 1]))
    first, guest = face(100, 90), face(250, 90, 90)
    lesson.look(first)
    for _ in range(3):
        tiles = lesson.look(first, guest) or ()
        assert tiles[0].faces == (first,)
    assert (lesson.look(guest) or ())[0].faces == ()


def test_somebody_alone_may_move_as_they_like() -> None:
    lesson = Lesson(Show([0, 1]))
    lesson.look(face(60, 90, 30))
    moved = face(280, 90, 30)
    assert (lesson.look(moved) or ())[0].faces == (moved,)


def test_a_guest_who_stays_alone_is_read_after_a_while() -> None:
    lesson = Lesson(Show([0, 1]))
    first, guest = face(80, 90, 40), face(260, 90, 40)
    lesson.look(first, guest)
    lesson.look(guest)
    lesson.time += settings.COMPANION_MEMORY
    assert (lesson.look(guest) or ())[0].faces == (guest,)


def test_speaking_comes_from_the_borders() -> None:
    lesson = Lesson(Show([0, 1], speaking=1))
    assert [tile.speaking for tile in lesson.look() or ()] == [False, True]


def test_the_stage_is_nobodys_and_has_no_faces() -> None:
    lesson = Lesson(Show([STAGE, 0]))
    stage, person = lesson.look(face(160, 90), face(WIDE + 160, 90)) or ()
    assert (stage.kind, stage.seat, stage.faces) == ("stage", STAGE_SEAT, ())
    assert (person.kind, person.seat, len(person.faces)) == ("person", 1, 1)


def test_a_new_slide_is_told_once_when_it_stands_still() -> None:
    lesson = Lesson(Show([STAGE, 0]))
    kinds = []
    for slide in (0, 0, 0, 1, 1, 1, 2, 3, 4, 4, 4):
        lesson.show.slide = slide
        lesson.look()
        kinds.append(lesson.kinds())
    assert [place for place, found in enumerate(kinds) if "slide" in found] == [4, 9]


def test_the_layout_in_force_is_told_with_its_seats() -> None:
    lesson = Lesson(Show([STAGE, 0, 1]))
    lesson.look()
    lesson.look()
    (layout,) = (item for item in lesson.news if isinstance(item, Layout))
    assert (layout.start, layout.end, layout.confidence) == (0.0, 1.0, 0.9)
    assert [(place.seat, place.kind) for place in layout.tiles] == [
        (0, "stage"),
        (1, "person"),
        (2, "person"),
    ]


def test_a_glance_at_somebody_who_moved_is_no_new_layout() -> None:
    lesson = Lesson(Show([STAGE, 0, 1]), names=True)
    lesson.look()
    lesson.show.people = [STAGE, 0, 4]
    lesson.look()
    lesson.look()
    (layout,) = (item for item in lesson.news if isinstance(item, Layout))
    assert (layout.start, layout.end) == (1.0, 2.0)


def test_one_tile_with_many_faces_is_a_room_and_faces_are_followed() -> None:
    lesson = Lesson(Show([0]))
    crowd = [face(60 + 90 * n, 90, 40) for n in range(3)]
    tiles = lesson.look(*crowd) or ()
    assert [tile.faces for tile in tiles] == [(one,) for one in crowd]
    assert len({tile.seat for tile in tiles}) == 3


def test_one_camera_with_a_guest_is_still_one_person() -> None:
    lesson = Lesson(Show([0]))
    first = face(100, 90)
    lesson.look(first)
    tiles = [lesson.look(first, face(250, 90)) or () for _ in range(6)]
    assert all([tile.faces for tile in shown] == [(first,)] for shown in tiles)


def test_seats_of_followed_faces_and_of_tiles_are_never_the_same() -> None:
    lesson = Lesson(Show([0]))
    followed = lesson.seats(face(60, 90, 40), face(200, 90, 40))
    lesson.show.people = [0, 1, 2]
    assert set(lesson.seats(flow="changed")).isdisjoint(followed)


def test_another_frame_size_is_another_layout() -> None:
    lesson = Lesson(Show([0, 1]))
    lesson.look()
    small = Picture(lesson.show.picture().luma[:400])
    lesson.split(Frame(5.0, small), [])
    assert lesson.show.found == 2


def test_a_layout_found_again_the_same_is_no_reflow_and_reads_only_what_changed() -> None:
    lesson = Lesson(Show([0, 1, 2]), names=True)
    lesson.look()
    lesson.show.people = [0, 4, 2]
    assert lesson.seats(flow="changed") == [1, 4, 3]
    assert (lesson.kinds(), lesson.show.read) == ([], 4)


def test_one_tile_alone_that_changes_costs_nobody_a_reading() -> None:
    lesson = Lesson(Show([0, 1, 2]))
    lesson.look()
    lesson.show.off = {1}
    assert lesson.seats(flow="moving") == [1, 2, 3]


def test_without_a_follower_one_tile_is_one_person() -> None:
    show = Show([0])
    split = GallerySplitter(Senses(show.find, show.watch, show.speakers))
    tiles = split(Frame(0.0, show.picture()), [face(60 + 90 * n, 90, 40) for n in range(3)]) or ()
    assert [len(tile.faces) for tile in tiles] == [1]


def test_an_interrupted_run_carries_on_in_its_layout() -> None:
    show = Show([0, 1])
    places = tuple(
        Place(seat, None, box, "person", "on") for seat, box in zip((5, 3), show.boxes(), strict=True)
    )
    sitters = [Sitter(place.seat, 40.0, place.box) for place in places]
    split = GallerySplitter(
        Senses(show.find, show.watch, show.speakers),
        Seats(sitters),
        resumed=Layout(12.0, 40.0, (3 * WIDE, 3 * HIGH), 0.8, places),
    )
    tiles = split(Frame(40.0, show.picture()), []) or ()
    (layout,) = (item for item in split.take_news() if isinstance(item, Layout))
    assert [tile.seat for tile in tiles] == [5, 3]
    assert (layout.start, layout.confidence) == (12.0, 0.8)


def test_why_names_are_missing_is_said_once() -> None:
    show = Show([0, 1])
    split = GallerySplitter(
        Senses(show.find, show.watch, show.speakers), naming=Naming(missing="no names here")
    )
    texts = []
    for time in range(3):
        split(Frame(float(time), show.picture()), [])
        texts += [item.text for item in split.take_news() if isinstance(item, Event)]
    assert texts == ["no names here"]


def test_a_lone_picture_is_nobodys_until_it_shows_a_face() -> None:
    lesson = Lesson(Show([0]))
    assert [tile.kind for tile in lesson.look() or ()] == ["stage"]
    assert [tile.kind for tile in lesson.look(face(100, 90)) or ()] == ["person"]
    assert [tile.kind for tile in lesson.look() or ()] == ["person"]
