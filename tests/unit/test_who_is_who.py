"""The class list names each seat that one of its people sits in, and nobody else's."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from meetbot.conclude import identify
from meetbot.roster import Entry
from meetbot.timeline.lesson import create_lesson
from meetbot.types import About, Event

CUT = "\N{HORIZONTAL ELLIPSIS}"
ANNA, BEN = Entry("Anna Berger", role="teacher"), Entry("Ben Cole", "Seat 3")


def named(tmp_path: Path, *names: str) -> Mapping[int, tuple[str, str]]:
    """Who sits in seat 1, 2 ... and as what, after the class list was asked twice."""
    with create_lesson(tmp_path / "a.meetbot", About("t", "h"), {"every": "1", "policy": "full"}) as lesson:
        for seat, name in enumerate(names, start=1):
            lesson.add(Event(0.0, "joined", seat, name))
        for _ in range(2):
            identify(lesson, (ANNA, BEN), None)
        return {seat.id: (seat.shown, seat.role) for seat in lesson.seats()}


@pytest.mark.parametrize("guest", [f"Anna Ber{CUT}", "Anna Bergex"])
@pytest.mark.parametrize("first", [True, False])
def test_who_is_only_like_somebody_who_is_here_is_not_that_person(
    guest: str, first: bool, tmp_path: Path
) -> None:
    names = (guest, ANNA.name) if first else (ANNA.name, guest)
    assert sorted(named(tmp_path, *names).values()) == sorted([(guest, "student"), (ANNA.name, "teacher")])


def test_a_name_that_is_cut_off_means_nobody_here(tmp_path: Path) -> None:
    assert named(tmp_path, f"Anna Ber{CUT}")[1] == (f"Anna Ber{CUT}", "student")


def test_who_has_a_seat_by_its_number_has_no_other(tmp_path: Path) -> None:
    seats = named(tmp_path, "Ben C.", "Cleo Ng", "")
    assert [seats[seat][0] for seat in (1, 2, 3)] == ["Ben C.", "Cleo Ng", "Ben Cole"]


@pytest.mark.parametrize("name", ["Anna B.", "anna berger", "Berger, Anna", "Anna Bergcr"])
def test_one_who_writes_the_name_otherwise_is_the_person_in_both_seats_they_had(
    name: str, tmp_path: Path
) -> None:
    assert set(named(tmp_path, name, name).values()) == {(ANNA.name, "teacher")}
