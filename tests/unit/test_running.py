"""The running values: what the live page is told of a class, and what it is never told."""

import json

import pytest

from meetbot.timeline.glance import Terms
from meetbot.timeline.running import Running
from meetbot.types import Box, Event, Layout, Place, Reading
from tests.running import CLASS, CUES, FULL, everybody, face, joined, lived

NAMES = ("Ada", "Ben", "Cem", "Dora", "Emil", "Fay")
SEATS = range(1, 7)


def a_class(terms: Terms = FULL) -> Running:
    running = Running(terms)
    joined(running, NAMES)
    return running


def test_attention_now_and_over_time_are_the_shares_of_the_faces_turned_to_the_screen() -> None:
    values = lived(a_class(), lambda second, seat: face(second, seat, second >= 400 and seat > 3), SEATS, 520)
    assert values["now"]["attention"] == pytest.approx(0.5)
    curve = values["curve"]
    assert (curve["from"], curve["step"], len(curve["attention"])) == (0.0, 10.0, 51)
    assert curve["attention"][5] == 1.0 and curve["attention"][-1] == 0.5
    assert 0.5 < curve["attention"][40] < 1.0  # smoothed over three points
    assert values["now"]["coverage"] == 1.0


def test_the_page_looks_back_ten_minutes() -> None:
    curve = lived(a_class(), everybody, SEATS, 900)["curve"]
    assert (curve["from"], len(curve["attention"])) == (290.0, 60)


def test_attention_is_unknown_until_people_were_seen_for_three_minutes() -> None:
    running = a_class()
    assert lived(running, everybody, SEATS, 170)["now"]["attention"] is None
    values = lived(running, everybody, SEATS, 250, 170)
    assert values["now"]["attention"] == 1.0
    assert values["curve"]["attention"][2] == 1.0  # judged afterwards, when the usual pose is known


def test_moods_are_smoothed_shares_and_one_wrong_frame_is_none() -> None:
    def looks(second: int, seat: int) -> Reading:
        return face(second, seat, mood="happy" if seat <= 3 else "angry" if second == 100 else "neutral")

    values = lived(a_class(), looks, SEATS, 130)
    assert values["now"]["moods"]["happy"] == pytest.approx(0.5)
    assert values["now"]["moods"]["angry"] == 0.0
    assert values["curve"]["moods"][-1]["neutral"] == pytest.approx(0.5)


