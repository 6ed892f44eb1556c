"""What counts as found, in time, and on the right person."""

import pytest

from tests.galleries.alarms import Change, alarms, changes_of, excuses_of
from tests.galleries.score import Shown, Tally, compare, layout_at, overlap, pairs, shown
from tests.galleries.seating import Seating, Sighting, seating, sightings
from tests.galleries.speech import Heard, heard

FOUR = [Shown((x, y, 100, 60)) for y in (0, 60) for x in (0, 100)]
SAMPLES = [float(second) for second in range(61)]


def test_overlap_is_what_two_boxes_share_of_both() -> None:
    assert overlap((0, 0, 10, 10), (0, 0, 10, 10)) == 1.0
    assert overlap((0, 0, 10, 10), (5, 0, 10, 10)) == pytest.approx(1 / 3)
    assert overlap((0, 0, 10, 10), (10, 0, 10, 10)) == 0.0


def test_every_box_is_paired_once_the_nearest_first() -> None:
    found = [(2.0, 0.0, 100.0, 60.0), (0.0, 0.0, 100.0, 60.0)]
    assert pairs(found, [(0.0, 0.0, 100.0, 60.0)], 0.8) == {1: 0}


def test_all_tiles_found_make_a_whole_layout() -> None:
    assert compare(FOUR, FOUR) == Tally(4, 4, 4, 1, 1)


def test_a_tile_too_many_costs_precision_and_the_layout() -> None:
    tally = compare([*FOUR, Shown((300, 0, 100, 60))], FOUR)
    assert (tally.precision, tally.recall, tally.right) == (0.8, 1.0, 0.0)


def test_a_missed_tile_costs_recall_and_the_layout() -> None:
    tally = compare(FOUR[:3], FOUR)
    assert (tally.precision, tally.recall, tally.right) == (1.0, 0.75, 0.0)


def test_a_tile_a_fifth_off_is_missed() -> None:
    assert compare([Shown((20, 0, 100, 60))], FOUR[:1]).hits == 0
    assert compare([Shown((5, 0, 100, 60))], FOUR[:1]).hits == 1


def test_a_stage_taken_for_a_person_is_not_found() -> None:
    stage = Shown((0, 0, 100, 60), "stage")
    assert compare([Shown(stage.box)], [stage]).hits == 0
    assert compare([stage], [stage]).whole == 1


def test_nothing_found_and_nothing_there_is_right() -> None:
    assert compare([], []) == Tally(0, 0, 0, 1, 1)
    assert Tally().precision == Tally().recall == Tally().right == 1.0


def test_tallies_add_up() -> None:
    both = compare(FOUR, FOUR) + compare(FOUR[:1], FOUR)
    assert (both.hits, both.found, both.true, both.right) == (5, 5, 8, 0.5)


def test_tiles_are_read_out_of_the_promised_json() -> None:
    layout = {"tiles": [{"box": [1, 2, 3, 4], "kind": "stage"}, {"box": [5, 6, 7, 8], "kind": "person"}]}
    assert shown(layout) == [Shown((1, 2, 3, 4), "stage"), Shown((5, 6, 7, 8), "person")]


@pytest.mark.parametrize(("raised", "found", "false"), [
    ([20.0], 1, 0),
    ([21.0], 1, 0),
    ([20.0, 21.0], 1, 0),
    ([22.0], 0, 1),
    ([19.0], 0, 1),
    ([], 0, 0),
])  # fmt: skip
def test_a_change_is_found_within_two_samples(raised: list[float], found: int, false: int) -> None:
    seen = alarms(raised, [Change(19.5, 19.5)], SAMPLES)
    assert (seen.found, seen.true, seen.false) == (found, 1, false)


def test_samples_count_from_when_an_animation_rests() -> None:
    slow = [Change(19.5, 20.4)]
    assert alarms([22.0], slow, SAMPLES).found == 1
    assert alarms([20.0], slow, SAMPLES).found == 1
    assert alarms([23.0], slow, SAMPLES).found == 0


def test_an_alarm_for_a_change_that_need_not_be_found_is_not_false() -> None:
    seen = alarms([8.0, 30.0], [Change(19.5, 19.5)], SAMPLES, excused=[Change(7.5, 7.5)])
    assert (seen.found, seen.true, seen.false) == (0, 1, 1)


def test_false_alarms_are_counted_by_the_minute_of_samples() -> None:
    seen = alarms([5.0, 40.0], [], SAMPLES[:60]) + alarms([], [], SAMPLES[:60])
    assert seen.false_a_minute == 1.0 and seen.recall == 1.0


def test_a_change_at_the_end_has_no_samples_left() -> None:
    assert alarms([], [Change(60.5, 60.5)], SAMPLES).found == 0


