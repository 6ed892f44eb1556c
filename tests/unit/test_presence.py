"""Who is in a live class: seats, breaks, names, cameras and voices."""

from meetbot.rooms.base import Camera, Joined, Left, News, Talking
from meetbot.settings import CAMERA_SILENT
from meetbot.sources.presence import Register
from meetbot.types import EXCLUDED, Event


def heard(register: Register, *news: News, time: float = 0.0) -> list[Event]:
    return [event for one in news for event in register.hear(one, time)]


def seats(register: Register) -> dict[str, int]:
    return {person.name: person.seat for person in register.people if person.here}


def test_everybody_gets_a_seat_in_the_order_of_coming() -> None:
    register = Register()
    events = heard(register, Joined("a", "Ada"), Joined("b", "Bo"))
    assert events == [Event(0.0, "joined", 1, "Ada"), Event(0.0, "joined", 2, "Bo")]


def test_the_same_news_twice_changes_nothing() -> None:
    register = Register()
    heard(register, Joined("a", "Ada"))
    assert heard(register, Joined("a", "Ada")) == []


def test_two_students_of_one_name_are_told_apart() -> None:
    register = Register()
    heard(register, Joined("a", "Ada"), Joined("b", "Ada"), Joined("c", "Ada"))
    assert seats(register) == {"Ada": 1, "Ada (2)": 2, "Ada (3)": 3}


def test_who_goes_and_comes_back_keeps_the_seat_also_under_a_new_key() -> None:
    register = Register()
    heard(register, Joined("a", "Ada"), Joined("b", "Bo"), Left("a"))
    assert heard(register, Joined("other", "Ada"), time=9.0) == [Event(9.0, "joined", 1, "Ada")]


def test_after_a_break_a_name_that_two_had_is_nobodys_seat() -> None:
    register = Register()
    heard(register, Joined("a", "Ada"), Joined("b", "Ada"))
    assert [event.kind for event in register.emptied(5.0)] == ["left", "left"]
    heard(register, Joined("x", "Ada"), Joined("y", "Ada"), time=8.0)
    assert sorted(seats(register).values()) == [3, 4]


def test_a_key_that_the_room_keeps_tells_two_of_one_name_apart() -> None:
    register = Register()
    heard(register, Joined("a", "Ada"), Joined("b", "Ada"))
    list(register.emptied(5.0))
    heard(register, Joined("b", "Ada"), Joined("a", "Ada"), time=8.0)
    assert seats(register) == {"Ada": 1, "Ada (2)": 2}


def test_the_next_student_at_a_shared_computer_gets_a_seat_of_their_own() -> None:
    register = Register()
    heard(register, Joined("tab", "Ada"), Left("tab"))
    assert heard(register, Joined("tab", "Bo"), time=9.0) == [Event(9.0, "joined", 2, "Bo")]
    heard(register, Left("tab"), Joined("tab", "Ada"), time=12.0)
    assert seats(register) == {"Ada": 1}


def test_a_name_that_ends_in_a_number_is_not_the_name_without_it() -> None:
    register = Register()
    heard(register, Joined("a", "Ada (2)"), Left("a"), Joined("b", "Ada"))
    assert seats(register) == {"Ada": 2}


def test_the_number_behind_a_name_is_no_rename() -> None:
    register = Register()
    heard(register, Joined("a", "Ada"), Joined("b", "Ada"))
    assert heard(register, Joined("b", "Ada")) == []
    assert seats(register) == {"Ada": 1, "Ada (2)": 2}


def test_a_stranger_of_a_present_persons_name_gets_another_seat() -> None:
    register = Register()
    heard(register, Joined("a", "Ada"), Joined("b", "Ada"), Left("b"), Joined("c", "Ada"))
    assert seats(register) == {"Ada": 1, "Ada (3)": 3}


def test_a_rename_keeps_the_seat() -> None:
    register = Register()
    heard(register, Joined("a", "iPhone"))
    assert heard(register, Joined("a", "Ada"), time=3.0) == [Event(3.0, "joined", 1, "Ada")]
    assert seats(register) == {"Ada": 1}


def test_opting_out_takes_somebody_out_of_the_reading_and_in_again() -> None:
    register = Register()
    heard(register, Joined("a", "Ada"))
    events = heard(register, Joined("a", "Ada", analysed=False), time=4.0)
    assert events == [Event(4.0, "opted_out", 1)] and register.present() == []
    assert heard(register, Joined("a", "Ada"), time=6.0) == [Event(6.0, "opted_in", 1)]
    assert [person.name for person in register.present()] == ["Ada"]


def test_nothing_is_kept_of_who_opted_out_not_even_when_they_speak() -> None:
    register = Register()
    heard(register, Joined("a", "Ada"), Talking("a", True))
    events = heard(register, Joined("a", "Ada", analysed=False), time=4.0)
    assert [event.kind for event in events] == ["stopped_speaking", "opted_out"]
    assert heard(register, Talking("a", True), Camera("a", False), Talking("a", False), time=5.0) == []
    heard(register, Joined("a", "Ada"), time=6.0)
    assert register.present()[0].participant.speaking is False and register.outdated("a")