def test_asking_again_and_again_shows_what_asking_once_does() -> None:
    def looks(second: int, seat: int) -> Reading:
        return face(second, seat, second % 9 == seat, "happy" if (second // 40 + seat) % 2 else "sad")

    running = a_class()
    for begin in range(0, 300, 12):
        often = lived(running, looks, SEATS, begin + 12, begin)
    once = lived(a_class(), looks, SEATS, 300)
    assert often["curve"]["moods"] == once["curve"]["moods"] and often["now"] == once["now"]


def test_time_without_anybody_is_a_gap_not_a_low() -> None:
    running = a_class()
    lived(running, everybody, SEATS, 300)
    values = lived(running, everybody, SEATS, 500, 360)
    assert values["curve"]["attention"][33] is None and values["curve"]["moods"][33] == {}
    assert values["curve"]["attention"][-1] == 1.0


def test_who_is_not_seen_lowers_the_coverage_and_not_the_attention() -> None:
    def looks(second: int, seat: int) -> Reading:
        return face(second, seat) if seat > 3 else Reading(second, seat, "no_face")

    now = lived(a_class(), looks, SEATS, 300)["now"]
    assert (now["attention"], now["coverage"]) == (1.0, 0.5)


def test_cameras_are_told_by_name_and_in_the_order_of_names() -> None:
    def looks(second: int, seat: int) -> Reading | None:
        if seat == 6:
            return None
        return Reading(second, seat, "camera_off") if seat == 2 else face(second, seat)

    running = a_class()
    running.add(Event(0.0, "joined", 7, "aaron"))
    cameras = lived(running, looks, [*SEATS, 7], 10)["cameras"]
    assert cameras["on"] == ["aaron", "Ada", "Cem", "Dora", "Emil"]
    assert (cameras["off"], cameras["off_count"], cameras["unknown"]) == (["Ben"], 1, 1)
    running.add(Event(10.0, "left", 1))
    assert running.values()["cameras"]["on"] == ["aaron", "Cem", "Dora", "Emil"]


@pytest.mark.parametrize("teachers", ["by the room", "by name"])
def test_the_teacher_is_in_no_figure_and_in_no_list(teachers: str) -> None:
    running = Running(FULL, (lambda seat, name: name == "Ada") if teachers == "by name" else lambda *_: False)
    joined(running, NAMES)

    def looks(second: int, seat: int) -> Reading:
        return Reading(second, seat, "camera_off") if seat == 1 else face(second, seat)

    lived(running, looks, SEATS, 400)
    running.reached(400, {1} if teachers == "by the room" else ())
    values = running.values()
    assert "Ada" not in json.dumps(values)
    assert values["now"]["people"] == 5 and values["now"]["coverage"] == 1.0


def test_of_somebody_who_opted_out_nothing_is_left() -> None:
    running = a_class()
    lived(running, lambda second, seat: face(second, seat, seat == 2 and second > 250), SEATS, 400)
    running.add(Event(400.0, "opted_out", 2))
    values = running.values()
    assert "Ben" not in json.dumps(values)
    assert values["cameras"]["not_analysed"] == 1 and values["now"]["people"] == 5
    assert values["curve"]["attention"][30] == 1.0  # also what was read before is gone
    assert not running._people[2].trace.times


def test_who_is_excluded_from_the_start_never_appears() -> None:
    running = a_class()
    running.add(Event(0.0, "opted_out", 2))
    values = lived(running, everybody, [1, 3, 4, 5, 6], 400)
    assert "Ben" not in json.dumps(values) and values["cameras"]["not_analysed"] == 1


def test_who_allows_it_again_begins_anew() -> None:
    running = a_class()
    lived(running, everybody, SEATS, 300)
    running.add(Event(300.0, "opted_out", 2))
    values = lived(running, everybody, SEATS, 320, 301)
    assert "Ben" in values["cameras"]["on"] and values["cameras"]["not_analysed"] == 0
    assert running._people[2].trace.times[0] == 301


def test_a_broken_connection_is_told_until_somebody_is_back() -> None:
    running = a_class()
    lived(running, everybody, SEATS, 10)
    running.add(Event(10.0, "gap", None, "the server went away"))
    assert running.values()["lost"] is True
    running.add(Event(15.0, "joined", 1, "Ada"))
    assert running.values()["lost"] is False


def test_names_in_one_picture_of_many_come_from_its_layout() -> None:
    running = Running(FULL)
    place = Place(4, "Dora", Box(0, 0, 10, 10), "person", "on")
    running.add(Layout(0, 1, (20, 20), 1.0, (place,)))
    values = lived(running, everybody, [4, 5], 10)
    assert values["cameras"]["on"] == ["Dora", "Seat 5"]


def test_without_moods_no_mood_is_computed_or_told() -> None:
    values = lived(a_class(CUES), lambda second, seat: face(second, seat, mood=None), SEATS, 300)
    assert values["moods"] is False and values["now"]["moods"] == {}
    assert not any(values["curve"]["moods"])
    assert values["now"]["attention"] == 1.0


def test_the_policy_class_tells_of_nobody_beyond_the_cameras() -> None:
    def looks(second: int, seat: int) -> Reading:
        if seat == 2:
            return Reading(second, seat, "camera_off")
        return face(second, seat, seat == 3 and second > 300)

    values = lived(a_class(CLASS), looks, SEATS, 500)
    assert values["asking"] == [] and values["persons"] is False
    assert values["cameras"]["on"] == ["Ada", "Cem", "Dora", "Emil", "Fay"]
    assert (values["cameras"]["off"], values["cameras"]["off_count"]) == ([], 1)
    assert "Ben" not in json.dumps(values)


def test_the_policy_class_shows_whole_minutes_in_steps_no_finer_than_one_person() -> None:
    values = lived(a_class(CLASS), lambda s, seat: face(s, seat, seat == 3 and s > 300), SEATS, 500)
    curve = values["curve"]
    assert (curve["step"], len(curve["attention"])) == (60.0, 8)
    assert values["now"]["attention"] == 0.8  # five of six: 0.833
    assert {round(share * 5, 6) % 1 for share in curve["attention"]} == {0.0}


def test_under_the_policy_class_nobodys_going_shows() -> None:
    def looks(second: int, seat: int) -> Reading | None:
        gone = seat == 3 and second >= 450  # in the middle of the last whole minute
        return None if gone else face(second, seat, seat == 3 and second > 300)

    running = Running(CLASS)
    joined(running, (*NAMES, "Gus"))
    values = lived(running, looks, range(1, 8), 481)
    # Who was there for a part of the minute is in none of its shares.
    assert values["now"]["attention"] == 0.8 and values["now"]["people"] == 5  # of six, and all of them


@pytest.mark.parametrize(("count", "shown"), [(5, True), (4, False)])
def test_under_the_policy_class_fewer_than_five_are_never_shown(count: int, shown: bool) -> None:
    running = Running(CLASS)
    joined(running, NAMES[:count])
    values = lived(running, everybody, range(1, count + 1), 400)
    assert (values["now"]["attention"] is not None) is shown
    assert bool(values["now"]["moods"]) is shown
    assert (values["now"]["coverage"] is not None) is shown
    assert (values["curve"]["attention"][-1] is not None) is shown


def test_under_the_policy_class_five_must_have_a_known_direction() -> None:
    def looks(second: int, seat: int) -> Reading:
        return face(second, seat) if seat <= 4 else Reading(second, seat, "no_face")

    now = lived(a_class(CLASS), looks, SEATS, 400)["now"]
    assert now["attention"] is None and now["moods"] == {}


def test_values_can_be_sent() -> None:
    values = lived(a_class(), everybody, SEATS, 700)
    assert json.loads(json.dumps(values, allow_nan=False)) == values
    assert len(json.dumps(values)) < 20_000


@pytest.mark.parametrize("terms", [FULL, CUES, CLASS])
def test_before_anything_is_seen_there_is_nothing_to_show(terms: Terms) -> None:
    values = Running(terms).values()
    assert values["now"] == {"attention": None, "coverage": None, "moods": {}, "people": 0}
    assert values["curve"]["attention"] == [] and values["moments"] == []
