"""What stands in a tile of a gallery: whose face, who speaks, the stage, and a room full of people."""

from meetbot import settings
from meetbot.gallery.senses import Senses
from meetbot.gallery.split import STAGE_SEAT, GallerySplitter
from meetbot.types import Event, Frame
from tests.shows import HIGH, STAGE, WIDE, Lesson, Show, face


def test_every_cell_is_a_tile_with_its_box_camera_and_seat() -> None:
    lesson = Lesson(Show([0, 1, 2], off={1}))
    tiles = lesson.look() or ()
    assert [(tile.seat, tile.camera, tile.box) for tile in tiles] == [
        (1, "on", lesson.show.boxes()[0]),
        (2, "off", lesson.show.boxes()[1]),
        (3, "on", lesson.show.boxes()[2]),
    ]


def test_faces_stand_in_their_own_tiles() -> None:
    lesson = Lesson(Show([0, 1]))
    left, right = face(160, 90), face(WIDE + 160, 90)
    tiles = lesson.look(right, left) or ()
    assert [tile.face for tile in tiles] == [left, right]


def test_of_several_faces_the_one_there_longest_is_read() -> None:
    lesson = Lesson(Show([0, 1]))
    first, guest = face(100, 90), face(250, 90, 90)
    lesson.look(first)
    for _ in range(3):
        tiles = lesson.look(first, guest) or ()
        assert tiles[0].face == first
    assert (lesson.look(guest) or ())[0].face is None


def test_where_many_tiles_show_two_faces_the_layout_is_not_believed() -> None:
    lesson = Lesson(Show([0, 1, 2, 3]))
    twos = [face(x + WIDE * n, 90, 40) for n in range(3) for x in (80, 240)]
    tiles = lesson.look(*twos, face(160, HIGH + 90)) or ()
    assert [(tile.settled, tile.face is None) for tile in tiles] == [(False, True)] * 3 + [(True, False)]
    tiles = lesson.look(*twos[:4]) or ()
    assert [tile.settled for tile in tiles] == [True] * 4


def test_faces_beside_somebody_are_counted_when_their_number_changes() -> None:
    lesson, told = Lesson(Show([0, 1])), []
    first, guest = face(100, 90), face(250, 90)
    for faces in ([first], [first, guest], [first, guest], [guest], [], [first]):
        lesson.look(*faces)
        told += [item for item in lesson.news if isinstance(item, Event)]
    assert told == [Event(1.0, "companions", 1, "1"), Event(4.0, "companions", 1, "0")]


def test_somebody_alone_may_move_as_they_like() -> None:
    lesson = Lesson(Show([0, 1]))
    lesson.look(face(60, 90, 30))
    moved = face(280, 90, 30)
    assert (lesson.look(moved) or ())[0].face == moved


def test_a_guest_who_stays_alone_is_read_after_a_while() -> None:
    lesson = Lesson(Show([0, 1]))
    first, guest = face(80, 90, 40), face(260, 90, 40)
    lesson.look(first, guest)
    lesson.look(guest)
    lesson.time += settings.COMPANION_MEMORY
    assert (lesson.look(guest) or ())[0].face == guest


def test_speaking_comes_from_the_borders() -> None:
    lesson = Lesson(Show([0, 1], speaking=1))
    assert [tile.speaking for tile in lesson.look() or ()] == [False, True]


def test_the_stage_is_nobodys_and_has_no_faces() -> None:
    lesson = Lesson(Show([STAGE, 0]))
    stage, person = lesson.look(face(160, 90), face(WIDE + 160, 90)) or ()
    assert (stage.kind, stage.seat, stage.face) == ("stage", STAGE_SEAT, None)
    assert (person.kind, person.seat, person.face is None) == ("person", 1, False)


