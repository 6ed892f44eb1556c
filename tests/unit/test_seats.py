"""One person keeps one seat, and nobody gets somebody else's."""

import numpy as np
import pytest

from meetbot import settings
from meetbot.gallery.looks import Look, edges, jumped, same_strokes, strokes
from meetbot.gallery.seats import Seats, Sitter, fuller
from meetbot.types import Box, Picture
from tests.labelled import Writing, labelled
from tests.seated import NAMES, SIZE, Class, Person, people

WAYS = pytest.mark.parametrize(
    ("labels", "names"), [(True, True), (True, False), (False, False)], ids=["names", "labels", "bare"]
)


def test_seats_are_numbered_in_reading_order() -> None:
    assert Class().look(people(6)) == [1, 2, 3, 4, 5, 6]


@WAYS
def test_everybody_stays_where_nothing_changes(labels: bool, names: bool) -> None:
    room = Class(labels=labels, names=names)
    assert room.look(people(5)) == room.look(people(5))


@WAYS
def test_a_reflow_keeps_everybody_in_their_seats(labels: bool, names: bool) -> None:
    room = Class(labels=labels, names=names)
    room.look(people(6))
    assert room.look(people(6)[::-1], columns=2, size=(352, 198)) == [6, 5, 4, 3, 2, 1]


@WAYS
def test_two_who_swap_places_keep_their_seats(labels: bool, names: bool) -> None:
    room = Class(labels=labels, names=names)
    one, two, three = people(3)
    room.look([one, two, three])
    assert room.look([two, one, three]) == [2, 1, 3]


@WAYS
def test_a_late_joiner_gets_a_seat_of_their_own(labels: bool, names: bool) -> None:
    room = Class(labels=labels, names=names)
    first = people(4)
    room.look(first)
    assert room.look([Person(9), *first]) == [5, 1, 2, 3, 4]


@WAYS
def test_who_leaves_and_comes_back_gets_the_old_seat(labels: bool, names: bool) -> None:
    room = Class(labels=labels, names=names)
    one, two, three = people(3)
    room.look([one, two, three])
    assert room.look([one, three]) == [1, 3]
    assert room.look([three, two, one]) == [3, 2, 1]


@WAYS
def test_another_person_in_the_place_of_one_who_left_is_not_that_person(labels: bool, names: bool) -> None:
    room = Class(labels=labels, names=names)
    one, two = people(2)
    room.look([one, two])
    assert room.look([one, Person(8)]) == [1, 3]


@WAYS
def test_a_camera_that_goes_off_and_on_keeps_its_seat_in_place(labels: bool, names: bool) -> None:
    room = Class(labels=labels, names=names)
    one, two = people(2)
    room.look([one, two])
    assert room.look([one, Person(1, camera="off")]) == [1, 2]
    assert room.look([one, two]) == [1, 2]


@pytest.mark.parametrize("names", [True, False])
def test_a_label_tells_people_without_a_camera_apart(names: bool) -> None:
    room = Class(names=names)
    off = [Person(number, name, "off") for number, name in enumerate(("Ada Lovelace", "Lise Meitner", "Bo"))]
    room.look(off)
    assert room.look(off[::-1], columns=2) == [3, 2, 1]


def test_people_without_camera_and_label_who_move_get_new_seats_and_that_is_said() -> None:
    room = Class(labels=False)
    off = [Person(number, camera="off") for number in range(3)]
    room.look(off)
    assert set(room.look(off, columns=2, size=(352, 198))).isdisjoint({1, 2, 3})


def test_two_people_who_look_the_same_are_split_rather_than_guessed() -> None:
    room = Class(labels=False)
    twins = [Person(4), Person(4)]
    room.look(twins, columns=2)
    assert room.look(twins, columns=1, size=(352, 198)) == [3, 4]
    assert room.seats.split == (3, 4)


def test_a_tile_that_is_another_at_every_look_keeps_its_seat_after_the_second() -> None:
    room = Class(labels=False)
    one, two, three = people(3)
    room.look([one, two, three])
    seats = [room.look([one, Person(number, "Bo"), three])[1] for number in range(10, 16)]
    assert seats == [4, 5, 5, 5, 5, 5]
    room.time += settings.SEAT_RESTLESS_WITHIN
    assert room.look([one, Person(20, "Bo"), three])[1] == 6


