"""The layout over time: what is looked for again, who keeps a seat and a name, and what is told of it."""

from dataclasses import replace

from meetbot import settings
from meetbot.gallery.grid import Cell, Grid
from meetbot.gallery.naming import Naming
from meetbot.gallery.resumed import Resumed
from meetbot.gallery.seats import Seats, Sitter
from meetbot.gallery.senses import Senses
from meetbot.gallery.split import GallerySplitter
from meetbot.gallery.view import same_cells
from meetbot.roster import Entry
from meetbot.types import Box, Event, Frame, Layout, Picture, Place
from tests.shows import HIGH, STAGE, WIDE, Lesson, Show, face


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
    lesson.show.people, lesson.show.columns = [3, 4], 1
    assert lesson.look(flow="moving") is None
    assert lesson.news == []


def test_where_two_tiles_change_at_once_the_others_are_read_on() -> None:
    lesson = Lesson(Show([0, 1, 2]))
    lesson.look()
    lesson.show.off = {1, 2}
    tiles = lesson.look(*(face(160 + WIDE * n, 90) for n in range(3)), flow="moving") or ()
    assert [(tile.seat, tile.settled, tile.face is not None) for tile in tiles] == [
        (1, True, True),
        (2, False, False),
        (3, False, False),
    ]
    settled = lesson.look(flow="changed") or ()
    assert [(tile.seat, tile.settled, tile.camera) for tile in settled] == [
        (1, True, "on"),
        (2, True, "off"),
        (3, True, "off"),
    ]


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


def test_another_layout_that_the_watch_does_not_see_is_believed_when_it_is_found_again() -> None:
    lesson = Lesson(Show([0, 1, 2]))
    lesson.look()
    lesson.show.people, lesson.show.columns = [3, 4, 5], 2
    lesson.show.sure = 0.9 + 1.1 * settings.RIVAL_SURER
    first = lesson.look() or ()
    assert ([tile.settled for tile in first], lesson.kinds()) == ([False] * 3, [])
    lesson.look()
    assert "reflow" in lesson.kinds()


def test_a_less_sure_layout_that_the_watch_does_not_see_must_be_found_often() -> None:
    lesson, told = Lesson(Show([0, 1, 2])), []
    lesson.look()
    lesson.show.people, lesson.show.columns = [3, 4, 5], 2
    for _ in range(settings.RIVAL_LOOKS):
        told.append(lesson.kinds())
        lesson.look()
    assert told == [[]] * settings.RIVAL_LOOKS
    assert "reflow" in lesson.kinds()


def test_a_shared_screen_found_a_little_larger_is_the_same() -> None:
    wide, high = 1538.0, 958.0
    strip = Cell(Box(6, 54, 300, 170), "person", "on")
    one, other = (
        Grid((1920, 1080), 0.9, (strip, Cell(Box(x, 54, wide, high), "stage", "on"))) for x in (382, 374)
    )
    assert same_cells(one, other)
    guessed = replace(other, cells=(strip, Cell(Box(502, 54, wide - 240, high), "stage", "on")))
    assert same_cells(one, guessed)
    moved = replace(other, cells=(replace(strip, box=strip.box._replace(x=30)), other.cells[1]))
    assert not same_cells(one, moved)


def test_a_tile_whose_camera_goes_off_is_kept_though_it_is_not_found() -> None:
    lesson = Lesson(Show([0, 1, 2]))
    lesson.look()
    lesson.show.off, lesson.show.missed = {2}, {2}
    tiles = lesson.look(flow="changed") or ()
    assert [(tile.seat, tile.camera) for tile in tiles] == [(1, "on"), (2, "on"), (3, "off")]
    assert lesson.kinds() == []
    lesson.show.people = [0, 1]
    assert lesson.seats(flow="changed") == [1, 2]
    assert lesson.kinds() == ["reflow"]


def test_where_all_borders_stayed_another_layout_is_not_believed() -> None:
    lesson = Lesson(Show([0, 1, 2, 3], columns=2))
    lesson.look()
    lesson.show.people = [1, 0, 2, 3]
    lesson.show.missed = {2, 3}
    assert lesson.seats(flow="swapped") == [2, 1, 3, 4]
    assert lesson.kinds() == []