def test_a_stage_that_is_found_a_little_elsewhere_shows_no_new_slide() -> None:
    lesson = Lesson(Show([STAGE, 0, 1]))
    lesson.every = 25.0
    kinds = []
    for number in range(30):
        lesson.show.shifted = 14 * (number >= 24)  # when the layout is taken anew
        lesson.show.slide = int(number >= 27)
        lesson.look()
        kinds.append(lesson.kinds())
    assert lesson.show.found == 2
    assert [place for place, found in enumerate(kinds) if "slide" in found] == [28]


def test_a_new_slide_is_told_once_when_it_stands_still() -> None:
    lesson = Lesson(Show([STAGE, 0]))
    kinds = []
    for slide in (0, 0, 0, 1, 1, 1, 2, 3, 4, 4, 4):
        lesson.show.slide = slide
        lesson.look()
        kinds.append(lesson.kinds())
    assert [place for place, found in enumerate(kinds) if "slide" in found] == [4, 9]


def test_one_tile_with_many_faces_is_a_room_and_faces_are_followed() -> None:
    lesson = Lesson(Show([0]))
    crowd = [face(60 + 90 * n, 90, 40) for n in range(3)]
    tiles = lesson.look(*crowd) or ()
    assert [tile.face for tile in tiles] == crowd
    assert len({tile.seat for tile in tiles}) == 3


def test_one_camera_with_a_guest_is_still_one_person() -> None:
    lesson = Lesson(Show([0]))
    first = face(100, 90)
    lesson.look(first)
    tiles = [lesson.look(first, face(250, 90)) or () for _ in range(6)]
    assert all([tile.face for tile in shown] == [first] for shown in tiles)


def test_seats_of_followed_faces_and_of_tiles_are_never_the_same() -> None:
    lesson = Lesson(Show([0]))
    followed = lesson.seats(face(60, 90, 40), face(200, 90, 40))
    lesson.show.people = [0, 1, 2]
    assert set(lesson.seats(flow="changed")).isdisjoint(followed)


def test_without_a_follower_one_tile_is_one_person() -> None:
    show = Show([0])
    split = GallerySplitter(Senses(show.find, show.watch, show.speakers))
    tiles = split(Frame(0.0, show.picture()), [face(60 + 90 * n, 90, 40) for n in range(3)]) or ()
    assert [tile.face is None for tile in tiles] == [False]


def test_a_lone_picture_is_nobodys_until_it_shows_a_face() -> None:
    lesson = Lesson(Show([0]))
    assert [tile.kind for tile in lesson.look() or ()] == ["stage"]
    assert [tile.kind for tile in lesson.look(face(100, 90)) or ()] == ["person"]
    assert [tile.kind for tile in lesson.look() or ()] == ["person"]


def test_where_a_lone_screen_shows_its_first_face_tiles_are_looked_for() -> None:
    lesson = Lesson(Show([0, 1], missed={1}, sure=0.28))
    assert [tile.kind for tile in lesson.look() or ()] == ["stage"]
    lesson.show.missed, lesson.show.sure = set(), 0.9
    assert [tile.kind for tile in lesson.look() or ()] == ["stage"]
    first = face(100, 90)
    assert [tile.face for tile in lesson.look(first) or ()] == [None]
    assert [tile.face for tile in lesson.look(first) or ()] == [first, None]


def test_what_a_splitter_remembers_is_handed_over() -> None:
    lesson = Lesson(Show([0, 1]))
    first, guest = face(100, 90), face(250, 90)
    for faces in ([first], [first, guest], [guest]):
        lesson.look(*faces)
    known = lesson.split.memory(lesson.time)
    assert known.view and known.view.seats == (1, 2)
    assert (sorted(known.met), dict(known.beside), known.slide) == ([1, 2], {1: 1}, None)
    assert [(one.time, one.order) for one in known.faces[1]] == [(2.0, 1), (1.0, 0)]
    assert 1 not in lesson.split.memory(lesson.time + 2 * settings.COMPANION_MEMORY).faces