def test_who_opted_out_is_not_taken_to_be_there_after_a_break() -> None:
    register = Register()
    heard(register, Joined("a", "Ada", analysed=False))
    assert [event.kind for event in register.emptied(5.0)] == ["left"]
    assert heard(register, Joined("x", "Ada", analysed=False), time=8.0) == [Event(8.0, "joined", 1, "Ada")]
    assert register.present() == []


def test_excluded_names_are_never_present() -> None:
    register = Register(frozenset({"ada"}))
    events = heard(register, Joined("a", "Ada"), Joined("b", "Bo"))
    assert [event.kind for event in events] == ["joined", "opted_out", "joined"]
    assert events[1].text == EXCLUDED  # by others, not by her own switch
    assert [person.name for person in register.present()] == ["Bo"]


def test_a_silent_camera_is_off_since_its_last_picture() -> None:
    register = Register()
    heard(register, Joined("a", "Ada"))
    assert list(register.pictures(["a"], 1.0)) == []
    assert list(register.pictures([], 1.0 + CAMERA_SILENT)) == []
    off = list(register.pictures([], 1.1 + CAMERA_SILENT))
    assert off == [Event(1.0, "camera_off", 1)]
    assert list(register.pictures(["a"], 20.0)) == [Event(20.0, "camera_on", 1)]


def test_who_comes_without_a_camera_is_off_after_the_same_silence() -> None:
    register = Register()
    heard(register, Joined("a", "Ada"), time=2.0)
    assert list(register.pictures([], 2.5)) == []
    assert list(register.pictures([], 2.5 + CAMERA_SILENT)) == [Event(2.0, "camera_off", 1)]


def test_a_room_that_says_the_camera_is_off_is_believed_at_once() -> None:
    register = Register()
    heard(register, Joined("a", "Ada"))
    list(register.pictures(["a"], 1.0))
    assert heard(register, Camera("a", False), time=2.0) == [Event(2.0, "camera_off", 1)]


def test_a_picture_stands_for_all_looks_since_the_one_before() -> None:
    register = Register()
    heard(register, Joined("a", "Ada"), Joined("b", "Bo"), Joined("c", "Cem", False))
    assert register.looks(["a", "c"], 3.0, 1.0) == 1  # nothing was due before the first; Cem said no
    list(register.pictures(["a"], 3.0))
    assert register.looks(["a", "b"], 4.0, 1.0) == 2
    assert register.looks(["a"], 6.0, 1.0) == 3
    heard(register, Camera("a", False), time=6.0)
    assert register.looks(["a"], 60.0, 1.0) == 1


def test_talking_begins_and_ends_also_by_leaving() -> None:
    register = Register()
    heard(register, Joined("a", "Ada"))
    assert heard(register, Talking("a", True), time=1.0) == [Event(1.0, "started_speaking", 1)]
    assert register.present()[0].participant.speaking is True
    assert heard(register, Left("a"), time=2.0) == [Event(2.0, "stopped_speaking", 1), Event(2.0, "left", 1)]


def test_once_somebody_was_heard_the_others_are_known_to_be_silent() -> None:
    register = Register()
    heard(register, Joined("a", "Ada"), Joined("b", "Bo"))
    assert [one.participant.speaking for one in register.present()] == [None, None]
    heard(register, Talking("a", True), Joined("c", "Cy"))
    assert [one.participant.speaking for one in register.present()] == [True, False, False]
    heard(register, Left("b"), Joined("other", "Bo"))
    assert [one.participant.speaking for one in register.present()] == [True, False, False]


def test_news_of_nobody_known_is_passed_over() -> None:
    assert heard(Register(), Left("x"), Talking("x", True), Camera("x", False)) == []


def test_a_teachers_seat_is_known_also_after_a_break() -> None:
    register = Register()
    heard(register, Joined("a", "Ada"), Joined("t", "Ms Noether", True, "teacher"))
    list(register.emptied(5.0))
    heard(register, Joined("t", "Ms Noether", True, "teacher"), Joined("a", "Ada"), time=8.0)
    assert register.teachers() == {seats(register)["Ms Noether"]} == {2}


def test_a_picture_that_was_on_its_way_does_not_switch_the_camera_on_again() -> None:
    register = Register()
    heard(register, Joined("a", "Ada"), Joined("b", "Bo"))
    heard(register, Camera("a", False), time=10.0)
    assert register.outdated("a") and not register.outdated("b")
    heard(register, Camera("a", True), time=10.5)
    assert not register.outdated("a")


def test_a_camera_that_was_off_before_a_break_is_off_after_it_only_if_the_room_says_so_again() -> None:
    register = Register()
    heard(register, Joined("a", "Ada"), Camera("a", False))
    list(register.emptied(5.0))
    heard(register, Joined("a", "Ada"), time=8.0)
    assert not register.outdated("a")


def test_a_picture_that_stops_while_the_room_says_the_camera_is_on_froze() -> None:
    register = Register()
    heard(register, Joined("a", "Ada"), Camera("a", True))
    assert list(register.pictures(["a"], 1.0)) == []
    assert list(register.pictures([], 1.0 + CAMERA_SILENT + 1)) == [Event(1.0, "frozen", 1)]
    assert list(register.pictures([], 20.0)) == []
    assert list(register.pictures(["a"], 21.0)) == [Event(21.0, "camera_on", 1)]
    heard(register, Camera("a", False), time=22.0)
    assert list(register.pictures([], 40.0)) == []