def test_tiles_that_still_stand_are_not_given_up_for_one_picture_that_was_found_without_any() -> None:
    lesson = Lesson(Show([0, 1, 2, 3], boxed=True, sure=0.5))
    lesson.look()
    lesson.show.people, lesson.show.missed, lesson.show.sure = [1, 0, 2, 3], {0, 1, 2}, 0.28
    for _ in range(settings.RIVAL_LOOKS + 1):
        assert lesson.seats() == [2, 1, 3, 4]
    lesson.show.people, lesson.show.boxed = [2, 0, 1, 3], False
    for _ in range(settings.RIVAL_LOOKS):
        lesson.look()
    assert "reflow" in lesson.kinds()


def test_a_look_that_comes_back_is_no_reason_to_look_again() -> None:
    lesson = Lesson(Show([0, 1, 2]), names=True)
    lesson.look()
    for off in ({1}, set(), {1}, set(), {1}):
        found = lesson.show.found
        lesson.show.off = off
        lesson.look()
    assert lesson.show.found == found


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


def test_an_interrupted_run_carries_on_in_its_layout() -> None:
    show = Show([0, 1])
    places = tuple(
        Place(seat, None, box, "person", "on") for seat, box in zip((5, 3), show.boxes(), strict=True)
    )
    sitters = [Sitter(place.seat, 40.0, place.box) for place in places]
    split = GallerySplitter(
        Senses(show.find, show.watch, show.speakers),
        Seats(sitters),
        resumed=Resumed(Layout(12.0, 40.0, (3 * WIDE, 3 * HIGH), 0.8, places)),
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


def test_whose_screen_is_shared_is_told_once_by_the_label_on_it() -> None:
    lesson = Lesson(Show([STAGE, 0, 1], presenter=1), names=True)
    told = []
    for _ in range(3):
        lesson.look()
        told += [item for item in lesson.news if isinstance(item, Event)]
    assert told == [Event(0.0, "presents", 2)]


def test_a_screen_without_a_name_is_nobodys() -> None:
    lesson = Lesson(Show([STAGE, 0, 1]), names=True)
    lesson.look()
    assert lesson.kinds() == []


def test_where_all_borders_are_plain_a_changed_tile_is_looked_at_and_no_layout_looked_for() -> None:
    lesson = Lesson(Show([0, 1, 2], boxed=True), names=True)
    lesson.look()
    lesson.show.people = [0, 4, 2]
    assert lesson.seats() == [1, 4, 3]
    lesson.show.off = {2}
    tiles = lesson.look(flow="swapped") or ()
    assert [(tile.seat, tile.camera) for tile in tiles] == [(1, "on"), (4, "on"), (3, "off")]
    assert lesson.show.found == 1


def test_a_layout_that_was_doubtful_itself_is_looked_for_again_all_the_same() -> None:
    lesson = Lesson(Show([0, 1, 2], boxed=True, sure=0.5))
    lesson.look()
    lesson.show.people = [0, 4, 2]
    lesson.look()
    assert lesson.show.found == 2


def test_a_label_that_did_not_change_is_not_read_again() -> None:
    lesson = Lesson(Show([0, 1, 2]), names=True)
    lesson.look()
    before = lesson.show.found
    lesson.show.gone = {1}
    assert lesson.seats() == [1, 2, 3]
    assert (lesson.show.found, lesson.show.read) == (before + 1, 3)


def test_a_calm_class_keeps_its_seats_when_its_layout_is_taken_anew() -> None:
    lesson = Lesson(Show([0, 1, 2]))
    lesson.every = 7.0  # of which 600 is no multiple
    seats = [lesson.seats() for _ in range(190)]
    assert lesson.show.found == 3  # at the beginning, and twice anew
    assert seats == [[1, 2, 3]] * 190


def test_who_is_hardly_told_from_others_keeps_the_seat_where_tiles_are_found_a_little_elsewhere() -> None:
    lesson = Lesson(Show([0, 1, 2], off={1, 2}))
    lesson.every = 25.0
    before = [lesson.seats() for _ in range(24)]
    lesson.show.shifted = 14
    assert [*before, lesson.seats()] == [[1, 2, 3]] * 25
    assert lesson.show.found == 2
