"""Names that a small tile cuts off: whose they are, and when that can't be told."""

from meetbot.gallery.seats import Seats
from meetbot.roster import Entry
from tests.seated import Class, off


def test_who_is_shown_small_with_a_name_cut_off_keeps_the_seat_and_the_name() -> None:
    room = Class(labels=False, names=True)
    room.look(off("Arjun Großmann", "Clara Popescu", "Felix Ferrari"))
    assert room.look(off("Felix Ferrari", "Clar…", "Arju…"), columns=1) == [3, 2, 1]
    assert room.seats.name_of(1) == "Arjun Großmann"


def test_who_was_known_by_the_beginning_of_a_name_keeps_the_seat_when_all_of_it_is_shown() -> None:
    room = Class(labels=False, names=True)
    room.look(off("Arju…", "Clar…"))
    assert room.look(off("Clara Popescu", "Felix Ferrari", "Arjun Großmann"), columns=1) == [2, 3, 1]
    assert room.seats.name_of(1) == "Arjun Großmann"


def test_a_beginning_that_two_have_is_split_and_that_is_said() -> None:
    room = Class(labels=False, names=True)
    room.look(off("Arjun Großmann", "Arjun Patel", "Clara Popescu"))
    assert room.look(off("Arju…", "Clara Popescu"), columns=1) == [4, 3]
    assert room.seats.split == (4,)
    assert room.look(off("Arjun Patel", "Clara Popescu"), columns=2) == [2, 3]


def test_a_beginning_that_two_on_the_class_list_have_is_split_and_that_is_said() -> None:
    entries = [Entry("Arjun Großmann"), Entry("Arjun Patel"), Entry("Clara Popescu")]
    room = Class(labels=False, names=True, seats=Seats(entries=entries))
    room.look(off("Arjun Großmann", "Clara Popescu", "Felix Ferrari"))
    assert room.look(off("Clara Popescu", "Arju…"), columns=1) == [2, 4]
    assert room.seats.split == (4,)


def test_the_same_beginning_of_two_people_at_two_times_is_not_one_person() -> None:
    room = Class(labels=False, names=True)
    room.look(off("Arjun Großmann", "Arju…", "Clara Popescu"))
    assert room.look(off("Clara Popescu", "Arju…"), columns=1) == [3, 4]


def test_who_may_still_sit_where_no_name_is_read_is_not_meant_by_a_beginning_in_another_tile() -> None:
    room = Class(labels=False, names=True)
    room.look(off("Arjun Großmann", "Clara Popescu", "Felix Ferrari"))
    assert room.look(off("", "Clara Popescu", "Arju…")) == [4, 2, 5]
    assert room.seats.split == (4, 5)


def test_people_whose_names_cannot_be_read_any_more_are_said_to_be_split() -> None:
    room = Class(labels=False, names=True)
    room.look(off("Arjun Großmann", "Clara Popescu", "Felix Ferrari"))
    assert room.look(off("", "Clara Popescu", ""), columns=1) == [4, 2, 5]
    assert room.seats.split == (4, 5)


def test_who_was_split_goes_back_to_the_old_seat_when_the_beginning_of_the_name_is_read() -> None:
    room = Class(labels=False, names=True)
    room.look(off("Arjun Großmann", "Clara Popescu", "Felix Ferrari"))
    room.look(off("", "Clara Popescu", ""), columns=1)
    assert room.look(off("Arju…", "Clara Popescu", ""), columns=1) == [1, 2, 5]


def test_somebody_new_with_a_whole_name_is_not_called_split_though_others_are_missing() -> None:
    room = Class(labels=False, names=True)
    room.look(off("Arjun Großmann", "Clara Popescu", "Felix Ferrari"))
    assert room.look(off("Mia Korhonen", "Clara Popescu"), columns=1) == [4, 2]
    assert room.seats.split == ()