def test_a_name_tells_even_in_a_tile_that_is_another_at_every_look() -> None:
    room = Class(labels=False)
    one, three = Person(0), Person(2)
    for number in range(10, 16):
        room.look([one, Person(number, NAMES[1]), three])
    room.names = True
    before = room.look([one, Person(16, NAMES[1]), three])[1]
    assert room.look([one, Person(17, NAMES[3]), three])[1] > before


def test_who_was_split_goes_back_to_the_old_seat_when_the_name_is_read() -> None:
    room = Class(labels=False)
    twins = [Person(4, "Ada Lovelace"), Person(4, "Lise Meitner")]
    room.names = True
    room.look(twins, columns=2)
    room.names = False
    assert room.look(twins, columns=1, size=(352, 198)) == [3, 4]
    room.names = True
    assert room.look(twins, columns=1, size=(352, 198)) == [1, 2]


def test_who_had_the_camera_off_is_known_again_by_the_room_after_a_reflow() -> None:
    room = Class(labels=False)
    one, two = people(2)
    room.look([one, two])
    assert room.look([one, Person(1, camera="off")]) == [1, 2]
    assert room.look([two, one], columns=1, size=(352, 198)) == [2, 1]


def test_who_alone_is_missing_after_a_reflow_sits_in_the_one_tile_that_is_left() -> None:
    for last, seats in ((Person(1, camera="off"), [1, 3, 2]), (Person(8), [1, 3, 4])):
        room = Class(labels=False)
        one, two, three = people(3)
        room.look([one, two, three])
        assert room.look([one, three, last], columns=1, size=(352, 198)) == seats


def test_two_seats_of_one_name_that_were_never_here_together_are_no_rivals() -> None:
    known = [Sitter(3, 40.0, name="Anna"), Sitter(9, 50.0, name="Anna")]
    room = Class(labels=False, names=True, seats=Seats(known))
    room.time = 50.0
    assert room.look([Person(1, "Anna"), Person(2)]) == [9, 10]


def test_a_person_without_doubt_is_not_called_split() -> None:
    room = Class()
    room.look(people(2))
    room.look([*people(2), Person(7)])
    assert room.seats.split == ()


def test_two_with_one_name_are_told_apart_by_their_rooms() -> None:
    room = Class(names=True)
    one, other = Person(1, "Anna"), Person(2, "Anna")
    room.look([one, other])
    assert room.look([other, one]) == [2, 1]


def test_a_name_read_with_a_fault_is_still_that_person() -> None:
    room = Class(labels=False, names=True)
    room.look([Person(1, "Katherine Johnson"), Person(2, "Ada Lovelace")])
    again = [Person(2, "Ada Love1ace"), Person(1, "Katherine Johns0n")]
    assert room.look(again, columns=1, size=(352, 198)) == [2, 1]
    assert room.seats.name_of(1) == "Katherine Johnson"


def test_a_name_overrules_place_and_look() -> None:
    room = Class(labels=False, names=True)
    room.look([Person(1, "Ada Lovelace")])
    assert room.look([Person(1, "Lise Meitner")]) == [2]


def test_looks_are_not_compared_where_names_say_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[Look] = []

    def likeness(old: Look, new: Look) -> float:
        compared.append(old)
        return 0.0

    monkeypatch.setattr("meetbot.gallery.looks.likeness", likeness)
    lesson = Class(names=True)
    first = lesson.look([Person(n) for n in range(6)])
    assert lesson.look([Person(n) for n in reversed(range(6))]) == first[::-1]
    assert len(compared) < 36 / 2  # some names are alike


def test_a_name_that_appears_later_belongs_to_the_seat() -> None:
    room = Class()
    room.look(people(1))
    room.names = True
    assert room.look(people(1)) == [1]
    assert room.seats.name_of(1) == people(1)[0].name


def test_a_look_is_forgotten_and_a_name_is_not() -> None:
    for names, seat in ((False, 3), (True, 2)):
        room = Class(labels=False, names=names)
        one, two = people(2)
        room.look([one, two])
        room.look([one])
        room.time += settings.SEAT_LOOK_MEMORY + 1
        assert room.look([one, two]) == [1, seat]


def test_nobody_who_is_here_is_forgotten_however_calm_the_class_is() -> None:
    room = Class(labels=False)
    one, two, three = people(3)
    room.look([one, two, three])
    room.time += settings.SEAT_LOOK_MEMORY + 1
    assert room.look([one, two, three]) == [1, 2, 3]
    room.time += settings.SEAT_LOOK_MEMORY + 1
    assert room.look([one, two]) == [1, 2]
    assert room.look([one, two, three]) == [1, 2, 3]  # away for a second, not since the last change


