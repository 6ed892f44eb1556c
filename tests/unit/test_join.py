"""Pieces of a recording are joined where both remember the same, seats apart, or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetbot import settings
from meetbot.gallery.looks import Look
from meetbot.gallery.memory import Known
from meetbot.gallery.slides import moved
from meetbot.gallery.split import split_words
from meetbot.many.cut import cut
from meetbot.many.join import Joiner
from meetbot.many.piece import Counting, Given, Piece, Placing, State
from meetbot.many.segment import NOBODY, NotOnePiece, Stretch
from meetbot.many.shades import shades_of, surely_other
from meetbot.types import Box, Event, Image, Layout, Observation, Place, Reading

LEFT, RIGHT = Box(0, 0, 100, 100), Box(100, 0, 100, 100)
NAMES = {LEFT: "Ada Lovelace", RIGHT: "Grace Hopper"}


def look(shade: int) -> Look:
    colours = np.zeros(64, np.float32)
    colours[shade] = 1
    return Look("on", colours, np.full((9, 16), 3 * shade, np.uint8), np.zeros((30, 220), np.uint8))


LOOKS = {LEFT: look(10), RIGHT: look(40)}


def placing(time: float, boxes: Sequence[Box], answer: Sequence[int], named: bool = True) -> Placing:
    names = [NAMES[box] if named else None for box in boxes]
    return Placing(time, boxes, names, [LOOKS[box] for box in boxes], False, answer)


def state(seats: Mapping[int, Box], time: float, start: float, rest: str = "alike") -> State:
    return State(
        rest,
        start,
        tuple(seats),
        frozenset(seats),
        dict.fromkeys(seats, (Known(0.5, 0.5, 0.3, time, 0),)),
        {},
        frozenset(),
        dict.fromkeys(seats, ("on", False)),
        {seat: (time, box) for seat, box in seats.items()},
        None,
    )


def piece(
    times: Sequence[float], states: Mapping[float, State], given: Sequence[Given], *more: Observation,
    seats: Sequence[int] = (1, 2),
) -> Piece:  # fmt: skip
    seen: list[Observation] = [Reading(time, seat, "face") for time in times for seat in seats]
    seen = sorted([*more, *seen], key=lambda one: one.end if isinstance(one, Layout) else one.time)
    return Piece(states, times, seen, given, "names are missing", [])


FIRST = piece(
    [0.0, 1.0, 2.0], {2.0: state({1: LEFT, 2: RIGHT}, 2.0, 0.0)}, [placing(0.0, [LEFT, RIGHT], (1, 2))]
)
SECOND = piece([2.0, 3.0], {2.0: state({2: LEFT, 1: RIGHT}, 2.0, 1.0)}, [], seats=(2, 1))


def joined(*pieces: Piece) -> list[Observation]:
    return [one for _, seen in Joiner().joined(pieces) for one in seen]


def test_seats_of_a_later_piece_get_the_numbers_that_the_lesson_has() -> None:
    seats = [(one.time, one.seat) for one in joined(FIRST, SECOND) if isinstance(one, Reading)]
    assert seats == [(0, 1), (0, 2), (1, 1), (1, 2), (2, 1), (2, 2), (3, 1), (3, 2)]


def test_pieces_that_remember_different_things_are_refused() -> None:
    other = replace(SECOND, states={2.0: state({2: LEFT, 1: RIGHT}, 2.0, 1.0, rest="another slide")})
    with pytest.raises(NotOnePiece, match="rest differs at 2 s"):
        joined(FIRST, other)


def test_pieces_that_saw_no_instant_together_are_refused() -> None:
    with pytest.raises(NotOnePiece, match="apart"):
        joined(FIRST, replace(SECOND, states={}))


def test_pieces_meet_later_where_they_were_not_alike_at_first() -> None:
    first = replace(FIRST, states={1.0: state({1: LEFT, 2: RIGHT}, 1.0, 0.0, "an old look"), **FIRST.states})
    second = replace(SECOND, states={1.0: state({2: LEFT, 1: RIGHT}, 1.0, 1.0), **SECOND.states})
    assert joined(first, second) == joined(FIRST, SECOND)


def test_a_layout_that_goes_on_over_the_cut_keeps_its_beginning() -> None:
    place = Place(2, "as the piece read it", LEFT, "person", "on")
    second = replace(SECOND, observations=[Layout(1.0, 3.0, (200, 100), 1.0, (place,))])
    (layout,) = (one for one in joined(FIRST, second) if isinstance(one, Layout))
    assert (layout.start, layout.tiles[0].seat, layout.tiles[0].name) == (0.0, 1, "Ada Lovelace")


def test_somebody_who_left_before_the_cut_gets_the_old_seat_by_the_lessons_own_evidence() -> None:
    first = piece(
        [0.0, 1.0, 2.0],
        {2.0: state({1: LEFT}, 2.0, 1.0)},
        [placing(0.0, [LEFT, RIGHT], (1, 2)), placing(1.0, [LEFT], (1,))],
        seats=(1,),
    )
    second = piece(
        [2.0, 3.0],
        {2.0: state({7: LEFT}, 2.0, 0.0)},
        [placing(3.0, [LEFT, RIGHT], (7, 9))],
        Event(3.0, "joined", 9, "as read"),
        seats=(7,),
    )
    (came,) = (one for one in joined(first, second) if isinstance(one, Event))
    assert (came.seat, came.text) == (2, "Grace Hopper")


def test_one_who_would_be_another_in_the_lesson_is_refused() -> None:
    second = replace(SECOND, given=[placing(3.0, [LEFT, RIGHT], (1, 2))])  # it takes each for the other
    with pytest.raises(NotOnePiece, match=r"seat \d or \d at 3 s"):
        joined(FIRST, second)


def test_what_could_not_be_told_is_said_of_the_lessons_seats() -> None:
    mark = Event(3.0, "warning", None, split_words((NOBODY,)))
    second = replace(SECOND, given=[placing(3.0, [LEFT, RIGHT], (2, 1))], observations=[mark])
    assert joined(FIRST, second)[-1] != mark
    assert not [one for one in joined(FIRST, second) if isinstance(one, Event)]


def test_new_faces_that_are_followed_are_numbered_in_their_order() -> None:
    second = replace(
        SECOND, given=[Counting(3.0, (5, 6))], observations=[Reading(3.0, 6, "face"), Reading(3.0, 5, "face")]
    )
    assert [one.seat for one in joined(FIRST, second)[-2:] if isinstance(one, Reading)] == [4, 3]


def test_why_names_are_missing_is_said_once() -> None:
    said = [Event(time, "warning", None, "names are missing") for time in (0.0, 3.0)]
    first = replace(FIRST, observations=said[:1])
    assert joined(first, replace(SECOND, observations=said[1:])) == said[:1]


def test_recordings_are_cut_where_layouts_are_taken_anew() -> None:
    assert cut(3600, 2, 1.0) == [Stretch(None, 1800), Stretch(1800, None)]
    assert cut(3600, 4, 1.0)[1:3] == [Stretch(1200, 1800), Stretch(1800, 2400)]
    assert cut(1600, 9, 7.0) == [Stretch(None, 602), Stretch(602, 1204), Stretch(1204, None)]


def test_short_recordings_are_not_cut() -> None:
    assert cut(800, 4, 1.0) == ()
    assert cut(3600, 1, 1.0) == ()


def slide(shade: int, changed: float = 0.0) -> Image:
    """Squares of one brightness, and a share of them 60 levels brighter, in another place each time."""
    squares = np.full(48 * 27, shade, np.uint8)
    squares[np.random.default_rng(shade).permutation(48 * 27)[: round(changed * 48 * 27)]] += 60
    return squares.reshape(27, 48)


@pytest.mark.parametrize(
    ("before", "after", "other"),
    [
        (slide(90), slide(90), False),
        (slide(90), slide(90 + settings.SLIDE_LEVELS), False),
        (slide(90), slide(91 + settings.SLIDE_LEVELS), True),
        (slide(90), slide(90, settings.SLIDE_CHANGED - 0.01), False),
        (slide(90), slide(90, settings.SLIDE_CHANGED + 0.01), True),
        (slide(90, 0.5), slide(92, 0.5), False),  # another one, which its squares alone don't tell
    ],
)
def test_a_slide_that_may_have_come_back_is_refused_and_no_other(
    before: Image, after: Image, other: bool
) -> None:
    old = replace(FIRST.states[2.0], slide=shades_of(before))
    first = replace(FIRST, states={2.0: old})
    second = replace(SECOND, slides=[(3.0, shades_of(after))])
    if other:
        assert moved(before, after) > settings.SLIDE_CHANGED
        assert joined(first, second)
    else:
        with pytest.raises(NotOnePiece, match="slide of before"):
            joined(first, second)


@given(st.integers(0, 200), st.integers(0, 200), st.integers(1, 255), st.integers(0, 9))
def test_what_is_surely_another_slide_is_one(level: int, range_: int, more: int, seed: int) -> None:
    chance = np.random.default_rng(seed)
    one = (level + chance.integers(0, 1 + range_, (27, 48)) // 2).clip(0, 255).astype(np.uint8)
    other = (one + chance.integers(0, 1 + more, (27, 48)) * (chance.random((27, 48)) < 0.1)).clip(0, 255)
    other = other.astype(np.uint8)
    if surely_other(shades_of(one), shades_of(other)):
        assert moved(one, other) > settings.SLIDE_CHANGED


def test_the_same_slide_at_both_sides_of_a_cut_is_joined() -> None:
    shown = shades_of(slide(90))
    first = replace(FIRST, states={2.0: replace(FIRST.states[2.0], slide=shown)})
    second = replace(
        SECOND, states={2.0: replace(SECOND.states[2.0], slide=shown)}, slides=[(3.0, shades_of(slide(91)))]
    )
    assert joined(first, second)
