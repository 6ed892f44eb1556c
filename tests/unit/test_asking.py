"""Who asks for attention: facts of the camera, in the order of names."""

import pytest

from meetbot.timeline.running import Running
from meetbot.types import Event, Reading
from tests.running import FULL, Looks, everybody, face, joined, lived

NAMES = ("Zoe", "Ben", "Ada")
SEATS = (1, 2, 3)


def asked(looks: Looks, until: int = 600) -> list[dict[str, object]]:
    running = Running(FULL)
    joined(running, NAMES)
    found: list[dict[str, object]] = lived(running, looks, SEATS, until)["asking"]
    return found


def test_nobody_asks_while_all_look_on() -> None:
    assert asked(everybody) == []


def test_a_camera_that_is_off_for_long_is_told_with_its_minutes() -> None:
    def looks(second: int, seat: int) -> Reading:
        return Reading(second, seat, "camera_off") if seat == 2 and second >= 300 else face(second, seat)

    assert asked(looks) == [{"name": "Ben", "kind": "camera_off", "minutes": 4}]
    assert asked(looks, 470) == []  # not yet three minutes


def test_nobody_in_view_is_told_and_one_face_ends_it() -> None:
    def looks(second: int, seat: int) -> Reading:
        return Reading(second, seat, "no_face") if seat == 2 and second >= 300 else face(second, seat)

    assert asked(looks) == [{"name": "Ben", "kind": "unseen", "minutes": 4}]
    assert asked(lambda second, seat: face(second, seat) if second == 599 else looks(second, seat)) == []


def test_turned_away_for_long_is_told_a_short_look_is_not() -> None:
    def away(since: int) -> Looks:
        return lambda second, seat: face(second, seat, seat == 2 and second >= since)

    assert asked(away(330)) == [{"name": "Ben", "kind": "turned_away", "minutes": 4}]
    assert asked(away(480)) == []


def test_who_can_hardly_be_judged_is_not_said_to_be_turned_away() -> None:
    def looks(second: int, seat: int) -> Reading:
        away = seat == 2 and second >= 330
        return Reading(second, seat, "no_face") if away and second % 3 else face(second, seat, away)

    assert asked(looks) == []


def test_the_order_is_that_of_names_and_not_of_minutes() -> None:
    def looks(second: int, seat: int) -> Reading:
        return Reading(second, seat, "camera_off") if second >= 100 * seat else face(second, seat)

    found = asked(looks)
    assert [one["name"] for one in found] == ["Ada", "Ben", "Zoe"]
    assert [one["minutes"] for one in found] == [4, 6, 8]


@pytest.mark.parametrize("event", ["left", "opted_out"])
def test_who_went_or_opted_out_is_named_no_more(event: str) -> None:
    running = Running(FULL)
    joined(running, NAMES)
    lived(running, lambda second, seat: Reading(second, seat, "camera_off"), SEATS, 400)
    running.add(Event(400.0, event, 2))  # type: ignore[arg-type]
    assert [one["name"] for one in running.values()["asking"]] == ["Ada", "Zoe"]