def test_an_interrupted_run_carries_on_with_its_seats() -> None:
    left, right = Box(0, 0, *SIZE), Box(SIZE[0] + 6, 0, *SIZE)
    room = Class(labels=False, seats=Seats([Sitter(7, 50.0, right), Sitter(4, 50.0, left)], next_seat=9))
    room.time = 50.0
    assert room.look(people(2)) == [4, 7]
    assert room.look(people(3)) == [4, 7, 9]


def test_an_interrupted_run_knows_names_of_long_ago() -> None:
    room = Class(labels=False, names=True, seats=Seats([Sitter(7, 50.0, name="Lise Meitner")]))
    room.time = 5000.0
    assert room.look(people(2)) == [8, 7]


def test_an_empty_layout_seats_nobody() -> None:
    room = Class()
    assert room.look([], columns=1) == []
    assert room.look(people(1)) == [1]


def test_strokes_of_one_label_agree_wherever_it_stands_in_its_corner() -> None:
    one = strokes(labelled("Ada Lovelace", Writing(margin=4), 1))
    moved = strokes(labelled("Ada Lovelace", Writing(margin=8), 2))
    other = strokes(labelled("Lise Meitner", Writing(margin=4), 1))
    assert (same_strokes(one, moved) or 0) > 0.75
    assert (same_strokes(one, other) or 1) < 0.5


def test_a_speck_far_from_the_writing_does_not_make_it_another() -> None:
    clean = labelled("Ada Lovelace", Writing(), 1)
    speck = clean.copy()
    speck[-28:-26, 210:212] = 255
    assert (same_strokes(strokes(clean), strokes(speck)) or 0) > 0.9


def test_a_name_that_is_cut_off_is_found_in_the_whole_one() -> None:
    whole = strokes(labelled("Katherine Johnson", Writing(), 1))
    cut = strokes(labelled("Katherine Jo...", Writing(), 2))
    other = strokes(labelled("Sofia Kova...", Writing(), 2))
    assert (same_strokes(whole, cut) or 0) > 0.65
    assert (same_strokes(whole, other) or 1) < 0.5


def test_no_strokes_agree_with_nothing() -> None:
    blank = strokes(np.full((180, 320), 80, np.uint8))
    assert same_strokes(blank, strokes(labelled("Ada Lovelace", Writing(), 1))) is None


def test_another_scene_is_a_jump_and_a_movement_is_none() -> None:
    scene = labelled("", Writing(), 0, (16, 9))
    assert not jumped(scene, np.roll(scene, 1, axis=1))
    assert jumped(scene, labelled("", Writing(), 4, (16, 9)))


@pytest.mark.parametrize(
    "box", [Box(-5, -5, 10, 10), Box(90, 40, 50, 50), Box(300, 300, 2, 2), Box(3, 3, 0.2, 0.2)]
)
def test_a_box_over_the_rim_is_cut_to_the_picture(box: Box) -> None:
    left, top, right, bottom = edges(Picture(np.zeros((48, 100), np.uint8)), box)
    assert 0 <= left < right <= 100 and 0 <= top < bottom <= 48


@pytest.mark.parametrize(
    ("known", "read", "name"),
    [
        (None, "Ada", "Ada"),
        ("Ada Love", "Ada Lovelace", "Ada Lovelace"),
        ("Ada Lovelace", "Ada Lovelace (YC", "Ada Lovelace"),
        ("Ada Lovelace", None, "Ada Lovelace"),
        ("gnes Weiß", "Ágnes Weiß", "Ágnes Weiß"),
        ("Ágnes Weiß", "gnes Weiß", "Ágnes Weiß"),
        ("Ada Lovelace", "IAda Lovelace", "Ada Lovelace"),
        ("Ada Lov\N{HORIZONTAL ELLIPSIS}", "Ada Lovelace", "Ada Lovelace"),
        ("Ada\N{HORIZONTAL ELLIPSIS}", "Ada", "Ada"),
        ("Ada Lov\N{HORIZONTAL ELLIPSIS}", "Ada", "Ada Lov\N{HORIZONTAL ELLIPSIS}"),
        ("Ada Lovelace", "Ada Lov\N{HORIZONTAL ELLIPSIS}", "Ada Lovelace"),
    ],
)
def test_a_name_grows_by_letters_and_not_by_a_misread_bracket(
    known: str | None, read: str | None, name: str | None
) -> None:
    assert fuller(known, read) == name