LAYOUTS = [
    {"from": 0.0, "to": 10.0, "tiles": [
        {"seat": "1", "box": [0, 0, 100, 60], "kind": "person"},
        {"seat": "stage", "box": [100, 0, 100, 60], "kind": "stage"},
    ]},
    {"from": 10.0, "to": 20.0, "tiles": []},
]  # fmt: skip
TRUTH = {
    "moving": [[10.0, 10.5]],
    "layouts": LAYOUTS,
    "events": [
        {"time": 4.0, "kind": "slide", "seat": "stage"},
        {"time": 6.0, "kind": "camera_off", "seat": "1"},
        {"time": 10.0, "kind": "reflow", "seat": None, "moved": True},
        {"time": 15.0, "kind": "reflow", "seat": None, "moved": False},
    ],
}


def test_changes_know_when_their_animation_rests() -> None:
    assert changes_of(TRUTH, moved=True) == [Change(10.0, 10.5)]
    assert changes_of(TRUTH, moved=False) == [Change(15.0, 15.0)]
    assert changes_of(TRUTH) == [Change(10.0, 10.5), Change(15.0, 15.0)]


def test_swaps_and_switched_cameras_excuse_an_alarm_and_slides_do_not() -> None:
    assert excuses_of(TRUTH) == [Change(15.0, 15.0), Change(6.0, 6.0)]


def test_no_layout_holds_while_it_moves() -> None:
    assert layout_at(TRUTH, 3.0) == LAYOUTS[0]
    assert layout_at(TRUTH, 10.2) is None
    assert layout_at(TRUTH, 10.5) == LAYOUTS[1]
    assert layout_at(TRUTH, 20.0) is None


def test_a_face_belongs_to_whoever_s_tile_it_is_in() -> None:
    layout = layout_at(TRUTH, 0.0)
    assert layout is not None
    faces = [("A", (40.0, 20.0, 20.0, 20.0)), ("B", (140.0, 20.0, 20.0, 20.0)), ("C", (0.0, 300.0, 9.0, 9.0))]
    assert sightings(faces, layout) == [Sighting("A", "1"), Sighting("B", None), Sighting("C", None)]


def test_a_face_in_an_inset_is_that_of_the_inset() -> None:
    large = {"seat": "1", "box": [0, 0, 640, 360], "kind": "person"}
    small = {"seat": "2", "box": [500, 260, 128, 72], "kind": "person"}
    faces = [("A", (540.0, 280.0, 40.0, 40.0)), ("B", (300.0, 100.0, 90.0, 90.0))]
    seen = sightings(faces, {"tiles": [large, small]})
    assert [sighting.person for sighting in seen] == ["2", "1"]


def test_a_seat_that_changes_hands_has_wrong_readings() -> None:
    seen = [Sighting("A", "1")] * 8 + [Sighting("A", "2")] * 2
    assert seating(seen) == Seating(10, 2, 2, 1)
    assert seating(seen).wrong_share == 0.2


def test_a_person_split_over_two_seats_has_no_wrong_reading() -> None:
    seen = [Sighting("A", "1")] * 5 + [Sighting("B", "1")] * 5
    assert seating(seen) == Seating(10, 0, 1, 2)


def test_faces_of_a_shared_picture_are_all_wrong() -> None:
    assert seating([Sighting("A", None)] * 3) == Seating(3, 3, 0, 1)
    assert seating([]).wrong_share == 0.0


ONE, OTHER = (0.0, 0.0, 100.0, 60.0), (100.0, 0.0, 100.0, 60.0)


@pytest.mark.parametrize(("said", "counted"), [
    ((True, False), Heard(right=1, looks=2)),
    ((False, True), Heard(missed=1, false=1, looks=2)),
    ((None, None), Heard(untold=2, looks=2)),
])  # fmt: skip
def test_who_speaks_is_held_against_the_truth(said: tuple[bool | None, bool | None], counted: Heard) -> None:
    told = {"speaking": [{"seat": "1", "from": 2.0, "to": 4.0}]}
    layout = {"tiles": [{"seat": "1", "box": list(ONE)}, {"seat": "2", "box": list(OTHER)}]}
    assert heard([(ONE, said[0]), (OTHER, said[1])], layout, told, 2.0) == counted
    assert heard([(ONE, False), (OTHER, False)], layout, told, 4.0) == Heard(looks=2)


def test_tiles_that_are_none_are_not_heard() -> None:
    layout = {"tiles": [{"seat": "1", "box": list(ONE)}]}
    assert heard([((300.0, 0.0, 10.0, 10.0), True)], layout, {"speaking": []}, 0.0) == Heard()


def test_shares_of_speech_count_only_what_was_told() -> None:
    both = Heard(right=3, false=1, looks=8) + Heard(missed=1, untold=4, looks=8)
    assert (both.precision, both.recall, both.looks) == (0.75, 0.75, 16)
    assert Heard().precision == Heard().recall == 1.0
